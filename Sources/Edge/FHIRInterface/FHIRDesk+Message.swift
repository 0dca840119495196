import FHIR
import ServiceKit

extension FHIRDesk {
    /// What became of a message by its control id (MSH-10, Bundle.identifier): a Parameters resource with one parameter
    /// for each time that a message of this id was judged.
    ///
    /// Only to the institution that sent it. What was taken is known as long as the node keeps messages
    /// (`messages.retentionDays`); what was refused, since the node's last start.
    func message(_ id: String, _ visitor: Visitor) async throws -> FHIRResponse {
        guard !id.isEmpty, id.utf8.count <= 256 else {
            throw FHIRRefusal(400, .value, "this is not a control id")
        }
        var parameters = try await MessageMemory(intake.node.context).messages(
            withID: id, of: visitor.source.institution
        ).map { stored in
            Self.parameter([
                ["name": "outcome", "valueCode": .string(stored.outcome)],
                ["name": "received", "valueInstant": .string(stored.receivedTime.description)],
            ])
        }
        if let refusal = intake.refusals.refusal(ofMessage: id, institution: visitor.source.institution) {
            let problems = refusal.problems.map { problem -> JSONValue in
                let place = problem.place.isEmpty ? "" : problem.place + ": "
                return ["name": "problem", "valueString": .string(place + problem.text)]
            }
            parameters.append(
                Self.parameter(
                    [
                        ["name": "outcome", "valueCode": .string(refusal.outcome.rawValue)],
                        ["name": "received", "valueInstant": .string(refusal.time.description)],
                    ] + problems))
        }
        guard !parameters.isEmpty else {
            throw FHIRRefusal(404, .notFound, "this node has no message of this control id")
        }
        return FHIRResponse(200, ["resourceType": "Parameters", "parameter": .array(parameters)])
    }

    private static func parameter(_ parts: [JSONValue]) -> JSONValue {
        ["name": "message", "part": .array(parts)]
    }
}
