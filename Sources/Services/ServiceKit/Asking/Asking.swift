import Effects
import SwiftProtobuf
import Wire

/// Who asks about a person, where, for what and on which ground: what every look at somebody's data must say.
///
/// Somebody fills it in: an operator's question, a hospital's request, a test. With the person and the question it is
/// signed as an ``AccessStatement`` (``NodeContext/sign(_:about:question:)``), and whether somebody may ask so is one
/// rule (``AccessRule``).
package struct Asking: Hashable, Sendable {
    /// Who asks, as the hospital names its staff; not a patient.
    package var practitioner: String
    /// Where they work: a unit of the node, or a department.
    package var organizationUnit: String
    /// The hospital's system that brings the question, as its node calls it; empty: none does.
    package var system: String
    package var purpose: AccessStatement.Purpose
    /// The number of the order, encounter, request or review for which somebody looks.
    package var order: String?
    package var consent: String?
    /// Why there is no consent; mandatory for `emergency`, listed for later review.
    package var breakGlassReason: String?

    package init(
        practitioner: String, organizationUnit: String, purpose: AccessStatement.Purpose, consent: String? = nil,
        breakGlassReason: String? = nil, order: String? = nil, system: String = ""
    ) {
        self.practitioner = practitioner
        self.organizationUnit = organizationUnit
        self.system = system
        self.purpose = purpose
        self.order = order
        self.consent = consent
        self.breakGlassReason = breakGlassReason
    }

    /// The same on what an earlier question rested, where this one names no ground itself.
    package func resting(on earlier: Asking) -> Asking {
        guard order == nil, consent == nil, breakGlassReason == nil else { return self }
        var asking = self
        (asking.order, asking.consent, asking.breakGlassReason) =
            (earlier.order, earlier.consent, earlier.breakGlassReason)
        return asking
    }

    /// Who asks and for what, without the words of the ground: what a header may say.
    package var withoutGround: Asking {
        Asking(practitioner: practitioner, organizationUnit: organizationUnit, purpose: purpose, system: system)
    }

    var texts: [String] {
        [practitioner, organizationUnit, system, purpose.rawValue]
            + [order, consent, breakGlassReason].compactMap { $0 }
    }
}

extension Asking: ProtobufWireValue {
    package func wire() -> PBAsking {
        var message = PBAsking()
        message.practitioner = practitioner
        message.organizationUnit = organizationUnit
        message.system = system
        message.purpose = purpose.rawValue
        message.order = order ?? ""
        message.consent = consent ?? ""
        message.breakGlassReason = breakGlassReason ?? ""
        return message
    }

    /// - Throws: `access.malformed` where the purpose is no word; whether there is such a purpose is the rule's.
    package init(wire message: PBAsking) throws {
        guard (1...Limits.purposeBytes).contains(message.purpose.utf8.count) else { throw AccessStatement.malformed }
        self.init(
            practitioner: message.practitioner, organizationUnit: message.organizationUnit,
            purpose: AccessStatement.Purpose(rawValue: message.purpose),
            consent: message.consent.isEmpty ? nil : message.consent,
            breakGlassReason: message.breakGlassReason.isEmpty ? nil : message.breakGlassReason,
            order: message.order.isEmpty ? nil : message.order, system: message.system)
    }
}
