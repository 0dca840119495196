import Effects
package import Regions
import Synchronization
import Wire

/// What was found when the way to a neighbour was tried, step by step.
package struct LinkTrial: Sendable, Equatable {
    package enum Step: String, CaseIterable, Codable, Hashable, Sendable {
        /// Whether an operator keeps the link down.
        case pause
        /// Who dials whom, and where to.
        case address
        /// A connection to an address.
        case connection
        /// TLS, and whose certificate the other end shows.
        case certificate
        /// What both say of themselves.
        case handshake
        /// The versions of the region's configuration on both sides.
        case configuration
        /// The difference of the two clocks.
        case clock
    }

    package enum Outcome: String, CaseIterable, Codable, Hashable, Sendable {
        case well
        /// It works, and somebody should look at it.
        case warning
        case failed
        /// It was not tried: an earlier step failed, or it cannot be tried from here.
        case skipped
    }

    /// What one step came to, in words.
    package struct Finding: Sendable, Equatable {
        package var step: Step
        package var outcome: Outcome
        package var text: String

        init(_ step: Step, _ outcome: Outcome, _ text: String) {
            self.step = step
            self.outcome = outcome
            self.text = text
        }
    }

    /// What keeps the link down, or should be looked at.
    package enum Problem: Sendable, Equatable {
        case link(LinkReason)
        case noAddress
        /// The neighbour dials, and has not.
        case notDialled
        /// This node listens nowhere.
        case noListener
        case clock
    }

    package internal(set) var findings: [Finding] = []
    /// The first that is wrong; none where all is well.
    package internal(set) var problem: Problem?

    package var isWell: Bool { problem == nil }

    mutating func note(_ step: Step, _ outcome: Outcome, _ text: String, _ problem: Problem? = nil) {
        findings.append(Finding(step, outcome, text))
        self.problem = self.problem ?? problem
    }
}

extension LinkHub {
    /// Tries the way to a neighbour: connection, certificate, handshake, configuration, clock.
    ///
    /// A link that is up is left as it is: what its handshake found is told, and the new connection ends after TLS. Where
    /// none is up hands are shaken and the connection ends; the node's own dialling begins anew at once. A neighbour that
    /// dials this node cannot be dialled: of it is said what is known here.
    ///
    /// - Parameter version: of the configuration that a linked neighbour has now.
    /// - Throws: `link.noNeighbour`; `link.trialRunning` where another trial runs; `CancellationError`.
    package func trial(
        of peer: NodeID, version: @Sendable (NodeID) -> UInt64?
    ) async throws -> LinkTrial {
        guard let neighbour = policy.neighbour(peer) else {
            throw Failure(
                "link.noNeighbour", "\(peer) is no neighbour of \(policy.node)", place: peer.rawValue,
                remedy: "`yilian peer list` names them")
        }
        let isFree = state.withLock { state in
            defer { state.isTrying = true }
            return !state.isTrying
        }
        guard isFree else {
            throw Failure("link.trialRunning", "another link is being tested", remedy: "wait until it has ended")
        }
        defer { state.withLock { $0.isTrying = false } }
        var trial = LinkTrial()
        let pause = policy.pause(peer)
        if let pause {
            trial.note(.pause, .failed, pause.text, .link(.paused))
        } else {
            trial.note(.pause, .well, "nobody keeps the link down")
        }
        var facts = facts(of: peer)
        if neighbour.relation == .parent {
            let shaken = try await tryParent(peer, isLinked: facts != nil, isPaused: pause != nil, &trial)
            facts = facts ?? shaken
        } else {
            lookAtChild(peer, isPaused: pause != nil, &trial)
        }
        judge(facts, version: version(peer), &trial)
        return trial
    }

    // MARK: The parent, which this node dials

    private func tryParent(
        _ peer: NodeID, isLinked: Bool, isPaused: Bool, _ trial: inout LinkTrial
    ) async throws -> PeerFacts? {
        let addresses = policy.parent()?.addresses ?? []
        guard !addresses.isEmpty else {
            trial.note(.address, .failed, "no address of the parent is known", .noAddress)
            return nil
        }
        let text = addresses.map(\.description).joined(separator: ", ")
        trial.note(.address, .well, "this node dials it: \(text)")
        for address in addresses {
            try Task.checkCancellation()
            do {
                let began = world.time.monotonicTime
                let connection = try await transport.connect(to: address)
                let took = world.time.monotonicTime.milliseconds(since: began)
                switch await tryConnection(connection, peer, shakes: !isLinked && !isPaused) {
                case .success(let facts):
                    trial.note(.connection, .well, "\(address) answered after \(took) ms")
                    trial.note(.certificate, .well, "it is \(peer), and its certificate holds")
                    if !isLinked && !isPaused { dialling.wake() }
                    return facts
                case .failure(let failure):
                    trial.note(.connection, .well, "\(address) answered after \(took) ms")
                    trial.note(failure.step, .failed, "\(failure.ending)", .link(failure.ending.reason))
                }
            } catch let error as CancellationError {
                throw error
            } catch {
                let ending = LinkEnding(of: error)
                trial.note(.connection, .failed, "\(ending)", .link(ending.reason))
            }
        }
        return nil
    }

