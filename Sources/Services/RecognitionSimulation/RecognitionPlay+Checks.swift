import Effects
import Ledgers
import NodeRuntime
import Recognition
import Regions
import Simulator
package import Storage
import Trust

extension RecognitionPlay {
    package func checkTold() async throws {
        try await results()
        try await standing()
    }

    /// What was acknowledged lies at its author, at its county and in the city's index, once.
    private func results() async throws {
        for node in shared.nodes where node.tier != .dispatcher {
            guard let running = node.node else { continue }
            let held = try await rows(running)
            let mine = journal.published.filter {
                shared.region.isDue($0.entry.author, at: node.id) && !journal.lost.contains($0.entry)
            }
            for item in mine where held[item.entry.description] == nil {
                shared.verdict.violation("acknowledged", "\(item.entry) of \(item.order) is not at \(node.id)")
            }
            for item in mine {
                guard let row = held[item.entry.description], row.key != item.reportKey else { continue }
                shared.verdict.violation("acknowledged", "\(item.entry) speaks of another result at \(node.id)")
            }
            try once(held, at: node)
        }
    }

    private struct Row {
        var key: String
        var digest: [UInt8]?
        var author: String
    }

    private func rows(_ running: YilianNode) async throws -> [String: Row] {
        try await running.context.ledger.read { sql in
            var result: [String: Row] = [:]
            let rows = try sql.rows(
                "SELECT entry, report, report_rest, content_digest, author FROM report_version", [])
            for row in rows {
                // The checker reads what is stored with an eye of its own.
                let start = withUnsafeBytes(of: try row.integer(1).bigEndian) { Array($0) }
                result[try row.text(0)] = Row(
                    key: Hex.text(start + (try row.bytes(2))), digest: row.optionalBytes(3), author: try row.text(4))
            }
            return result
        }
    }

    /// No content of one result stands twice, unless the disk was put back between two tries.
    private func once(_ held: [String: Row], at node: SimulatedNode) throws {
        let twice = Set(journal.published.filter { journal.mayStandTwice.contains($0.order) }.map(\.reportKey))
        var seen: [String: String] = [:]
        for (entry, row) in held.sorted(by: { $0.key < $1.key }) where !twice.contains(row.key) {
            guard let digest = row.digest, row.author == node.id.rawValue, !shared.thefts.wrote(entry) else { continue }
            let name = "\(row.key) \(digest)"
            if let other = seen[name] {
                shared.verdict.violation(
                    "exactlyOnce", "\(entry) and \(other) at \(node.id) are one content of one result")
            }
            seen[name] = entry
        }
    }

    /// Every node shows of each result the version that its hospital's own order says: how far it is, then when it was
    /// issued, whatever came when; a void only until something final was issued after it.
    private func standing() async throws {
        for (order, versions) in Dictionary(grouping: journal.versions, by: \.order).sorted(by: { $0.key < $1.key }) {
            // What was sent again after its disk was put back may stand twice, and one of the two counts.
            guard !journal.mayStandTwice.contains(order), versions.allSatisfy({ !journal.lost.contains($0.entry) }),
                let expected = Self.expected(versions), let first = versions.first
            else { continue }
            for node in shared.nodes where node.tier != .dispatcher {
                guard shared.region.isDue(first.entry.author, at: node.id), let running = node.node else { continue }
                let shown = try await running.service(RecognitionService.self).standing(of: first.reportKey)
                if shown?.entry != expected.entry {
                    shared.verdict.violation(
                        "standing", "\(node.id) shows another version of \(order) than \(expected.entry)")
                }
                if shown?.isVoid != (expected.status == .void) {
                    shared.verdict.violation("standing", "\(node.id) does not agree on whether \(order) is void")
                }
            }
        }
    }

    /// The rule once more, by an eye of its own.
    private static func expected(_ versions: [HospitalJournal.Version]) -> HospitalJournal.Version? {
        let void = versions.filter { $0.status == .void }.max { $0.issued < $1.issued }
        let since = void?.issued ?? .min
        let later = versions.filter { $0.status != .void && $0.issued > since }
        guard later.contains(where: { $0.status != .preliminary }) || void == nil else { return void }
        return later.max { ($0.status.rawValue, $0.issued) < ($1.status.rawValue, $1.issued) }
    }

    package func foreign(in sql: any SQLTransaction) throws -> [String] {
        try foreignResults(in: sql) + foreignOpenings(in: sql)
    }

    private func foreignResults(in sql: any SQLTransaction) throws -> [String] {
        try sql.rows("SELECT entry, author, fields FROM report_version ORDER BY entry", []).compactMap { row in
            let fields = try ReportFields(bytes: try row.bytes(2), reportKey: "")
            return try row.text(1) == fields.institution
                ? nil : "\(try row.text(0)) is a result of \(fields.institution)"
        }
    }

    private func foreignOpenings(in sql: any SQLTransaction) throws -> [String] {
        try sql.rows("SELECT entry, author, unit FROM recognition_opening ORDER BY entry", []).compactMap { row in
            try row.text(1) == row.text(2) ? nil : "\(try row.text(0)) speaks for \(try row.text(2))"
        }
    }
}
