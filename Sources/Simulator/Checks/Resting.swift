import Effects
import Ledgers
import Regions

/// Waits until a region that nothing disturbs any more has come to rest.
struct Resting {
    private let shared: SharedSimulation
    private let workload: Workload
    private let faults: FaultInjector

    init(_ shared: SharedSimulation, _ workload: Workload, _ faults: FaultInjector) {
        self.shared = shared
        self.workload = workload
        self.faults = faults
    }

    /// Half an hour after the last deadline everything must be where it is due.
    ///
    /// - Returns: whether it is.
    @discardableResult
    func wait() async -> Bool {
        let deadline = shared.elapsed + Self.limitMilliseconds
        var reason = ""
        while shared.elapsed < deadline {
            try? await shared.time.sleep(milliseconds: 15_000)
            await faults.healAll()
            guard workload.unfinished.isEmpty else {
                reason = workload.unfinished.sorted().joined(separator: ", ") + " still wait for an acknowledgement"
                continue
            }
            do {
                guard let next = try await obstacle() else { return true }
                reason = next
            } catch {
                reason = "\(error)"
            }
        }
        shared.verdict.violation("convergence", "the region does not come to rest: \(reason)")
        for node in shared.nodes {
            guard let ledger = node.node?.context.ledger else { continue }
            let waiting = await ledger.commandsWaiting
            if waiting > 0 { shared.verdict.violation("convergence", "\(waiting) commands wait at \(node.id)") }
        }
        return false
    }

    /// What is not where it is due yet; `nil` where all is well.
    private func obstacle() async throws -> String? {
        let newest = shared.region.configuration.version
        for node in shared.nodes {
            guard let running = node.node else { return "\(node.id) does not run: \(node.endings.last ?? "")" }
            guard running.context.region.version == newest else {
                return "\(node.id) goes by configuration \(running.context.region.version) of \(newest)"
            }
        }
        for node in shared.nodes {
            if let obstacle = try await undelivered(at: node) { return obstacle }
            for play in shared.plays {
                if let obstacle = try await play.obstacle(at: node) { return obstacle }
            }
        }
        return nil
    }

    private func undelivered(at node: SimulatedNode) async throws -> String? {
        guard let ledger = node.node?.context.ledger else { return "\(node.id) does not run" }
        let waiting = try await ledger.read { try Parcels.waiting(limit: Self.parcels, in: $0) }
        // A thief grants what never comes.
        if let parcel = waiting.first(where: { !shared.thefts.wrote($0.grant) }) {
            return "\(parcel.entry) waits at \(node.id) for \(parcel.recipient)"
        }
        let mine = try await ledger.positions()
        guard let member = shared.region.member(node.id) else { return nil }
        if let parent = member.parent {
            let due = mine.filter { shared.region.isDue($0.chain.author, at: node.id) }
            if let obstacle = try await lacking(due, at: parent, from: node) { return obstacle }
        }
        let fromRoot = mine.filter { shared.region.member($0.chain.author)?.tier == .dispatcher }
        for child in shared.region.children(of: node.id) {
            if let obstacle = try await lacking(fromRoot, at: child, from: node) { return obstacle }
        }
        return nil
    }

    private func lacking(_ due: [ChainPosition], at id: NodeID, from node: SimulatedNode) async throws -> String? {
        guard let receiver = shared.node(id)?.node else { return "\(id) does not run" }
        let theirs = try await receiver.context.ledger.positions()
        let reached = Dictionary(theirs.map { ($0.chain, $0.nextSequence) }, uniquingKeysWith: max)
        for position in due where reached[position.chain, default: 0] < position.nextSequence {
            return "\(position.chain) has \(position.nextSequence) batches at \(node.id), "
                + "\(reached[position.chain, default: 0]) at \(id)"
        }
        return nil
    }

    private static let limitMilliseconds: Int64 = 3_600_000
    private static let parcels = 10_000
}
