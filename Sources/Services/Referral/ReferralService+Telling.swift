package import Effects
package import Ledgers
package import Regions
import ServiceKit
package import WorkflowKit

/// An event of a referral as a hospital's system is told of it: with the referral, and what was written until then.
package struct ToldReferral: Sendable {
    package var record: ReferralRecord
    package var step: CaseStep<ReferralWorkflow>
    package var content: CaseContent
    /// What was written with events, that one's own too, in their order.
    package var writings: [CaseFile<ReferralWorkflow>.Writing]
    /// Whose system is told.
    package var unit: String

    package init(
        record: ReferralRecord, step: CaseStep<ReferralWorkflow>, content: CaseContent,
        writings: [CaseFile<ReferralWorkflow>.Writing], unit: String
    ) {
        self.record = record
        self.step = step
        self.content = content
        self.writings = writings
        self.unit = unit
    }
}

extension ReferralService {
    /// An event that is due for the systems of a unit, with everything that it is about.
    ///
    /// - Parameter systems: the systems that get it, as the node's file calls them; they stand in the audit ledger.
    /// - Returns: `nil` where it is not here, or nobody may be told any more: the referral is closed, and the unit did not
    ///   write it.
    package func told(_ entry: EntryID, to systems: [String]) async throws -> ToldReferral? {
        let noted = try await context.ledger.read { sql in
            try CaseAnswers<ReferralWorkflow>.noted(entry, in: sql).flatMap { due in
                try CaseAnswers<ReferralWorkflow>.id(of: entry, in: sql).map { ($0, due.unit) }
            }
        }
        guard let (id, unit) = noted else { return nil }
        let record = try await show(id)
        let steps = record.attempts.flatMap(\.steps)
        let isOwn = id.origin == context.node && record.creation?.fields.organizationUnit == unit
        guard isOwn || record.isOpen, let index = steps.firstIndex(where: { $0.entry == entry }),
            let file = try await book.file(
                record, for: unit, systems: systems, purpose: .treatment, action: Self.deliverAction),
            let content = file.content
        else { return nil }
        let until = Set(steps[...index].map(\.entry))
        return ToldReferral(
            record: record, step: steps[index], content: content,
            writings: file.writings.filter { until.contains($0.entry) }, unit: unit)
    }

    /// What the way of a referral to a hospital's systems is called in the audit ledger.
    private static let deliverAction = "referral.deliver"
}

extension ReferralWorkflow {
    /// Whoever is asked is told so, and the unit that wrote a referral what others make of it; each with what was written.
    package static func notices(of record: ReferralRecord, at node: NodeID) -> [CaseNotice<ReferralWorkflow>] {
        guard let creation = record.creation, creation.hasPayload else { return [] }
        return record.attempts.flatMap(\.steps).compactMap { step in
            guard let event = step.event, table.rule(of: event).form == nil || step.hasPayload else { return nil }
            if let receiver = ReferralReceiver(step), receiver.node == node, !receiver.unit.isEmpty {
                return CaseNotice(step, for: receiver.unit)
            }
            guard record.id.origin == node, step.role == .receiver || step.fields.actorNode != node else { return nil }
            return CaseNotice(step, for: creation.fields.organizationUnit)
        }
    }
}

extension CaseDeed where W == ReferralWorkflow {
    /// A day of return, as 2026-12-31.
    ///
    /// - Throws: `referral.badContent`.
    package static func day(_ text: String) throws -> WallTime {
        guard text.utf8.count == 10, let day = try? WallTime(recorded: text) else {
            throw Failure("referral.badContent", "this is no day", remedy: "write it as 2026-12-31")
        }
        return day
    }
}
