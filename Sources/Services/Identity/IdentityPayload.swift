import Effects
package import ServiceKit
import SwiftProtobuf

/// The payload of a link or a separation: the identifiers in clear.
///
/// It lies at the author and, where that is a township, at its county; nowhere else.
package struct IdentityPayload: Sendable, Equatable {
    /// Each with its side: 0 for a link, 1 and 2 for the groups of a separation.
    package var identifiers: [(side: Int, identifier: PatientIdentifier)]

    package init(identifiers: [(side: Int, identifier: PatientIdentifier)]) {
        self.identifiers = identifiers
    }

    package static func == (left: IdentityPayload, right: IdentityPayload) -> Bool {
        left.identifiers.elementsEqual(right.identifiers) { one, other in
            one.side == other.side && one.identifier == other.identifier
        }
    }

    func encoded() throws -> [UInt8] {
        var message = PBIdentityPayload()
        message.identifiers = identifiers.map { side, identifier in
            var part = PBIdentitySided()
            part.side = UInt32(clamping: side)
            part.identifier = identifier.inUse.wire()
            return part
        }
        return try message.serializedBytes()
    }

    /// - Throws: `identity.malformed`.
    init(bytes: [UInt8]) throws {
        guard let message = try? PBIdentityPayload(serializedBytes: bytes),
            message.identifiers.count <= Limits.identityKeys
        else { throw IdentityLink.malformed }
        identifiers = try message.identifiers.map { part in
            (
                try PeerNumber.count(part.side, atMost: 2, "the side of an identifier"),
                PatientIdentifier(wire: part.identifier).inUse
            )
        }
    }
}
