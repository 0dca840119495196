package import Effects
package import Regions
package import Wire

/// The handshake of one side as a value: frames in, actions out.
///
/// ```
/// dialler   Hello ──────────────▶           listener
///           ◀────── Welcome(Hello) or Refuse
///           Welcome() or Refuse ─▶
/// ```
/// The dialler has a link when it sends its Welcome, the listener when it receives it.
package struct HandshakeMachine: Sendable {
    package enum Side: Sendable { case dialler, listener }

    /// What is known of the peer before it has said a word.
    package struct Expectation: Sendable {
        package var certificate: PeerIdentity
        /// nil where the node is no neighbour.
        package var neighbour: Neighbour?
        package var isRevoked: Bool
        /// Whom we meant to dial.
        package var dialledNode: NodeID?

        package init(certificate: PeerIdentity, neighbour: Neighbour?, isRevoked: Bool, dialledNode: NodeID? = nil) {
            self.certificate = certificate
            self.neighbour = neighbour
            self.isRevoked = isRevoked
            self.dialledNode = dialledNode
        }
    }

    /// What this node says of itself.
    package struct Offer: Sendable {
        package var region: RegionID
        package var node: NodeID
        package var tier: Tier
        package var protocols: ClosedRange<UInt32>
        package var methodNumbers: [UInt16]
        package var codecs: [Codec]
        package var configurationVersion: UInt64
        package var release: String

        package init(_ policy: LinkPolicy, protocols: ClosedRange<UInt32> = LinkProtocol.versions) {
            region = policy.region
            node = policy.node
            tier = policy.tier
            self.protocols = protocols
            methodNumbers = policy.methodNumbers
            codecs = policy.codecs()
            configurationVersion = policy.configurationVersion()
            release = policy.release
        }
    }

    package enum Action: Hashable, Sendable {
        case send(Frame)
        case established(PeerFacts)
        /// The handshake is over without a link.
        case failed(LinkEnding)
    }

    private enum Step: Sendable {
        case fresh
        case awaitingHello
        case awaitingWelcome(sentAt: WallTime)
        case awaitingConfirmation(PeerFacts, sentAt: WallTime)
        case over
    }

    private let side: Side
    let offer: Offer
    let expectation: Expectation
    private var step = Step.fresh

    package init(_ side: Side, offer: Offer, expectation: Expectation) {
        self.side = side
        self.offer = offer
        self.expectation = expectation
    }

    package mutating func start(wallTime: WallTime) -> [Action] {
        switch side {
        case .listener:
            step = .awaitingHello
            return []
        case .dialler:
            step = .awaitingWelcome(sentAt: wallTime)
            return [.send(Frame(.hello, payload: encoded(hello(wallTime))))]
        }
    }

    package mutating func receive(_ frame: Frame, wallTime: WallTime) -> [Action] {
        do {
            return try handle(frame, wallTime: wallTime)
        } catch {
            return refuse(LinkEnding(of: error))
        }
    }

    /// The time for the handshake has passed.
    package mutating func expire() -> [Action] {
        refuse(LinkEnding(.handshakeTimeout, "the handshake took longer than \(Limits.handshakeMilliseconds) ms"))
    }

    private mutating func refuse(_ ending: LinkEnding) -> [Action] {
        if case .over = step { return [] }
        step = .over
        guard !ending.saidByPeer else { return [.failed(ending)] }
        return [.send(Frame(.refuse, payload: ending.payload)), .failed(ending)]
    }

    private mutating func handle(_ frame: Frame, wallTime: WallTime) throws -> [Action] {
        if frame.type == .refuse || frame.type == .goodbye {
            throw LinkEnding(peerPayload: frame.payload)
        }
        switch step {
        case .awaitingHello where frame.type == .hello:
            let message = try decoded(PBHello.self, frame)
            let facts = try check(message, clockReference: wallTime)
            step = .awaitingConfirmation(facts, sentAt: wallTime)
            var welcome = PBWelcome()
            welcome.protocol = facts.protocolVersion
            welcome.hello = hello(wallTime)
            welcome.wallMilliseconds = wallTime.milliseconds
            return [.send(Frame(.welcome, payload: encoded(welcome)))]
        case .awaitingWelcome(let sentAt) where frame.type == .welcome:
            let message = try decoded(PBWelcome.self, frame)
            let middle = sentAt.advanced(byMilliseconds: wallTime.milliseconds(since: sentAt) / 2)
            let facts = try check(message.hello, clockReference: middle)
            let chosen = PeerNumber.label(message.protocol)
            guard chosen == facts.protocolVersion else {
                throw LinkEnding(.protocolVersion, "the peer chose link protocol \(chosen)")
            }
            step = .over
            var confirmation = PBWelcome()
            confirmation.protocol = facts.protocolVersion
            confirmation.wallMilliseconds = wallTime.milliseconds
            return [.send(Frame(.welcome, payload: encoded(confirmation))), .established(facts)]
        case .awaitingConfirmation(var facts, let sentAt) where frame.type == .welcome:
            let message = try decoded(PBWelcome.self, frame)
            let middle = sentAt.advanced(byMilliseconds: wallTime.milliseconds(since: sentAt) / 2)
            facts.clockDifferenceMilliseconds =
                try PeerNumber.time(message.wallMilliseconds).milliseconds(since: middle)
            step = .over
            return [.established(facts)]
        case .over, .fresh:
            return []
        default:
            if frame.type.isKnown {
                throw LinkEnding(.malformed, "the peer sent a \(frame.type) in the middle of the handshake")
            }
            return []
        }
    }
}
