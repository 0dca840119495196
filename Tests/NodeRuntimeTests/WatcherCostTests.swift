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
                } else {
                    nil
                }
            guard let found else { return nil }
            self = found
        }
    }

    /// Counts looks.
    private final class Looks: Sendable {
        private let counts = Mutex<[Watcher: Int]>([:])
        private let total = Atomic(0)

        var all: [Watcher: Int] { counts.withLock { $0 } }
        /// Every statement, whoever's.
        var statements: Int { total.load(ordering: .relaxed) }

        func note(_ sql: SQLText, _ arguments: [any SQLConvertible]) {
            total.wrappingAdd(1, ordering: .relaxed)
            guard let watcher = Watcher(sql, arguments) else { return }
            counts.withLock { $0[watcher, default: 0] += 1 }
        }
    }

    private struct CountingStore: Store {
        let inner: any Store
        let looks: Looks

        func write<Value: Sendable>(
            _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
        ) async throws -> Value { try await inner.write(body) }

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
        .cases("consultation"), .cases("referral"), .cases("adverse"), .inventories, .readers, .figures, .parcels,
        .attachments,
    ]

    private func run(_ body: @Sendable (TestRegion, Looks) async throws -> Void) async throws {
        let looks = Looks()
        var options = TestOptions(clock: .manual)
        options.storing = { node, store in node == "pingding" ? CountingStore(inner: store, looks: looks) : store }
        try await TestRegion.run(.small, options) { region in
            try await region.publishConfiguration { configuration in
                configuration.referralLevels = [
                    ReferralLevel(
                        kind: "up-green", name: "绿色通道", direction: .up, answerSeconds: 3_600,
                        arrivalSeconds: 86_400, returnSeconds: 86_400)
                ]
            }
            try await region.waitUntilConfigured()
            try await body(region, looks)
        }
    }

    /// How many looks of each watcher some commits brought, one after the other.
    ///
    /// The clock brings a few of its own: fewer than commits would.
    private func looks(
        _ looks: Looks, during count: Int, _ commit: (Int) async throws -> Void
    ) async throws -> [Watcher: Int] {
        let before = looks.all
        for number in 0..<count { try await commit(number) }
        return looks.all.reduce(into: [:]) { $0[$1.key] = $1.value - before[$1.key, default: 0] }
    }

    private static let commits = 40
    /// What clocks may bring meanwhile.
    private static let fewLooks = 8

    @Test("results wake nobody who goes by cases, beds, readers or parcels")
    func results() async throws {
        try await run { region, looks in
            let county = try region.node("pingding")
            try await region.waitUntilAcknowledged()
            #expect(Self.every.subtracting(looks.all.keys) == [], "these are not counted")
            let woken = try await self.looks(looks, during: Self.commits) { number in
                try await county.publish(TestReport("P-\(number)", of: People.patient(number)))
            }
            #expect(woken.allSatisfy { $0.value < Self.fewLooks }, "\(woken)")
        }
    }

    @Test("a referral wakes those who attend to referrals, and nobody who attends to other cases, beds or readers")
    func cases() async throws {
        try await run { region, looks in
            try await region.waitUntilAcknowledged()
            let content = CaseContent(
                patient: PatientDemographics(
                    identifiers: [.init(type: "MR", authority: "ehc", value: "C-4713")], name: "赵试七"),
                values: ["diagnosis": "急性心肌梗死", "summary": "胸痛两小时", "reason": "需介入治疗"])
            let asking = Asking(
                practitioner: "王医生", organizationUnit: "jucheng", purpose: .treatment, consent: "口头")
            let clinic = try region.node("jucheng").node.service(ReferralService.self)
            let woken = try await self.looks(looks, during: Self.commits) { _ in
                _ = try await clinic.write("up-green", content, asking)
                // Each lies at the county before the next one is written, and is looked at there by itself.
                try await region.waitUntilAcknowledged()
            }
            #expect(woken[.cases("referral"), default: 0] >= Self.fewLooks, "\(woken)")
            let others = woken.filter { ![.cases("referral"), .parcels].contains($0.key) }
            #expect(others.allSatisfy { $0.value < Self.fewLooks }, "\(others)")
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
