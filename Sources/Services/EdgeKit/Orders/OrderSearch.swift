import FHIR
import WorkflowKit

/// What is searched for among orders, page by page: those whose number, request and state are among what is asked for.
package struct OrderSearch: Sendable {
    private let orders: [[OrderToken]]
    private let focus: [Set<String>]
    private let states: [Set<String>]
    /// How many a page holds.
    var count: Int
    /// Where the page before ended; `nil` for the first.
    var place: String?

    /// - Parameter known: the states of all services' orders.
    /// - Throws: a refusal with 400.
    init(_ query: FHIRQuery, states known: [String]) throws {
        orders = try SearchParameters.alternatives(query, "identifier").map { try $0.map(Self.order) }
        focus = try SearchParameters.alternatives(query, "focus").map { references in
            Set(references.map { $0.split(separator: "/").last.map(String.init) ?? "" })
        }
        states = try SearchParameters.alternatives(query, "business-status").map { tokens in
            try Set(tokens.map { try Self.state($0, known) })
        }
        count = try SearchParameters.count(query)
    }

    var namesOrder: Bool { !orders.isEmpty }

    private static func order(_ text: String) throws -> OrderToken {
        let token = SearchToken(text)
        guard !token.value.isEmpty, token.value.utf8.count + (token.system ?? "").utf8.count < OrderNumber.limitBytes
        else { throw FHIRRefusal(400, .value, "write the number as system|value or value", expression: "identifier") }
        return OrderToken(value: token.value, system: token.system)
    }

    private static func state(_ token: String, _ known: [String]) throws -> String {
        let word = SearchToken(token).value
        guard known.contains(word) else {
            throw FHIRRefusal(
                400, .codeInvalid, "the state is one of \(known.joined(separator: ", "))",
                expression: "business-status")
        }
        return word
    }

    /// One page of what a hospital's system may see; what it may not see is not there.
    ///
    /// A page looks at a bounded number of cases, so it may hold fewer than it could and yet not be the last.
    ///
    /// - Throws: a refusal with 400 where the page is none of this server's.
    func page<W: Workflow>(
        for visitor: CaseVisitor<W>
    ) async throws -> (found: [CaseVisitor<W>.Found], next: String?) {
        let isPossible = states.allSatisfy { words in words.contains { W.State(rawValue: $0) != nil } }
        guard isPossible else { return ([], nil) }
        return namesOrder || !focus.isEmpty ? try await byID(visitor) : try await newest(visitor)
    }

    private func byID<W: Workflow>(
        _ visitor: CaseVisitor<W>
    ) async throws -> (found: [CaseVisitor<W>.Found], next: String?) {
        let after = place ?? ""
        var ids: Set<String> = []
        if let first = orders.first {
            for order in first {
                for id in try await visitor.cases(of: order, after: after, limit: count + 1) {
                    ids.insert(id.description)
                }
            }
        } else if let first = focus.first {
            ids = first.filter { $0 > after }
        }
        let inOrder = ids.sorted()
        var found: [CaseVisitor<W>.Found] = []
        for text in inOrder.prefix(count) {
            guard let id = try? CaseID<W>(text), let record = try await visitor.known(id) else { continue }
            if let match = try await match(record, visitor) { found.append(match) }
        }
        return (found, inOrder.count > count ? inOrder[count - 1] : nil)
    }

    private func newest<W: Workflow>(
        _ visitor: CaseVisitor<W>
    ) async throws -> (found: [CaseVisitor<W>.Found], next: String?) {
        var after: CaseFilter<W>.Position? = try place.map(Self.position)
        let word = states.count == 1 && states[0].count == 1 ? states[0].first : nil
        let filter = CaseFilter<W>(state: word.flatMap { W.State(rawValue: $0) }, after: after)
        let records = try await visitor.book.list(filter)
        var found: [CaseVisitor<W>.Found] = []
        for (index, record) in records.enumerated() {
            after = CaseFilter<W>.Position(madeTime: record.terms.madeTime, id: record.id)
            if let match = try await match(record, visitor) { found.append(match) }
            guard found.count < count || index == records.count - 1 else { return (found, after.map(Self.text)) }
        }
        return (found, records.count < filter.limit ? nil : after.map(Self.text))
    }

    private func match<W: Workflow>(
        _ record: CaseRecord<W>, _ visitor: CaseVisitor<W>
    ) async throws -> CaseVisitor<W>.Found? {
        guard states.allSatisfy({ $0.contains(record.state.rawValue) }),
            focus.allSatisfy({ $0.contains(record.id.description) }), visitor.mayKnow(record)
        else { return nil }
        let order = try await visitor.order(record)
        let isNamed = orders.allSatisfy { tokens in
            tokens.contains { token in
                order.map { $0.value == token.value && (token.system ?? $0.system) == $0.system } ?? false
            }
        }
        return isNamed ? CaseVisitor<W>.Found(record: record, order: order) : nil
    }

    private static func text<W: Workflow>(_ position: CaseFilter<W>.Position) -> String {
        "\(position.madeTime.milliseconds)~\(position.id)"
    }

    private static func position<W: Workflow>(_ text: String) throws -> CaseFilter<W>.Position {
        let parts = text.split(separator: "~", maxSplits: 1).map(String.init)
        guard parts.count == 2, let time = Int64(parts[0]), let id = try? CaseID<W>(parts[1]) else {
            throw SearchParameters.badPage()
        }
        return CaseFilter<W>.Position(madeTime: .init(milliseconds: time), id: id)
    }
}
