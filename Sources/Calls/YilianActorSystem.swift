package import Distributed
package import Effects
import Links
package import Regions
import Synchronization
package import Wire

/// The distributed actor system of one node: desks with well-known addresses, called by method numbers over links.
///
/// Calls of this program's stubs become numbers by the ``MethodTable``; calls that come in are dispatched by it. The
/// runtime is never handed a string that came from a peer.
package final class YilianActorSystem: DistributedActorSystem {
    package typealias ActorID = ActorAddress
    package typealias InvocationDecoder = Calls.InvocationDecoder
    package typealias InvocationEncoder = Calls.InvocationEncoder
    package typealias SerializationRequirement = WireValue
    package typealias ResultHandler = Calls.ResultHandler

    private struct State {
        var carrier: (any CallCarrier)?
        var desks: [String: any DistributedActor] = [:]
        var nextAnonymous: UInt64 = 1
        /// How each desk that was called is called.
        var invocations: [UInt16: Method.Invocation] = [:]
    }

    /// nil in a recording system, which belongs to no node.
    let home: Home?
    private let recorder: TargetRecorder?
    private let state = Mutex(State())
    private let correlations: Correlations?

    /// Handed around with every call, and so in one piece.
    final class Home: Sendable {
        let node: NodeID
        let tier: Tier
        let table: MethodTable
        let world: World
        let onFailure: CallFailureHandler

        init(node: NodeID, tier: Tier, table: MethodTable, world: World, onFailure: @escaping CallFailureHandler) {
            self.node = node
            self.tier = tier
            self.table = table
            self.world = world
            self.onFailure = onFailure
        }
    }

    /// - Parameter onFailure: told of every error of a desk that is no ``Failure``, with the correlation id that the
    ///   caller was given; writes it to the log.
    package init(
        node: NodeID, tier: Tier, table: MethodTable, world: World,
        onFailure: @escaping CallFailureHandler = { _, _, _ in }
    ) {
        home = Home(node: node, tier: tier, table: table, world: world, onFailure: onFailure)
        recorder = nil
        correlations = Correlations(world)
    }

    /// A system whose calls are recorded and fail.
    init(recorder: TargetRecorder) {
        home = nil
        self.recorder = recorder
        correlations = nil
    }

    package var node: NodeID? { home?.node }

    /// Says who takes calls to other nodes; set once, when the node's links exist.
    package func setCarrier(_ carrier: any CallCarrier) {
        state.withLock { $0.carrier = carrier }
    }

    /// Lets go of every desk; a node calls it when it stops.
    package func releaseDesks() {
        let released = state.withLock { state in
            let released = Array(state.desks.values)
            state.desks = [:]
            state.invocations = [:]
            state.carrier = nil
            return released
        }
        // They may be freed here, which calls `resignID`, outside the lock.
        _ = released
    }

    package func localDesk(_ name: String) -> (any DistributedActor)? {
        state.withLock { $0.desks[name] }
    }

    /// How a method of a desk that is here is called; nil where there is no such desk, or it has no such method.
    func invocation(of method: Method) -> Method.Invocation? {
        if let known = state.withLock({ $0.invocations[method.number] }) { return known }
        guard let desk = localDesk(method.desk), let invocation = method.bind(desk) else { return nil }
        state.withLock { $0.invocations[method.number] = invocation }
        return invocation
    }

    func probeAddress(_ desk: String) throws -> ActorAddress {
        ActorAddress(node: try NodeID("probe"), desk: desk)
    }

    package func resolve<Act>(id: ActorAddress, as actorType: Act.Type) throws -> Act?
    where Act: DistributedActor, Act.ID == ActorAddress {
        guard id.node == node else { return nil }
        return localDesk(id.desk) as? Act
    }

    package func assignID<Act>(_ actorType: Act.Type) -> ActorAddress
    where Act: DistributedActor, Act.ID == ActorAddress {
        guard let home else { preconditionFailure("a recording system has no actors of its own") }
        if let desk = actorType as? any WellKnownDesk.Type {
            return ActorAddress(node: home.node, desk: desk.deskName)
        }
        let number = state.withLock { state in
            defer { state.nextAnonymous += 1 }
            return state.nextAnonymous
        }
        return ActorAddress(node: home.node, desk: "anonymous-\(number)")
    }

    package func actorReady<Act>(_ actor: Act) where Act: DistributedActor, Act.ID == ActorAddress {
        let id = actor.id
        guard actor is any WellKnownDesk else { return }
        state.withLock { state in
            precondition(state.desks[id.desk] == nil, "two desks of this node are called \(id.desk)")
            state.desks[id.desk] = actor
        }
    }

    package func resignID(_ id: ActorAddress) {}

    package func makeInvocationEncoder() -> InvocationEncoder { InvocationEncoder() }

    nonisolated(nonsending) package func remoteCall<Act, Err, Res>(
        on actor: Act, target: RemoteCallTarget, invocation: inout InvocationEncoder, throwing: Err.Type,
        returning: Res.Type
    ) async throws -> Res
    where Act: DistributedActor, Act.ID == ActorAddress, Err: Error, Res: WireValue {
        let answer = try await carry(actor.id, target.identifier, invocation.arguments)
        do {
            return try Res(wireBytes: answer)
        } catch {
            throw Failure("call.malformed", "the node's answer cannot be read", place: actor.id.description)
        }
    }

    nonisolated(nonsending) package func remoteCallVoid<Act, Err>(
        on actor: Act, target: RemoteCallTarget, invocation: inout InvocationEncoder, throwing: Err.Type
    ) async throws
    where Act: DistributedActor, Act.ID == ActorAddress, Err: Error {
        _ = try await carry(actor.id, target.identifier, invocation.arguments)
    }

    nonisolated(nonsending) private func carry(
        _ address: ActorAddress, _ target: String, _ bytes: [UInt8]
    ) async throws -> [UInt8] {
        if let recorder {
            recorder.record(target)
            throw Recorded()
        }
        guard let home else { throw Recorded() }
        guard let method = home.table.method(target: target) else {
            throw Failure(
                "call.unknownTarget", "a function of desk \(address.desk) has no number",
                remedy: "declare it in its service's list of methods")
        }
        guard address.node != home.node else { return try await callOwnDesk(method, bytes, home) }
        guard let carrier = state.withLock({ $0.carrier }) else {
            throw Failure("call.notReachable", "this node has no links yet", place: address.node.rawValue)
        }
        let context = CallContext.current
        let remaining = context.map { $0.deadline.milliseconds(since: home.world.time.monotonicTime) }
        let deadline = min(method.deadlineMilliseconds, remaining ?? .max)
        guard deadline > 0 else {
            throw Failure("call.deadlineExceeded", "the call that this one serves has passed its deadline")
        }
        return try await carrier.call(
            to: address.node, method: method.number, target: address.desk, arguments: bytes, lane: method.lane,
            deadlineMilliseconds: deadline,
            correlation: context?.correlation ?? correlations?.next() ?? home.world.identifier())
    }
}

/// Told of an error that the caller only sees as `internal`: the method's name, the correlation id, the error.
package typealias CallFailureHandler = @Sendable (_ method: String, _ correlation: String, any Error) -> Void
