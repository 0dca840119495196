import Effects
import Ledgers
import Regions

/// Whether whoever asks stands in the register of a unit that delivers to the node that signs.
///
/// The register is the region's, so every node that is asked has it, and a node can sign for nobody whom its region has not
/// entered. A region without a register leaves it to each hospital who works there.
struct PractitionerRule: Sendable {
    private let configuration: RegionConfiguration
    private let deliveries: DeliveryTable

    /// - Returns: none where the region keeps no register.
    init?(_ region: any RegionView) {
        configuration = region.current
        deliveries = region.deliveries
        if configuration.access.registers.isEmpty { return nil }
    }

    /// - Throws: `access.notRegistered`.
    func check(_ statement: AccessStatement) throws {
        let lines = lines(of: statement).filter { $0.practitioners.contains(statement.practitioner) }
        if lines.contains(where: { Self.allows($0, statement.purpose) }) { return }
        if configuration.sections.known.contains(where: { ($0 as? any PractitionerSource)?.enters(statement) == true })
        {
            return
        }
        guard lines.isEmpty else {
            throw Failure(
                "access.notRegistered",
                "the register does not enter this practitioner for \(statement.purpose.rawValue)",
                remedy: "see access.practitioners in the region configuration; a line names its purposes")
        }
        throw Failure(
            "access.notRegistered", "the practitioner stands in no register of a unit at \(statement.node)",
            remedy:
                "name the practitioner as access.practitioners in the region configuration does, or have them entered")
    }

    /// The lines of the unit that is named; where it is a department, of every unit of the signer's.
    private func lines(of statement: AccessStatement) -> [PractitionerRegister] {
        let registers = configuration.access.registers
        if let unit = deliveries.unit(named: statement.organizationUnit) { return registers.filter { $0.unit == unit } }
        return registers.filter { line in
            deliveries.mayWrite(statement.node, for: line.unit, at: { statement.madeAt })
        }
    }

    private static func allows(_ line: PractitionerRegister, _ purpose: AccessStatement.Purpose) -> Bool {
        line.purposes.isEmpty ? purpose.isTreating : line.purposes.contains(purpose.rawValue)
    }
}

extension AccessStatement.Purpose {
    /// Whether those ask for it who treat the patient.
    fileprivate var isTreating: Bool {
        switch self {
        case .treatment, .consultation, .emergency: true
        case .ownRecord, .qualityReview: false
        }
    }
}
