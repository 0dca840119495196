import Couriers
import Effects
import Ledgers
import Links
import NodeRuntime
import Regions
import ServiceKit

extension TraceHopInfo {
    init(_ hop: TraceHop) {
        self.init(
            node: hop.node.rawValue, how: hop.how, onDiskAt: hop.onDiskAt?.description, state: hop.state,
            reason: hop.reason)
    }
}

extension PeerInfo {
    static func all(_ setup: ConsoleSetup) -> [PeerInfo] {
        setup.node.hub.status().map { status in
            var info = PeerInfo(status)
            // What it had at the handshake is long past; the keeper of configurations hears of every newer one.
            if status.state == .up, let version = setup.node.regionKeeper.version(of: status.peer) {
                info.configurationVersion = version
            }
            return info
        }
    }

    init(_ status: LinkStatus) {
        self.init(
            node: status.peer.rawValue, relation: status.neighbour?.relation.description,
            tier: status.neighbour?.tier.rawValue,
            state: status.state != .up && status.pause != nil ? "paused" : status.state.rawValue,
            since: (status.pause?.since ?? status.since).description,
            remoteAddress: status.remoteAddress, clockDifferenceMilliseconds: status.clockDifferenceMilliseconds,
            roundTripMilliseconds: status.roundTripMilliseconds, configurationVersion: status.configurationVersion,
            release: status.release, receivedBytes: status.bytesIn, sentBytes: status.bytesOut,
            callsInFlight: status.callsInFlight, heldBytes: status.heldBytes, mostHeldBytes: status.mostHeldBytes,
            heldBytesLimit: Limits.linkMessageBytes, reason: status.explanation, lastError: status.lastError,
            lastErrorAt: status.lastErrorAt?.description, pausedBy: status.pause?.actor,
            pausedSince: status.pause?.since.description, pauseReason: status.pause?.reason)
    }
}

extension NodeInfo {
    /// Everything that `node status` shows, looked up now.
    package static func of(_ setup: ConsoleSetup) async throws -> NodeInfo {
        let node = setup.node
        let context = node.context
        let region = setup.region
        let now = setup.now
        let links = node.hub.status()
        let statistics = try await context.ledger.statistics()
        let backlog = try await node.queue.items(linkReason: setup.linkReason)
            .filter { $0.content != .awaitedDocuments }
        let expiry = setup.certificateExpiry()
        let sealing = try await SealingState.of(setup)
        let waiting = node.setup.region.waiting
        let free = setup.freeDiskBytes()
        return NodeInfo(
            node: context.node.rawValue, name: region.node(context.node)?.name ?? "", tier: context.tier.rawValue,
            region: region.region.rawValue, release: node.setup.release, processID: setup.processID,
            startedAt: node.startedAt.description, uptimeSeconds: now.milliseconds(since: node.startedAt) / 1000,
            parent: context.parent?.rawValue, linksUp: links.filter { $0.state == .up }.count,
            linksExpected: links.count, configurationVersion: region.version,
            configurationAcceptedAt: node.setup.region.acceptedAt.description,
            waitingConfiguration: waiting?.version, waitingUntil: waiting?.validFrom.description,
            ledgerKeyEndsAt: sealing.endsAt?.description,
            certificateExpiresAt: expiry?.description, commandsWaiting: await context.ledger.commandsWaiting,
            ledger: LedgerFigures(statistics), figures: try await figures(of: node),
            backlogBatches: backlog.reduce(0) { $0 + $1.batches }, backlogBytes: backlog.reduce(0) { $0 + $1.bytes },
            addresses: setup.addresses(),
            freeDiskBytes: free,
            concerns: [free.flatMap { DiskRoom(freeBytes: $0).problem }].compactMap { $0 } + sealing.concerns
                + concerns(links: links, statistics: statistics, expiry: expiry, now: now)
                + (try await notices(context.ledger)) + lookers(context.meter.spells) + unreadLog(setup.log)
                + (try await offered(node)))
    }

    /// Whether lines of the log are lost now.
    private static func unreadLog(_ log: ConsoleSetup.LogLevelSwitch) -> [String] {
        guard log.isDropping() else { return [] }
        return [
            "nobody reads this node's log (standard error): \(log.dropped()) lines are lost; look at the journal, or at "
                + "what the node's output goes to"
        ]
    }

    /// What services want looked at.
    private static func offered(_ node: YilianNode) async throws -> [String] {
        var concerns: [String] = []
        for offer in node.offers((any QueueOffer).self) { concerns += try await offer.concerns() }
        return concerns
    }

    private static func figures(of node: YilianNode) async throws -> [Figure] {
        var figures: [Figure] = []
        for offer in node.offers((any FigureOffer).self) {
            for figure in try await offer.figures() {
                guard let name = figure.statusName else { continue }
                figures.append(Figure(name: name, value: figure.value))
            }
        }
        return figures
    }

    /// Who looks up more persons than may be, the first ten.
    private static func lookers(_ spells: [AccessMeter.Spell]) -> [String] {
        spells.prefix(10).map { spell in
            PlainText.line(spell.asker.description) + " has asked for more persons than may be since "
                + "\(spell.since.chinaText), \(spell.count) times: see `audit list --alerts`"
        }
    }

    /// What other nodes said about entries of this node that they could not fold.
    private static func notices(_ ledger: Ledger) async throws -> [String] {
        var lines: [String] = []
        let newest = try await ledger.read { sql in try SetAsideNoticeProjection.newest(limit: 10, in: sql) }
        for (notice, node) in newest {
            let (entry, reason) = (notice.entry, notice.reason)
            if try await SetAsideNoticeProjection.isMissing(entry, from: ledger) {
                lines.append(
                    "\(node) keeps entry \(entry) of this node aside (\(reason)), which does not lie here: it went with a "
                        + "disk that was lost, or somebody else has this node's ledger key")
            } else if reason.hasPrefix("author.") {
                lines.append("\(node) keeps entry \(entry) in quarantine (\(reason)): its author may not write it")
            } else {
                lines.append(
                    "\(node) set entry \(entry) aside (\(reason)): upgrade \(node), or look into the entry")
            }
        }
        return lines
    }

    private static let expiryWarningMilliseconds: Int64 = 30 * 86_400_000

    private static func concerns(
        links: [LinkStatus], statistics: LedgerStatistics, expiry: WallTime?, now: WallTime
    ) -> [String] {
        var concerns: [String] = []
        for link in links where link.state != .up {
            let relation = link.neighbour?.relation.description ?? "neighbour"
            concerns.append("no link to the \(relation) '\(link.peer)': \(link.explanation)")
        }
        for link in links where link.twins != nil {
            concerns.append("'\(link.peer)': \(link.twins?.text ?? "")")
        }
        for link in links {
            guard let difference = link.clockDifferenceMilliseconds,
                abs(difference) > Limits.clockDifferenceWarningMilliseconds
            else { continue }
            concerns.append("the clock of '\(link.peer)' differs by \(difference / 1000) s")
        }
        if statistics.forks > 0 { concerns.append("\(statistics.forks) forks are kept as evidence: see the log") }
        if statistics.setAside > 0 {
            concerns.append("\(statistics.setAside) entries are set aside: see `ledger verify`")
        }
        if statistics.quarantined > 0 {
            concerns.append(
                "\(statistics.quarantined) of them are in quarantine: their authors may not write them")
        }
        if let expiry, expiry.milliseconds(since: now) < expiryWarningMilliseconds {
            concerns.append("the node's certificate runs out at \(expiry.chinaText)")
        }
        return concerns
    }
}
