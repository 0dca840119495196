import EdgeKit
import Effects
import HL7
import Referral
import ServiceKit
import WorkflowKit

/// Writes an event of a referral for a hospital: REF^I12 to whoever is asked, RRI^I12 to whoever wrote the referral.
struct HL7ReferralWriter: Sendable {
    private let told: ToldReferral

    init(_ told: ToldReferral) { self.told = told }

    private var content: CaseContent { told.content }
    private var event: ReferralEvent { told.step.event ?? .offered }
    private var isQuestion: Bool { ReferralReceiver(told.step)?.unit == told.unit }

    /// The message's text, CR behind each segment.
    func text(_ header: OutgoingContent.Header) -> String {
        let type = isQuestion ? "REF^I12^REF_I12" : "RRI^I12^RRI_I12"
        let segments =
            [OutgoingSegments.header(header, type, unit: told.unit), referral]
            + [provider("RP", referrer), provider("RT", receiver)].compactMap { $0 }
            + [OutgoingSegments.patient(content.patient)]
            + (isQuestion ? [diagnosis] : [])
        return OutgoingSegments.text(segments + lines.enumerated().map { line($0 + 1, $1) })
    }

    private var referral: [String] {
        var fields = Array(repeating: "", count: 12)
        fields[0] = "RF1"
        fields[1] = Self.status(event).joined(separator: "^")
        fields[3] = "\(e(told.record.terms.kind))^^\(HL7OrderContent.own)"
        fields[6] = OrderNumber(kept: content.orderNumber)?.hl7 ?? e(told.record.id.description)
        fields[7] = OutgoingSegments.time(told.record.terms.madeTime)
        fields[9] = OutgoingSegments.time(told.step.authorTime)
        fields[10] = content["reason"].isEmpty ? "" : "^" + e(content["reason"])
        fields[11] = "\(e(told.record.id.description))^YILIAN"
        return fields
    }

    /// The event under our own code, with the word of table 0283 for it.
    static func status(_ event: ReferralEvent) -> [String] {
        let word: [String]
        switch event {
        case .accepted, .downTaken: word = ["A", "Accepted"]
        case .declined, .downDeclined: word = ["R", "Rejected"]
        case .notArrived, .lost, .closed, .withdrawn: word = ["E", "Expired"]
        default: word = ["P", "Pending"]
        }
        return [event.rawValue, "", HL7OrderContent.own] + word + ["HL70283"]
    }

    private var referrer: String { content.statement?.statement.asking.practitioner ?? "" }
    private var receiver: String {
        let asked = ReferralReceiver(told.step) ?? told.record.attempts.last?.receiver
        return asked.map { $0.unit.isEmpty ? $0.node.rawValue : $0.unit } ?? ""
    }

    private func provider(_ role: String, _ id: String) -> [String]? {
        id.isEmpty ? nil : ["PRD", role, "", "", "", "", "", e(id)]
    }

    private var diagnosis: [String] { ["DG1", "1", "", "^" + e(content["diagnosis"])] }

    /// Who is asked gets everything; who wrote the referral what was written with this event.
    private var lines: [(code: String, text: String)] {
        var lines: [(code: String, text: String)] = []
        func add(_ values: [String: String]) {
            lines += values.sorted { $0.key < $1.key }.filter { !$0.value.isEmpty }.map { ($0.key, $0.value) }
        }
        if isQuestion {
            add(content.values.filter { $0.key != "diagnosis" && $0.key != "reason" })
            lines += content.references.map { ("result", $0) }
        }
        for writing in told.writings where isQuestion ? writing.event == .discharged : writing.entry == told.step.entry
        {
            add(writing.content.values)
            if let day = writing.step.fields.namedTime { lines.append(("day", day.chinaDay)) }
        }
        return lines
    }

    private func line(_ number: Int, _ line: (code: String, text: String)) -> [String] {
        [
            "OBX", "\(number)", line.code == "day" ? "DT" : "TX", "\(e(line.code))^^\(HL7OrderContent.own)", "",
            line.code == "day" ? line.text.filter { $0 != "-" } : e(line.text), "", "", "", "", "", "F",
        ]
    }

    private func e(_ text: String) -> String { HL7Escape.escape(text) }
}
