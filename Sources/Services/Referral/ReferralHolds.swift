import Effects
import Inventory
import InventoryKit
import Regions
import ServiceKit
import WorkflowKit

/// What is held of inventories for referrals: a bed, an outpatient number, an examination slot.
///
/// Who asks may name a hold with whoever is asked, and who accepts one of their own. Both were made for this referral alone:
/// its id stands in what their node signed. A hold is confirmed before `accepted` is written, by the node that made it; it is
/// given back once the referral goes another way, and once the patient has left.
struct ReferralHolds: Sendable {
    let inventories: InventoryService

    private var node: NodeID { inventories.context.node }

    private static let naming: Set<ReferralEvent> = [.offered, .rerouted, .accepted]
    /// In which states the patient has, or is expected to take, what is held.
    private static let taking: Set<ReferralState> = [.accepted, .arrived, .admitted]
    /// In which states somebody is asked, and it is kept.
    private static let asking: Set<ReferralState> = [.offered, .questioned]

    /// Checks a hold that somebody at this node names.
    ///
    /// - Throws: `referral.otherHold`, `inventory.unknownHold`.
    func check(_ hold: HoldID, in deed: ReferralService.Deed, on referral: ReferralID) async throws {
        let record = try await inventories.show(hold)
        let decider = deed.event == .accepted ? node : deed.target
        guard Self.naming.contains(deed.event), hold.origin == node, record.order?.reference == referral.description,
            record.decider == decider || record.decider == node, record.state.isLive
        else {
            throw Failure(
                "referral.otherHold", "\(hold) is not held at \(node) for this referral with whoever is asked",
                remedy: "hold a unit with `yilian inventory hold`, the referral's id as --reference, and name that")
        }
    }

    /// Confirms what is held before `accepted` is written: at the home what whoever asked named, unless whoever accepts
    /// names a hold of their own.
    ///
    /// - Throws: what the inventory refuses it with, such as `inventory.tooLate`.
    func prepare(_ command: ReferralCommand, _ course: CaseAttempt<ReferralWorkflow>) async throws {
        guard command.event == .accepted, command.items.isEmpty else { return }
        for hold in Self.holds(course.asking) where hold.origin == node { try await confirm(hold) }
    }

    func confirm(_ hold: HoldID) async throws {
        _ = try await inventories.confirm(hold, for: try await asker(of: hold))
    }

    /// Gives back what this node held for a referral and nobody needs any more.
    ///
    /// - Returns: when to look again, where somebody could not be reached.
    func attend(to record: ReferralRecord) async throws -> WallTime? {
        guard let course = record.attempts.last else { return nil }
        var isWaiting = false
        for hold in Set(course.steps.flatMap { Self.holds($0) }).sorted() where hold.origin == node {
            do {
                try await attend(to: hold, in: course)
            } catch let failure as Failure where failure.isAway || Self.later.contains(failure.code) {
                isWaiting = true
            } catch let failure as Failure where Self.over.contains(failure.code) {
                // It has ended by itself, or the place has given it back: nobody has it any more.
                continue
            }
        }
        return isWaiting ? inventories.context.now.advanced(byMilliseconds: Self.retryMilliseconds) : nil
    }

    private static let later: Set<Failure.Code> = ["inventory.unmatched", "inventory.unsecured"]
    private static let over: Set<Failure.Code> = ["inventory.tooLate", "inventory.wrongState", "inventory.unknownHold"]
    private static let retryMilliseconds: Int64 = 10_000

    private func attend(to hold: HoldID, in course: CaseAttempt<ReferralWorkflow>) async throws {
        let state = try await inventories.show(hold).state
        let isNeeded = Self.needed(in: course).contains(hold)
        if isNeeded, Self.taking.contains(course.state) {
            if state == .held { try await confirm(hold) }
        } else if state.isLive, !isNeeded || !Self.asking.contains(course.state) {
            _ = try await inventories.release(hold, for: try await asker(of: hold))
        }
    }

    /// What was named last: by whoever accepted, else by whoever asked.
    static func needed(in course: CaseAttempt<ReferralWorkflow>) -> Set<HoldID> {
        guard let asking = course.asking, let place = course.steps.firstIndex(of: asking) else { return [] }
        let accepted = course.steps[place...].last { $0.event == .accepted && !$0.fields.items.isEmpty }
        // On the way down nobody names anything, and what was held above is over.
        return asking.event == .downOffered ? [] : Set(holds(accepted ?? asking))
    }

    static func holds(_ step: CaseStep<ReferralWorkflow>?) -> [HoldID] {
        (step?.fields.items ?? []).compactMap { try? HoldID($0.name) }
    }

    /// Whoever held it, here.
    private func asker(of hold: HoldID) async throws -> InventoryService.Asker {
        let order = try await inventories.show(hold).order
        return InventoryService.Asker(
            practitioner: order?.actor ?? "", unit: order?.unit ?? "", reference: order?.reference ?? "")
    }
}
