import Calls
import Effects
import Ledgers
import Regions
import Wire

/// Brings one neighbour what it lacks of one lane, with several deliveries on their way at once.
///
/// Memory is bounded whatever the backlog: by the number of deliveries on their way and by their bytes.
struct LaneDelivery: Sendable {
    private enum Event: Sendable {
        /// A chain of the lane has grown, or some time has passed.
        case seen
        case answered(CourierProgress.Flight, DeliveryReceipt)
    }

    let lane: Lane
    let run: CourierRun

    /// Runs until the task is cancelled or the link fails.
    ///
    /// - Parameters:
    ///   - due: what goes further here than at the neighbour, and what may grow.
    ///   - version: the ledger's advances that `due` counts in.
    func serve(_ due: [(mine: ChainPosition, acknowledged: UInt64)], since version: UInt64) async throws {
        var progress = CourierProgress(due)
        var version = version
        var isListening = false
        var recordedAt = run.world.time.monotonicTime
        var configuration = run.region.version
        let changes = run.ledger.changes(of: [.chains(lane)])
        try await withThrowingTaskGroup(of: Event.self) { group in
            while true {
                let seen = changes.count
                let grown = run.ledger.advances.since(version)
                version = grown.version
                for position in grown.positions where position.chain.lane == lane {
                    progress.grow(position)
                }
                if run.region.version != configuration {
                    configuration = run.region.version
                    progress.forgive()
                }
                try await fill(&group, &progress)
                let now = run.world.time.monotonicTime
                let isDue = progress.flights == 0 || now.milliseconds(since: recordedAt) >= 1_000
                if isDue, !progress.unrecorded.isEmpty {
                    try await run.ledger.recordDelivery(progress.takeUnrecorded(), to: run.neighbour)
                    recordedAt = now
                }
                if !isListening {
                    isListening = true
                    let pause =
                        progress.hasHeldBack ? Limits.courierRetryMilliseconds : Limits.courierPollMilliseconds
                    group.addTask { [time = run.world.time] in
                        await changes.wait(since: seen, orMilliseconds: pause, time: time)
                        return .seen
                    }
                }
                switch try await group.next() {
                case .seen: isListening = false
                case .answered(let flight, let receipt): settle(flight, receipt, &progress)
                case nil: return
                }
                try Task.checkCancellation()
            }
        }
    }

    /// Sends what is due while there is room for it.
    private func fill(
        _ group: inout ThrowingTaskGroup<Event, any Error>, _ progress: inout CourierProgress
    ) async throws {
        let route = CourierRoute(node: run.ledger.node, tree: run.region.tree(at: run.world.time.wallTime))
        let neighbour = run.neighbour
        while progress.flights < Limits.courierCallsInFlight,
            progress.bytesInFlight < Limits.courierBytesInFlight,
            let from = progress.next(
                at: run.world.time.monotonicTime, where: { route.carries($0, to: neighbour) })
        {
            let batches = try await run.ledger.batches(from: from, for: neighbour)
            guard !batches.isEmpty else { return }
            let flight = CourierProgress.Flight(
                chain: from.chain, first: from.nextSequence, end: from.nextSequence + UInt64(batches.count),
                sizeBytes: batches.reduce(0) { $0 + $1.sizeBytes })
            progress.took(flight)
            group.addTask { [peer = run.peer, lane] in
                let delivery = BatchDelivery(batches: batches)
                let receipt =
                    lane == .clinical ? try await peer.deliverClinical(delivery) : try await peer.deliver(delivery)
                return .answered(flight, receipt)
            }
        }
    }

    private func settle(
        _ flight: CourierProgress.Flight, _ receipt: DeliveryReceipt, _ progress: inout CourierProgress
    ) {
        run.note(receipt, chain: flight.chain)
        let reached = receipt.positions.first { $0.chain == flight.chain }
        let moved = progress.settle(flight, reached: reached?.nextSequence, at: run.world.time.monotonicTime)
        if moved, let reached { run.board.acknowledged([reached], by: run.neighbour) }
    }
}
