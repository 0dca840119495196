import Effects
import Ledgers
import RecognitionTestKit
import Referral
import Regions
import ServiceKit
import Storage
import Synchronization
import Testing
import WorkflowKit
import YilianTestKit

/// A commit costs those whom it concerns, and nobody else: statements of others' watchers are counted.
@Suite("A commit wakes only those whom it concerns", .serialized)
struct WatcherCostTests {
    /// A watcher, by the question with which each of its looks begins.
    private enum Watcher: Hashable {
        case cases(String)
        case inventories, readers, figures, parcels, attachments, configurations
        /// The test's own: it goes by results.
        case results

        /// - Parameter arguments: the first one of a question about cases is the workflow.
        init?(_ sql: SQLText, _ arguments: [any SQLConvertible]) {
            let text = sql.text
            let found: Watcher? =
                if text.hasPrefix("SELECT case_id, due, stamp FROM case_schedule WHERE workflow = $1 AND due") {
                    if case .text(let workflow)? = arguments.first?.sqlValue { .cases(workflow) } else { nil }
                } else if text.hasPrefix("SELECT entry, recipient, is_stated FROM inventory_notice") {
                    .inventories
                } else if text.hasPrefix("SELECT reader FROM recognition_due") {
                    .readers
                } else if text.hasPrefix("SELECT period, unit, entry FROM indicator_submission") {
                    .figures
                } else if text.hasPrefix("SELECT DISTINCT recipient FROM parcel") {
                    .parcels
                } else if text.hasPrefix("SELECT digest FROM attachment_due") {
                    .attachments
                } else if text.hasPrefix("SELECT bytes FROM region_configuration WHERE version >") {
                    .configurations
                } else if text == Self.resultsQuestion {
                    .results
                } else {
                    nil
                }
            guard let found else { return nil }
            self = found
        }

        static let resultsQuestion = "SELECT count(*) FROM report_version"

        /// Whether there is one for each neighbour.
        var isOfLink: Bool { self == .parcels || self == .attachments }
    }

    /// Counts looks.
    private final class Looks: Sendable {
        private let counts = Mutex<[Watcher: Int]>([:])
        private let total = Atomic(0)
        private let noted = Wakeup()

        var all: [Watcher: Int] { counts.withLock { $0 } }
        /// Every statement, whoever's.
        var statements: Int { total.load(ordering: .relaxed) }

        func note(_ sql: SQLText, _ arguments: [any SQLConvertible]) {
            total.wrappingAdd(1, ordering: .relaxed)
            guard let watcher = Watcher(sql, arguments) else { return }
            counts.withLock { $0[watcher, default: 0] += 1 }
            noted.wake()
        }

        /// Waits for a watcher's next look while the region's clock stands still.
        func wait(for watcher: Watcher, since before: [Watcher: Int]) async throws {
            while true {
                let seen = noted.count
                if all[watcher, default: 0] > before[watcher, default: 0] { return }
                await noted.wait(since: seen, orMilliseconds: 60_000, time: SystemTime())
                try #require(noted.count > seen, "\(watcher) does not look")
            }
        }
    }

    private struct CountingStore: Store {
        let inner: any Store
        let looks: Looks
        /// Whether each commit says that anything may have changed, so that it wakes everybody.
        let isVague: Bool

        func write<Value: Sendable>(
            _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
        ) async throws -> Value {
            guard isVague else { return try await inner.write(body) }
            return try await inner.write { sql in
                sql.note(.unknown)
                return try body(sql)
            }
        }

        func read<Value: Sendable>(
            _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
        ) async throws -> Value {
            try await inner.read { try body(Counting(inner: $0, looks: looks)) }
        }

        func close() async throws { try await inner.close() }
    }

    private struct Counting: SQLTransaction {
        let inner: any SQLTransaction
        let looks: Looks

        func execute(_ sql: SQLText, _ arguments: [any SQLConvertible]) throws -> Int {
            try inner.execute(sql, arguments)
        }

        func rows(_ sql: SQLText, _ arguments: [any SQLConvertible]) throws -> [SQLRow] {
            looks.note(sql, arguments)
            return try inner.rows(sql, arguments)
        }

        func forEach(_ sql: SQLText, _ arguments: [any SQLConvertible], _ body: (SQLRow) throws -> Bool) throws {
            looks.note(sql, arguments)
            try inner.forEach(sql, arguments, body)
        }

        func savepoint<Value>(_ body: () throws -> Value) throws -> Value { try inner.savepoint(body) }
        func emptyTable(_ name: StaticString) throws { try inner.emptyTable(name) }
        var changes: Set<TablePart> { inner.changes }
        func note(_ part: TablePart) { inner.note(part) }
    }

    private static let every: Set<Watcher> = [
        .cases("consultation"), .cases("diagnosis"), .cases("referral"), .cases("adverse"), .inventories, .readers,
        .figures, .parcels, .attachments,
    ]

    private func run(
        isVague: Bool = false, _ body: @Sendable (TestRegion, Looks) async throws -> Void
    ) async throws {
        let looks = Looks()
        var options = TestOptions(clock: .manual)
        options.storing = { node, store in
            node == "pingding" ? CountingStore(inner: store, looks: looks, isVague: isVague) : store
        }
        try await TestRegion.run(.small, options) { region in
            try await region.publishConfiguration { configuration in
                configuration.referralLevels = [
                    ReferralLevel(
                        kind: "up-green", name: "绿色通道", direction: .up, answerSeconds: 3_600,
                        arrivalSeconds: 86_400, returnSeconds: 86_400)
                ]
            }
            try await region.waitUntilConfigured()
            try await region.waitUntilAcknowledged()
            #expect(Self.every.subtracting(looks.all.keys) == [], "these are not counted")
            try await body(region, looks)
        }
    }

