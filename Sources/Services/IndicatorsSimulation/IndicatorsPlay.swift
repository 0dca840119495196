package import Effects
import Indicators
import Ledgers
import NodeRuntime
import Regions
import ServiceKit
package import Simulator
package import Storage
package import Wire

/// Figures in a simulated region: what nodes add up of what others submitted.
///
/// `@unchecked Sendable` holds because it is touched on the simulation's one thread only.
package final class IndicatorsPlay: ServicePlay, @unchecked Sendable {
    package static let lane = Lane.bulk
    package static let tables: [(name: String, rows: SQLText)] = []

    private let shared: SharedSimulation

    package init(_ shared: SharedSimulation) {
        self.shared = shared
    }

    package static func tamper(_ mutant: Mutant, random: any RandomSource) -> (any StatementTamper)? {
        mutant == .sumWraps ? NarrowSum() : nil
    }

    package func questions() -> [[SimulatedQuestion]] {
        [[]]
            + [ReportingPeriod.Kind.day, .year].map { kind in
                [
                    SimulatedQuestion("the figures of a \(kind)") { [shared] in
                        let now = shared.time.wallTime
                        _ = try await $0.service(IndicatorsService.self).show(ReportingPeriod(kind, containing: now))
                    }
                ]
            }
    }

    package func forge(_ forgery: Forgery, by thief: Thief) throws -> [StolenKey.Item] {
        forgery == .extremes ? try submissions(by: thief) : []
    }

    /// Figures of the day and the month as large as figures may be here, and one that may not be.
    private func submissions(by thief: Thief) throws -> [StolenKey.Item] {
        let now = shared.time.wallTime
        return try [ReportingPeriod.Kind.day, .month, .year].map { kind in
            var sheet = IndicatorSheet()
            for definition in [IndicatorDefinition](of: ServiceList.all) {
                let part = Int64(shared.random.number(below: 200)) * 500_000_000_000 - 50_000_000_000_000
                try sheet.add(IndicatorParts(numerator: part, denominator: abs(part) + 1), to: definition.id)
            }
            let submission = IndicatorSubmission(
                unit: thief.key.node, period: ReportingPeriod(kind, containing: now),
                version: 1 + Int(shared.random.number(below: 5)), own: sheet, total: sheet, contributions: [],
                missing: [], closedAt: now)
            let fields = try submission.encoded()
            return thief.item(
                .indicatorSubmission, submission.subject,
                kind == .year ? BentMessage.bend(fields, shared.random) : fields)
        }
    }

    package func foreign(in sql: any SQLTransaction) throws -> [String] {
        let rows = try sql.rows(
            "SELECT entry, substr(entry, 1, length(unit)), unit FROM indicator_submission ORDER BY entry", [])
        return try rows.compactMap { row in
            try row.text(1) == row.text(2) ? nil : "\(try row.text(0)) speaks for \(try row.text(2))"
        }
    }

    /// What a node shows as its figures is its own and the newest of each node below it, added up by an eye of its own,
    /// with room to spare.
    package func checkShown() async throws {
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
        else { return shared.verdict.violation("figures", "\(node.id) has no figures of \(period)") }
        let below = try await running.context.ledger.read { sql in try self.below(node.id, period, in: sql) }
        for figure in shown.figures {
            var (sum, size) = (Double(figure.ownNumerator), Double(figure.ownDenominator))
            for sheet in below {
                sum += Double(sheet[figure.indicator].numerator)
                size += Double(sheet[figure.indicator].denominator)
            }
            guard sum == Double(figure.numerator), size == Double(figure.denominator) else {
                shared.verdict.violation(
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
