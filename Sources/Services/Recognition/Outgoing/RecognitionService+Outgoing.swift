package import Effects
package import Ledgers
import Regions
package import ServiceKit
import Storage

/// What a hospital's system is told of a result that somebody of the hospital read.
package struct ChangedResult: Sendable, Equatable {
    package var alert: ReportAlert
    /// The header of the version that stands now, or of the void.
    package var fields: ReportFields
    /// When its author wrote it.
    package var time: WallTime
}

/// What a hospital's system is told of a decision about a result of the hospital.
package struct DecisionNotice: Sendable, Equatable {
    package var decision: DecisionFields
    /// The decision's entry.
    package var entry: EntryID
    package var time: WallTime
    package var reason: BilingualText?
    /// The hospital's own numbers of the result.
    package var fillerOrderNumber: String?
    package var placerOrderNumber: String?
}

/// Headers alone: to open a result, somebody must say who asks and why, and nobody asks here.
package enum OutgoingRecognition: Sendable, Equatable {
    case alert(ChangedResult)
    case decision(DecisionNotice)
}

extension RecognitionService {
    /// What changes where there is something new to tell.
    package var noticeReads: Set<LedgerPart> { [.table("recognition_outgoing")] }

    /// What hospitals' systems have not been told, in order.
    package func dueNotices(after position: Int64, limit: Int) async throws -> [OutgoingNotice] {
        let items = try await context.ledger.read {
            try RecognitionOutbox.due(after: position, limit: limit, in: $0)
        }
        var notices: [OutgoingNotice] = []
        for item in items { notices.append(try await notice(item)) }
        return notices
    }

    /// A notice that was due before, by its key.
    package func notedNotice(_ key: String) async throws -> OutgoingNotice? {
        guard key.hasPrefix(Self.noticePrefix), let position = Int64(key.dropFirst(Self.noticePrefix.count)) else {
            return nil
        }
        let item = try await context.ledger.read { try RecognitionOutbox.item(at: position, in: $0) }
        if let item { return try await notice(item) }
        return nil
    }

    private static let noticePrefix = "recognition/"

    private func notice(_ item: RecognitionOutbox.Item) async throws -> OutgoingNotice {
        let (node, acrossEpochs) = (context.node, context.patientKeys.hasSeveralEpochs)
        let (address, others) = try await context.ledger.read { sql in
            let address = try Self.address(of: item, in: sql)
            guard acrossEpochs, item.kind == .alerts else { return (address, [PatientKeyReference]()) }
            // Whoever read the result had asked for the patient by the keys of every epoch.
            return (
                address,
                try AuditTrail.companions(
                    of: address.keys, at: node, limit: Limits.questionKeys, in: sql)
            )
        }
        var patients = Set([address.thread] + PatientKeyReference.names(address.keys + others))
        // The hospital's own result says whose it is.
        if acrossEpochs, let own = address.ownResult, let payload = try await context.ledger.entry(own)?.payload {
            let content = try ReportContent(wireBytes: payload)
            patients.formUnion(
                context.patientKeys.names(
                    of: content.patient.identifiers, within: content.institution, at: context.now))
        }
        let unit = RecognitionMatcher.issuer(named: address.unit, in: context.region.current)?.id.rawValue
        return OutgoingNotice(
            key: "\(Self.noticePrefix)\(item.position)", kind: item.kind, institution: unit ?? address.unit,
            patients: patients.sorted(), position: item.position)
    }

    /// What a notice says; `nil` where nothing is left to be said: somebody took note of the alert, a newer version
    /// stands, the decision was changed, or the hospital decided about a result of its own.
    package func outgoing(_ notice: OutgoingNotice) async throws -> OutgoingRecognition? {
        let node = context.node
        let item = try await context.ledger.read { try RecognitionOutbox.item(at: notice.position, in: $0) }
        guard let item else { return nil }
        guard item.kind == .alerts else { return try await decision(item.entry).map(OutgoingRecognition.decision) }
        return try await context.ledger.read { sql in
            guard let version = try ReportTable.version(of: item.entry, in: sql),
                let alert = try AlertTable.open(at: node, about: version.fields.reportKey, in: sql)
                    .first(where: { $0.current == item.entry && $0.unit == item.unit })
            else { return nil }
            return .alert(ChangedResult(alert: alert, fields: version.fields, time: version.authorTime))
        }
    }

    package func markNotice(_ notice: OutgoingNotice, in transaction: LedgerTransaction) throws {
        try RecognitionOutbox.mark(notice.position, in: transaction.sql)
    }

    package func heldNotices() async throws -> [HeldMessages] {
        try await context.ledger.read { try RecognitionOutbox.held(in: $0) }
    }

    package func settleNotices(
        _ kind: OutgoingKind, asDue: Bool, since time: WallTime, in transaction: LedgerTransaction
    ) throws -> Int {
        try RecognitionOutbox.settle(kind, asDue: asDue, since: time, in: transaction.sql)
    }

    private func decision(_ entry: EntryID) async throws -> DecisionNotice? {
        let configuration = context.region.current
        let found = try await context.ledger.read { sql -> DecisionRecord? in
            guard let record = try DecisionTable.record(of: entry, in: sql),
                let report = try ReportTable.version(of: record.fields.entry, in: sql),
                RecognitionMatcher.issuer(of: report.fields, in: configuration)?.id
                    != RecognitionMatcher.issuer(named: record.fields.unit, in: configuration)?.id
            else { return nil }
            let versions = try DecisionTable.versions(of: record.fields.key, by: record.fields.unit, in: sql)
            return versions.contains { $0.fields.number > record.fields.number } ? nil : record
        }
        guard let found else { return nil }
        // The hospital's own numbers of its own result, and nothing else of its content.
        let payload = try await context.ledger.entry(found.fields.entry)?.payload
        let own = try payload.map(ReportContent.init(wireBytes:))
        let reason = found.fields.reason.flatMap { rulebook.current.rules.reason($0) }
        return DecisionNotice(
            decision: found.fields, entry: entry, time: found.time,
            reason: reason.map { BilingualText($0.name, $0.englishName) }, fillerOrderNumber: own?.fillerOrderNumber,
            placerOrderNumber: own?.placerOrderNumber)
    }

    /// Whose system is told of what, and about whom.
    private struct Address {
        var unit = ""
        /// The result or the decision, which all that is said of it shares.
        var thread: String
        var keys: [PatientKeyReference] = []
        /// The result of the unit's own that it is about.
        var ownResult: EntryID?
    }

    private static func address(of item: RecognitionOutbox.Item, in sql: any SQLTransaction) throws -> Address {
        if item.kind == .alerts {
            guard let version = try ReportTable.version(of: item.entry, in: sql) else {
                return Address(unit: item.unit, thread: item.entry.description)
            }
            let first = try ReportTable.versions(of: version.fields.reportKey, in: sql).first ?? version
            return Address(
                unit: item.unit, thread: version.fields.reportKey,
                keys: first.fields.patientKeys + version.fields.patientKeys)
        }
        guard let record = try DecisionTable.record(of: item.entry, in: sql),
            let report = try ReportTable.version(of: record.fields.entry, in: sql)
        else { return Address(thread: item.entry.description) }
        let first = try DecisionTable.versions(of: record.fields.key, by: record.fields.unit, in: sql).first ?? record
        return Address(
            unit: report.fields.institution, thread: record.fields.key,
            keys: first.fields.patientKeys + record.fields.patientKeys, ownResult: record.fields.entry)
    }
}
