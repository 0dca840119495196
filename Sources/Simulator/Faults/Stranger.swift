import Effects
import Links
import Regions

/// Somebody with a certificate of the region who sends what no node would send.
struct Stranger {
    private let shared: SharedSimulation

    init(_ shared: SharedSimulation) {
        self.shared = shared
    }

    func attack(_ node: SimulatedNode) async {
        guard let victim = node.tier == .township ? shared.nodes(.county).first : node,
            let serial = shared.region.member(node.id)?.serial,
            let identity = shared.choice([node.id] + shared.nodes.map(\.id))
        else { return }
        let name = shared.random.number(below: 2) == 0 ? identity : (NodeID(rawValue: "fremd") ?? identity)
        let peer = PeerIdentity(
            region: shared.region.configuration.region, node: name, certificateSerial: serial)
        for _ in 0..<4 {
            guard let connection = try? shared.network.connect(to: victim.id.rawValue, as: peer, life: nil) else {
                return
            }
            do {
                for _ in 0..<(1 + shared.random.number(below: 6)) {
                    try await connection.send(bytes())
                }
                // Whatever is answered is of no interest; the end of the connection is.
                while try await connection.receive() != nil {}
            } catch {
                shared.log.add("a stranger was refused: \(error)")
            }
            connection.close(sending: [])
        }
    }

    /// Noise, or something that begins like a frame: a length, a type, and whatever.
    private func bytes() -> [UInt8] {
        let count = Int(1 + shared.random.number(below: 2_000))
        let noise = shared.random.bytes(count)
        guard shared.random.number(below: 3) > 0 else { return noise }
        let claimed = shared.random.number(below: 3) == 0 ? UInt32.max >> 4 : UInt32(count)
        return withUnsafeBytes(of: claimed.bigEndian) { Array($0) } + [UInt8(shared.random.number(below: 20))] + noise
    }
}
