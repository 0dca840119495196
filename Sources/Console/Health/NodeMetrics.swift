import Couriers
import Effects
import Ledgers
import Links
import NodeRuntime
import Regions
import ServiceKit

/// A node's metrics, looked up when they are asked for.
///
/// Labels name neighbours, lanes, relations, forms of messages, states and reasons of refusals, nothing else: each has as
/// many values as the region has nodes, or as the program has words.
struct NodeMetrics {
    let setup: ConsoleSetup

    func text() async throws -> String {
        var metrics = MetricsText()
        addProcess(to: &metrics)
        addLinks(to: &metrics)
        addLinkBounds(to: &metrics)
        addDoors(to: &metrics)
        addMessages(to: &metrics)
        try await addLedger(to: &metrics)
        addRefusedBatches(to: &metrics)
        try await addServices(to: &metrics)
        try await addBacklog(to: &metrics)
        addRegion(to: &metrics)
        try await addSealing(to: &metrics)
        return metrics.text
    }

    private func addProcess(to metrics: inout MetricsText) {
        let node = setup.node
        metrics.add(
            "yilian_build_info", .gauge, "The release that runs, as a label.", 1,
            labels: [("version", node.setup.release), ("tier", node.context.tier.rawValue)])
        metrics.add(
            "yilian_uptime_seconds", .gauge, "Time since the node started.",
            Double(setup.now.milliseconds(since: node.startedAt)) / 1000)
        metrics.add(
            "yilian_log_lines_dropped_total", .counter, "Lines of the log that nobody read in time.",
            Double(setup.log.dropped()))
        if let bytes = ResidentMemory.bytes(disk: setup.world.disk) {
            metrics.add("yilian_process_resident_memory_bytes", .gauge, "Memory that the process holds.", Double(bytes))
        }
        if let space = DiskSpace(at: setup.dataFolder) {
            metrics.add(
                "yilian_disk_free_bytes", .gauge, "Room that is left where the data folder lies.",
                Double(space.freeBytes))
            metrics.add(
                "yilian_disk_size_bytes", .gauge, "Size of the file system where the data folder lies.",
                Double(space.sizeBytes))
        }
        if let expiry = setup.certificateExpiry() {
            metrics.add(
                "yilian_certificate_expiry_seconds", .gauge, "Time until the node's certificate runs out.",
                Double(expiry.milliseconds(since: setup.now)) / 1000)
        }
    }

    private func addLinks(to metrics: inout MetricsText) {
        let links = setup.node.hub.status()
        for link in links {
            let labels = [
                (name: "peer", value: link.peer.rawValue),
                (name: "relation", value: link.neighbour?.relation.description ?? "none"),
            ]
            metrics.add("yilian_link_up", .gauge, "1 while the link is up.", link.state == .up ? 1 : 0, labels: labels)
        }
        for link in links {
            let labels = [(name: "peer", value: link.peer.rawValue)]
            metrics.add(
                "yilian_link_received_bytes_total", .counter, "Bytes received since the link was opened.",
                Double(link.bytesIn), labels: labels)
        }
        for link in links {
            metrics.add(
                "yilian_link_sent_bytes_total", .counter, "Bytes sent since the link was opened.",
                Double(link.bytesOut), labels: [("peer", link.peer.rawValue)])
        }
        for link in links {
            metrics.add(
                "yilian_link_calls_in_flight", .gauge, "Calls that wait for an answer.", Double(link.callsInFlight),
                labels: [("peer", link.peer.rawValue)])
        }
        for link in links {
            guard let difference = link.clockDifferenceMilliseconds else { continue }
            metrics.add(
                "yilian_link_clock_difference_seconds", .gauge, "The peer's clock minus this node's.",
                Double(difference) / 1000, labels: [("peer", link.peer.rawValue)])
        }
    }

    private func addLedger(to metrics: inout MetricsText) async throws {
        let ledger = setup.node.context.ledger
        let statistics = try await ledger.statistics()
        let parts = [("all", statistics.all), ("own", statistics.own)]
        for (name, part) in parts {
            metrics.add(
                "yilian_ledger_batches", .gauge, "Batches in the ledger.", Double(part.batches),
                labels: [("chains", name)])
        }
        for (name, part) in parts {
            metrics.add(
                "yilian_ledger_entries", .gauge, "Entries in the ledger.", Double(part.entries),
                labels: [("chains", name)])
        }
        for (name, part) in parts {
            metrics.add(
                "yilian_ledger_stored_bytes", .gauge, "Bytes of batches as they lie on disk.",
                Double(part.storedBytes), labels: [("chains", name)])
        }
        for (name, part) in parts {
            metrics.add(
                "yilian_ledger_raw_bytes", .gauge, "Bytes of batches before compression.", Double(part.rawBytes),
                labels: [("chains", name)])
        }
        metrics.add("yilian_ledger_held_entries", .gauge, "Entries that wait for a cause.", Double(statistics.held))
        metrics.add(
            "yilian_ledger_set_aside_entries", .gauge, "Entries that could not be folded.", Double(statistics.setAside))
        metrics.add("yilian_ledger_forks", .gauge, "Forks that are kept as evidence.", Double(statistics.forks))
        metrics.add(
            "yilian_ledger_commands_waiting", .gauge, "Commands that wait for the disk.",
            Double(await ledger.commandsWaiting))
        metrics.add(
            "yilian_ledger_commit_duration_seconds",
            "How long commits took, from the first command to synchronisation.", ledger.commitDurations)
    }

    private func addBacklog(to metrics: inout MetricsText) async throws {
        let items = try await setup.node.queue.items(linkReason: setup.linkReason)
            .filter { $0.content != .awaitedDocuments }
        let neighbours = setup.node.hub.status().map(\.peer)
        let byNeighbour = neighbours.map { peer in (peer, items.filter { $0.neighbour == peer }) }
        for (peer, items) in byNeighbour {
            metrics.add(
                "yilian_backlog_batches", .gauge, "Batches that the neighbour has not acknowledged.",
                Double(items.reduce(0) { $0 + $1.batches }), labels: [("peer", peer.rawValue)])
        }
        for (peer, items) in byNeighbour {
            metrics.add(
                "yilian_backlog_bytes", .gauge, "Bytes that the neighbour has not acknowledged.",
                Double(items.reduce(0) { $0 + $1.bytes }), labels: [("peer", peer.rawValue)])
        }
        for (peer, items) in byNeighbour {
            let oldest = items.compactMap(\.oldest).min()
            metrics.add(
                "yilian_backlog_oldest_age_seconds", .gauge, "Age of the oldest batch that waits.",
                oldest.map { max(0, Double(setup.now.milliseconds(since: $0)) / 1000) } ?? 0,
                labels: [("peer", peer.rawValue)])
        }
    }

    private func addRegion(to metrics: inout MetricsText) {
        let region = setup.node.setup.region
        metrics.add(
            "yilian_region_configuration_version", .gauge, "Version of the region configuration in force.",
            Double(region.version))
        metrics.add(
            "yilian_region_configuration_age_seconds", .gauge, "Time since this node took the configuration.",
            Double(setup.now.milliseconds(since: region.acceptedAt)) / 1000)
    }
}
