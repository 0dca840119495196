package import Effects

/// Which requests a list shows.
package struct ConsultationFilter: Sendable, Equatable {
    package var state: ConsultationState?
    package var specialty: String?
    package var limit: Int
    /// Where an earlier list ended; only what comes behind it is shown.
    package var after: Position?

    /// A place in the list: the newest come first.
    package struct Position: Sendable, Equatable {
        package var requestedTime: WallTime
        package var id: ConsultationID

        package init(requestedTime: WallTime, id: ConsultationID) {
            self.requestedTime = requestedTime
            self.id = id
        }
    }

    package init(
        state: ConsultationState? = nil, specialty: String? = nil, limit: Int = Limits.queryResults,
        after: Position? = nil
    ) {
        self.state = state
        self.specialty = specialty
        self.limit = limit
        self.after = after
    }
}
