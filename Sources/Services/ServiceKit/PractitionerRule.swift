package import Effects
import Ledgers
package import Regions

/// Whether whoever asks or decides stands in the register of a unit that delivers to the node where they do.
///
/// The register is the region's (`access.practitioners` of `region.yaml`), so every node that is asked has it, and a node
/// can sign for nobody whom its region has not entered. A region without a register leaves it to each hospital who works there.
package struct PractitionerRule: Sendable {
    private let configuration: RegionConfiguration
    private let deliveries: DeliveryTable
    private let purposes: PurposeList

    /// - Returns: none where the region keeps no register.
    init?(_ region: any RegionView, purposes: PurposeList) {
        self.init(region.current, region.deliveries, purposes: purposes)
    }

    /// The register of a configuration that need not be the present one.
    private init?(_ configuration: RegionConfiguration, _ deliveries: DeliveryTable, purposes: PurposeList) {
        self.configuration = configuration
        self.deliveries = deliveries
        self.purposes = purposes
        if configuration.access.registers.isEmpty { return nil }
    }

    /// Whether a configuration lets somebody decide or take note at a node: its register enters them among those who treat,
    /// or it keeps none.
    package static func mayAct(
        _ practitioner: String, at node: NodeID, _ time: WallTime, by configuration: RegionConfiguration,
        _ deliveries: DeliveryTable
    ) -> Bool {
        let asking = Asking(practitioner: practitioner, organizationUnit: "", purpose: .treatment)
        // Treatment is everybody's purpose, whichever services there are.
        let rule = PractitionerRule(configuration, deliveries, purposes: PurposeList())
        do { try rule?.check(asking, at: node, time) } catch { return false }
        return true
    }

    /// - Parameters:
    ///   - node: where they ask or act.
    ///   - time: when.
    /// - Throws: `access.notRegistered`.
    func check(_ asking: Asking, at node: NodeID, _ time: WallTime) throws {
        let lines = lines(of: asking.organizationUnit, at: node, time).filter {
            $0.practitioners.contains(asking.practitioner)
        }
        if lines.contains(where: { allows($0, asking.purpose) }) { return }
        let sources = configuration.sections.known.lazy.compactMap { $0 as? any PractitionerSource }
        if sources.contains(where: { $0.enters(asking, at: node, in: configuration) }) { return }
        guard lines.isEmpty else {
            throw Failure(
                "access.notRegistered",
                "the register does not enter this practitioner for \(asking.purpose.rawValue)",
                remedy: "see access.practitioners in the region configuration; a line names its purposes")
        }
        throw Failure(
            "access.notRegistered", "the practitioner stands in no register of a unit at \(node)",
            remedy:
                "name the practitioner as access.practitioners in the region configuration does, or have them entered")
    }

    /// The lines of the unit that is named; where it is a department, of every unit of the node's.
    private func lines(of unit: String, at node: NodeID, _ time: WallTime) -> [PractitionerRegister] {
        let registers = configuration.access.registers
        if let unit = deliveries.unit(named: unit) { return registers.filter { $0.unit == unit } }
        return registers.filter { line in deliveries.mayWrite(node, for: line.unit, at: { time }) }
    }

    private func allows(_ line: PractitionerRegister, _ purpose: AccessStatement.Purpose) -> Bool {
        line.purposes.isEmpty ? purposes[purpose]?.isTreating ?? false : line.purposes.contains(purpose.rawValue)
    }
}

extension NodeContext {
    /// Checks that somebody who decides here, or takes note of something, stands in the register of their unit among those
    /// who treat.
    ///
    /// - Parameters:
    ///   - unit: where they work; a department, or nothing, stands for every unit of the node.
    ///   - node: where they act.
    /// - Throws: `access.incomplete` where nobody is named, `access.malformed`, `access.notRegistered`.
    package func check(practitioner: String, of unit: String, at node: NodeID) throws {
        guard !practitioner.allSatisfy(\.isWhitespace) else {
            throw Failure("access.incomplete", "nobody is named who acts", remedy: "name a practitioner")
        }
        let asking = Asking(practitioner: practitioner, organizationUnit: unit, purpose: .treatment)
        guard asking.texts.allSatisfy({ $0.utf8.count <= Limits.accessTextBytes }) else {
            throw Failure(
                "access.malformed", "the name of a practitioner is longer than \(Limits.accessTextBytes) bytes",
                remedy: "name them as the hospital's systems do")
        }
        try PractitionerRule(region, purposes: purposes)?.check(asking, at: node, now)
    }
}
