import Effects

/// Which requests a list shows.
package struct ConsultationFilter: Sendable, Equatable {
    package var state: ConsultationState?
    package var specialty: String?
    package var limit: Int

    package init(state: ConsultationState? = nil, specialty: String? = nil, limit: Int = Limits.queryResults) {
        self.state = state
        self.specialty = specialty
        self.limit = limit
    }
}
