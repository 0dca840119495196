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
    ///
    /// A home whose disk was put back may have lost an event that others hold, and gone on without it: then the events
    /// lead two ways from the one before. The first in order counts, unless only the other ends in a report: an expert
    /// has signed it, and whoever holds the lost event must not wait for another for ever.
    init(number: Int, home: NodeID, events: [ConsultationStep]) {
        let inOrder = events.sorted(by: ConsultationStep.precedes)
        self.init(number: number, home: home, inOrder: inOrder)
        guard !isReported, let way = Self.wayToReport(inOrder, number: number, home: home) else { return }
        let taken = Set(way.steps.map(\.entry))
        self = ConsultationAttempt(
            number: number, home: home, inOrder: way.steps + inOrder.filter { !taken.contains($0.entry) })
    }

    private init(number: Int, home: NodeID, inOrder steps: [ConsultationStep]) {
        self.init(number: number, home: home)
        for step in steps { apply(step) }
    }

    /// The attempt as the first report shows it to which events lead that the table allows, each following the one before.
    private static func wayToReport(
        _ inOrder: [ConsultationStep], number: Int, home: NodeID
    ) -> ConsultationAttempt? {
        guard inOrder.contains(where: { $0.event == .reported }) else { return nil }
        var ways: [EntryID: ConsultationAttempt] = [:]
        for step in inOrder {
            var way = ConsultationAttempt(number: number, home: home)
            if step.event != .opened {
                guard let before = step.fields.follows.flatMap({ ways[$0] }) else { continue }
                way = before
            }
            way.apply(step)
            guard way.last == step else { continue }
            if way.isReported { return way }
            ways[step.entry] = way
        }
        return nil
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
