package import Ledgers
package import Recognition

/// What became of one message, and the bytes that its sender is answered with.
package struct IntakeResult: Sendable, Equatable {
    package enum Outcome: String, Sendable {
        /// On this node's disk.
        case accepted
        /// The same message, or nothing but reports that are here already.
        case duplicate
        /// Something is wrong with the message; the same bytes would be refused again.
        case refused
        /// Nothing is wrong with the message as far as could be seen; it could not be kept now.
        case notStored
    }

    /// One report of an accepted message.
    package struct Report: Sendable, Equatable {
        /// `accepted`, `newVersion`, `voided` or `duplicate`.
        package var word: String
        package var entry: EntryID
        package var reportKey: String
        package var version: Int
        /// What the sender should know about it.
        package var notices: [PublishNotice]

        package init(
            word: String, entry: EntryID, reportKey: String, version: Int, notices: [PublishNotice] = []
        ) {
            self.word = word
            self.entry = entry
            self.reportKey = reportKey
            self.version = version
            self.notices = notices
        }
    }

    /// What is wrong, where; carries no patient data.
    package struct Problem: Sendable, Equatable {
        package var code: String
        package var place: String
        package var text: String

        package init(code: String, place: String, text: String) {
            self.code = code
            self.place = place
            self.text = text
        }
    }

    /// Why a message is refused, as far as an answer over HTTP tells it apart.
    package enum Fault: String, Sendable {
        /// It cannot be read.
        case unreadable
        /// It can be read, and what it says is not taken.
        case unacceptable
        case tooLarge
        /// The node failed over it, and would again.
        case broken
        /// This way in takes messages of the other form only.
        case otherFormat
    }

    package var format: ReportSubmission.Format
    package var outcome: Outcome
    /// What the sender is answered with.
    ///
    /// HL7: the acknowledgements one after the other; empty where the sender wants none. FHIR: the JSON.
    package var answer: [UInt8]
    /// MSH-10, or the Bundle's identifier; empty where it could not be read.
    package var controlID: String
    /// Empty for a repetition of an HL7 message, whose stored answer does not name them.
    package var reports: [Report] = []
    /// How many reports the message holds, also where it was only looked at.
    package var reportCount = 0
    package var problems: [Problem] = []
    /// What was passed over or read with care.
    package var warnings: [Problem] = []
    package var fault: Fault?
    /// Ties the answer to the node's log.
    package var correlation: String

    package init(
        format: ReportSubmission.Format, outcome: Outcome, answer: [UInt8], controlID: String, correlation: String
    ) {
        self.format = format
        self.outcome = outcome
        self.answer = answer
        self.controlID = controlID
        self.correlation = correlation
    }

    /// The answer cut into messages: an enhanced-mode sender may want two acknowledgements, each in its own frame.
    package var answers: [[UInt8]] { format == .hl7v2 ? HL7Answer.split(answer) : [answer] }
}

extension IntakeResult.Report {
    init(_ outcome: PublishOutcome) {
        self.init(
            word: outcome.word, entry: outcome.entry, reportKey: outcome.reportKey, version: outcome.version,
            notices: outcome.notices)
    }
}

extension IntakeResult.Problem {
    /// What the sender should know of the reports of a message that was taken, beside the acceptance.
    static func warnings(of outcomes: [PublishOutcome]) -> [IntakeResult.Problem] {
        outcomes.enumerated().flatMap { index, outcome in
            outcome.notices.map { notice in
                IntakeResult.Problem(
                    code: "notice." + notice.code.rawValue, place: "report \(index + 1)", text: notice.text)
            }
        }
    }
}
