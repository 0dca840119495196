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
