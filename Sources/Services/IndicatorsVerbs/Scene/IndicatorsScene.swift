import Console
import Demo
import Effects
import Indicators
import Regions

/// The close of the day: figures roll up from townships to counties to the city by summing parts.
struct IndicatorsScene: DemoScene {
    /// A unit's figure, as machines read it.
    private struct Indicator: Encodable {
        var indicator: String
        var unit: String
        var tier: String
        var numerator: Int64
        var denominator: Int64
        var missing: [String]
    }

    private let stage: DemoStage
    private var period = ""
    private var told: [Indicator] = []

    init(_ stage: DemoStage) { self.stage = stage }

    var outcome: [String: any Encodable & Sendable] { ["period": period, "indicators": told] }

    mutating func play(_ act: DemoAct) async throws {
        guard case .close = act else { return }
        let period = ReportingPeriod(.day, containing: stage.world.time.wallTime)
        stage.printer.heading("The day \(period) is closed: township → county → city")
        for tier in ["township", "county", "city"] {
            var closed: [String] = []
            for node in stage.nodes where node.tier == tier {
                try await waitForChildren(of: node, period)
                let closing = try await stage.client(node) { client in
                    try await client.ask(IndicatorEndpoints.close, .init(period: period.description, force: true))
                }
                closed.append("\(node.id) (\(closing.outcome), edition \(closing.version ?? 0))")
            }
            stage.printer.say("  \(tier): \(closed.joined(separator: ", "))")
        }
        let rows = try await figures(period)
        stage.printer.say()
        show(rows)
        self.period = period.description
        told = rows.map { row in
            Indicator(
                indicator: row.indicator, unit: row.unit, tier: row.tier, numerator: row.numerator,
                denominator: row.denominator, missing: row.missing)
        }
    }

    /// A line for each unit, a column for each indicator; what a unit has nothing of stays empty.
    private func show(_ rows: [UnitFigure]) {
        var indicators: [UnitFigure] = []
        for row in rows where !indicators.contains(where: { $0.indicator == row.indicator }) { indicators.append(row) }
        let units = stage.nodes.map(\.id).filter { id in rows.contains { $0.unit == id } }
        stage.printer.say(
            TextTable.render(
                ["node"] + indicators.map(\.englishName) + ["missing"],
                units.map { unit in
                    let figures = indicators.map { indicator -> String in
                        let row = rows.first { $0.unit == unit && $0.indicator == indicator.indicator }
                        return row.flatMap { $0.denominator == 0 ? nil : $0.englishText } ?? "–"
                    }
                    let missing = rows.first { $0.unit == unit }?.missing ?? []
                    return [unit] + figures + [missing.isEmpty ? "nobody" : missing.joined(separator: " ")]
                }))
    }

    /// The figures of every unit, as each unit's own node or the nearest node above it shows them.
    private func figures(_ period: ReportingPeriod) async throws -> [UnitFigure] {
        var rows: [UnitFigure] = []
        for node in stage.nodes where node.tier != "dispatcher" {
            let sheet = try await sheet(node, period)
            for unit in sheet.units where unit.unit == node.id {
                guard let edition = unit.editions.last else { continue }
                rows += edition.figures.map { figure in
                    UnitFigure(
                        unit: node.id, tier: node.tier, indicator: figure.indicator, englishName: figure.englishName,
                        numerator: figure.numerator, denominator: figure.denominator, englishText: figure.englishText,
                        missing: edition.missing)
                }
            }
        }
        return rows
    }

    private func sheet(_ node: DemoNode, _ period: ReportingPeriod) async throws -> PeriodReport {
        try await stage.client(node) { try await $0.ask(IndicatorEndpoints.show, .init(period: period.description)) }
    }

    /// Waits until the submissions of a node's children have come up.
    private func waitForChildren(of node: DemoNode, _ period: ReportingPeriod) async throws {
        let children = Set(stage.nodes.filter { $0.parent == node.id }.map(\.id))
        _ = try await stage.wait(
            for: "the submissions to \(node.id)", seconds: 60, { try await sheet(node, period) },
            until: { sheet in
                let here = Set(sheet.units.filter { !$0.editions.isEmpty }.map(\.unit))
                return children.isSubset(of: here)
            })
    }
}

/// One unit's figure of one indicator.
private struct UnitFigure {
    var unit: String
    var tier: String
    var indicator: String
    var englishName: String
    var numerator: Int64
    var denominator: Int64
    var englishText: String?
    var missing: [String]
}
