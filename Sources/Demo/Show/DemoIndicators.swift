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
            for node in stage.nodes where node.tier == tier {
                try await waitForChildren(of: node, period)
                let closing = try await stage.client(node) { client -> ClosingInfo in
                    try await client.post("indicators/close", ["period": period.description, "force": "true"])
                }
                stage.printer.say("  \(node.name): \(closing.outcome), edition \(closing.version ?? 0)")
            }
        }
        let rows = try await figures(period)
        stage.printer.say()
        stage.printer.say(
            TextTable.render(
                ["unit", "indicator", "numerator", "denominator", "figure", "missing"],
                rows.map { row in
                    [
                        row.name, row.chineseName, "\(row.numerator)", "\(row.denominator)", row.chineseText ?? "–",
                        row.missing.isEmpty ? "nobody" : row.missing.joined(separator: " "),
                    ]
                }))
        return rows.map { row in
            DemoOutcome.Indicator(
                indicator: row.indicator, unit: row.unit, tier: row.tier, numerator: row.numerator,
                denominator: row.denominator, missing: row.missing)
        }
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
                        unit: node.id, name: node.name, tier: node.tier, indicator: figure.indicator,
                        chineseName: figure.chineseName, numerator: figure.numerator,
                        denominator: figure.denominator, chineseText: figure.chineseText, missing: edition.missing)
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
        var chineseName: String
        var numerator: Int64
        var denominator: Int64
        var chineseText: String?
    }

    struct Row {
        var unit: String
        var name: String
        var tier: String
        var indicator: String
        var chineseName: String
        var numerator: Int64
        var denominator: Int64
        var chineseText: String?
        var missing: [String]
    }

    var units: [Unit]
}
