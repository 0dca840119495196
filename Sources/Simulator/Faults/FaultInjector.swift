import Effects
import NodeRuntime
import Regions

/// Makes things go wrong while the workload runs, as the seed says, and lets everything be well again at the end.
final class FaultInjector: @unchecked Sendable {
    private let shared: SharedSimulation
    private var copies: [NodeID: [String: [UInt8]]] = [:]
    private var jumped = false

    init(_ shared: SharedSimulation) {
        self.shared = shared
    }

    func run() async throws {
        // Every kind once, in an order of the seed's, and then whatever comes.
        var kinds = FaultKind.allCases
        for index in kinds.indices.reversed() where index > 0 {
            kinds.swapAt(index, Int(shared.random.number(below: UInt64(index + 1))))
        }
        let weather = shared.plan.mutant?.weather ?? FaultKind.allCases
        while kinds.count < shared.plan.faults { kinds += shared.choice(weather).map { [$0] } ?? [] }
        for (kind, moment) in zip(kinds, shared.moments(kinds.count)) {
            try await shared.wait(until: moment)
            if let node = shared.choice(shared.nodes), shared.random.number(below: 4) == 0 {
                copies[node.id] = node.image()
            }
            guard let node = shared.choice(shared.nodes) else { continue }
            shared.log.add("fault \(kind) at \(node.id)")
            try await inject(kind, at: node)
        }
    }

    /// Ends all faults: links, disks and clocks are well, and every node runs.
    func healAll() async {
        shared.network.heal()
        for node in shared.nodes {
            node.volume.capacity = nil
            node.volume.synchronising = shared.plan.mutant?.synchronising ?? .works
            node.clock.offset = 0
        }
        await startAll()
    }

    /// What an operator's service manager does.
    func startAll() async {
        for node in shared.nodes where node.life?.isAlive != true { await node.start() }
    }

    private func inject(_ kind: FaultKind, at node: SimulatedNode) async throws {
        switch kind {
        case .kill, .killAtAnyStep, .powerCut, .restart, .restoredCopy, .lostDisk:
            try await end(node, kind)
        case .brokenConnection, .cutLink, .oneWayCut, .slowLink:
            link(node, kind)
        case .clockJump: jump(node)
        case .revocation, .configurationChange: try await configure(node, kind)
        case .fullDisk, .failingSynchronisation: disk(node, kind)
        case .hostileFrames:
            shared.verdict.fault(kind.rawValue)
            let stranger = Stranger(shared)
            shared.host.start { await stranger.attack(node) }
        case .stolenCertificate: intrude(as: node)
        }
    }

    private func intrude(as node: SimulatedNode) {
        guard let intruder = Intruder(shared, as: node) else { return }
        shared.verdict.fault(FaultKind.stolenCertificate.rawValue)
        shared.host.start { [shared] in
            do {
                shared.log.add("an intruder as \(node.id): \(try await intruder.attack())")
            } catch {
                shared.log.add("an intruder as \(node.id) gave up: \(error)")
            }
        }
    }

    private func end(_ node: SimulatedNode, _ kind: FaultKind) async throws {
        switch kind {
        case .kill: node.kill()
        case .powerCut: node.losePower()
        case .restart: await node.stop()
        case .restoredCopy:
            guard let copy = copies[node.id], await mayLoseDisk(node) else { return }
            node.kill()
            try node.restore(copy)
        case .lostDisk:
            guard await mayLoseDisk(node) else { return }
            node.kill()
            try node.restore([:])
        default:
            let steps = 1 + shared.random.number(below: 4_000)
            let power = shared.random.number(below: 2) == 0
            shared.scheduler.afterSteps(steps) { if power { node.losePower() } else { node.kill() } }
        // The service manager starts it again whenever it finds it dead.
        }
        shared.verdict.fault(kind.rawValue)
        later(within: 60_000) { await node.start() }
    }

    /// A disk that goes back loses what no neighbour has yet; that is written down, and no product could give it back.
    ///
    /// - Returns: whether it can be known now what that is.
    private func mayLoseDisk(_ node: SimulatedNode) async -> Bool {
        await LossAccount(shared).record(node)
    }

    private func link(_ node: SimulatedNode, _ kind: FaultKind) {
        guard let parent = shared.region.member(node.id)?.parent else { return }
        shared.verdict.fault(kind.rawValue)
        let up = shared.network.way(from: node.id, to: parent)
        let down = shared.network.way(from: parent, to: node.id)
        switch kind {
        case .brokenConnection: shared.network.breakConnections(between: node.id, parent)
        case .cutLink:
            up.isCut = true
            down.isCut = true
            later(within: 300_000) {
                up.isCut = false
                down.isCut = false
            }
        case .oneWayCut:
            let way = shared.random.number(below: 2) == 0 ? up : down
            way.isCut = true
            later(within: 300_000) { way.isCut = false }
        default:
            let (delay, rate) = (up.delayMilliseconds, up.bytesPerSecond)
            for way in [up, down] {
                way.delayMilliseconds = 200 + Int64(shared.random.number(below: 1_500))
                way.bytesPerSecond = 4_000 + Int64(shared.random.number(below: 60_000))
            }
            later(within: 600_000) {
                for way in [up, down] {
                    way.delayMilliseconds = delay
                    way.bytesPerSecond = rate
                }
            }
        }
    }

    private func jump(_ node: SimulatedNode) {
        shared.verdict.fault(FaultKind.clockJump.rawValue)
        let hours = Int64(shared.random.number(below: 97)) - 48
        node.clock.offset = hours * 3_600_000 + Int64(shared.random.number(below: 600_000)) - 300_000
        later(within: 400_000) { node.clock.offset = 0 }
    }

    private func disk(_ node: SimulatedNode, _ kind: FaultKind) {
        shared.verdict.fault(kind.rawValue)
        if kind == .fullDisk {
            node.volume.capacity = node.volume.usedBytes + Int(shared.random.number(below: 200_000))
            later(within: 240_000) { node.volume.capacity = nil }
            return
        }
        node.volume.synchronising = .fails
        later(within: 90_000) { [shared] in
            // Whoever's synchronisation has failed stopped by itself; the machine is started anew.
            node.losePower()
            node.volume.synchronising = shared.plan.mutant?.synchronising ?? .works
            await node.start()
        }
    }

    private func configure(_ node: SimulatedNode, _ kind: FaultKind) async throws {
        guard let root = shared.nodes(.dispatcher).first, let running = root.node else { return }
        shared.verdict.fault(kind.rawValue)
        if kind == .revocation, node.tier != .dispatcher {
            let signed = try shared.region.revoke(node.id, at: shared.time.wallTime)
            await publish(try signed.wireBytes(), at: running)
            // The operator gives it its new certificate.
            later(within: 30_000) {
                await node.stop()
                node.kill()
                await node.start()
            }
        } else {
            let signed = try shared.region.publish { $0.name = "模拟区域 \($0.version + 1)" }
            await publish(try signed.wireBytes(), at: running)
        }
    }

    private func publish(_ bytes: [UInt8], at node: YilianNode) async {
        do {
            _ = try await node.regionKeeper.publish(bytes)
        } catch {
            shared.log.add("the configuration was not published: \(error)")
        }
    }

    private func later(within milliseconds: UInt64, _ body: @escaping @Sendable () async -> Void) {
        let wait = 1_000 + Int64(shared.random.number(below: milliseconds))
        shared.host.start { [shared] in
            guard (try? await shared.time.sleep(milliseconds: wait)) != nil else { return }
            await body()
        }
    }
}
