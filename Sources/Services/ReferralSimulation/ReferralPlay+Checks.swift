import Effects
import Ledgers
import NodeRuntime
import Referral
import Regions
import Simulator
package import Storage
import WorkflowKit

extension ReferralPlay {
    package func checkTold() async throws {
        for (referral, node) in journal.servedAfterEnd {
            shared.verdict.violation("servedAfterEnd", "\(node) opened \(referral), of which it had shown the end")
        }
        for referral in journal.referrals where !journal.lost.contains(referral) { await check(referral) }
    }

    /// No referral is forgotten: its origin knows it, and while it is open one running node owns it, whose clock runs.
    private func check(_ referral: ReferralID) async {
        guard let origin = shared.node(referral.origin)?.node else { return }
        guard let record = try? await origin.service(ReferralService.self).show(referral) else {
            return shared.verdict.violation("forgotten", "\(referral.origin) does not know the referral \(referral)")
        }
        guard record.isOpen, let home = record.attempts.last?.home, let owner = shared.node(home)?.node else { return }
        guard let known = try? await owner.service(ReferralService.self).show(referral) else {
            return shared.verdict.violation("forgotten", "\(home) decides about \(referral) and does not know it")
        }
        guard let course = known.attempts.last, course.home == home else { return }
        // The table says in which states a clock runs that the home itself has to heed.
        let heeded = ReferralWorkflow.table.timers.filter { timer in
            guard case .event = timer.consequence else { return false }
            return timer.states.contains(course.state)
        }
        for timer in heeded {
            guard let due = course.dues[timer.name] else {
                shared.verdict.violation("forgotten", "\(referral) is \(course.state) at \(home) without a clock")
                continue
            }
            let late = shared.time.wallTime.milliseconds(since: due)
            if late > Self.graceMilliseconds {
                shared.verdict.violation(
                    "forgotten", "\(referral) is \(course.state) at \(home), due \(late / 1_000) s ago")
            }
        }
    }

    package func foreign(in sql: any SQLTransaction) throws -> [String] {
        let rows = try sql.rows(
            "SELECT entry, kind, fields FROM case_event WHERE workflow = 'referral' ORDER BY entry", [])
        return try rows.compactMap { row in
            let entry = try EntryID(try row.text(0))
            let fields = try CaseFields<ReferralWorkflow>(bytes: try row.bytes(2))
            let kind = EntryKind(UInt32(truncatingIfNeeded: try row.integer(1)))
            let isTheirs: Bool
            switch kind {
            case .referral: isTheirs = entry.author == fields.id.origin
            case .referralArrived: isTheirs = entry.author == fields.actorNode
            default: isTheirs = entry.author == fields.home
            }
            return isTheirs ? nil : "\(entry) is an event of \(fields.id)"
        }
    }
}
