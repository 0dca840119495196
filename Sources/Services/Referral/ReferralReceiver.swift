package import Effects
package import InventoryKit
package import Regions
import ServiceKit
package import WorkflowKit

/// Who is asked to take a patient: a node, and the unit there that is meant.
package struct ReferralReceiver: Hashable, Sendable {
    package var node: NodeID
    /// Empty where the node is meant, whichever of its units.
    package var unit: String

    package init(node: NodeID, unit: String = "") {
        self.node = node
        self.unit = unit
    }
}

extension ReferralService {
    /// Who is meant by the name of a unit, by its code, or by the name of a node.
    ///
    /// A care home or a village clinic is a unit at its township's node. A node that one unit alone delivers to means that
    /// unit.
    ///
    /// - Throws: `referral.unknownNode`.
    package func receiver(named name: String) throws -> ReferralReceiver {
        let (configuration, now) = (context.region.current, context.now)
        let unit = context.region.deliveries.unit(named: name).flatMap { configuration.organizationUnit($0) }
        if let unit, let line = configuration.deliveries(of: unit).last(where: { $0.isValid(at: now) }) {
            let receiver = ReferralReceiver(node: line.node, unit: unit.id.rawValue)
            try check(receiver)
            return receiver
        }
        guard let node = NodeID(rawValue: name) else { throw unknown(name) }
        let units = configuration.organizationUnits(at: node)
        let receiver = ReferralReceiver(node: node, unit: units.count == 1 ? units[0].id.rawValue : "")
        try check(receiver)
        return receiver
    }

    func check(_ receiver: ReferralReceiver) throws {
        let tier = context.tree.tier(of: receiver.node)
        guard tier != nil, tier != .dispatcher else { throw unknown(receiver.node.rawValue) }
    }

    private func unknown(_ name: String) -> Failure {
        Failure(
            "referral.unknownNode", "the region has no such node that takes patients",
            remedy: KnownWord.remedy(for: name, among: context.region.current.nodes.map(\.id.rawValue)))
    }
}

extension CaseDeed where W == ReferralWorkflow {
    /// - Parameters:
    ///   - receiver: who is asked.
    ///   - hold: what is held for the referral of an inventory.
    package init(
        _ event: ReferralEvent, by practitioner: String, values: [String: String] = [:],
        to receiver: ReferralReceiver?, day: WallTime? = nil, hold: HoldID? = nil
    ) {
        self.init(event, by: practitioner, values: values, target: receiver?.node, day: day)
        unit = receiver?.unit ?? ""
        items = hold.map { [CaseItem($0.description)] } ?? []
    }
}

extension CaseAttempt where W == ReferralWorkflow {
    /// The event by which somebody was asked last.
    package var asking: CaseStep<ReferralWorkflow>? {
        steps.last { step in step.event.map { ReferralWorkflow.table.rule(of: $0).offers } ?? false }
    }

    /// Who was asked last.
    package var receiver: ReferralReceiver? { asking.flatMap(ReferralReceiver.init) }
}

extension ReferralReceiver {
    /// Who is asked by an event; `nil` where it asks nobody.
    package init?(_ step: CaseStep<ReferralWorkflow>) {
        guard let name = step.fields.candidates.first, let node = NodeID(rawValue: name) else { return nil }
        self.init(node: node, unit: step.fields.organizationUnit)
    }
}
