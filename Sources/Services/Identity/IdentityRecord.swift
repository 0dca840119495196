package import Effects
package import Ledgers
package import ServiceKit
import SwiftProtobuf

/// A link or a separation as the log shows it.
package struct IdentityRecord: Sendable, Equatable {
    package enum Deed: Sendable, Equatable {
        case link(IdentityLink)
        case separation(IdentitySeparation)
    }

    package var entry: EntryID
    package var deed: Deed
    /// For a link the separations that it overrules; for a separation the links that it undoes.
    package var causes: [EntryID]
    package var authorTime: WallTime
    package var receivedTime: WallTime
    /// Whether it counts; `false` where a later one undid or overruled it.
    package var isStanding: Bool
    /// Whether the identifiers lie here in clear.
    package var holdsIdentifiers: Bool
    /// Shown only to somebody who asked about a person, and only as far as they lie here.
    package var identifiers: [(side: Int, identifier: PatientIdentifier)] = []

    package var actor: IdentityActor {
        switch deed {
        case .link(let link): link.actor
        case .separation(let separation): separation.actor
        }
    }

    package static func == (left: IdentityRecord, right: IdentityRecord) -> Bool {
        left.entry == right.entry && left.isStanding == right.isStanding && left.deed == right.deed
            && left.causes == right.causes && left.holdsIdentifiers == right.holdsIdentifiers
    }
}

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

/// On what a link rests: an open list of codes, so that a region may add its own.
package struct IdentityEvidence: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    /// - Returns: `nil` unless the code is 1 to 40 ASCII letters, digits and hyphens.
    package init?(rawValue: String) {
        let isWord = rawValue.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == 0x2D
        }
        guard isWord, (1...40).contains(rawValue.utf8.count) else { return nil }
        self.rawValue = rawValue
    }

    private init(known rawValue: String) {
        self.rawValue = rawValue
    }

    /// Somebody compared the person's documents.
    package static let document = Self(known: "document")
    /// The platform that issues e-health cards says so.
    package static let ehealthCard = Self(known: "ehealthCard")
    /// The health insurance says so.
    package static let insurance = Self(known: "insurance")
    /// The population register says so.
    package static let registry = Self(known: "registry")
    /// An operator decided after reviewing the records.
    package static let `operator` = Self(known: "operator")

    package static let known: [IdentityEvidence] = [.document, .ehealthCard, .insurance, .registry, .operator]

    /// What a person reads: Chinese; an unknown code stands for itself.
    package var word: String {
        switch self {
        case .document: "证件核对"
        case .ehealthCard: "电子健康卡平台"
        case .insurance: "医保"
        case .registry: "人口库"
        case .operator: "人工复核"
        default: rawValue
        }
    }
}

/// Who linked or separated, as the access statement says on which it rests.
package struct IdentityActor: Sendable, Equatable {
    /// Without the words of its ground, which stay in the audit ledger.
    package var asking: Asking
    /// The id of the statement; the audit ledger of the author's node holds the statement itself.
    package var statement: String

    package init(asking: Asking, statement: String) {
        self.asking = asking.withoutGround
        self.statement = statement
    }

    package init(_ statement: AccessStatement) {
        self.init(asking: statement.asking, statement: statement.id)
    }

    var wire: PBIdentityActor {
        var message = PBIdentityActor()
        message.asking = asking.wire()
        message.statement = statement
        return message
    }

    /// - Throws: `identity.malformed` where a part is missing or too long, or where more is said than a header may.
    init(wire message: PBIdentityActor) throws {
        guard let asking = try? Asking(wire: message.asking), asking == asking.withoutGround,
            !asking.practitioner.isEmpty, !message.statement.isEmpty,
            [asking.practitioner, asking.organizationUnit, asking.system, message.statement].allSatisfy({
                $0.utf8.count <= 400
            })
        else { throw IdentityLink.malformed }
        self.init(asking: asking, statement: message.statement)
    }
}
