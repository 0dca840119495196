import Effects
import Regions
import SwiftProtobuf
import Wire

extension HandshakeMachine {
    /// Judges what the peer says of itself against its certificate and the region configuration.
    ///
    /// - Throws: a `LinkEnding` with the first reason that holds.
    func check(_ message: PBHello, clockReference: WallTime) throws -> PeerFacts {
        let version = try commonVersion(message)
        let certificate = expectation.certificate
        guard message.region == offer.region.rawValue, certificate.region == offer.region else {
            throw LinkEnding(.wrongRegion, "the peer belongs to another region than \(offer.region)")
        }
        guard message.node == certificate.node.rawValue else {
            throw LinkEnding(
                .identityMismatch, "the certificate belongs to \(certificate.node), and the peer claims to be another")
        }
        if let dialled = expectation.dialledNode, dialled != certificate.node {
            throw LinkEnding(.otherNode, "\(dialled) was dialled, and \(certificate.node) answered")
        }
        guard !expectation.isRevoked else {
            throw LinkEnding(.revoked, "the certificate of \(certificate.node) has been revoked")
        }
        guard let neighbour = expectation.neighbour else {
            throw LinkEnding(.notANeighbour, "\(certificate.node) is no neighbour of \(offer.node)")
        }
        guard message.tier == neighbour.tier.rawValue else {
            throw LinkEnding(
                .tierMismatch, "\(certificate.node) claims another tier than \(neighbour.tier), which it has")
        }
        let (methods, offered) = (PeerNumber.label(message.methods), PeerNumber.label(message.codecs))
        guard methods.count <= LinkProtocol.methodsLimit, offered.count <= LinkProtocol.codecsLimit else {
            throw LinkEnding(.malformed, "the peer's hello lists too much")
        }
        return PeerFacts(
            identity: certificate, neighbour: neighbour, protocolVersion: version,
            clockDifferenceMilliseconds:
                try PeerNumber.time(message.wallMilliseconds).milliseconds(since: clockReference),
            methodNumbers: Set(methods.compactMap { UInt16(exactly: $0) }), codecs: codecs(readBy: message),
            configurationVersion: PeerNumber.label(message.configurationVersion),
            release: String(message.release.prefix(40)))
    }

    private func commonVersion(_ message: PBHello) throws -> UInt32 {
        let (first, last) = (PeerNumber.label(message.protocolFirst), PeerNumber.label(message.protocolLast))
        let version = min(last, offer.protocols.upperBound)
        guard first <= last, version >= first,
            version >= offer.protocols.lowerBound
        else {
            throw LinkEnding(
                .protocolVersion,
                "the peer speaks link protocols \(first) to \(last); this node speaks "
                    + "\(offer.protocols.lowerBound) to \(offer.protocols.upperBound)")
        }
        return version
    }

    /// What this node itself offers says nothing of that: a child promises no more than its parent does.
    private func codecs(readBy message: PBHello) -> [Codec] {
        let theirs = Set(PeerNumber.label(message.codecs))
        return Codec.allCases.filter { $0 == .none || $0 == .zlib || theirs.contains(UInt32($0.rawValue)) }
    }

    func hello(_ wallTime: WallTime) -> PBHello {
        var message = PBHello()
        message.protocolFirst = offer.protocols.lowerBound
        message.protocolLast = offer.protocols.upperBound
        message.region = offer.region.rawValue
        message.node = offer.node.rawValue
        message.tier = offer.tier.rawValue
        message.wallMilliseconds = wallTime.milliseconds
        message.methods = offer.methodNumbers.map(UInt32.init)
        message.codecs = offer.codecs.map { UInt32($0.rawValue) }
        message.configurationVersion = offer.configurationVersion
        message.release = offer.release
        return message
    }

    func decoded<Message: SwiftProtobuf.Message>(_ type: Message.Type, _ frame: Frame) throws -> Message {
        guard let message = try? Message(serializedBytes: frame.payload) else {
            throw LinkEnding(.malformed, "the peer's \(frame.type) cannot be read")
        }
        return message
    }

    func encoded(_ message: some SwiftProtobuf.Message) -> [UInt8] {
        // Messages of numbers and texts without required fields always serialise; an empty one would be refused.
        (try? message.serializedBytes()) ?? []
    }
}
