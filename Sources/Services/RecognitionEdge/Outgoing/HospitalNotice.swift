import EdgeKit
package import Effects
package import Ledgers
package import Recognition
package import ServiceKit

/// What a hospital's system is told by itself, before it is written in one of the forms: no values, nobody's name.
package struct HospitalNotice: Sendable, Equatable {
    /// Something that is said beside the sentence, each as a line of its own.
    package struct Fact: Sendable, Equatable {
        /// Behind `urn:yilian:fhir:`, and OBX-3.
        package var code: String
        /// Empty: what an earlier version said of it holds no more.
        package var value: String
    }

    /// What it tells of.
    package var kind: Coding.Code
    /// FHIR's category of communications.
    package var category: String
    /// The same for all versions of what is told.
    package var number: String
    /// What stands in OBR-3, and what it is the number of in OBR-4.
    package var subject: (number: String, code: Coding.Code)
    /// OBR-25.
    package var status: String
    package var time: WallTime
    package var text: BilingualText
    /// The institution or unit that did what is told.
    package var sender: String
    /// The result's key.
    package var result: String
    package var fillerOrderNumber: String?
    package var placerOrderNumber: String?
    package var facts: [Fact]

    package static func == (left: Self, right: Self) -> Bool {
        left.number == right.number && left.subject == right.subject && left.status == right.status
            && left.text == right.text && left.facts == right.facts
    }

    package init(_ outgoing: OutgoingRecognition) {
        switch outgoing {
        case .alert(let changed): self.init(changed)
        case .decision(let notice): self.init(notice)
        }
    }

    private init(_ changed: ChangedResult) {
        let alert = changed.alert
        kind = Coding.Code(code: "result-alert", display: "Result alert", system: Self.local)
        category = "alert"
        number = alert.current.description
        subject = (alert.reportKey, changed.fields.service)
        // A result that is another patient's now is none of the patient for whom it was read.
        let isGone = alert.isVoid || alert.isMoved
        status = isGone ? "X" : "C"
        time = changed.time
        text = alert.text
        sender = changed.fields.institution
        result = alert.reportKey
        facts = [
            Fact(code: "change", value: alert.isVoid ? "voided" : alert.isMoved ? "moved" : "corrected"),
            Fact(code: "result", value: alert.reportKey), Fact(code: "entry", value: alert.current.description),
            Fact(code: "version", value: "\(alert.currentVersion)"),
            Fact(code: "seen", value: alert.seen.description),
            Fact(code: "recognised", value: "\(alert.wasRecognised)"),
        ]
    }

    private init(_ notice: DecisionNotice) {
        let decision = notice.decision
        kind = Coding.Code(code: "recognition-decision", display: "Recognition decision", system: Self.local)
        category = "notification"
        number = "\(decision.unit)/\(decision.key)"
        subject = (decision.key, kind)
        status = decision.number > 1 ? "C" : "F"
        time = notice.time
        text = Self.text(notice)
        sender = decision.unit
        result = decision.reportKey
        fillerOrderNumber = notice.fillerOrderNumber
        placerOrderNumber = notice.placerOrderNumber
        facts = [
            Fact(code: "outcome", value: decision.isRecognised ? "recognised" : "repeated"),
            Fact(code: "result", value: decision.reportKey), Fact(code: "entry", value: decision.entry.description),
            Fact(code: "item", value: decision.item), Fact(code: "decidedBy", value: decision.unit),
            Fact(code: "version", value: "\(decision.number)"),
        ]
        if decision.reason != nil || decision.number > 1 {
            facts.append(Fact(code: "reason", value: decision.reason ?? ""))
        }
    }

    private static let local = "99YILIAN"

    private static func text(_ notice: DecisionNotice) -> BilingualText {
        let (item, unit) = (notice.decision.item, notice.decision.unit)
        guard let code = notice.decision.reason else {
            return BilingualText(
                "\(unit)已互认本机构报告中的项目\(item)。", "\(unit) recognised item \(item) of a report of this institution.")
        }
        let reason = notice.reason
        return BilingualText(
            "\(unit)未互认本机构报告中的项目\(item)，理由：\(code)\(reason.map { " " + $0.chinese } ?? "")。",
            "\(unit) did not recognise item \(item) of a report of this institution; reason \(code)"
                + (reason.map { ": " + $0.english } ?? "") + ".")
    }
}

/// Alerts and decisions go out to the hospitals that they concern.
extension RecognitionService: OutgoingSource {
    package var reads: Set<LedgerPart> { noticeReads }

    package func dueMessages(after position: Int64, limit: Int) async throws -> [OutgoingNotice] {
        try await dueNotices(after: position, limit: limit)
    }

    package func message(_ key: String) async throws -> OutgoingNotice? { try await notedNotice(key) }

    /// Headers alone: nobody's data is looked at, whoever gets it.
    package func content(of notice: OutgoingNotice, for systems: [String]) async throws -> OutgoingContent? {
        guard let found = try await outgoing(notice) else { return nil }
        let said = HospitalNotice(found)
        let unit = notice.institution
        return OutgoingContent(
            hl7: { HL7NoticeWriter(said, unit: unit).text($0) }, fhir: FHIRNoticeWriter(said).update)
    }

    package func mark(_ notice: OutgoingNotice, in transaction: LedgerTransaction) throws {
        try markNotice(notice, in: transaction)
    }

    package func heldMessages() async throws -> [HeldMessages] { try await heldNotices() }

    package func settleHeld(
        _ kind: OutgoingKind, asDue: Bool, since time: WallTime, in transaction: LedgerTransaction
    ) throws -> Int {
        try settleNotices(kind, asDue: asDue, since: time, in: transaction)
    }
}
