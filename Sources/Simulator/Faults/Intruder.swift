import Couriers
import Effects
import Ledgers
import Links
import Regions
import Wire

/// Somebody who stole a node's certificate with its ledger key and speaks the protocol: shakes hands as that node does,
/// delivers what it has sealed, and then sends frames that no node would.
struct Intruder {
    private let shared: SharedSimulation
    private let node: SimulatedNode
    private let victim: SimulatedNode

    /// - Returns: `nil` for a node that dials nobody.
    init?(_ shared: SharedSimulation, as node: SimulatedNode) {
        guard let parent = shared.region.member(node.id)?.parent, let victim = shared.node(parent) else { return nil }
        self.shared = shared
        self.node = node
        self.victim = victim
    }

    /// - Returns: how the victim ended the link, for the log.
    func attack() async throws -> String {
        guard let serial = shared.region.member(node.id)?.serial else { return "no certificate" }
        let connection = try shared.network.connect(
            to: victim.id.rawValue,
            as: PeerIdentity(region: shared.region.configuration.region, node: node.id, certificateSerial: serial),
            life: nil)
        defer { connection.close(sending: []) }
        var codec = FrameCodec()
        guard try await shakeHands(over: connection, &codec) else { return "no handshake" }
        let batches = try await sealed()
        let probe = ClinicalProbe(shared, at: victim)
        shared.host.start { await probe.run() }
        defer { probe.end() }
        // All at once: the node itself will take its link back as soon as it is missed.
        for (number, batch) in batches.enumerated() {
            try await connection.send(try delivery(of: batch, callID: UInt64(2 * number + 1_001)))
        }
        try await shared.time.sleep(milliseconds: Self.patienceMilliseconds)
        await count(batches)
        for _ in 0..<(5 + shared.random.number(below: 40)) {
            try await connection.send(bytes())
        }
        while let bytes = try await connection.receive() {
            codec.feed(bytes)
            while let frame = try codec.next() {
                if frame.type == .goodbye { return "it was shown the door" }
            }
        }
        return "the connection ended"
    }

    // MARK: Sealed entries

    /// What the thief wants to deliver, sealed with the node's key.
    private func sealed() async throws -> [BatchSealer.Result] {
        guard let member = shared.region.member(node.id), let running = victim.node else { return [] }
        let random = shared.random
        // Some are greater than any that the node will open by itself.
        let incarnation = random.number(below: 4) == 0 ? UInt64.max - random.number(below: 1 << 20) : random.next() >> 8
        let key = StolenKey(of: member, incarnation: incarnation, random: random)
        shared.thefts.begin(key)
        return try await SealedAttack(shared, key, at: running).batches().map { batch in
            let sealed = try key.seal(batch.items, lane: batch.lane, at: shared.time.wallTime)
            key.took(sealed)
            return sealed
        }
    }

    private func delivery(of sealed: BatchSealer.Result, callID: UInt64) throws -> [UInt8] {
        let lane = sealed.header.identity.chain.lane
        var arguments: [UInt8] = []
        try ByteStrings.append(part: try BatchDelivery(batches: [sealed.batch]).wireBytes(), to: &arguments)
        let message = try CallRequest(
            method: lane == .clinical ? 3 : 2, desk: CourierDesk.deskName, deadlineMilliseconds: 20_000,
            correlation: "", arguments: arguments
        ).message()
        return FrameCodec.encode(Frame(.request, lane: lane, callID: callID, payload: head(message.count) + message))
    }

    /// Counts what the victim has taken in.
    private func count(_ batches: [BatchSealer.Result]) async {
        guard let ledger = victim.node?.context.ledger, let positions = try? await ledger.positions() else { return }
        let reached = Dictionary(positions.map { ($0.chain, $0.nextSequence) }, uniquingKeysWith: max)
        let taken = batches.map(\.header).filter { reached[$0.identity.chain, default: 0] > $0.identity.sequence }
        let entries = taken.reduce(0) { $0 + $1.entryCount }
        shared.thefts.took(entries)
        shared.log.add("\(victim.id) took \(entries) entries that a thief sealed as \(node.id)")
    }

    private static let patienceMilliseconds: Int64 = 3_000

    private func shakeHands(over connection: SimulatedConnection, _ codec: inout FrameCodec) async throws -> Bool {
        var machine = HandshakeMachine(
            .dialler, offer: HandshakeMachine.Offer(policy),
            expectation: HandshakeMachine.Expectation(
                certificate: try await connection.authenticate(), neighbour: policy.neighbour(victim.id),
                isRevoked: false, dialledNode: victim.id))
        var actions = machine.start(wallTime: shared.time.wallTime)
        while true {
            var isDone = false
            for action in actions {
                switch action {
                case .send(let frame): try await connection.send(FrameCodec.encode(frame))
                case .established: isDone = true
                case .failed: return false
                }
            }
            if isDone { return true }
            guard let bytes = try await connection.receive() else { return false }
            codec.feed(bytes)
            actions = []
            while let frame = try codec.next() { actions += machine.receive(frame, wallTime: shared.time.wallTime) }
        }
    }

    private var policy: LinkPolicy {
        let victim = victim
        let version = shared.region.configuration.version
        return LinkPolicy(
            region: shared.region.configuration.region, node: node.id, tier: node.tier, release: "stolen",
            methodNumbers: Array(1...300), codecs: [.zlib], configurationVersion: { version }, parent: { nil },
            neighbour: { $0 == victim.id ? Neighbour(relation: .parent, tier: victim.tier) : nil },
            neighbours: { [victim.id] }, isRevoked: { _ in false })
    }

    /// A frame of a known or unknown type on any lane, with noise or something that begins as it should.
    private func bytes() throws -> [UInt8] {
        let random = shared.random
        let noise = random.bytes(Int(random.number(below: 600)))
        let callID = random.number(below: 30)
        let lane = UInt8(random.number(below: 4))
        switch random.number(below: 10) {
        case 0:
            let type = FrameType(rawValue: UInt8(random.number(below: 256)))
            return FrameCodec.encode(Frame(type, laneByte: lane, callID: callID, payload: noise))
        case 1:
            let types: [FrameType] = [.requestMore, .responseMore, .cancel, .credit, .ping, .pong]
            return FrameCodec.encode(
                Frame(types[Int(random.number(below: 6))], laneByte: lane, callID: callID, payload: noise))
        case 2:
            // Announces more than it sends.
            return FrameCodec.encode(
                Frame(.request, laneByte: lane, callID: random.next(), payload: head(noise.count * 1_000) + noise))
        default:
            return try call(arguments: noise, laneByte: lane)
        }
    }

    /// A whole call of some method with arguments that nobody would send.
    private func call(arguments: [UInt8], laneByte: UInt8) throws -> [UInt8] {
        let random = shared.random
        let desks = ["courier"] + shared.plays.flatMap { type(of: $0).desks } + ["fremd"]
        let message = try CallRequest(
            method: UInt16(random.number(below: 3) == 0 ? random.number(below: 400) : 1 + random.number(below: 8)),
            desk: desks[Int(random.number(below: UInt64(desks.count)))],
            deadlineMilliseconds: Int64(random.number(below: 20_000)),
            correlation: "", arguments: random.number(below: 4) == 0 ? [] : arguments
        ).message()
        return FrameCodec.encode(
            Frame(.request, laneByte: laneByte, callID: random.next(), payload: head(message.count) + message))
    }

    /// What stands before a message that is one fragment: a flag, and its length.
    private func head(_ count: Int) -> [UInt8] {
        [1] + withUnsafeBytes(of: UInt32(count).bigEndian) { Array($0) }
    }
}
