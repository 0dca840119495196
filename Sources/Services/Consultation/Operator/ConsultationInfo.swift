/// A request and what became of it; headers only, nothing of the patient.
package struct ConsultationInfo: Codable, Sendable, Equatable {
    package struct Step: Codable, Sendable, Equatable {
        package var event: String
        package var at: String
        package var actor: String
        package var node: String
        package var entry: String
    }

    package struct Attempt: Codable, Sendable, Equatable {
        package var number: Int
        package var home: String
        package var state: String
        package var claimant: String?
        package var claimedAt: String?
        package var deadline: String?
        package var offeredTo: [String]
        package var escalationReason: String?
        package var reportVersions: Int
        package var steps: [Step]
        /// Events that the workflow does not allow; kept as they came.
        package var refusedSteps: Int
    }

    package var request: String
    package var requester: String
    package var kind: String
    package var specialty: String
    package var requestedAt: String
    package var state: String
    package var isOpen: Bool
    /// Nobody works on it: every attempt was given up.
    package var isUnserved: Bool
    package var attempts: [Attempt]

    init(_ record: ConsultationRecord) {
        request = record.id.description
        requester = record.requester.rawValue
        kind = record.terms.kind
        specialty = record.terms.specialty
        requestedAt = record.terms.requestedTime.description
        state = record.state.rawValue
        isOpen = record.isOpen
        isUnserved = record.isUnserved
        attempts = record.attempts.map(Attempt.init)
    }
}

extension ConsultationInfo.Attempt {
    init(_ attempt: ConsultationAttempt) {
        self.init(
            number: attempt.number, home: attempt.home.rawValue, state: attempt.state.rawValue,
            claimant: attempt.claimant, claimedAt: attempt.claimedTime?.description,
            deadline: attempt.deadline?.description, offeredTo: attempt.offeredTo,
            escalationReason: attempt.escalationReason?.rawValue, reportVersions: attempt.reports.count,
            steps: attempt.steps.map { step in
                ConsultationInfo.Step(
                    event: step.event?.rawValue ?? "requested", at: step.authorTime.description,
                    actor: step.fields.actor, node: step.entry.author.rawValue, entry: step.entry.description)
            }, refusedSteps: attempt.refusedSteps.count)
    }
}
