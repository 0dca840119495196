import Consultation
import EdgeKit
import FHIR

/// What a hospital's system wants to make of a Task: pure, read from the whole Task or from a JSON Patch.
struct TaskChange: Equatable, Sendable {
    /// What is asked of the service.
    enum Command: Equatable, Sendable {
        case claim(expert: String)
        case report(expert: String, ConsultationReportText)
        case acknowledge
    }

    private(set) var status: String?
    private(set) var owner: String?
    private(set) var businessStatus: String?
    private var outputs: [JSONValue] = []

    /// What a Task may hold besides what is changed: what this server writes into one, and its narrative.
    private static let others: Set<String> = [
        "resourceType", "id", "meta", "language", "text", "identifier", "intent", "code", "focus", "authoredOn",
        "lastModified", "requester", "restriction",
    ]
    private static let changed: Set<String> = ["status", "owner", "businessStatus", "output"]

    /// The whole Task as it is to be.
    ///
    /// - Throws: a refusal with 422 for what would be dropped: a note, for example, may hold a finding.
    init(_ task: FHIRResource) throws {
        for name in task.json.members.map(\.name) where !Self.others.contains(name) && !Self.changed.contains(name) {
            throw Self.refused("this of a Task does not change here", "Task." + name.prefix(64))
        }
        status = task.string("status")
        owner = Self.identifier(task["owner"])
        businessStatus = Self.code(task["businessStatus"])
        outputs = task.items("output")
    }

    /// A JSON Patch (RFC 6902): `add` and `replace` of status, owner, businessStatus and output.
    ///
    /// - Throws: a refusal with 422 for whatever else it would change.
    init(patch: JSONValue) throws {
        for (index, operation) in patch.items.enumerated() {
            let path = operation["path"]?.string ?? ""
            guard ["add", "replace"].contains(operation["op"]?.string ?? ""), let value = operation["value"] else {
                throw Self.refused("only 'add' and 'replace' with a value are done here", "[\(index)].op")
            }
            switch path {
            case "/status": status = value.string
            case "/owner": owner = Self.identifier(value)
            case "/businessStatus": businessStatus = Self.code(value)
            case "/output": outputs = value.items
            case "/output/-", "/output/0": outputs.append(value)
            default: throw Self.refused("this of a Task does not change here", "[\(index)].path")
            }
        }
        guard !patch.items.isEmpty else { throw Self.refused("the patch changes nothing", "op") }
    }

    /// - Throws: a refusal with 422 where nothing that can be done is asked.
    func command() throws -> Command {
        switch status {
        case "accepted", "in-progress":
            guard let owner else {
                throw Self.refused("nobody is named who takes it on (owner.identifier)", "Task.owner")
            }
            guard outputs.isEmpty else {
                throw Self.refused("who takes it on does not report yet: a report is status completed", "Task.output")
            }
            return .claim(expert: owner)
        case "completed" where businessStatus == ConsultationState.acknowledged.rawValue && outputs.isEmpty:
            return .acknowledge
        case "completed":
            guard let owner else { throw Self.refused("nobody is named who reports (owner.identifier)", "Task.owner") }
            return .report(expert: owner, try report())
        default:
            throw Self.refused(
                "a Task is claimed (in-progress, with owner), reported (completed, with output) or acknowledged "
                    + "(completed, businessStatus acknowledged)", "Task.status")
        }
    }

    private func report() throws -> ConsultationReportText {
        var text = ConsultationReportText(findings: "", conclusion: "")
        var parts: Set<ReportPart> = []
        for output in outputs {
            guard let value = output["valueString"]?.string,
                let part = ReportPart.allCases.first(where: { $0.isNamed(by: output["type"]) })
            else {
                throw Self.refused(
                    "an output is findings (59776-5) or conclusion (55110-1), as a valueString", "Task.output")
            }
            guard parts.insert(part).inserted else {
                throw Self.refused("findings and conclusion stand once each in a report", "Task.output")
            }
            switch part {
            case .findings: text.findings = value
            case .conclusion: text.conclusion = value
            }
        }
        return text
    }

    private static func identifier(_ reference: JSONValue?) -> String? {
        FHIRElement.text(reference?["identifier"]?["value"])?.trimmed.nonEmpty
    }

    private static func code(_ concept: JSONValue?) -> String? {
        FHIRElement.items(concept?["coding"]).lazy.compactMap { $0["code"]?.string }.first
    }

    private static func refused(_ text: String, _ place: String) -> FHIRRefusal {
        FHIRRefusal(422, .notSupported, text, expression: place)
    }
}

extension ReportPart {
    /// Whether a CodeableConcept means this part: by LOINC's code, or by its name.
    fileprivate func isNamed(by concept: JSONValue?) -> Bool {
        FHIRElement.items(concept?["coding"]).contains { $0["code"]?.string == code }
            || concept?["text"]?.string == (self == .findings ? "findings" : "conclusion")
    }
}
