import Effects
package import WorkflowKit

/// What one hospital's system may see of a workflow's cases: those of its own institution, and those in which it has a part.
package struct CaseVisitor<W: Workflow>: Sendable {
    package let book: CaseBook<W>
    package let principal: Principal
    private let hasPart: @Sendable (CaseRecord<W>) -> Bool

    /// - Parameter hasPart: whether the institution has a part in a case that another one made.
    package init(
        book: CaseBook<W>, principal: Principal, hasPart: @escaping @Sendable (CaseRecord<W>) -> Bool
    ) {
        self.book = book
        self.principal = principal
        self.hasPart = hasPart
    }

    /// Something that was found, with the hospital's own number of it.
    struct Found: Sendable {
        var record: CaseRecord<W>
        var order: OrderNumber?
    }

    /// - Throws: the workflow's code of `CaseFault.unknown` also where the case is another institution's: nobody learns
    ///   that it is there.
    package func record(_ text: String) async throws -> CaseRecord<W> {
        let id = try CaseID<W>(text)
        let record = try await book.show(id)
        guard mayKnow(record) else {
            throw W.table.failure(.unknown, "this institution has no \(W.table.noun) \(id)")
        }
        return record
    }

    package func mayKnow(_ record: CaseRecord<W>) -> Bool { isOwn(record) || hasPart(record) }

    /// Whether the institution itself made it.
    package func isOwn(_ record: CaseRecord<W>) -> Bool {
        record.id.origin == book.context.node
            && record.creation?.fields.organizationUnit == principal.institution
    }

    /// The hospital's own number of the order, where the case is its own.
    package func order(_ record: CaseRecord<W>) async throws -> OrderNumber? {
        guard isOwn(record) else { return nil }
        let unit = principal.institution
        return try await book.context.ledger.read {
            try CaseOrder<W>.number(of: record.id, unit: unit, in: $0)
        }.flatMap(OrderNumber.init(kept:))
    }

    /// Those of its own cases that an order's number made, behind an id.
    func cases(of order: OrderToken, after id: String, limit: Int) async throws -> [CaseID<W>] {
        let unit = principal.institution
        return try await book.context.ledger.read {
            try CaseOrder<W>.cases(ofOrder: order, unit: unit, after: id, limit: limit, in: $0)
        }
    }

    /// A case of which this node knows; `nil` where it knows of none.
    package func known(_ id: CaseID<W>) async throws -> CaseRecord<W>? {
        do { return try await book.show(id) } catch let failure as Failure
            where failure.code == W.table.code(of: .unknown)
        { return nil }
    }
}
