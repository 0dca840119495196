import EdgeKit
import Effects
import FHIR
import Referral
import WorkflowKit

/// Writes a referral as the ServiceRequest that it was made of, with what was written since as contained Communications.
struct FHIRReferralWriter: Sendable {
    private let record: ReferralRecord
    private let content: CaseContent?
    private let writings: [CaseFile<ReferralWorkflow>.Writing]

    init(_ file: CaseFile<ReferralWorkflow>) {
        record = file.record
        content = file.content
        writings = file.writings
    }

    init(_ told: ToldReferral) {
        record = told.record
        content = told.content
        writings = told.writings
    }

    /// `nil` where the referral's content is not here.
    var json: JSONValue? { content.map { .object(request($0)) } }

    func request(_ content: CaseContent) -> JSONObject {
        var request = FHIROrderWriter.request(
            record, content, kinds: ReferralSource.kinds, isDone: record.state == .closed)
        if record.state == .withdrawn { request["status"] = "revoked" }
        if record.state == .drafted { request["status"] = "draft" }
        if let receiver = record.attempts.last?.receiver {
            let name = receiver.unit.isEmpty ? receiver.node.rawValue : receiver.unit
            request["performer"] = [
                ["identifier": ["system": .string(FHIRSystems.institutions), "value": .string(name)]]
            ]
        }
        request["reasonCode"] = text(content["reason"]).map { [$0] }
        request["orderDetail"] = text(content["wanted"]).map { [$0] }
        if !content["summary"].isEmpty { request["note"] = [["text": .string(content["summary"])]] }
        var contained = request["contained"]?.items ?? []
        var supporting = request["supportingInfo"]?.items ?? []
        if let diagnosis = text(content["diagnosis"]) {
            contained.append([
                "resourceType": "Condition", "id": "diagnosis", "code": diagnosis,
                "subject": ["reference": "#patient"],
            ])
            supporting.append(["reference": "#diagnosis"])
        }
        for entry in content.references {
            supporting.append([
                "type": "DiagnosticReport",
                "identifier": ["system": .string(FHIRExtensions.entry), "value": .string(entry)],
            ])
        }
        for (index, writing) in writings.enumerated() {
            contained.append(.object(communication(writing, id: "writing-\(index + 1)")))
            supporting.append(["reference": .string("#writing-\(index + 1)")])
        }
        request["contained"] = .array(contained)
        request["supportingInfo"] = supporting.isEmpty ? nil : .array(supporting)
        return request
    }

    private func text(_ words: String) -> JSONValue? { words.isEmpty ? nil : ["text": .string(words)] }

    private func communication(_ writing: CaseFile<ReferralWorkflow>.Writing, id: String) -> JSONObject {
        var json: JSONObject = ["resourceType": "Communication", "id": .string(id), "status": "completed"]
        json["category"] = [
            [
                "coding": [
                    ["system": .string(ReferralSource.states), "code": .string(writing.event?.rawValue ?? "")]
                ]
            ]
        ]
        json["subject"] = ["reference": "#patient"]
        json["sent"] = .string(writing.time.chinaText)
        json["sender"] = ["identifier": ["value": .string(writing.content.actor)]]
        var parts = writing.content.values.sorted { $0.key < $1.key }.map { part($0.key, $0.value) }
        if let day = writing.step.fields.namedTime { parts.append(part("day", day.chinaDay)) }
        json["payload"] = .array(parts)
        return json
    }

    private func part(_ field: String, _ text: String) -> JSONValue {
        ["extension": [FHIRExtensions.text(ReferralSource.fields, field)], "contentString": .string(text)]
    }
}

extension WallTime {
    /// The day in China, as 2026-12-31.
    var chinaDay: String { String(chinaText.prefix(10)) }
}
