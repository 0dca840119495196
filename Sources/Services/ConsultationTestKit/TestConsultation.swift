import Consultation

/// A request for a remote diagnosis and what became of it, as far as a node knows it; nothing of the patient.
public struct TestConsultation: Hashable, Sendable {
    /// One try: a home's experts are asked.
    public struct Attempt: Hashable, Sendable {
        /// From 1.
        public let number: Int
        /// The node whose desk offers the request.
        public let home: String
        /// `offered`, `claimed`, `reported`, `acknowledged`, `escalated` or `withdrawn`.
        public let state: String
        /// The expert who has it.
        public let claimant: String?
        /// The experts to whom it is offered.
        public let offeredTo: [String]
        /// How many versions of its report there are.
        public let reportCount: Int
    }

    /// The request's id, for every other call.
    public let id: String
    /// The node where it was made.
    public let requester: String
    /// Where it is as a whole: `requested`, then the state of its newest attempt.
    public let state: String
    /// Whether somebody has still to do something.
    public let isOpen: Bool
    /// Whether every attempt was given up.
    public let isUnserved: Bool
    /// The oldest first.
    public let attempts: [Attempt]

    init(_ record: ConsultationRecord) {
        id = record.id.description
        requester = record.requester.rawValue
        state = record.state.rawValue
        isOpen = record.isOpen
        isUnserved = record.isUnserved
        attempts = record.attempts.map { attempt in
            Attempt(
                number: attempt.number, home: attempt.home.rawValue, state: attempt.state.rawValue,
                claimant: attempt.claimant, offeredTo: attempt.offeredTo, reportCount: attempt.reports.count)
        }
    }
}

/// A request as somebody opened it who may.
public struct OpenedConsultation: Hashable, Sendable {
    /// One version of an expert's report.
    public struct Report: Hashable, Sendable {
        /// The attempt that it belongs to.
        public let attempt: Int
        /// From 1.
        public let version: Int
        /// The expert's id of the roster.
        public let expert: String
        /// What is seen.
        public let findings: String
        /// What it means.
        public let conclusion: String
    }

    /// What became of it.
    public let consultation: TestConsultation
    /// Whether what the requester wrote lies at this node.
    public let isContentHere: Bool
    /// What is the matter; `nil` where it does not lie here.
    public let summary: String?
    /// What is asked.
    public let reason: String?
    /// Every version of every attempt's report.
    public let reports: [Report]

    init(_ file: ConsultationService.File) {
        consultation = TestConsultation(file.record)
        isContentHere = file.content != nil
        summary = file.content?.clinicalSummary
        reason = file.content?.reason
        reports = file.reports.map {
            Report(
                attempt: $0.attempt, version: $0.version, expert: $0.report.expert,
                findings: $0.report.text.findings, conclusion: $0.report.text.conclusion)
        }
    }
}
