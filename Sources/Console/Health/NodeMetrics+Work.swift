import Consultation
import Couriers
import Edge
import Effects
import NodeRuntime
import Recognition

/// What a node is there for: messages, batches, requests.
extension NodeMetrics {
    /// Every class stands there from the start, so that its first event is an increase.
    func addMessages(to metrics: inout MetricsText) {
        let forms: [ReportSubmission.Format] = [.hl7v2, .fhir]
        let counts = forms.map { (form: $0.rawValue, counts: setup.intake.counts($0)) }
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

    func addRequests(to metrics: inout MetricsText) async throws {
        let open = try await setup.node.service(ConsultationService.self).openRequests()
        for state in ConsultationState.allCases {
            metrics.add(
                "yilian_consultation_open_requests", .gauge, "Requests in which something is left to do.",
                Double(open.counts[state] ?? 0), labels: [("state", state.rawValue)])
        }
        metrics.add(
            "yilian_consultation_oldest_open_request_age_seconds", .gauge,
            "Age of the oldest request in which something is left to do; 0 where there is none.",
            open.oldest.map { max(0, Double(setup.now.milliseconds(since: $0)) / 1000) } ?? 0)
    }
}
