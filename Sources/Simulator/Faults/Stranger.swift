import Effects
import Links
import Regions

/// Somebody with a certificate of the region who sends what no node would send.
struct Stranger {
    private let ground: SimulationGround

    init(_ ground: SimulationGround) {
        self.ground = ground
    }

    func attack(_ node: SimulatedNode) async {
        guard let victim = node.tier == .township ? ground.nodes(.county).first : node,
            let serial = ground.region.member(node.id)?.serial,
            let identity = ground.choice([node.id] + ground.nodes.map(\.id))
        else { return }
        let name = ground.random.number(below: 2) == 0 ? identity : (NodeID(rawValue: "fremd") ?? identity)
        let peer = PeerIdentity(
            region: ground.region.configuration.region, node: name, certificateSerial: serial)
        for _ in 0..<4 {
            guard let connection = try? ground.network.connect(to: victim.id.rawValue, as: peer, life: nil) else {
                return
            }
            do {
                for _ in 0..<(1 + ground.random.number(below: 6)) {
                    try await connection.send(bytes())
                }
                // Whatever is answered is of no interest; the end of the connection is.
                while try await connection.receive() != nil {}
            } catch {
                ground.log.add("a stranger was refused: \(error)")
            }
            connection.close(sending: [])
        }
    }

    /// Noise, or something that begins like a frame: a length, a type, and whatever.
    private func bytes() -> [UInt8] {
        let count = Int(1 + ground.random.number(below: 2_000))
        let noise = ground.random.bytes(count)
        guard ground.random.number(below: 3) > 0 else { return noise }
        let claimed = ground.random.number(below: 3) == 0 ? UInt32.max >> 4 : UInt32(count)
        return withUnsafeBytes(of: claimed.bigEndian) { Array($0) } + [UInt8(ground.random.number(below: 20))] + noise
    }
}
