import Couriers
import Edge
import Effects
import NodeRuntime
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
