import Consultation
import EdgeKit
import Effects
import FHIR
import Ledgers

/// Answers about Tasks: where a request stands, and what a hospital's system makes of it.
struct TaskHandlers: Sendable {
    let service: ConsultationService

    func read(_ call: EdgeCall) async throws -> EdgeResponse {
        let visitor = ConsultationVisitor(service: service, principal: call.principal)
        return try await answer(try await visitor.record(call.captured[0]), visitor)
    }

    /// The newest first, or by id where orders or requests are named; only what the institution asked for, and what its node's experts are offered or have.
    func search(_ call: EdgeCall, _ query: FHIRQuery) async throws -> EdgeResponse {
        try SearchParameters.check(query, ["identifier", "focus", "business-status"], call.request)
        let visitor = ConsultationVisitor(service: service, principal: call.principal)
        let page = try await RequestSearch(query).page(for: visitor)
        let found = page.found.map { item in
            ("Task/\(item.record.id)", TaskWriter(record: item.record, order: item.order).json)
        }
        return SearchParameters.bundle(found, "Task", query, next: page.next, call.request)
    }

    func update(_ call: EdgeCall) async throws -> EdgeResponse {
        try await change(call) {
            let task = try await call.resource("Task", limitBytes: Limits.taskBytes)
            guard task.id == call.captured[0] else {
                throw FHIRRefusal(400, .invalid, "the Task's id is not that of the address", expression: "Task.id")
            }
            return try TaskChange(task)
        }
    }

    func patch(_ call: EdgeCall) async throws -> EdgeResponse {
        try await change(call) {
            let patch = try JSONParser.parse(try await call.body(limitBytes: Limits.taskBytes))
            return try TaskChange(patch: patch)
        }
    }

    private func change(_ call: EdgeCall, _ read: () async throws -> TaskChange) async throws -> EdgeResponse {
        let visitor = ConsultationVisitor(service: service, principal: call.principal)
        let record = try await visitor.record(call.captured[0])
        guard let version = try call.request.matchedVersion else {
            throw FHIRRefusal(
                428, .required, "send the version that was read before (If-Match: \(TaskWriter(record: record).tag))",
                expression: "If-Match")
        }
        guard version == record.entryCount else {
            let holder = TaskHolder(record).map { ": " + $0.words } ?? ""
            throw FHIRRefusal(
                412, .conflict, "the Task has changed since, it is version \(record.entryCount) now\(holder)",
                expression: "If-Match", headers: ["ETag": TaskWriter(record: record).tag])
        }
        let receipt: ConsultationReceipt
        do { receipt = try await perform(try await read().command(), on: record, call, visitor) } catch let failure
            as Failure where failure.code == "consultation.changed"
        {
            // The home knew of something that had not come here: the version that was read is an old one, too.
            throw FHIRRefusal(412, .conflict, failure.message, expression: "If-Match")
        }
        let known = try await whenKnown(receipt, record.id)
        return try await answer(known, visitor, receipt: receipt)
    }

    private func perform(
        _ command: TaskChange.Command, on record: ConsultationRecord, _ call: EdgeCall, _ visitor: ConsultationVisitor
    ) async throws -> ConsultationReceipt {
        guard call.principal.purpose != nil else {
            throw FHIRRefusal(
                403, .forbidden, "this system may not act on requests: its configuration names no purpose")
        }
        switch command {
        case .claim(let expert):
            try service.check(expert: expert, of: visitor.principal.institution)
            return try await service.claim(record.id, expert: expert, seen: record)
        case .report(let expert, let text):
            try service.check(expert: expert, of: visitor.principal.institution)
            return try await service.report(record.id, expert: expert, text: text, seen: record)
        case .acknowledge:
            guard visitor.isOwn(record) else {
                throw Failure(
                    "consultation.notTheRequester", "the request was made by another institution",
                    remedy: "acknowledge the report where the request was made")
            }
            let practitioner = try call.ground().practitioner
            try service.context.check(
                practitioner: practitioner, of: visitor.principal.institution, at: service.context.node)
            return try await service.acknowledge(record.id, practitioner: practitioner, seen: record)
        }
    }

    /// The request as it stands here, once what its home has decided has come; after a while as it stands then.
    private func whenKnown(_ receipt: ConsultationReceipt, _ id: ConsultationID) async throws -> ConsultationRecord {
        let (changes, time) = (service.context.ledger.changes, service.context.world.time)
        let deadline = time.monotonicTime.advanced(byMilliseconds: Limits.taskAnswerMilliseconds)
        while true {
            let seen = changes.count
            let record = try await service.show(id)
            let isKnown = record.attempts.flatMap(\.steps).contains { $0.entry.description == receipt.entry }
            let left = deadline.milliseconds(since: time.monotonicTime)
            guard !isKnown, left > 0 else { return record }
            await changes.wait(since: seen, orMilliseconds: left, time: time)
            try Task.checkCancellation()
        }
    }

    private func answer(
        _ record: ConsultationRecord, _ visitor: ConsultationVisitor, receipt: ConsultationReceipt? = nil
    ) async throws -> EdgeResponse {
        let isKnown = receipt.map { receipt in
            record.attempts.flatMap(\.steps).contains { $0.entry.description == receipt.entry }
        }
        let writer = TaskWriter(
            record: record, order: try await visitor.order(record), receipt: isKnown == true ? nil : receipt)
        return EdgeResponse(200, writer.json, headers: ["ETag": writer.tag])
    }
}
