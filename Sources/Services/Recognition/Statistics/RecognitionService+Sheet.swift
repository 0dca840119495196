import Effects
package import Regions
import Storage

extension RecognitionService {
    /// The statistics of a period: a township's own, a county's group, the city's all.
    ///
    /// A node knows of others, too: whose results its doctors opened, who opened those of its own. Their figures are not
    /// whole here, and stand in the sheets of those above them.
    package func sheet(_ period: ReportingPeriod) async throws -> RecognitionSheet {
        let (configuration, rules, node) = (context.region.current, rulebook.current, context.node)
        let statistics = try await context.ledger.read { sql in
            try RecognitionTally.statistics(
                from: period.start, to: period.end, rules: rules, configuration, in: sql)
        }
        // Whoever moved during the period stands where it belonged at its end.
        let last = min(context.now, period.end.advanced(byMilliseconds: -1))
        let tree = ManagementTree(configuration, at: last)
        let nodes = Set([node] + tree.descendants(of: node))
        let units = Set(configuration.organizationUnits.filter { nodes.contains($0.node) }.map(\.id.rawValue))
        return RecognitionSheet(
            period: period, node: node, configuration: configuration,
            statistics: statistics.filter { units.contains($0.key) })
    }
}
