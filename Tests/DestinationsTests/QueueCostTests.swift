import Effects
import ServiceKit
import Storage
import Testing

@testable import Destinations

@Suite("What a message costs does not grow with its queue")
struct QueueCostTests {
    /// A transaction that keeps what it was asked.
    private final class Recording: SQLTransaction {
        private let inner: any SQLTransaction
        private(set) var asked: [String] = []

        init(_ inner: any SQLTransaction) { self.inner = inner }

        func execute(_ sql: SQLText, _ arguments: [any SQLConvertible]) throws -> Int {
            asked.append(sql.text)
            return try inner.execute(sql, arguments)
        }

        func rows(_ sql: SQLText, _ arguments: [any SQLConvertible]) throws -> [SQLRow] {
            asked.append(sql.text)
            return try inner.rows(sql, arguments)
        }

        func forEach(
            _ sql: SQLText, _ arguments: [any SQLConvertible], _ body: (SQLRow) throws -> Bool
        ) throws {
            asked.append(sql.text)
            try inner.forEach(sql, arguments, body)
        }

        func savepoint<Value>(_ body: () throws -> Value) throws -> Value { try inner.savepoint(body) }
        func emptyTable(_ name: StaticString) throws { try inner.emptyTable(name) }
        var changes: Set<TablePart> { inner.changes }
        func note(_ part: TablePart) { inner.note(part) }
    }

    private static let bounds = Destination.Bounds(bytes: 1 << 30)

    private static func draft(_ number: Int, of patient: String) -> DestinationQueue.Draft {
        DestinationQueue.Draft(
            destination: "his", key: "m\(number)", kind: "reports", patients: [patient], controlID: "\(number)",
            target: "", body: Array(repeating: 7, count: number % 50 + 1))
    }

    private static func put(_ numbers: ClosedRange<Int>, of patient: String, in sql: any SQLTransaction) throws {
        for number in numbers {
            let putting = try DestinationQueue.put(
                draft(number, of: patient), bounds: bounds, at: .epoch, in: sql)
            #expect(putting == .put)
        }
    }

    @Test(
        "one more is put and the first is delivered with the same statements where twice as many wait, and none counts")
    func statements() async throws {
        let node = try SampleNode([try .sample(bounds: Self.bounds)])
        defer { withExtendedLifetime(node) {} }
        let service = try await node.open()
        let costs = try await service.context.ledger.write(lane: .clinical) { transaction in
            var costs: [[String]] = []
            for round in 0..<2 {
                try Self.put((round * 200 + 1)...(round * 200 + 200), of: "a", in: transaction.sql)
                let sql = Recording(transaction.sql)
                try Self.put((1_001 + round)...(1_001 + round), of: "a", in: sql)
                _ = try DestinationQueue.load(of: "his", in: sql)
                let next = try #require(try DestinationQueue.next(of: "his", in: sql))
                try DestinationQueue.take(.delivered, about: next, at: .epoch, in: sql)
                costs.append(sql.asked)
            }
            return costs
        }
        #expect(costs[0] == costs[1] && costs[0].count > 5)
        let counting = costs[0].filter { text in ["COUNT(", "SUM(", "MIN("].contains { text.contains($0) } }
        #expect(counting == [])
    }

    @Test("what waits is known after everything that can happen to a message")
    func load() async throws {
        let node = try SampleNode([try .sample(bounds: Self.bounds)])
        defer { withExtendedLifetime(node) {} }
        let service = try await node.open()
        try await service.context.ledger.write(lane: .clinical) { transaction in
            let sql = transaction.sql
            func check(_ what: String) throws {
                let row = try #require(
                    try sql.row(
                        """
                        SELECT COUNT(*), COALESCE(SUM(size), 0) FROM outgoing_message WHERE state IN ('waiting', 'held')
                        """, []))
                let load = try DestinationQueue.load(of: "his", in: sql)
                let counted = (Int(try row.integer(0)), Int(try row.integer(1)))
                #expect(load == counted, "\(what)")
            }
            let words = DeliveryOutcome.Words(code: "x", text: "y")
            func message(_ number: Int64, _ state: WaitingMessage.State) throws -> WaitingMessage {
                try #require(
                    try DestinationQueue.messages(state, of: "his", limit: 100, in: sql).first { $0.number == number })
            }
            try Self.put(1...6, of: "a", in: sql)
            try Self.put(7...9, of: "b", in: sql)
            try check("put")
            try DestinationQueue.take(.hold(words), about: message(1, .waiting), at: .epoch, in: sql)
            try check("held")
            try DestinationQueue.take(.putBeside(words), about: message(2, .waiting), at: .epoch, in: sql)
            try check("beside")
            try DestinationQueue.take(.delivered, about: message(7, .waiting), at: .epoch, in: sql)
            try check("delivered")
            try DestinationQueue.resend("his/1", at: .epoch, in: sql)
            try DestinationQueue.resend("his/2", at: .epoch, in: sql)
            try check("again")
            try DestinationQueue.drop("his/3", at: .epoch, in: sql)
            try check("dropped")
            let unmade = try DestinationQueue.put(
                .init(
                    destination: "his", key: "m0", kind: "reports", patients: ["b"], controlID: "", target: "", body: []
                ),
                bounds: Self.bounds, problem: words, at: .epoch, in: sql)
            #expect(unmade == .put)
            try check("not made")
            try DestinationQueue.wantUnmade(of: "his", in: sql)
            let wanted = try #require(try DestinationQueue.wanted(of: "his", limit: 1, in: sql).first)
            _ = try DestinationQueue.remake(
                wanted, as: Self.draft(40, of: "b"), bounds: Self.bounds, at: .epoch, in: sql)
            try check("made anew")
            let late = WallTime(milliseconds: 400 * 86_400_000)
            let tidied = try DestinationQueue.tidy("his", bounds: Self.bounds, at: late, in: sql)
            #expect(tidied.tooOld.count > 3)
            try check("too old")
            #expect(try DestinationQueue.load(of: "his", in: sql) == (0, 0))
        }
    }
}
