/// The figures of one period as one node can show them; made for the console and for JSON.
package struct PeriodReport: Codable, Sendable, Equatable {
    package var node: String
    package var period: String
    /// `day`, `month`, `quarter` or `year`.
    package var periodKind: String
    package var start: String
    package var end: String
    /// Whether the period has ended.
    package var isOver: Bool
    /// This unit first, then those below it.
    package var units: [UnitFigures]
}