    /// How many looks of each watcher some commits brought, one after the other.
    ///
    /// The pauses that watchers make between two looks are over before the next one.
    ///
    /// - Parameter commit: returns when those whom it concerns have looked more often than it is told.
    private func looks(
        _ looks: Looks, in region: TestRegion, _ commit: (Int, _ before: [Watcher: Int]) async throws -> Void
    ) async throws -> [Watcher: Int] {
        let start = looks.all
        for number in 0..<Self.commits {
            region.clock.advance(by: Self.longestPause)
            try await commit(number, looks.all)
        }
        return looks.all.reduce(into: [:]) { $0[$1.key] = $1.value - start[$1.key, default: 0] }
    }

    private static let commits = 12
    /// How long a watcher waits after a look, at most, before it looks again because it was woken.
    private static let longestPause = Duration.seconds(1)
    /// Looks of a watcher that no commit brings: one that is under way when the commits begin, and one by the clock, for
    /// the commits take less time than any watcher waits that has nothing to do.
    private static let unwokenLooks = 2

    /// The watchers of a node that were woken: they have looked more often than the others do.
    private static func woken(_ looks: [Watcher: Int], at node: TestNode, of region: TestRegion) -> Set<Watcher> {
        let neighbours = region.allNodes.count { region.tree.parent(of: $0.nodeID) == node.nodeID } + 1
        return Set(looks.filter { $0.value > unwokenLooks * ($0.key.isOfLink ? neighbours : 1) }.keys)
    }

    /// Does something while a watcher of the test's own goes by a node's results.
    private static func watchingResults(at node: TestNode, _ body: () async throws -> Void) async throws {
        let ledger = try node.node.context.ledger
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                let changes = ledger.changes(of: [.table("report_version")])
                while !Task.isCancelled {
                    let seen = changes.count
                    _ = try await ledger.read { try $0.rows("SELECT count(*) FROM report_version", []) }
                    await changes.wait(since: seen)
                }
            }
            try await body()
            group.cancelAll()
        }
    }

    @Test("results wake those who go by results, and nobody who goes by cases, beds, readers or parcels")
    func results() async throws {
        try await run { region, looks in
            let county = try region.node("pingding")
            try await Self.watchingResults(at: county) {
                let counts = try await self.looks(looks, in: region) { number, before in
                    try await county.publish(TestReport("P-\(number)", of: People.patient(number)))
                    try await looks.wait(for: .results, since: before)
                }
                #expect(Self.woken(counts, at: county, of: region) == [.results], "\(counts)")
            }
        }
    }

    @Test("the same commits wake every watcher where a commit does not say what it changed")
    func vague() async throws {
        try await run(isVague: true) { region, looks in
            let county = try region.node("pingding")
            let counts = try await self.looks(looks, in: region) { number, before in
                try await county.publish(TestReport("P-\(number)", of: People.patient(number)))
                try await region.wait(for: "everybody's looks") {
                    let all = looks.all
                    return Self.every.allSatisfy { all[$0, default: 0] > before[$0, default: 0] }
                }
            }
            #expect(Self.every.allSatisfy { counts[$0, default: 0] >= Self.commits }, "\(counts)")
            #expect(Self.woken(counts, at: county, of: region).isSuperset(of: Self.every), "\(counts)")
        }
    }

    @Test("a referral wakes those who attend to referrals, and nobody who attends to other cases, beds or readers")
    func cases() async throws {
        try await run { region, looks in
            let content = CaseContent(
                patient: PatientDemographics(
                    identifiers: [.init(type: "MR", authority: "ehc", value: "C-4713")], name: "赵试七"),
                values: ["diagnosis": "急性心肌梗死", "summary": "胸痛两小时", "reason": "需介入治疗"])
            let asking = Asking(
                practitioner: "王医生", organizationUnit: "jucheng", purpose: .treatment, consent: "口头")
            let county = try region.node("pingding")
            let clinic = try region.node("jucheng").node.service(ReferralService.self)
            let counts = try await self.looks(looks, in: region) { _, before in
                _ = try await clinic.write("up-green", content, asking)
                // Each lies at the county before the next one is written, and is looked at there by itself.
                try await region.waitUntilAcknowledged()
                try await looks.wait(for: .cases("referral"), since: before)
            }
            #expect(counts[.cases("referral"), default: 0] >= Self.commits, "\(counts)")
            let woken = Self.woken(counts, at: county, of: region)
            #expect(woken.subtracting([.cases("referral"), .parcels]) == [], "\(counts)")
        }
    }

    @Test("what waits is found with as many statements after every start of a child, each of which began new chains")
    func queue() async throws {
        try await run { region, looks in
            let (county, township) = (try region.node("pingding"), try region.node("jucheng"))
            var costs: [Int] = []
            for round in 0..<4 {
                try await township.publish(TestReport("J-\(round)", of: People.wang))
                try await region.waitUntilAcknowledged()
                try await region.wait(for: "all that is acknowledged being written down") {
                    try await county.node.queue.items { _ in nil }.isEmpty
                }
                costs.append(try await Self.cost(of: county, looks))
                try await township.restart()
            }
            #expect(costs.allSatisfy { $0 == costs[0] && $0 > 0 }, "\(costs)")
        }
    }

    /// Statements of one look at what waits; where others ask meanwhile, the look with the fewest.
    private static func cost(of node: TestNode, _ looks: Looks) async throws -> Int {
        var fewest = Int.max
        for _ in 0..<10 {
            let before = looks.statements
            #expect(try await node.node.queue.items { _ in nil }.isEmpty)
            fewest = min(fewest, looks.statements - before)
        }
        return fewest
    }
}
