import Effects
package import FHIR
import Ledgers
import WorkflowKit

/// A workflow's cases as ServiceRequest and Task: made, read, searched for, and changed with `If-Match`.
package struct CaseHandlers<S: CaseSource>: OrderInterface {
    private let source: S

    package init(_ source: S) { self.source = source }

    package var name: String { S.W.table.name }
    package var kinds: String { S.kinds }
    package func isKind(_ code: String) -> Bool { source.isKind(code) }
    package var states: [String] { S.W.State.allCases.map(\.rawValue) }

    package func has(_ id: String) async throws -> Bool {
        guard let id = try? CaseID<S.W>(id) else { return false }
        do { _ = try await source.book.show(id) } catch let failure as Failure
            where failure.code == S.W.table.code(of: .unknown)
        { return false }
        return true
    }

    /// 201 for a new case, 200 for the same order again, 409 where the number was used for other content, 422 where the
    /// resource can be read and is no such order.
    package func create(_ resource: FHIRResource, _ call: EdgeCall) async throws -> EdgeResponse {
        switch try await source.make(resource, call) {
        case .refused(let problems):
            return EdgeResponse(422, OperationOutcome(problems).json(id: call.correlation))
        case .made(let created, let warnings):
            let record = try await source.book.show(created.id)
            let headers = [
                "Location": "\(call.request.baseURL)/ServiceRequest/\(created.id)",
                "ETag": CaseTask(source, record).tag,
            ]
            let noun = S.W.table.noun
            let words = created.isDuplicate ? "this order had made the \(noun) before" : "the \(noun) is made"
            let told = OperationOutcome.Issue(
                .informational, "\(words): ServiceRequest/\(created.id), Task/\(created.id)", severity: .information)
            return EdgeResponse(
                created.isDuplicate ? 200 : 201, OperationOutcome([told] + warnings).json(id: call.correlation),
                headers: headers)
        }
    }

    package func read(_ call: EdgeCall) async throws -> EdgeResponse {
        let visitor = source.visitor(call.principal)
        let record = try await visitor.record(call.captured[0])
        guard let resource = try await source.resource(record, call, visitor) else {
            throw S.W.table.failure(
                .notHere, "what is asked about \(S.W.table.noun) \(record.id) has not come to this node")
        }
        return EdgeResponse(200, resource, headers: ["ETag": CaseTask(source, record).tag])
    }

    package func readTask(_ call: EdgeCall) async throws -> EdgeResponse {
        let visitor = source.visitor(call.principal)
        return try await answer(try await visitor.record(call.captured[0]), visitor)
    }

    /// The newest first, or by id where orders or requests are named.
    ///
    /// Of ServiceRequests the institution's own, each of which is opened and stands in the audit ledger.
    package func search(_ type: OrderResource, _ search: OrderSearch, _ call: EdgeCall) async throws -> OrderPage {
        let visitor = source.visitor(call.principal)
        if type == .serviceRequest { _ = try call.ground() }
        let page = try await search.page(for: visitor)
        var found: [(address: String, resource: JSONValue)] = []
        for item in page.found {
            let address = "\(type.rawValue)/\(item.record.id)"
            switch type {
            case .task: found.append((address, CaseTask(source, item.record, order: item.order).json))
            case .serviceRequest:
                guard visitor.isOwn(item.record),
                    let resource = try await source.resource(item.record, call, visitor)
                else { continue }
                found.append((address, resource))
            }
        }
        return OrderPage(found: found, next: page.next)
    }

    package func changeTask(_ call: EdgeCall, _ document: TaskDocument) async throws -> EdgeResponse {
        let visitor = source.visitor(call.principal)
        let record = try await visitor.record(call.captured[0])
        let tag = CaseTask(source, record).tag
        guard let version = try call.request.matchedVersion else {
            throw FHIRRefusal(
                428, .required, "send the version that was read before (If-Match: \(tag))", expression: "If-Match")
        }
        guard version == record.entryCount else {
            let holder = source.holder(record, nil).map { ": " + $0.words } ?? ""
            throw FHIRRefusal(
                412, .conflict, "the Task has changed since, it is version \(record.entryCount) now\(holder)",
                expression: "If-Match", headers: ["ETag": tag])
        }
        guard call.principal.purpose != nil else {
            throw FHIRRefusal(
                403, .forbidden, "this system may not act on requests: its configuration names no purpose")
        }
        let elements = try document.elements(changing: S.changing)
        let receipt: CaseReceipt<S.W>
        do { receipt = try await source.perform(elements, on: record, call, visitor) } catch let failure as Failure
            where failure.code == S.W.table.code(of: .changed)
        {
            // The home knew of something that had not come here: the version that was read is an old one, too.
            throw FHIRRefusal(412, .conflict, failure.message, expression: "If-Match")
        }
        return try await answer(try await whenKnown(receipt), visitor, receipt: receipt)
    }

    /// The case as it stands here, once what its home has decided has come; after a while as it stands then.
    private func whenKnown(_ receipt: CaseReceipt<S.W>) async throws -> CaseRecord<S.W> {
        let context = source.book.context
        let (changes, time) = (context.ledger.changes(of: [CaseWork<S.W>.part]), context.world.time)
        let deadline = time.monotonicTime.advanced(byMilliseconds: Limits.taskAnswerMilliseconds)
        while true {
            let seen = changes.count
            let record = try await source.book.show(receipt.id)
            let left = deadline.milliseconds(since: time.monotonicTime)
            guard !Self.isKnown(receipt, in: record), left > 0 else { return record }
            await changes.wait(since: seen, orMilliseconds: left, time: time)
            try Task.checkCancellation()
        }
    }

    private static func isKnown(_ receipt: CaseReceipt<S.W>, in record: CaseRecord<S.W>) -> Bool {
        record.attempts.flatMap(\.steps).contains { $0.entry.description == receipt.entry }
    }

    private func answer(
        _ record: CaseRecord<S.W>, _ visitor: CaseVisitor<S.W>, receipt: CaseReceipt<S.W>? = nil
    ) async throws -> EdgeResponse {
        let news = receipt.flatMap { Self.isKnown($0, in: record) ? nil : $0 }
        let task = CaseTask(source, record, order: try await visitor.order(record), receipt: news)
        return EdgeResponse(200, task.json, headers: ["ETag": task.tag])
    }
}
