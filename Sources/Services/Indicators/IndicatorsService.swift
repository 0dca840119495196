package import Calls
import Effects
package import Ledgers
package import Regions
package import ServiceKit
import Storage

/// Indicators at one node: sums what this unit did and what those below it submitted, closes periods, shows figures.
///
/// Figures travel as entries of the ledgers, so neighbours ask for nothing and there is no desk.
package struct IndicatorsService: NodeService {
    package static let serviceName = "indicators"
    package static let projections: [any Projection] = [IndicatorsProjection()]
    package static let facts: [FactRule] = []
    package static let methods: [Method] = []
    package static let regionSections: [any RegionSection.Type] = [IndicatorsSection.self]
    package static let nodeSections: [any NodeFileSection.Type] = [ClosingDelays.self]

    let context: NodeContext
    let schedule: ClosingSchedule
    /// When this node first counted anything; earlier periods are not closed by themselves.
    let startedAt: WallTime

    package init(_ context: NodeContext) async throws {
        try await self.init(context, schedule: ClosingSchedule(context.settings.section(ClosingDelays.self)))
    }

    /// - Parameter schedule: from the node's yaml file.
    package init(_ context: NodeContext, schedule: ClosingSchedule) async throws {
        self.context = context
        self.schedule = schedule
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
        guard context.tier != .dispatcher else {
            throw Failure(
                "indicators.notAUnit", "the dispatcher counts nothing and closes nothing",
                remedy: "close the period at the city, a county or a township")
        }
        guard period.start <= context.now else {
            throw Failure(
                "indicators.notBegun", "the period has not begun", place: period.description,
                remedy: "close a period that has begun")
        }
        let rollUp = rollUp(of: period)
        guard rollUp.parent != nil else {
            throw Failure(
                "indicators.notManaged", "nobody managed this node at the end of the period",
                place: period.description, remedy: "check the management tree with `yilian region show`")
        }
        let closing = PeriodClosing(rollUp: rollUp, rule: rule)
        return try await context.ledger.write(lane: .bulk) { transaction in
            try closing.perform(in: transaction, force: force)
        }
    }

    /// Closes periods by themselves until the task is cancelled: at the period's end, when those below have submitted
    /// or the deadline has passed; amends them when something comes late.
    package func run() async throws {
        guard context.tier != .dispatcher else { try await context.world.time.sleepForever() }
        var rounds = ClosingRounds(service: self)
        while true {
            try Task.checkCancellation()
            let rung = context.ledger.bell.count
            let wait = try await rounds.next()
            try await context.world.time.sleep(milliseconds: Limits.closingPaceMilliseconds)
            await context.ledger.bell.wait(
                since: rung, orMilliseconds: wait - Limits.closingPaceMilliseconds, time: context.world.time)
        }
    }

    var rule: ClosingRule { ClosingRule(tier: context.tier, schedule: schedule) }

    func rollUp(of period: ReportingPeriod) -> RollUp {
        RollUp(node: context.node, period: period, tree: context.region.tree(at: period.lastMoment))
    }
}
