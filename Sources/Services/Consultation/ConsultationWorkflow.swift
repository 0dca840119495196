/// The consultation workflow as data: one table from which the code decides and `docs/consultation.md` is drawn.
package enum ConsultationWorkflow {
    /// One line of the table: in which state which event by whom leads where.
    ///
    /// What is not in the table is refused.
    package struct Transition: Hashable, Sendable {
        package var from: ConsultationState
        package var event: ConsultationEvent
        package var role: ConsultationRole
        package var to: ConsultationState
        /// When it happens, for the documentation.
        package var occasion: String

        init(
            _ from: ConsultationState, _ event: ConsultationEvent, _ role: ConsultationRole, _ to: ConsultationState,
            _ occasion: String
        ) {
            self.from = from
            self.event = event
            self.role = role
            self.to = to
            self.occasion = occasion
        }
    }

    package static let initial = ConsultationState.requested

    package static let transitions: [Transition] = [
        Transition(.requested, .opened, .home, .opened, "attempt 1: the requester's county group takes the request on"),
        Transition(
            .requested, .opened, .dispatcher, .opened,
            "attempt 2 and later: the attempt before was escalated, or its home is silent past deadline and grace"),
        Transition(.opened, .offered, .home, .offered, "the home's roster has experts of the specialty"),
        Transition(.opened, .escalated, .home, .escalated, "the roster has none"),
        Transition(.opened, .withdrawn, .home, .withdrawn, "another attempt was reported meanwhile"),
        Transition(.offered, .claimed, .claimant, .claimed, "one expert takes it; all others are told who has it"),
        Transition(.offered, .escalated, .home, .escalated, "nobody claimed it by the claim deadline"),
        Transition(.offered, .withdrawn, .home, .withdrawn, "another attempt was reported meanwhile"),
        Transition(.claimed, .reported, .claimant, .reported, "the expert reports"),
        Transition(.claimed, .escalated, .home, .escalated, "no report by the report deadline"),
        Transition(.escalated, .reported, .claimant, .reported, "a late report is kept and shown all the same"),
        Transition(.reported, .reported, .claimant, .reported, "another text is a new version of the report"),
        Transition(.reported, .acknowledged, .requester, .acknowledged, "the requester takes note"),
        Transition(.acknowledged, .reported, .claimant, .reported, "a new version must be acknowledged again"),
    ]

    /// The state after `event`, or `nil` where the table does not allow it.
    package static func state(
        after state: ConsultationState, _ event: ConsultationEvent, by role: ConsultationRole
    ) -> ConsultationState? {
        transitions.first { $0.from == state && $0.event == event && $0.role == role }?.to
    }
}
