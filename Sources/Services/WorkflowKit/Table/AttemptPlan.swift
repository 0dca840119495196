package import Regions

/// Several numbered tries at one case, each with a home of its own: for workflows in which anybody suitable may do it, and
/// doing it twice harms nobody.
package struct AttemptPlan<W: Workflow>: Sendable {
    /// An attempt that nobody needs any more.
    package struct Withdrawal: Sendable {
        package var event: W.Event
        package var states: Set<W.State>
        package var reason: String

        package init(_ event: W.Event, from states: Set<W.State>, reason: String) {
            self.event = event
            self.states = states
            self.reason = reason
        }
    }

    /// Begins an attempt: the first by its home, later ones by the dispatcher.
    package var opening: W.Event
    package var withdrawal: Withdrawal
    /// How long the dispatcher waits for the first attempt to be opened, and past a deadline for a home's word.
    package var firstSeconds: @Sendable (W.Terms) -> Int
    package var graceSeconds: @Sendable (W.Terms) -> Int
    /// Whether a node can take an attempt on.
    package var isSuitable: @Sendable (NodeID, W.Terms, RegionConfiguration) -> Bool

    package init(
        opening: W.Event, withdrawal: Withdrawal, firstSeconds: @escaping @Sendable (W.Terms) -> Int,
        graceSeconds: @escaping @Sendable (W.Terms) -> Int,
        isSuitable: @escaping @Sendable (NodeID, W.Terms, RegionConfiguration) -> Bool
    ) {
        self.opening = opening
        self.withdrawal = withdrawal
        self.firstSeconds = firstSeconds
        self.graceSeconds = graceSeconds
        self.isSuitable = isSuitable
    }
}