    private struct TrialFailure: Error {
        var step: LinkTrial.Step
        var ending: LinkEnding
    }

    /// TLS and, where it `shakes`, the handshake, over a connection that ends with it.
    private func tryConnection(
        _ connection: any LinkConnection, _ peer: NodeID, shakes: Bool
    ) async -> Result<PeerFacts?, TrialFailure> {
        let goodbye = LinkEnding(.shuttingDown, "this was a test of the link")
        guard shakes else {
            defer { connection.close(sending: FrameCodec.encode(Frame(.refuse, payload: goodbye.payload))) }
            do {
                let identity = try await limited(connection)
                guard identity.node == peer else {
                    let ending = LinkEnding(.otherNode, "\(peer) was dialled, and \(identity.node) answered")
                    return .failure(TrialFailure(step: .certificate, ending: ending))
                }
                guard !policy.isRevoked(identity.certificateSerial) else {
                    let ending = LinkEnding(.revoked, "the certificate of \(peer) has been revoked")
                    return .failure(TrialFailure(step: .certificate, ending: ending))
                }
                return .success(nil)
            } catch {
                return .failure(TrialFailure(step: .certificate, ending: LinkEnding(of: error)))
            }
        }
        let proved = Mutex(false)
        do {
            let outcome = try await LinkHandshake(policy: policy, world: world).run(
                connection, .dialler, dialledNode: peer, onIdentity: { _ in proved.withLock { $0 = true } })
            connection.close(sending: FrameCodec.encode(Frame(.goodbye, payload: goodbye.payload)))
            return .success(outcome.facts)
        } catch {
            let step: LinkTrial.Step = proved.withLock { $0 } ? .handshake : .certificate
            return .failure(TrialFailure(step: step, ending: LinkEnding(of: error)))
        }
    }

    /// Who the other end is, within the time of a handshake.
    private func limited(_ connection: any LinkConnection) async throws -> PeerIdentity {
        try await withThrowingTaskGroup(of: PeerIdentity.self) { group in
            group.addTask { try await connection.authenticate() }
            group.addTask { [world] in
                try await world.time.sleep(milliseconds: Limits.handshakeMilliseconds)
                throw LinkEnding(
                    .handshakeTimeout, "the handshake took longer than \(Limits.handshakeMilliseconds) ms")
            }
            defer { group.cancelAll() }
            guard let identity = try await group.next() else {
                throw LinkEnding(.connectionLost, "the connection was lost")
            }
            return identity
        }
    }

    // MARK: A child, which dials this node

    private func lookAtChild(_ peer: NodeID, isPaused: Bool, _ trial: inout LinkTrial) {
        let listeners = state.withLock { $0.listeners.map(\.address.description) }
        if listeners.isEmpty {
            trial.note(.address, .failed, "this node listens for nobody", .noListener)
        } else {
            let text = listeners.joined(separator: ", ")
            trial.note(.address, .well, "it dials this node, which listens on \(text)")
        }
        let status = status(of: peer)
        if status.state == .up {
            trial.note(.connection, .well, "it is linked from \(status.remoteAddress ?? "an unknown address")")
            trial.note(.certificate, .well, "it is \(peer), and its certificate holds")
        } else if !isPaused {
            trial.note(.connection, .failed, status.explanation, .notDialled)
        }
    }

    // MARK: What hands that were shaken found

    private func judge(_ facts: PeerFacts?, version: UInt64?, _ trial: inout LinkTrial) {
        guard let facts else {
            for step in [LinkTrial.Step.handshake, .configuration, .clock]
            where !trial.findings.contains(where: { $0.step == step }) {
                trial.note(step, .skipped, "not tried: it needs what comes before it")
            }
            return
        }
        trial.note(
            .handshake, .well,
            "link protocol \(facts.protocolVersion), release \(facts.release), \(facts.methodNumbers.count) methods")
        let (own, other) = (policy.configurationVersion(), version ?? facts.configurationVersion)
        trial.note(
            .configuration, own == other ? .well : .warning,
            own == other
                ? "both have version \(own)"
                : "it has version \(other), this node has \(own); the newer one goes over by itself")
        let difference = facts.clockDifferenceMilliseconds
        let isFar = difference.magnitude > Limits.clockDifferenceWarningMilliseconds.magnitude
        trial.note(
            .clock, isFar ? .warning : .well, "its clock differs by \(difference) ms", isFar ? .clock : nil)
    }
}
