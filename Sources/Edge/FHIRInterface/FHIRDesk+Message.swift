import EdgeKit
import FHIR
import ServiceKit

extension FHIRDesk {
    /// What became of a message by its control id (MSH-10, Bundle.identifier): a Parameters resource with one parameter
    /// for each time that a message of this id was judged.
    ///
    /// Only to the institution that sent it. What was taken is known as long as the node keeps messages
    /// (`messages.retentionDays`); what was refused, since the node's last start.
    static func message(_ intake: MessageIntake, _ call: EdgeCall) async throws -> EdgeResponse {
        let id = call.captured[0]
        guard !id.isEmpty, id.utf8.count <= 256 else {
            throw FHIRRefusal(400, .value, "this is not a control id")
        }
        var parameters = try await intake.memory.messages(
            withID: id, of: call.principal.institution
        ).map { stored in
            parameter([
                ["name": "outcome", "valueCode": .string(stored.outcome)],
                ["name": "received", "valueInstant": .string(stored.receivedTime.description)],
            ])
        }
        if let refusal = intake.refusals.refusal(ofMessage: id, institution: call.principal.institution) {
            let problems = refusal.problems.map { problem -> JSONValue in
                let place = problem.place.isEmpty ? "" : problem.place + ": "
                return ["name": "problem", "valueString": .string(place + problem.text)]
            }
            parameters.append(
                parameter(
                    [
                        ["name": "outcome", "valueCode": .string(refusal.outcome.rawValue)],
                        ["name": "received", "valueInstant": .string(refusal.time.description)],
                    ] + problems))
        }
        guard !parameters.isEmpty else {
            throw FHIRRefusal(404, .notFound, "this node has no message of this control id")
        }
        return EdgeResponse(200, ["resourceType": "Parameters", "parameter": .array(parameters)])
    }

    private static func parameter(_ parts: [JSONValue]) -> JSONValue {
        ["name": "message", "part": .array(parts)]
    }
}
