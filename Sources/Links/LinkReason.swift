/// The numbered catalogue of why a link was refused or ended; open, because a newer peer may know more.
///
/// The raw values travel and are never reused.
package struct LinkReason: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package var rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    package static let protocolVersion = LinkReason(rawValue: 1)
    package static let wrongRegion = LinkReason(rawValue: 2)
    /// The node claims to be another than its certificate says.
    package static let identityMismatch = LinkReason(rawValue: 3)
    package static let notANeighbour = LinkReason(rawValue: 4)
    package static let revoked = LinkReason(rawValue: 5)
    package static let tierMismatch = LinkReason(rawValue: 6)
    package static let malformed = LinkReason(rawValue: 7)
    package static let tooManyLinks = LinkReason(rawValue: 8)
    package static let handshakeTimeout = LinkReason(rawValue: 9)
    /// The peer opened a newer link.
    package static let superseded = LinkReason(rawValue: 10)
    package static let shuttingDown = LinkReason(rawValue: 11)
    package static let idle = LinkReason(rawValue: 12)
    package static let creditExceeded = LinkReason(rawValue: 13)
    package static let messageTooLong = LinkReason(rawValue: 14)
    package static let frameTooLong = LinkReason(rawValue: 15)
    package static let connectionLost = LinkReason(rawValue: 16)
    /// Another node answered than the one that was dialled.
    package static let otherNode = LinkReason(rawValue: 17)
    package static let notAuthenticated = LinkReason(rawValue: 18)
    package static let unreachable = LinkReason(rawValue: 19)
    /// The peer began messages and sends them too slowly.
    package static let tooSlow = LinkReason(rawValue: 20)
    /// As many links and handshakes as allowed come from this address.
    package static let tooManyFromAddress = LinkReason(rawValue: 21)
    /// As many links and handshakes as allowed show this node's certificate.
    package static let tooManyOfIdentity = LinkReason(rawValue: 22)
    /// The peer has begun, or lets wait, more messages than allowed.
    package static let tooManyMessages = LinkReason(rawValue: 23)

    /// The word of a reason that this program knows; `reason` and the number else.
    package var name: String { knownName ?? "reason\(rawValue)" }

    /// Bounded, so that it can stand in a metric.
    package var label: String { knownName ?? "other" }

    private var knownName: String? {
        switch self {
        case .protocolVersion: "protocolVersion"
        case .wrongRegion: "wrongRegion"
        case .identityMismatch: "identityMismatch"
        case .notANeighbour: "notANeighbour"
        case .revoked: "revoked"
        case .tierMismatch: "tierMismatch"
        case .malformed: "malformed"
        case .tooManyLinks: "tooManyLinks"
        case .handshakeTimeout: "handshakeTimeout"
        case .superseded: "superseded"
        case .shuttingDown: "shuttingDown"
        case .idle: "idle"
        case .creditExceeded: "creditExceeded"
        case .messageTooLong: "messageTooLong"
        case .frameTooLong: "frameTooLong"
        case .connectionLost: "connectionLost"
        case .otherNode: "otherNode"
        case .notAuthenticated: "notAuthenticated"
        case .unreachable: "unreachable"
        case .tooSlow: "tooSlow"
        case .tooManyFromAddress: "tooManyFromAddress"
        case .tooManyOfIdentity: "tooManyOfIdentity"
        case .tooManyMessages: "tooManyMessages"
        default: nil
        }
    }

    package var description: String { name }
}
