import Consultation
import EdgeKit
import Effects
import FHIR

/// A search of requests, page by page: those whose order's number, request and state are among what is asked for.
struct RequestSearch: Sendable {
    private let orders: [[ConsultationService.OrderToken]]
    private let focus: [Set<String>]
    private let states: [Set<ConsultationState>]
    private let count: Int
    private let place: String?

    /// - Throws: a refusal with 400.
    init(_ query: FHIRQuery) throws {
        orders = try SearchParameters.alternatives(query, "identifier").map { try $0.map(Self.order) }
        focus = try SearchParameters.alternatives(query, "focus").map { references in
            Set(references.map { $0.split(separator: "/").last.map(String.init) ?? "" })
        }
        states = try SearchParameters.alternatives(query, "business-status").map { try Set($0.map(Self.state)) }
        count = try SearchParameters.count(query)
        place = query.values([SearchParameters.page]).first
    }

    var namesOrder: Bool { !orders.isEmpty }

    private static func order(_ text: String) throws -> ConsultationService.OrderToken {
        let token = SearchToken(text)
        guard !token.value.isEmpty, token.value.utf8.count + (token.system ?? "").utf8.count < OrderNumber.limitBytes
        else { throw FHIRRefusal(400, .value, "write the number as system|value or value", expression: "identifier") }
        return .init(value: token.value, system: token.system)
    }

    private static func state(_ token: String) throws -> ConsultationState {
        guard let state = ConsultationState(rawValue: SearchToken(token).value) else {
            let known = ConsultationState.allCases.map(\.rawValue).joined(separator: ", ")
            throw FHIRRefusal(400, .codeInvalid, "the state is one of \(known)", expression: "business-status")
        }
        return state
    }

    /// Something that was found, with the hospital's own number of it.
    struct Found: Sendable {
        var record: ConsultationRecord
        var order: OrderNumber?
    }

    /// One page of what a hospital's system may see; what it may not see is not there.
    ///
    /// A page looks at a bounded number of requests, so it may hold fewer than it could and yet not be the last.
    ///
    /// - Throws: a refusal with 400 where the page is none of this server's.
    func page(for visitor: ConsultationVisitor) async throws -> (found: [Found], next: String?) {
        namesOrder || !focus.isEmpty ? try await byID(visitor) : try await newest(visitor)
    }

    private func byID(_ visitor: ConsultationVisitor) async throws -> (found: [Found], next: String?) {
        let after = place ?? ""
        var ids: Set<String> = []
        if let first = orders.first {
            for order in first {
                for id in try await visitor.requests(of: order, after: after, limit: count + 1) {
                    ids.insert(id.description)
                }
            }
        } else if let first = focus.first {
            ids = first.filter { $0 > after }
        }
        let inOrder = ids.sorted()
        var found: [Found] = []
        for text in inOrder.prefix(count) {
            guard let id = try? ConsultationID(text), let record = try await visitor.known(id) else { continue }
            if let match = try await match(record, visitor) { found.append(match) }
        }
        return (found, inOrder.count > count ? inOrder[count - 1] : nil)
    }

    private func newest(_ visitor: ConsultationVisitor) async throws -> (found: [Found], next: String?) {
        var after = try place.map(Self.position)
        let state = states.count == 1 && states[0].count == 1 ? states[0].first : nil
        let records = try await visitor.service.list(ConsultationFilter(state: state, after: after))
        var found: [Found] = []
        for (index, record) in records.enumerated() {
            after = .init(requestedTime: record.terms.requestedTime, id: record.id)
            if let match = try await match(record, visitor) { found.append(match) }
            guard found.count < count || index == records.count - 1 else { return (found, after.map(Self.text)) }
        }
        return (found, records.count < Limits.queryResults ? nil : after.map(Self.text))
    }

    private func match(_ record: ConsultationRecord, _ visitor: ConsultationVisitor) async throws -> Found? {
        guard states.allSatisfy({ $0.contains(record.state) }),
            focus.allSatisfy({ $0.contains(record.id.description) }),
            visitor.isOwn(record) || visitor.isExpertsHere(record)
        else { return nil }
        let order = try await visitor.order(record)
        let isNamed = orders.allSatisfy { tokens in
            tokens.contains { token in
                order.map { $0.value == token.value && (token.system ?? $0.system) == $0.system } ?? false
            }
        }
        return isNamed ? Found(record: record, order: order) : nil
    }

    private static func text(_ position: ConsultationFilter.Position) -> String {
        "\(position.requestedTime.milliseconds)~\(position.id)"
    }

    private static func position(_ text: String) throws -> ConsultationFilter.Position {
        let parts = text.split(separator: "~", maxSplits: 1).map(String.init)
        guard parts.count == 2, let time = Int64(parts[0]), let id = try? ConsultationID(parts[1]) else {
            throw SearchParameters.badPage()
        }
        return .init(requestedTime: WallTime(milliseconds: time), id: id)
    }
}
