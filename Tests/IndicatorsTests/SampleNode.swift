import Effects
import Ledgers
import Regions
import ServiceKit
import Storage
import Testing
import Wire

@testable import Indicators

extension EntryKind {
    static let sampleFact = EntryKind(900)
}

extension FactRule {
    /// An entry that says itself what it counts: indicator, time, numerator, denominator.
    static let sample = FactRule(
        kind: .sampleFact,
        countsFor: [
            IndicatorDefinition(
                id: "results-published", chineseName: "发布数", englishName: "results published", numerator: "results",
                denominator: "results", display: .count),
            IndicatorDefinition(
                id: "turnaround", chineseName: "回报时长", englishName: "turnaround", numerator: "milliseconds",
                denominator: "reports", display: .meanDuration),
        ]
    ) { entry in
        let parts = String(decoding: entry.fields, as: UTF8.self).split(separator: "|")
        return [
            IndicatorFact(
                indicator: String(parts[0]), time: WallTime(milliseconds: Int64(parts[1]) ?? 0),
                numerator: Int64(parts[2]) ?? 0, denominator: Int64(parts[3]) ?? 0)
        ]
    }
}

/// Declares the samples' kind, which anybody may write.
struct SampleKind: Projection {
    let name = "sample"
    let declared = [DeclaredKind(.sampleFact, author: AuthorRule { _ in })]
    let tables: [StaticString] = []
    let migrations: [Migration] = []

    func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws {}
}

/// A node of the sample region.
struct SampleNode: Sendable {
    let ledger: Ledger
    let service: IndicatorsService

    /// Writes facts into this node's own ledger.
    func count(_ facts: [IndicatorFact]) async throws {
        try await ledger.write(lane: .bulk) { transaction in
            for fact in facts {
                let text = "\(fact.indicator)|\(fact.time.milliseconds)|\(fact.numerator)|\(fact.denominator)"
                try transaction.append(
                    EntryDraft(
                        kind: .sampleFact, subject: "fact", fields: Array(text.utf8), headerAudience: .city))
            }
        }
    }

    /// Results published at a moment.
    func publish(_ count: Int, at moment: String) async throws {
        let time = try WallTime(text: moment)
        try await self.count(
            (0..<count).map { _ in
                IndicatorFact(indicator: "results-published", time: time, numerator: 1, denominator: 1)
            })
    }

    /// Closes a period on command and gives the edition's number.
    @discardableResult
    func closeNow(_ period: String) async throws -> Int {
        switch try await service.close(try ReportingPeriod(period), force: true) {
        case .closed(_, let version), .unchanged(_, let version): version
        case .waiting: 0
        }
    }

    func editions(_ period: String, of unit: NodeID? = nil) async throws -> [IndicatorSubmission] {
        let period = try ReportingPeriod(period)
        let unit = unit ?? ledger.node
        return try await ledger.read { sql in
            try SubmissionTable.editions(of: unit, period, in: sql).map(\.submission)
        }
    }

    func newest(_ period: String, of unit: NodeID? = nil) async throws -> IndicatorSubmission {
        try #require(try await editions(period, of: unit).last)
    }

    /// Takes what `source` has for this node, as the courier does: chains, then parcels.
    func take(from source: SampleNode) async throws {
        for position in try await source.ledger.positions() {
            while true {
                let mine = try await ledger.positions().first { $0.chain == position.chain }?.nextSequence ?? 0
                let batches = try await source.ledger.batches(
                    from: ChainPosition(chain: position.chain, nextSequence: mine), for: ledger.node)
                if batches.isEmpty { break }
                let opened = try batches.map {
                    try ledger.inspector.inspect($0, receivedTime: service.context.now)
                }
                _ = try await ledger.ingest(opened, lane: position.chain.lane)
            }
        }
    }

    /// Takes the excerpts that `source` granted to this node.
    func takeParcels(from source: SampleNode) async throws {
        let waiting = try await source.ledger.read { sql in try Parcels.waiting(limit: 100, in: sql) }
        for parcel in waiting where parcel.recipient == ledger.node {
            let opened = try ledger.inspector.inspect(
                try await source.ledger.excerpt(of: parcel.entry), receivedTime: service.context.now)
            try await ledger.ingest(parcels: [(excerpt: opened, grant: parcel.grant, recipient: ledger.node)])
        }
    }

    /// The whole projection, for comparisons.
    func table() async throws -> [[SQLValue]] {
        try await ledger.read { sql in
            try sql.rows("SELECT * FROM indicator_submission ORDER BY entry", []).map(\.values)
        }
    }
}

extension IndicatorSheet {
    var published: Int64 { self["results-published"].numerator }
}
