import Console
import Effects
import Foundation
import Regions

/// The close of the day: figures roll up from townships to counties to the city by summing parts.
struct DemoIndicators {
    let stage: DemoStage

    func play(_ period: ReportingPeriod) async throws -> [DemoOutcome.Indicator] {
        stage.printer.heading("The day \(period) is closed: township → county → city")
        for tier in ["township", "county", "city"] {
            var closed: [String] = []
            for node in stage.nodes where node.tier == tier {
                try await waitForChildren(of: node, period)
                let closing = try await stage.client(node) { client -> ClosingInfo in
                    try await client.post("indicators/close", ["period": period.description, "force": "true"])
                }
                closed.append("\(node.id) (\(closing.outcome), edition \(closing.version ?? 0))")
            }
            stage.printer.say("  \(tier): \(closed.joined(separator: ", "))")
        }
        let rows = try await figures(period)
        stage.printer.say()
        show(rows)
        return rows.map { row in
            DemoOutcome.Indicator(
                indicator: row.indicator, unit: row.unit, tier: row.tier, numerator: row.numerator,
                denominator: row.denominator, missing: row.missing)
        }
    }

    /// A line for each unit, a column for each indicator; what a unit has nothing of stays empty.
    private func show(_ rows: [PeriodSheet.Row]) {
        var indicators: [PeriodSheet.Row] = []
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
    private func figures(_ period: ReportingPeriod) async throws -> [PeriodSheet.Row] {
        var rows: [PeriodSheet.Row] = []
        for node in stage.nodes where node.tier != "dispatcher" {
            let sheet = try await sheet(node, period)
            for unit in sheet.units where unit.unit == node.id {
                guard let edition = unit.editions.last else { continue }
                rows += edition.figures.map { figure in
                    PeriodSheet.Row(
                        unit: node.id, tier: node.tier, indicator: figure.indicator, englishName: figure.englishName,
                        numerator: figure.numerator, denominator: figure.denominator, englishText: figure.englishText,
                        missing: edition.missing)
                }
            }
        }
        return rows
    }

    private func sheet(_ node: DemoNode, _ period: ReportingPeriod) async throws -> PeriodSheet {
        try await stage.client(node) { client -> PeriodSheet in
            try await client.get("indicators", ["period": period.description])
        }
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

/// What the demo reads of a node's figures for a period.
struct PeriodSheet: Decodable, Sendable {
    struct Unit: Decodable, Sendable {
        var unit: String
        var editions: [Edition]
    }

    struct Edition: Decodable, Sendable {
        var version: Int
        var figures: [Figure]
        var missing: [String]
    }

    struct Figure: Decodable, Sendable {
        var indicator: String
        var englishName: String
        var numerator: Int64
        var denominator: Int64
        var englishText: String?
    }

    struct Row {
        var unit: String
        var tier: String
        var indicator: String
        var englishName: String
        var numerator: Int64
        var denominator: Int64
        var englishText: String?
        var missing: [String]
    }

    var units: [Unit]
}
