import Consultation
import EdgeKit
import FHIR

/// What a hospital's system wants to make of a Task: pure.
struct TaskChange: Equatable, Sendable {
    /// What is asked of the service.
    enum Command: Equatable, Sendable {
        case claim(expert: String)
        case report(expert: String, ConsultationReportText)
        case acknowledge
    }

    static let changing: Set<String> = ["status", "owner", "businessStatus", "output"]

    private let elements: TaskElements

    init(_ elements: TaskElements) { self.elements = elements }

    /// - Throws: a refusal with 422 where nothing that can be done is asked.
    func command() throws -> Command {
        let outputs = elements.items("output")
        switch elements.status {
        case "accepted", "in-progress":
            guard let owner = elements.owner else {
                throw TaskElements.refused("nobody is named who takes it on (owner.identifier)", "Task.owner")
            }
            guard outputs.isEmpty else {
                throw TaskElements.refused(
                    "who takes it on does not report yet: a report is status completed", "Task.output")
            }
            return .claim(expert: owner)
        case "completed" where elements.businessStatus == ConsultationState.acknowledged.rawValue && outputs.isEmpty:
            return .acknowledge
        case "completed":
            guard let owner = elements.owner else {
                throw TaskElements.refused("nobody is named who reports (owner.identifier)", "Task.owner")
            }
            return .report(expert: owner, try report())
        default:
            throw TaskElements.refused(
                "a Task is claimed (in-progress, with owner), reported (completed, with output) or acknowledged "
                    + "(completed, businessStatus acknowledged)", "Task.status")
        }
    }

    private func report() throws -> ConsultationReportText {
        var text = ConsultationReportText(findings: "", conclusion: "")
        var parts: Set<ReportPart> = []
        for output in elements.items("output") {
            guard let value = output["valueString"]?.string,
                let part = ReportPart.allCases.first(where: { $0.isNamed(by: output["type"]) })
            else {
                throw TaskElements.refused(
                    "an output is findings (59776-5) or conclusion (55110-1), as a valueString", "Task.output")
            }
            guard parts.insert(part).inserted else {
                throw TaskElements.refused("findings and conclusion stand once each in a report", "Task.output")
            }
            switch part {
            case .findings: text.findings = value
            case .conclusion: text.conclusion = value
            }
        }
        return text
    }

}

extension ReportPart {
    /// Whether a CodeableConcept means this part: by LOINC's code, or by its name.
    fileprivate func isNamed(by concept: JSONValue?) -> Bool {
        FHIRElement.items(concept?["coding"]).contains { $0["code"]?.string == code }
            || concept?["text"]?.string == (self == .findings ? "findings" : "conclusion")
    }
}
