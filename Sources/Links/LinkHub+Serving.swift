import Effects
import Logging
import Regions
import Wire

extension LinkHub {
    /// Runs an established link to its end.
    ///
    /// The newest link of a peer wins; the older one is told and closed.
    func serve(_ outcome: LinkHandshake.Outcome, _ connection: any LinkConnection) async {
        let facts = outcome.facts
        let session = LinkSession(
            facts: facts, connection: connection, codec: outcome.codec, memory: memory, world: world,
            shortMethods: shortMethods, handler: answerCall)
        let superseded = LinkEnding(.superseded, "\(facts.node) opened a newer link")
        let (older, isStopping) = state.withLock { state in
            let older = state.links.updateValue(session, forKey: facts.node)
            if older != nil { state.events.append(.down(facts.node, superseded)) }
            state.events.append(.up(facts))
            return (older, state.isStopping)
        }
        if let older {
            older.close(superseded)
            suspectTwins(facts.node, older.remoteAddress, session.remoteAddress)
        }
        eventsWaiting.wake()
        logUp(session)
        note(facts.node, .up, clock: facts.clockDifferenceMilliseconds)
        if isStopping { session.close(LinkEnding(.shuttingDown, "the node is stopping")) }
        // The configuration may have changed while hands were shaken.
        reconsider(session)
        let ending = await session.run()
        let wasCurrent = state.withLock { state in
            guard state.links[facts.node] === session else { return false }
            state.links[facts.node] = nil
            state.events.append(.down(facts.node, ending))
            return true
        }
        if wasCurrent {
            eventsWaiting.wake()
            note(facts.node, .down, error: ending)
        }
        logger.log(
            level: Self.level(of: ending), "a link ended",
            metadata: ["peer": "\(facts.node)", "reason": "\(ending.reason)", "detail": "\(ending)"])
    }

    /// A link that ends because a node stops, or opens a newer one, is nothing to be warned of; a node's own link is taken
    /// over where somebody else shows its certificate.
    private static func level(of ending: LinkEnding) -> Logger.Level {
        switch ending.reason {
        case .shuttingDown, .paused: .notice
        case .superseded: ending.saidByPeer ? .warning : .notice
        default: .warning
        }
    }

    /// Says when links of one node take each other's place again and again.
    private func suspectTwins(_ node: NodeID, _ old: String, _ new: String) {
        let now = world.time.wallTime
        let suspicion = state.withLock { $0.twins.tookOver(node, from: old, to: new, at: now) }
        guard let suspicion else { return }
        logger.warning(
            "two processes show one identity", metadata: ["peer": "\(node)", "detail": "\(suspicion.text)"])
    }

    private func logUp(_ session: LinkSession) {
        let facts = session.facts
        let clock = facts.clockDifferenceMilliseconds
        logger.notice(
            "a link is up",
            metadata: [
                "peer": "\(facts.node)", "relation": "\(facts.neighbour.relation)",
                "address": "\(session.remoteAddress)", "clockDifferenceMilliseconds": "\(clock)",
            ])
        if clock.magnitude > Limits.clockDifferenceWarningMilliseconds.magnitude {
            logger.warning(
                "a neighbour's clock is far from ours",
                metadata: ["peer": "\(facts.node)", "clockDifferenceMilliseconds": "\(clock)"])
        }
    }

    /// Queues an event about a refusal.
    ///
    /// Where the listener of events is slow, refusals are dropped and never the news of a link.
    func emit(_ event: LinkEvent) {
        state.withLock { state in
            guard state.events.count < Self.refusalsQueuedLimit else { return }
            state.events.append(event)
        }
        eventsWaiting.wake()
    }

    /// Hands events over one after the other, until the hub has stopped and all are handed over.
    func passEventsOn() async {
        while true {
            let (events, isStopping) = state.withLock { state in
                let events = state.events
                state.events = []
                return (events, state.isStopping)
            }
            for event in events { await handleEvent(event) }
            guard events.isEmpty else { continue }
            if isStopping, openLinks.isEmpty { break }
            if Task.isCancelled { break }
            await eventsWaiting.wait()
        }
    }

    private static let refusalsQueuedLimit = 1_024
}
