import Couriers
import Edge
import Effects
import Ledgers
import NodeRuntime
import Regions
import ServiceKit

/// What a node is there for: messages, batches, requests.
extension NodeMetrics {
    /// Every class stands there from the start, so that its first event is an increase.
    func addMessages(to metrics: inout MetricsText) {
        let counts = IntakeFigures.forms.map { (form: $0.rawValue, counts: setup.intake.counts($0)) }
        for (form, counts) in counts {
            for (outcome, count) in [("accepted", counts.accepted), ("duplicate", counts.duplicate)] {
                metrics.add(
                    "yilian_messages_taken_total", .counter, "Messages that were taken, or were here already.",
                    Double(count), labels: [("format", form), ("outcome", outcome)])
            }
        }
        for (form, counts) in counts {
            for reason in IntakeFigures.Reason.allCases {
                metrics.add(
                    "yilian_messages_refused_total", .counter, "Messages that were not taken, by the kind of reason.",
                    Double(counts.refused[reason] ?? 0), labels: [("format", form), ("reason", reason.rawValue)])
            }
        }
        for (form, counts) in counts {
            metrics.add(
                "yilian_messages_with_warnings_total", .counter, "Messages that were taken with a warning.",
                Double(counts.withWarnings), labels: [("format", form)])
        }
        for (form, counts) in counts {
            metrics.add(
                "yilian_message_duration_seconds", "How long messages took until their answer was made.",
                counts.durations, labels: [("format", form)])
        }
    }

    func addRefusedBatches(to metrics: inout MetricsText) {
        let peers = setup.node.hub.status().map(\.peer)
        let board = setup.node.couriers.board
        for peer in peers {
            metrics.add(
                "yilian_batches_refused_total", .counter, "Batches from here that the neighbour refused.",
                Double(board.refusedCount(by: peer)), labels: [("peer", peer.rawValue)])
        }
    }

    /// What the services count.
    func addServices(to metrics: inout MetricsText) async throws {
        for offer in setup.node.offers((any FigureOffer).self) {
            for figure in try await offer.figures() {
                metrics.add(figure.metric, .gauge, figure.help, figure.value, labels: figure.labels)
            }
        }
    }
}

extension NodeMetrics {
    /// Whether the node can seal, and what of its own and of others' is refused by whom.
    func addSealing(to metrics: inout MetricsText) async throws {
        let sealing = try await SealingState.of(setup)
        metrics.add(
            "yilian_ledger_key_holds", .gauge, "1 while a ledger key of the node holds; else nothing is acknowledged.",
            sealing.keyProblem == nil ? 1 : 0)
        if let end = sealing.endsAt {
            metrics.add(
                "yilian_ledger_key_expiry_seconds", .gauge, "Time until the ledger key ends.",
                Double(end.milliseconds(since: sealing.now)) / 1000)
        }
        for peer in setup.node.hub.status().map(\.peer) {
            let refused = sealing.refused.filter { $0.neighbour == peer }
            let own = refused.count { $0.chain.author == sealing.node }
            for (chains, count) in [("own", own), ("others", refused.count - own)] {
                metrics.add(
                    "yilian_refused_chains", .gauge, "Chains of which the neighbour refuses a batch.", Double(count),
                    labels: [("peer", peer.rawValue), ("chains", chains)])
            }
        }
        let waiting = setup.node.setup.region.waiting
        metrics.add(
            "yilian_region_configuration_waiting_version", .gauge,
            "Version of the region configuration that waits for its time; 0 where none does.",
            Double(waiting?.version ?? 0))
    }
}

/// How much memory this process holds, as Linux tells it.
enum ResidentMemory {
    /// - Returns: `nil` where the system does not say.
    static func bytes(disk: any Disk) -> Int? {
        guard let text = try? disk.readText("/proc/self/status", limitBytes: 64 << 10) else { return nil }
        for line in text.split(separator: "\n") where line.hasPrefix("VmRSS:") {
            return line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
        }
        return nil
    }
}
