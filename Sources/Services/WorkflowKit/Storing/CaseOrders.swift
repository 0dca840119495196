import Effects
package import Ledgers
package import ServiceKit
package import Storage
package import Trust
import Wire

/// A case as it was made; it is on this node's disk.
package struct CreatedCase<W: Workflow>: Sendable, Equatable {
    package var id: CaseID<W>
    package var entry: EntryID
    /// The same order had made this case before.
    package var isDuplicate: Bool
}

/// An order as somebody asks for it: the hospital's own number, and the system that gave it out.
package struct OrderToken: Sendable, Equatable {
    package var value: String
    /// `nil`: whichever; empty: none.
    package var system: String?

    package init(value: String, system: String?) {
        self.value = value
        self.system = system
    }
}

/// A hospital system's order, by which a repetition is recognised; stays at its node.
package struct CaseOrder<W: Workflow>: Sendable {
    package var unit: String
    package var number: String
    package var digest: [UInt8]

    /// - Parameters:
    ///   - kind: of the case's terms.
    ///   - content: what the order says; a statement in it is not counted.
    package init(kind: String, _ content: CaseContent, _ asking: Asking, suite: Suite) throws {
        unit = asking.organizationUnit
        number = content.orderNumber
        // All that an order says, for telling a repetition from a change.
        var said = content
        said.statement = nil
        var bytes = try said.wireBytes()
        for text in [kind, asking.practitioner, asking.consent ?? "", asking.breakGlassReason ?? ""] {
            bytes += [0] + Array(text.utf8)
        }
        digest = suite.digest(bytes).bytes
    }

    /// Notes which order made a case of this node, where nobody knows it any more: the node was made anew and got its cases
    /// back, and the same order must not make a second one.
    static func noteAgain(
        of payload: [UInt8], _ fields: CaseFields<W>, suite: Suite, in sql: any SQLTransaction
    ) throws {
        let content = try CaseContent(wireBytes: payload)
        let writer = Asking(
            practitioner: content.actor, organizationUnit: fields.organizationUnit, purpose: .treatment)
        let asking = W.table.creation.keys == .none ? writer : content.statement?.statement.asking
        guard !content.orderNumber.isEmpty, let asking else { return }
        try CaseOrder(kind: fields.terms.kind, content, asking, suite: suite).note(fields.id, in: sql)
    }

    /// The case that the same order made; `nil` where the number is new.
    ///
    /// - Throws: the workflow's code of ``CaseFault/orderNumberUsed`` where the number made one with another content.
    package func known(in sql: any SQLTransaction) throws -> CreatedCase<W>? {
        guard !number.isEmpty,
            let known = try sql.row(
                """
                SELECT o.case_id, o.content_digest, e.entry FROM case_order o
                JOIN case_event e ON e.workflow = o.workflow AND e.case_id = o.case_id AND e.kind = $1
                WHERE o.workflow = $2 AND o.unit = $3 AND o.order_number = $4 ORDER BY e.entry LIMIT 1
                """, [Int(W.table.creation.kind.rawValue), W.table.name, unit, number])
        else { return nil }
        guard try known.bytes(1) == digest else {
            throw W.table.failure(
                .orderNumberUsed, "the order number made \(W.table.oneCase) with another content before",
                remedy: "send changed content under an order number of its own")
        }
        return CreatedCase(
            id: try CaseID(try known.text(0)), entry: try EntryID(try known.text(2)), isDuplicate: true)
    }

    func note(_ id: CaseID<W>, in sql: any SQLTransaction) throws {
        guard !number.isEmpty else { return }
        try sql.execute(
            """
            INSERT INTO case_order (workflow, unit, order_number, case_id, content_digest) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (workflow, unit, order_number) DO NOTHING
            """, [W.table.name, unit, number, id.description, digest])
    }

    /// The cases that a unit's orders made, in the order of their ids.
    ///
    /// - Parameters:
    ///   - id: only those behind it.
    ///   - limit: at most `Limits.queryResults`.
    package static func cases(
        ofOrder order: OrderToken, unit: String, after id: String, limit: Int, in sql: any SQLTransaction
    ) throws -> [CaseID<W>] {
        let exact = order.system.map { $0.isEmpty ? order.value : order.value + "^" + $0 }
        return try sql.rows(
            """
            SELECT case_id FROM case_order
            WHERE workflow = $1 AND unit = $2 AND case_id > $3
                AND (order_number = $4 OR $5 = 0 AND order_number >= $6 AND order_number < $7)
            ORDER BY case_id LIMIT $8
            """,
            // What begins with the number and a `^`: `_` comes behind it.
            [
                W.table.name, unit, id, exact ?? order.value, exact == nil ? 0 : 1, order.value + "^",
                order.value + "_", min(max(1, limit), Limits.queryResults),
            ]
        ).map { try CaseID(try $0.text(0)) }
    }

    /// The number of a unit's order that made a case; `nil` where it was made without one.
    package static func number(of id: CaseID<W>, unit: String, in sql: any SQLTransaction) throws -> String? {
        try sql.row(
            "SELECT order_number FROM case_order WHERE workflow = $1 AND unit = $2 AND case_id = $3",
            [W.table.name, unit, id.description]
        ).map { try $0.text(0) }
    }
}
