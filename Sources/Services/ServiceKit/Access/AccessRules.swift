import Effects
import Regions

/// What the region asks of whoever looks people up.
///
/// Agreed once for the region and signed with its configuration, so that the node where somebody sits and every node
/// that answers ask the same. Purposes are names here; the services know them, and what each rests on where nothing is
/// written.
package struct AccessRules: Hashable, Sendable {
    /// On what a question can rest.
    package enum Ground: String, CaseIterable, Hashable, Sendable {
        /// The number of an order, an encounter, a request or a review.
        case order
        /// The patient's consent.
        case consent
        /// Why there is neither: somebody breaks the glass.
        case reason
    }

    /// By purpose: one of these grounds is enough; none at all lets nobody ask for it.
    package var grounds: [String: [Ground]]
    package var rates: AccessRates
    /// Who may look people up at all; empty: the region keeps no register.
    package var registers: [PractitionerRegister]

    package init(
        grounds: [String: [Ground]] = [:], rates: AccessRates = AccessRates(), registers: [PractitionerRegister] = []
    ) {
        self.grounds = grounds
        self.rates = rates
        self.registers = registers
    }

    /// Who may look people up in a unit, whatever for; none where the region keeps no register.
    func registered(in unit: OrgUnitID) -> Set<String>? {
        registers.isEmpty
            ? nil : registers.filter { $0.unit == unit }.reduce(into: []) { $0.formUnion($1.practitioners) }
    }

    /// Nothing is written: the defaults hold.
    package static let standard = AccessRules()
}

extension AccessRules {
    var message: PBAccessRules {
        var message = PBAccessRules()
        message.purposes = grounds.sorted { $0.key < $1.key }.map { purpose, grounds in
            var line = PBPurposeGrounds()
            line.purpose = purpose
            line.grounds = grounds.map(\.rawValue)
            return line
        }
        if rates != AccessRates() { message.rates = rates.message }
        message.practitioners = registers.map(\.message)
        return message
    }

    /// A ground that this release does not know is none: what is left is stricter, never laxer.
    init(_ message: PBAccessRules) throws {
        self.init(
            grounds: Dictionary(
                message.purposes.map { ($0.purpose, $0.grounds.compactMap(Ground.init(rawValue:))) },
                uniquingKeysWith: { first, _ in first }), rates: AccessRates(message.rates),
            registers: try message.practitioners.map(PractitionerRegister.init))
    }
}
