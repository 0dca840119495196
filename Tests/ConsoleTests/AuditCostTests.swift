import Effects
import Ledgers
import SQLiteStorage
import ServiceKit
import Storage
import Testing

@testable import Console

/// What a look into the audit ledger costs does not grow with what it holds.
struct AuditCostTests {
    private struct Question: Sendable {
        var name: String
        var statement: SQLText
        var arguments: [SQLValue]
        var found: Int

        init(_ name: String, _ filter: AuditFilter, found: Int) {
            self.name = name
            self.found = found
            statement = AuditStatement.newest(filter)
            arguments = [
                filter.practitioner ?? "", filter.purpose ?? "", Int64.min, Int64.max, filter.system ?? "",
                filter.node ?? "", filter.isAlert == true ? "alert" : "", 100,
            ].map(Self.value)
        }

        private static func value(_ argument: any SQLConvertible) -> SQLValue { argument.sqlValue }

        /// Whether a statement was used: asked with each question about a person.
        init(use number: Int, found: Int) {
            name = "use of a statement"
            self.found = found
            statement = AuditTrail.used
            arguments = ["county/1/clinical/1/\(number)", "county", "refused", "alert"].map(Self.value)
        }

        init(own practitioner: String, found: Int) {
            name = "own of \(practitioner)"
            self.found = found
            (statement, arguments) = (AuditStatement.own, [practitioner, "county", "", Int64.max, 100].map(Self.value))
        }
    }

    private static let questions = [
        Question("everything", AuditFilter(), found: 100), Question("nobody", .init(practitioner: "nobody"), found: 0),
        Question("doctor-3", .init(practitioner: "doctor-3"), found: 100),
        Question("a rare purpose", .init(purpose: "emergency"), found: 1),
        Question("a node that asked once", .init(node: "elsewhere"), found: 1),
        Question("a system that asked once", .init(system: "his"), found: 1),
        Question("alerts", .init(isAlert: true), found: 1), Question(own: "nobody", found: 0),
        Question(own: "doctor-3", found: 100), Question(use: 500, found: 1), Question(use: -1, found: 0),
    ]

    private func add(_ numbers: Range<Int>, to store: SQLiteStore) async throws {
        try await store.write { sql in
            for number in numbers {
                // One record, the oldest, is unlike the others.
                let isFirst = number == 0
                try sql.execute(
                    """
                    INSERT INTO audit (entry, at, action, outcome, statement, node, practitioner, purpose, break_glass,
                        caller, correlation, answered, unit, system)
                    VALUES ($1, $2, 'recognition.find', $3, $1, $4, $5, $6, NULL, '', '', 1, 'hospital', $7)
                    """,
                    [
                        "county/1/clinical/1/\(number)", number, isFirst ? "alert" : "served",
                        isFirst ? "elsewhere" : "county", "doctor-\(number % 5)", isFirst ? "emergency" : "treatment",
                        isFirst ? "his" : "",
                    ])
            }
        }
    }

    private func costs(_ store: SQLiteStore) async throws -> [Int] {
        var costs: [Int] = []
        for question in Self.questions {
            let before = store.engineSteps
            let (statement, arguments) = (question.statement, question.arguments)
            let found = try await store.read { try $0.rows(statement, arguments).count }
            #expect(found == question.found, "\(question.name)")
            costs.append(store.engineSteps - before)
        }
        for next in [AuditStatement.nextNode, AuditStatement.nextSystem] {
            let before = store.engineSteps
            let names = try await store.read { try AuditStatement.names(next, in: $0) }
            #expect(names == (next == AuditStatement.nextNode ? ["county", "elsewhere"] : ["his"]))
            costs.append(store.engineSteps - before)
        }
        return costs
    }

    @Test func `a search takes the engine as many steps with 20,000 records as with 1,000, whatever it finds`()
        async throws
    {
        let folder =
            (ProcessImage.environment("YILIAN_TEST_FOLDER") ?? "/tmp") + "/yilian-audit-\(SystemRandom().next())"
        try SystemDisk().createDirectory(folder, mode: 0o700)
        let store = try SQLiteStore(path: "\(folder)/audit.sqlite", world: .system, onBroken: { _ in })
        try await store.migrate(AuditProjection().migrations)
        try await add(0..<1_000, to: store)
        let few = try await costs(store)
        try await add(1_000..<20_000, to: store)
        let many = try await costs(store)
        for (index, (before, after)) in zip(few, many).enumerated() {
            let name = index < Self.questions.count ? Self.questions[index].name : "names"
            #expect(before > 0 && after < before * 5 / 4, "\(name): \(before), \(after)")
        }
        try await store.close()
        try SystemDisk().remove(folder)
    }
}
