import Effects
import Regions
import Storage
import Synchronization
import Testing

@testable import Ledgers

/// A store that counts the statements and rows of what is read.
private final class CountedStore: Store {
    private let inner: any Store
    private let counted = Mutex(0)

    init(_ inner: any Store) { self.inner = inner }

    /// Since it was asked last.
    func steps() -> Int {
        counted.withLock { count in
            defer { count = 0 }
            return count
        }
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        try await inner.write(body)
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        try await inner.read { [self] sql in
            let meter = MeteredTransaction(sql, limit: .max, refusal: Failure("test.never", "no limit"))
            defer { counted.withLock { $0 += meter.steps } }
            return try body(meter)
        }
    }

    func close() async throws { try await inner.close() }
}

@Suite("How much waits is known without being counted")
struct BacklogCostTests {
    private static func open(_ fixture: Fixture) async throws -> (Ledger, CountedStore) {
        let store = CountedStore(try Fixture.store(fixture.path("counted"), world: fixture.world))
        let ledger = try await Ledger.open(
            Ledger.Setup(
                node: Fixture.hill, store: store, region: fixture.registry, key: try fixture.key(Fixture.hill),
                projections: ProjectionSet([GrantProjection(), NoteProjection()]), world: fixture.world,
                codec: { .zlib }))
        return (ledger, store)
    }

    /// The same, counted row by row.
    private static func counted(_ ledger: Ledger, from sequence: Int) async throws -> [Int] {
        try await ledger.read { sql in
            let row = try #require(
                try sql.row(
                    """
                    SELECT COUNT(*), COALESCE(SUM(entry_count), 0), COALESCE(SUM(stored_bytes), 0) FROM batch
                    WHERE sequence >= $1
                    """, [sequence]))
            return try (0..<3).map { Int(try row.integer($0)) }
        }
    }

    @Test("a backlog and the figures of a ledger are what a count gives, wherever the neighbour stands")
    func figures() async throws {
        let fixture = try Fixture()
        let (ledger, _) = try await Self.open(fixture)
        for number in 0..<12 {
            fixture.time.advance(milliseconds: 1_000)
            try await ledger.append((0...number % 3).map { .note("n\(number)-\($0)", payload: "p") })
        }
        let position = try #require(try await ledger.positions().first)
        for sequence in [0, 1, 5, 11, 12] {
            _ = try await ledger.settleDeliveries(
                to: Fixture.east, theirs: [position.chain: UInt64(sequence)]
            ) { _ in true }
            let backlog = try await ledger.backlog(of: position.chain, for: Fixture.east)
            #expect(
                [backlog.batches, backlog.entries, backlog.bytes] == (try await Self.counted(ledger, from: sequence)))
            #expect((backlog.oldest == nil) == (sequence == 12))
        }
        let statistics = try await ledger.statistics()
        let all = statistics.all
        let counted = try await Self.counted(ledger, from: 0)
        #expect([all.batches, all.entries, all.storedBytes] == counted)
        #expect(all.rawBytes > 0 && statistics.own == all)
    }

    @Test("both take the same statements and rows where twenty times as much waits")
    func cost() async throws {
        let fixture = try Fixture()
        let (ledger, store) = try await Self.open(fixture)
        var costs: [Int] = []
        for count in [10, 190] {
            for number in 0..<count { try await ledger.append(.note("n\(count)-\(number)")) }
            let position = try #require(try await ledger.positions().first)
            _ = store.steps()
            _ = try await ledger.backlog(of: position.chain, for: Fixture.east)
            _ = try await ledger.statistics()
            _ = try await ledger.read { try Parcels.backlogs(in: $0) }
            costs.append(store.steps())
        }
        #expect(costs[0] == costs[1] && costs[0] > 5 && costs[0] < 30)
    }
}
