import Effects
import Ledgers
package import Recognition
import Regions

/// A decision as a hospital's system sends it.
package struct DecisionOrder: Codable, Sendable, Equatable {
    package var match: String
    package var item: String
    package var entry: String
    /// `recognised` or `repeated`.
    package var outcome: String
    package var reason: String?
    package var text: String?

    package init(
        match: String, item: String, entry: String, outcome: String, reason: String? = nil, text: String? = nil
    ) {
        self.match = match
        self.item = item
        self.entry = entry
        self.outcome = outcome
        self.reason = reason
        self.text = text
    }

    /// - Throws: `recognition.badOutcome`, `recognition.reasonMissing`, `recognition.reasonWithoutRepeat`; what
    ///   reading the entry's id throws.
    package func request(practitioner: String) throws -> DecisionRequest {
        let entry = try EntryID(entry)
        switch outcome {
        case "recognised":
            guard reason == nil else {
                throw Failure(
                    "recognition.reasonWithoutRepeat", "a result that is recognised has no reason for repeating",
                    remedy: "leave 'reason' out, or send \"outcome\": \"repeated\"")
            }
        case "repeated":
            guard reason?.isEmpty == false else {
                throw Failure(
                    "recognition.reasonMissing", "an examination that is repeated needs a reason",
                    remedy: "send 'reason' with a code of GET /recognition/reasons")
            }
        default:
            throw Failure(
                "recognition.badOutcome", "the outcome is neither recognised nor repeated",
                remedy: "send \"outcome\": \"recognised\", or \"repeated\" with a reason")
        }
        return DecisionRequest(
            match: match, item: item, entry: entry, reason: reason, text: text, practitioner: practitioner)
    }
}

/// What became of a decision.
package struct DecisionInfo: Codable, Sendable, Equatable {
    package var decision: String
    package var entry: String
    package var number: Int
    package var isRepetition: Bool

    package init(_ receipt: DecisionReceipt) {
        decision = receipt.decision
        entry = receipt.entry.description
        number = receipt.number
        isRepetition = receipt.isRepetition
    }
}

/// A decision as it was written down, for lists.
package struct DecisionRecordInfo: Codable, Sendable, Equatable {
    package var decision: String
    package var number: Int
    package var time: String
    package var unit: String
    package var issuer: String
    package var item: String
    package var outcome: String
    package var reason: String?
    package var isCounted: Bool
    package var report: String
    package var match: String
    /// Where the content lies at this node.
    package var orderNumber: String?
    package var practitioner: String?
    package var text: String?

    package init(_ record: DecisionRecord) {
        decision = record.fields.key
        number = record.fields.number
        time = record.time.chinaText
        unit = record.fields.unit
        issuer = record.fields.issuer
        item = record.fields.item
        outcome = record.fields.isRecognised ? "recognised" : "repeated"
        reason = record.fields.reason
        isCounted = record.fields.isCounted
        report = record.fields.reportKey
        match = record.fields.match
        orderNumber = record.content?.orderNumber
        practitioner = record.content?.practitioner
        text = record.content?.text
    }
}

/// A row of the region's table of reasons.
package struct ReasonInfo: Codable, Sendable, Equatable {
    package var code: String
    package var zh: String
    package var en: String
    package var isCounted: Bool
    package var needsText: Bool

    package init(_ reason: RepeatReason) {
        code = reason.code
        zh = reason.name
        en = reason.englishName
        isCounted = reason.isCounted
        needsText = reason.needsText
    }
}

/// A result that was opened or recognised here and has changed since.
package struct AlertInfo: Codable, Sendable, Equatable {
    package var report: String
    package var unit: String
    package var seenVersion: Int
    /// What an acknowledgement names.
    package var current: String
    package var currentVersion: Int
    package var isVoid: Bool
    /// It is another patient's result now.
    package var isMoved: Bool
    package var wasRecognised: Bool
    package var since: String
    package var text: SentenceInfo

    package init(_ alert: ReportAlert) {
        report = alert.reportKey
        unit = alert.unit
        seenVersion = alert.seenVersion
        current = alert.current.description
        currentVersion = alert.currentVersion
        isVoid = alert.isVoid
        isMoved = alert.isMoved
        wasRecognised = alert.wasRecognised
        since = alert.since.chinaText
        text = SentenceInfo(alert.text)
    }
}

/// What an acknowledgement of an alert says.
package struct AcknowledgementOrder: Codable, Sendable, Equatable {
    package var current: String
    package var unit: String?

    package init(current: String, unit: String? = nil) {
        self.current = current
        self.unit = unit
    }
}
