import Effects
import Ledgers
import NodeRuntime
import Regions
import ServiceKit
import Storage

/// Looks up in the audit ledger's table who was given what.
struct AuditSearch {
    let setup: ConsoleSetup

    /// What rests on one access statement, and on those that follow it.
    ///
    /// A following statement's id is the first one's, a slash and a serial.
    func records(statement: String) async throws -> [AuditInfo] {
        try await setup.node.context.ledger.read { sql in
            try Self.reviewed(
                try sql.rows(
                    """
                    SELECT entry, at, action, outcome, statement, node, practitioner, purpose, break_glass, caller,
                        correlation, answered, unit, system
                    FROM audit WHERE statement = $1 OR (statement >= $2 AND statement < $3) ORDER BY at, entry LIMIT $4
                    """, [statement, statement + "/", statement + "0", Limits.queryResults]
                ).map(AuditInfo.init(row:)), in: sql)
        }
    }

    /// What a practitioner looked at from this node, the newest first, with what auditors found about it.
    func own(_ question: AuditEndpoints.OwnQuestion) async throws -> AuditListing {
        let limit = min(max(1, question.limit.map { Int($0) } ?? Limits.queryResults), Limits.queryResults)
        let node = setup.node.context.node
        let before = try moment(question.to, else: .max)
        let records = try await setup.node.context.ledger.read { sql in
            try Self.reviewed(
                try sql.rows(
                    AuditStatement.own,
                    [question.practitioner, node.rawValue, question.unit ?? "", before, limit + 1]
                ).map(AuditInfo.init(row:)), in: sql)
        }
        return AuditListing(newest: records, limit: limit)
    }

    /// Records with what was found about them; only what was opened without consent is reviewed.
    private static func reviewed(_ records: [AuditInfo], in sql: any SQLTransaction) throws -> [AuditInfo] {
        let covering = try AuditOpenings.covering(records, in: sql)
        return records.map { record in
            var record = record
            record.review = covering[record.entry]
            return record
        }
    }

    /// The newest looks that fit a filter, and whether there are more.
    ///
    /// A person is looked for under every identifier that this node knows to be theirs, and whoever asks for a person's
    /// looks is on record before an answer is given: that somebody was here is a fact about the person, too.
    func records(_ filter: AuditFilter) async throws -> AuditListing {
        let limit = min(max(1, filter.limit.map { Int($0) } ?? Limits.queryResults), Limits.queryResults)
        if let purpose = filter.purpose {
            try KnownWord.check(purpose, what: "purpose", among: setup.node.context.purposes.words)
        }
        let asked = try keys(filter.patient)
        let offer = setup.node.offers((any PersonKeyOffer).self).first
        let conditions: [SQLValue] = [
            (filter.practitioner ?? "").sqlValue, (filter.purpose ?? "").sqlValue,
            try moment(filter.from, else: .min).sqlValue, try moment(filter.to, else: .max).sqlValue,
            (filter.system ?? "").sqlValue, (filter.node ?? "").sqlValue,
            (filter.isAlert == true ? AuditRecord.Outcome.alert.rawValue : "").sqlValue,
        ]
        let most = [(limit + 1).sqlValue]
        let records = try await setup.node.context.ledger.read { sql -> [AuditInfo] in
            guard let asked else {
                let rows = try sql.rows(AuditStatement.newest(filter), conditions + most)
                return try Self.reviewed(try rows.map(AuditInfo.init(row:)), in: sql)
            }
            var found: [String: AuditInfo] = [:]
            for key in try offer?.keys(ofPersonWith: asked, in: sql) ?? asked {
                let rows = try sql.rows(
                    """
                    SELECT a.entry, at, action, outcome, statement, node, practitioner, purpose, break_glass, caller,
                        correlation, answered, unit, system
                    FROM audit_patient p JOIN audit a ON a.entry = p.entry
                    WHERE ($1 = '' OR practitioner = $1) AND ($2 = '' OR purpose = $2) AND at >= $3 AND at < $4
                        AND ($5 = '' OR system = $5) AND ($6 = '' OR node = $6) AND ($7 = '' OR outcome = $7)
                        AND p.patient_key = $8
                    ORDER BY at DESC, a.entry DESC LIMIT $9
                    """, conditions + [key.indexBytes.sqlValue] + most)
                for row in rows { found[try row.text(0)] = try AuditInfo(row: row) }
            }
            let sorted = found.values.sorted { ($0.at, $0.entry) > ($1.at, $1.entry) }
            return try Self.reviewed(sorted, in: sql)
        }
        if records.isEmpty { try await checkNames(filter) }
        let listing = AuditListing(newest: records, limit: limit)
        if let asked { try await record(filter.asker, about: asked, answered: listing.records.count) }
        return listing
    }

