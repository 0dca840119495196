package import Effects
package import Ledgers
package import Regions

/// One entry about a request, as it lies in the projection.
package struct ConsultationStep: Sendable, Equatable {
    package var entry: EntryID
    /// `nil` for the request itself.
    package var event: ConsultationEvent?
    package var fields: ConsultationFields
    package var authorTime: WallTime
    package var receivedTime: WallTime
    package var contentDigest: [UInt8]?
    /// Whether the payload lies at this node.
    package var hasPayload: Bool

    /// The order of an attempt's events, the same wherever it is computed.
    static func precedes(_ left: ConsultationStep, _ right: ConsultationStep) -> Bool {
        (left.fields.number, left.authorTime, left.entry) < (right.fields.number, right.authorTime, right.entry)
    }

    /// In which role the event was made to happen.
    var role: ConsultationRole {
        switch event {
        case .opened: entry.author == fields.home ? .home : .dispatcher
        case .offered, .escalated, .withdrawn: .home
        case .claimed, .reported: .claimant
        case .acknowledged, nil: .requester
        }
    }
}

/// One attempt at a request: its home, and where the workflow's table has led it.
package struct ConsultationAttempt: Sendable, Equatable {
    package let number: Int
    package let home: NodeID
    package private(set) var state = ConsultationWorkflow.initial
    /// The events that the table allows, in their order.
    package private(set) var steps: [ConsultationStep] = []
    /// Events that the table does not allow, kept as they came: for example the second of two claims that a home
    /// appended after it was restored from an older copy.
    package private(set) var refusedSteps: [ConsultationStep] = []
    package private(set) var claimant: String?
    package private(set) var claimantNode: NodeID?
    package private(set) var claimedTime: WallTime?

    init(number: Int, home: NodeID) {
        self.number = number
        self.home = home
    }

    /// Folds the events of one attempt; any order gives the same attempt.
    init(number: Int, home: NodeID, events: [ConsultationStep]) {
        self.init(number: number, home: home)
        for event in events.sorted(by: ConsultationStep.precedes) { apply(event) }
    }

    private mutating func apply(_ step: ConsultationStep) {
        guard let event = step.event, isFromClaimant(step),
            let next = ConsultationWorkflow.state(after: state, event, by: step.role)
        else {
            refusedSteps.append(step)
            return
        }
        if event == .claimed {
            claimant = step.fields.actor
            claimantNode = step.fields.actorNode
            claimedTime = step.authorTime
        }
        state = next
        steps.append(step)
    }

    private func isFromClaimant(_ step: ConsultationStep) -> Bool {
        step.event != .reported
            || (claimant != nil && step.fields.actor == claimant && step.fields.actorNode == claimantNode)
    }

    /// The number of the next event.
    package var nextNumber: Int { (steps.last?.fields.number ?? 0) + 1 }
    package var last: ConsultationStep? { steps.last }
    /// By when the next event is due; `nil` where none is.
    package var deadline: WallTime? {
        switch state {
        case .opened, .offered, .claimed: steps.last?.fields.deadline
        case .requested, .reported, .acknowledged, .escalated, .withdrawn: nil
        }
    }

    /// The versions of the report, oldest first.
    package var reports: [ConsultationStep] { steps.filter { $0.event == .reported } }
    package var isReported: Bool { state == .reported || state == .acknowledged }
    package var offeredTo: [String] { steps.first { $0.event == .offered }?.fields.offeredTo ?? [] }
    package var escalationReason: EscalationReason? {
        steps.last { $0.event == .escalated || $0.event == .withdrawn }?.fields.reason
    }
}
