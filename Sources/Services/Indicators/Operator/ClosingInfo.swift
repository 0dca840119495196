/// What became of a period that was to be closed.
package struct ClosingInfo: Codable, Sendable, Equatable {
    /// `closed`, `unchanged` or `waiting`.
    package var outcome: String
    package var period: String
    package var version: Int?
    package var entry: String?
    package var waitingUntil: String?
    package var missing: [String]

    package init(_ outcome: ClosingOutcome, period: String) {
        self.period = period
        missing = []
        switch outcome {
        case .closed(let entry, let version):
            self.outcome = "closed"
            self.version = version
            self.entry = entry.description
        case .unchanged(let entry, let version):
            self.outcome = "unchanged"
            self.version = version
            self.entry = entry.description
        case .waiting(let moment, let missing):
            self.outcome = "waiting"
            waitingUntil = moment.description
            self.missing = missing.map(\.rawValue)
        }
    }
}
