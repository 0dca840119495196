import Doors
import Effects
package import Regions
import Wire

/// Why a link was refused or ended, in a number and in words.
package struct LinkEnding: Error, Hashable, Sendable, CustomStringConvertible {
    package var reason: LinkReason
    package var detail: String
    /// Whether the other side said it.
    package var saidByPeer: Bool

    package init(_ reason: LinkReason, _ detail: String, saidByPeer: Bool = false) {
        self.reason = reason
        self.detail = detail
        self.saidByPeer = saidByPeer
    }

    /// What a transport or a codec threw, as an ending.
    package init(of error: any Error) {
        switch error {
        case let ending as LinkEnding: self = ending
        case let refusal as DoorRefusal: self.init(of: refusal)
        case let failure as Failure:
            let reason: LinkReason =
                switch failure.code {
                case "wire.frameTooLong": .frameTooLong
                case "link.unreachable": .unreachable
                default: failure.code.rawValue.hasPrefix("wire.") ? .malformed : .connectionLost
                }
            self.init(reason, failure.message)
        default: self.init(.connectionLost, "the connection was lost")
        }
    }

    /// Why the door of the links did not let a connection in, or did not keep it.
    init(of refusal: DoorRefusal) {
        switch refusal {
        case .tooManyUnproven(let count): self.init(.tooManyLinks, "\(count) handshakes are under way")
        case .tooManyFromAddress(let count):
            self.init(.tooManyFromAddress, "\(count) handshakes of this address are under way")
        case .full(let count): self.init(.tooManyLinks, "\(count) links are up")
        case .tooManyOfIdentity(let count):
            self.init(.tooManyOfIdentity, "\(count) links and handshakes of this node are there already")
        case .noDescriptors: self.init(.tooManyLinks, "the process has hardly a file descriptor left")
        case .madeRoom: self.init(.tooManyLinks, "the handshake was slow and made room for another")
        }
    }

    /// The goodbye or refusal of a peer.
    init(peerPayload payload: [UInt8]) {
        guard let message = try? PBRefuse(serializedBytes: payload),
            let number = UInt16(exactly: PeerNumber.label(message.reason))
        else {
            self.init(.malformed, "the peer's refusal cannot be read")
            return
        }
        let words = message.detail.unicodeScalars.prefix(300).map { scalar -> Character in
            scalar.properties.generalCategory == .control ? " " : Character(scalar)
        }
        self.init(LinkReason(rawValue: number), String(words), saidByPeer: true)
    }

    /// As the payload of a refuse or goodbye frame.
    var payload: [UInt8] {
        var message = PBRefuse()
        message.reason = UInt32(reason.rawValue)
        message.detail = detail
        // A message of a number and a text always serialises; without it the peer only sees the reason missing.
        return (try? message.serializedBytes()) ?? []
    }

    package var description: String {
        "\(saidByPeer ? "the peer says: " : "")\(detail) [\(reason)]"
    }
}

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
    /// An operator keeps the link down.
    package static let paused = LinkReason(rawValue: 24)

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
        case .paused: "paused"
        default: nil
        }
    }

    package var description: String { name }
}

/// What happened to the links of a node.
package enum LinkEvent: Sendable {
    case up(PeerFacts)
    case down(NodeID, LinkEnding)
    /// Somebody was refused, or an attempt of ours failed. The node is named where its certificate proved it.
    case refused(LinkEnding, address: String, node: NodeID?)
}

package typealias LinkEventHandler = @Sendable (LinkEvent) async -> Void
