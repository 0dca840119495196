package import Calls
import Effects
package import Ledgers
package import Regions
package import ServiceKit
import Storage

/// Indicators at one node: sums what this unit did and what those below it submitted, closes periods, shows figures.
///
/// Figures travel as entries of the ledgers; the desk says what a unit's figures are made of, and is reminded of them.
package struct IndicatorsService: NodeService {
    package static let serviceName = "indicators"
    package static let projections: [any Projection] = [IndicatorsProjection()]
    package static let endpoints: [any EndpointSet.Type] = [IndicatorEndpoints.self]
    package static let methods = [
        Method(300, .indicators, "explain", lane: .bulk, callers: [.parent], samples: "2026") {
            try await $0.explain($1)
        },
        Method(301, .indicators, "submit", lane: .bulk, callers: [.parent], samples: "2026") {
            try await $0.submit($1)
        },
    ]
    package static let regionSections: [any RegionSection.Type] = [IndicatorsSection.self]
    package static let nodeSections: [any NodeFileSection.Type] = [ClosingDelays.self]

    let context: NodeContext
    private let unit: UnitClosing
    private let desk: IndicatorsDesk
    /// When this node first counted anything; earlier periods are not closed by themselves.
    let startedAt: WallTime

    package init(_ context: NodeContext) async throws {
        let delays = context.settings.section(ClosingDelays.self)
        try await self.init(context, schedule: ClosingSchedule(delays, of: context.definitions))
    }

    /// - Parameter schedule: from the node's yaml file.
    package init(_ context: NodeContext, schedule: ClosingSchedule) async throws {
        self.context = context
        unit = UnitClosing(context: context, schedule: schedule)
        desk = IndicatorsDesk(unit: unit, actorSystem: context.system)
        let node = context.node
        startedAt = try await context.ledger.write(lane: .bulk) { transaction in
            try transaction.sql.execute(
                "INSERT INTO indicator_start (node, at) VALUES ($1, $2) ON CONFLICT (node) DO NOTHING",
                [node.rawValue, transaction.now.milliseconds])
            let row = try transaction.sql.row("SELECT at FROM indicator_start WHERE node = $1", [node.rawValue])
            return WallTime(milliseconds: try row?.integer(0) ?? transaction.now.milliseconds)
        }
    }

    /// Closes a period of this unit: sums what is known and appends it as an edition, durable on return.
    ///
    /// The first edition is the publication and is never changed; where something is new later, the next one is an
    /// amendment beside it. Where nothing is new, nothing is written.
    ///
    /// - Parameter force: closes now, also before the period's end and without those who are missing.
    /// - Throws: `indicators.notAUnit` at the dispatcher, `indicators.notBegun`, `indicators.notManaged` where nobody
    ///   managed this node at the period's end, `ledger.overloaded`.
    package func close(_ period: ReportingPeriod, force: Bool = false) async throws -> ClosingOutcome {
        try await unit.close(period, force: force)
    }

    /// Closes periods by themselves until the task is cancelled: at the period's end, when those below have submitted
    /// or the deadline has passed; amends them when something comes late.
    package func run() async throws {
        guard context.tier != .dispatcher else { try await context.world.time.sleepForever() }
        var rounds = ClosingRounds(service: self)
        let (time, submissions) = (context.world.time, LedgerPart.table("indicator_submission"))
        let figures = context.ledger.changes(of: [submissions])
        let figuresAndFacts = context.ledger.changes(of: [submissions, .table("indicator_fact")])
        while true {
            try Task.checkCancellation()
            let (seen, seenOfAll) = (figures.count, figuresAndFacts.count)
            let wait = try await rounds.next()
            try await time.sleep(milliseconds: Limits.closingPaceMilliseconds)
            // Facts are many, and late ones are looked for only so often: before that a fact wakes nobody.
            let left = wait - Limits.closingPaceMilliseconds
            let unheard = min(left, Limits.lateFactCheckMilliseconds)
            await figures.wait(since: seen, orMilliseconds: unheard, time: time)
            guard figures.count == seen, left > unheard else { continue }
            await figuresAndFacts.wait(since: seenOfAll, orMilliseconds: left - unheard, time: time)
        }
    }

    var schedule: ClosingSchedule { unit.schedule }
    var rule: ClosingRule { unit.rule }
    var facts: FactTable { unit.facts }

    func rollUp(of period: ReportingPeriod) -> RollUp { unit.rollUp(of: period) }
}
