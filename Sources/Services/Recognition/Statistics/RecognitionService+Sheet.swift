package import Regions
import Storage

extension RecognitionService {
    /// The statistics of a period, of everything that this node knows: a township's own, a county's group, the city's all.
    package func sheet(_ period: ReportingPeriod) async throws -> RecognitionSheet {
        let (configuration, rules, node) = (context.region.current, rulebook.current, context.node)
        let statistics = try await context.ledger.read { sql in
            try RecognitionTally.statistics(
                from: period.start, to: period.end, rules: rules, configuration, in: sql)
        }
        return RecognitionSheet(period: period, node: node, configuration: configuration, statistics: statistics)
    }
}