    /// Where nothing was found: whether this node and its region know the node and the system that were named.
    ///
    /// The ledger outlives both, so what it holds is asked too.
    private func checkNames(_ filter: AuditFilter) async throws {
        let (node, system) = (filter.node, filter.system)
        let known = try await setup.node.context.ledger.read { sql in
            (
                nodes: try node.map { _ in try AuditStatement.names(AuditStatement.nextNode, in: sql) },
                systems: try system.map { _ in try AuditStatement.names(AuditStatement.nextSystem, in: sql) }
            )
        }
        if let node, let nodes = known.nodes {
            let all = Set(nodes).union(setup.region.nodes.map(\.id.rawValue)).subtracting([""])
            try KnownWord.check(node, what: "node", among: all.sorted())
        }
        if let system, let systems = known.systems, !systems.contains(system) {
            throw Failure(
                "console.badRequest", "no such system has asked for anything that this node gave",
                remedy: KnownWord.remedy(for: system, among: systems.sorted()))
        }
    }

    /// Writes who asked for a person's looks into the audit ledger.
    private func record(_ asker: String?, about keys: [PatientKeyReference], answered: Int) async throws {
        let context = setup.node.context
        var asked: [PatientKeyReference] = []
        for key in keys where asked.count < Limits.questionKeys && !asked.contains(key) { asked.append(key) }
        guard !asked.isEmpty else { return }
        let asking = Asking(
            practitioner: asker ?? Self.operatorName, organizationUnit: try AskingReader(context).unit(nil),
            purpose: .qualityReview, order: Self.action)
        // It goes no further than this ledger, and no region forbids a node to be asked who looked.
        let statement = try context.sign(asking, about: asked, question: Self.action, rule: AccessRule())
        try await context.audit.record(AuditRecord(statement, answered: answered))
    }

    static let action = "audit.list"
    /// Who asks where no name is given: whoever holds the operator's token.
    private static let operatorName = "operator"

    /// - Returns: nil where nobody in particular is meant.
    private func keys(_ patient: IdentifierInfo?) throws -> [PatientKeyReference]? {
        guard let patient else { return nil }
        let identifier = try AskingReader(setup.node.context).identifier(patient)
        // A number without an issuer is another person's in each house: whoever asks here means one of this node's.
        let units = setup.region.organizationUnits(at: setup.node.context.node).map(\.id.rawValue)
        return try units.flatMap {
            try setup.node.context.patientKeys.all(of: identifier, within: $0, at: setup.now)
        }
    }

    private func moment(_ text: String?, else standard: Int64) throws -> Int64 {
        try text.map { try WallTime(text: $0).milliseconds } ?? standard
    }
}

extension AuditInfo {
    /// - Parameter row: with the columns that every statement here asks for.
    fileprivate init(row: SQLRow) throws {
        self.init(
            entry: try row.text(0), at: WallTime(milliseconds: try row.integer(1)).description,
            action: try row.text(2), outcome: try row.text(3), statement: try row.text(4), node: try row.text(5),
            practitioner: try row.text(6), unit: try row.text(12), system: try row.text(13), purpose: try row.text(7),
            breakGlassReason: row.optionalText(8), caller: try row.text(9), correlation: try row.text(10),
            answered: Int(try row.integer(11)))
    }
}
