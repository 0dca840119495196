import Doors
import Edge
import Effects
import Links

extension NodeMetrics {
    /// What links take of the node, and what they may; see `Limits+Links.swift`.
    func addLinkBounds(to metrics: inout MetricsText) {
        for link in setup.node.hub.status() {
            metrics.add(
                "yilian_link_held_bytes", .gauge, "Bytes of messages that the link holds.", Double(link.heldBytes),
                labels: [("peer", link.peer.rawValue)])
        }
        metrics.add(
            "yilian_link_held_bytes_limit", .gauge, "What one link may hold in messages.",
            Double(Limits.linkMessageBytes))
        let load = setup.node.hub.load
        metrics.add(
            "yilian_links_held_bytes", .gauge, "Bytes of messages that all links hold together.",
            Double(load.heldBytes))
        metrics.add(
            "yilian_links_held_bytes_most", .gauge, "The most that all links ever held together.",
            Double(load.mostHeldBytes))
        metrics.add(
            "yilian_links_held_bytes_limit", .gauge, "What all links may hold in messages together.",
            Double(load.heldBytesLimit))
        metrics.add(
            "yilian_links_half_open", .gauge, "Connections whose handshake is under way.", Double(load.halfOpen))
        metrics.add(
            "yilian_links_half_open_limit", .gauge, "How many handshakes may be under way.",
            Double(Limits.halfOpenLinks))
        // Reasons come from the program's own catalogue; whatever else a peer says is `other`.
        for (reason, count) in load.refusals.sorted(by: { $0.key < $1.key }) {
            metrics.add(
                "yilian_link_refusals_total", .counter, "Links that were refused since the start.", Double(count),
                labels: [("reason", reason)])
        }
    }
}

/// Who is at the node's listeners, who was not let in, and what they hold.
extension NodeMetrics {
    /// Every listener and reason stands there from the start, so that its first event is an increase.
    func addDoors(to metrics: inout MetricsText) {
        var doors = setup.doors.all.map { (name: $0.name, door: $0.door, refusals: $0.refusals) }
        doors.append(("links", setup.node.hub.door, [:]))
        let all = doors.map { (name: $0.name, figures: $0.door.figures, refusals: $0.refusals) }
        for (name, figures, _) in all {
            for (standing, count) in [("proven", figures.proven), ("unproven", figures.unproven)] {
                metrics.add(
                    "yilian_door_connections", .gauge, "Connections at a listener.", Double(count),
                    labels: [("door", name), ("standing", standing)])
            }
        }
        for (name, figures, _) in all {
            metrics.add(
                "yilian_door_admitted_total", .counter, "Connections that a listener let in since the start.",
                Double(figures.admitted), labels: [("door", name)])
        }
        for (name, figures, _) in all {
            for reason in DoorRefusal.labels {
                metrics.add(
                    "yilian_door_refused_total", .counter, "Connections that were not let in, or had to make room.",
                    Double(figures.refusals[reason] ?? 0), labels: [("door", name), ("reason", reason)])
            }
        }
        for (name, figures, _) in all {
            for phase in DoorPhase.allCases where phase != .work {
                metrics.add(
                    "yilian_door_late_total", .counter, "Connections that were ended at a deadline, by what was late.",
                    Double(figures.deadlines[phase] ?? 0), labels: [("door", name), ("phase", phase.rawValue)])
            }
        }
        for (name, _, refusals) in all where name != "links" {
            metrics.add(
                "yilian_door_wrong_tokens_total", .counter, "Requests with a token that is none.",
                Double(refusals["wrong_token"] ?? 0), labels: [("door", name)])
        }
        let bytes = setup.doors.budget.figures
        metrics.add(
            "yilian_door_held_bytes", .gauge, "Bytes of messages and bodies that are coming or being worked on.",
            Double(bytes.heldBytes))
        metrics.add(
            "yilian_door_held_bytes_limit", .gauge, "What they may have together.", Double(bytes.limitBytes))
        metrics.add(
            "yilian_door_messages_refused_total", .counter, "Messages for which there was no room.",
            Double(bytes.refused))
        metrics.add(
            "yilian_door_messages_made_room_total", .counter, "Slow messages that made room for others.",
            Double(bytes.madeRoom))
    }
}
