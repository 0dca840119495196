import Effects
package import Ledgers
package import ServiceKit
import SwiftProtobuf

/// The header of a separation: a merge was wrong.
///
/// An entry of kind ``Ledgers/EntryKind/identitySeparation``. Its causes are the links that it undoes, or one earlier
/// separation, which it renews for another epoch. With two groups it also says that the keys of the one and those of
/// the other are different persons, whatever reports or links name both: only a link that names the separation as its
/// cause says otherwise. Times play no part, so neither clocks nor the order of arrival decide who is whom.
package struct IdentitySeparation: Sendable, Equatable {
    /// Two groups of keys, or none.
    package var groups: [[PatientKeyReference]]
    /// Why, without personal data.
    package var reason: String
    package var actor: IdentityActor
    /// A report of the actor's unit under one of the keys; without one it counts at its author alone.
    package var report: EntryID?

    package init(
        groups: [[PatientKeyReference]], reason: String, actor: IdentityActor, report: EntryID? = nil
    ) {
        self.groups = groups
        self.reason = reason
        self.actor = actor
        self.report = report
    }

    package func encoded() throws -> [UInt8] {
        var message = PBIdentitySeparationFields()
        message.groups = groups.map { keys in
            var group = PBIdentityGroup()
            group.keys = keys.map { $0.wire() }
            return group
        }
        message.reason = reason
        message.actor = actor.wire
        message.report = report?.description ?? ""
        return try message.serializedBytes()
    }

    /// - Throws: `identity.malformed`.
    package init(bytes: [UInt8]) throws {
        guard let message = try? PBIdentitySeparationFields(serializedBytes: bytes),
            message.reason.count <= Limits.identityTextCharacters, !message.reason.isEmpty
        else { throw IdentityLink.malformed }
        groups = try message.groups.map { try IdentityLink.keys($0.keys) }
        reason = message.reason
        actor = try IdentityActor(wire: message.actor)
        report = try IdentityLink.report(message.report)
        let keys = groups.flatMap { $0 }
        guard groups.isEmpty || groups.count == 2, groups.allSatisfy({ !$0.isEmpty }),
            keys.count <= Limits.identityKeys, Set(keys).count == keys.count
        else { throw IdentityLink.malformed }
    }
}
