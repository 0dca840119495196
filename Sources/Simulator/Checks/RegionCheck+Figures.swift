import Indicators
import Ledgers
import NodeRuntime
import Regions
import Storage

extension RegionCheck {
    /// What a node shows as its figures is its own and the newest of each node below it, added up by an eye of its own,
    /// with room to spare.
    func figures() async throws {
        for node in shared.nodes where node.tier == .county || node.tier == .city {
            guard let running = node.node else { continue }
            let periods = try await running.context.ledger.read { sql in
                try sql.rows("SELECT DISTINCT period FROM indicator_submission ORDER BY period", []).map {
                    try ReportingPeriod(try $0.text(0))
                }
            }
            for period in periods { try await figures(of: period, at: node, running) }
        }
    }

    private func figures(of period: ReportingPeriod, at node: SimulatedNode, _ running: YilianNode) async throws {
        let report = try await running.service(IndicatorsService.self).show(period)
        guard let unit = report.units.first(where: { $0.unit == node.id.rawValue }),
            let shown = unit.live ?? unit.editions.last
        else { return violation("figures", "\(node.id) has no figures of \(period)") }
        let below = try await running.context.ledger.read { sql in try self.below(node.id, period, in: sql) }
        for figure in shown.figures {
            var (sum, size) = (Double(figure.ownNumerator), Double(figure.ownDenominator))
            for sheet in below {
                sum += Double(sheet[figure.indicator].numerator)
                size += Double(sheet[figure.indicator].denominator)
            }
            guard sum == Double(figure.numerator), size == Double(figure.denominator) else {
                violation(
                    "figures",
                    "\(figure.indicator) of \(period) is \(figure.numerator)/\(figure.denominator) at "
                        + "\(node.id), and \(Int64(sum))/\(Int64(size)) when it is added up")
                continue
            }
        }
    }

    /// The newest sheet of each node directly below.
    private func below(_ node: NodeID, _ period: ReportingPeriod, in sql: any SQLTransaction) throws -> [IndicatorSheet]
    {
        var newest: [String: IndicatorSheet] = [:]
        let rows = try sql.rows(
            "SELECT unit, fields FROM indicator_submission WHERE period = $1 ORDER BY version, author_time, entry",
            [period.description])
        for row in rows {
            newest[try row.text(0)] = try IndicatorSubmission(bytes: try row.bytes(1)).total
        }
        return shared.region.children(of: node).compactMap { newest[$0.rawValue] }
    }
}
