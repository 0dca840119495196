import Doors
import Effects
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
