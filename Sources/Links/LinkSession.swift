package import Effects
import Synchronization
import Wire

/// Runs a ``LinkMachine`` over a connection: the machine decides, the session does.
///
/// Its state stands behind a lock and not in an actor, so that a cancelled caller can say so at once from wherever it
/// is cancelled, and the connection's loop can work on it without waiting for a task.
package final class LinkSession: Sendable {
    struct State {
        var machine: LinkMachine
        var codec: FrameCodec
        /// Our own callers.
        ///
        /// Whoever takes one out, under the lock, resumes it, and nobody else.
        var waiting = CallTable<Caller>()
        var ending: LinkEnding?
        var bytesIn: UInt64 = 0
        var bytesOut: UInt64 = 0
        /// Messages that were queued since the last write.
        var queued = 0
    }

    // Checking each continuation takes a tenth of a small call's time; programs that are built for tests do.
    #if DEBUG
        typealias Caller = CheckedContinuation<[UInt8], any Error>
    #else
        typealias Caller = UnsafeContinuation<[UInt8], any Error>
    #endif

    package let facts: PeerFacts
    package let remoteAddress: String
    package let since: WallTime
    let connection: any LinkConnection
    /// The connection, where it hands over on a loop.
    let driven: (any DrivenConnection)?
    let world: World
    let handler: InboundCallHandler
    let shortMethods: Set<UInt16>
    let state: Mutex<State>
    let output = Wakeup()
    let timer = Wakeup()
    let over = Wakeup()
    /// Who answers calls on the process's threads, and who answers those of short methods on the connection's loop.
    let workers: LinkWorkers
    let loopWorkers: LinkWorkers
    let isPumpScheduled = Atomic(false)
    let isLookScheduled = Atomic(false)
    let isLoopLookScheduled = Atomic(false)
    private let nextCallID = Atomic<UInt64>(1)

    /// - Parameter codec: holds what the peer sent right behind its handshake.
    init(
        facts: PeerFacts, connection: any LinkConnection, codec: FrameCodec, memory: LinkMemory, world: World,
        shortMethods: Set<UInt16>, handler: @escaping InboundCallHandler
    ) {
        self.facts = facts
        self.connection = connection
        self.world = world
        self.handler = handler
        self.shortMethods = shortMethods
        driven = connection as? any DrivenConnection
        workers = LinkWorkers(time: world.time, rule: driven == nil ? .always : .slow)
        loopWorkers = LinkWorkers(time: world.time, rule: .looked)
        remoteAddress = connection.remoteAddress
        since = world.time.wallTime
        state = Mutex(State(machine: LinkMachine(now: world.time.monotonicTime, memory: memory), codec: codec))
    }

    /// Calls the peer and waits for what it answers.
    ///
    /// - Throws: a `Failure` with a code `call.…` where no answer came: the deadline passed, the link ended, too many
    ///   calls are under way; `CancellationError` where the task was cancelled, and the peer is told.
    ///
    /// Part of its one caller: each asynchronous function on the way costs a frame and a change of executors.
    @inline(__always) nonisolated(nonsending) func call(
        _ request: CallRequest, lane: Lane, deadline: MonotonicTime
    ) async throws -> CallAnswer {
        let message = try request.message()
        let id = nextCallID.wrappingAdd(1, ordering: .relaxed).oldValue
        let answer = try await withTaskCancellationHandler {
            #if DEBUG
                try await withCheckedThrowingContinuation { begin(id, message, lane, deadline, $0) }
            #else
                try await withUnsafeThrowingContinuation { begin(id, message, lane, deadline, $0) }
            #endif
        } onCancel: {
            let continuation = state.withLock { state in
                state.machine.cancelCall(id)
                return state.waiting.removeValue(forKey: id)
            }
            continuation?.resume(throwing: CancellationError())
            offerOutput(1)
        }
        return try CallResponse(message: answer).answer
    }

    private func begin(
        _ id: UInt64, _ message: [UInt8], _ lane: Lane, _ deadline: MonotonicTime,
        _ continuation: Caller
    ) {
        var isEarlier = false
        var queued = 0
        do {
            try state.withLock { state in
                // Whoever is cancelled after this finds the continuation; whoever was before shows it here.
                try Task.checkCancellation()
                let before = state.machine.nextDeadline
                try state.machine.startCall(id, message, lane: lane, deadline: deadline)
                state.waiting[id] = continuation
                isEarlier = deadline < before
                state.queued += 1
                queued = state.queued
            }
        } catch {
            continuation.resume(throwing: error)
            return
        }
        offerOutput(queued)
        if isEarlier { timer.wake() }
    }

    /// Ends the link; the peer is told the reason.
    package func close(_ ending: LinkEnding) {
        perform(state.withLock { $0.machine.close(ending) }, now: world.time.monotonicTime)
    }

    /// Whether the link is still up.
    package var isOpen: Bool { state.withLock { $0.ending == nil } }

    package var figures: LinkFigures {
        state.withLock { state in
            LinkFigures(
                bytesIn: state.bytesIn, bytesOut: state.bytesOut, callsInFlight: state.machine.callsInFlight,
                roundTripMilliseconds: state.machine.roundTripMilliseconds, heldBytes: state.machine.heldBytes,
                mostHeldBytes: state.machine.mostHeldBytes)
        }
    }

    /// Does what the machine decided.
    func perform(_ actions: [LinkMachine.Action], now: MonotonicTime) {
        guard !actions.isEmpty else { return }
        var finished: [(Caller, Result<[UInt8], any Error>)] = []
        var isMoreToDo = false
        state.withLock { state in
            finished.reserveCapacity(min(actions.count, state.waiting.count))
            for action in actions {
                switch action {
                case .complete(let callID, let message):
                    if let continuation = state.waiting.removeValue(forKey: callID) {
                        finished.append((continuation, .success(message)))
                    }
                case .fail(let callID, let code):
                    if let continuation = state.waiting.removeValue(forKey: callID) {
                        let failure = CallRefusal(code, correlation: "").failure(from: facts.node.rawValue)
                        finished.append((continuation, .failure(failure)))
                    }
                case .deliver, .cancelIncoming, .close: isMoreToDo = true
                }
            }
        }
        for (continuation, result) in finished { continuation.resume(with: result) }
        guard isMoreToDo else { return }
        for action in actions {
            switch action {
            case .deliver(let callID, let lane, let message): deliver(callID, lane, message, now: now)
            case .cancelIncoming(let callID): cancelIncoming(callID)
            case .close(let ending): end(ending)
            case .complete, .fail: break
            }
        }
    }

    private func end(_ ending: LinkEnding) {
        state.withLock { state in
            if state.ending == nil { state.ending = ending }
        }
        output.wake()
        timer.wake()
        over.wake()
    }
}

/// What a link has carried and carries.
package struct LinkFigures: Hashable, Sendable {
    package var bytesIn: UInt64
    package var bytesOut: UInt64
    package var callsInFlight: Int
    package var roundTripMilliseconds: Int64?
    /// In messages that come in or wait to go out; at most `Limits.linkMessageBytes`.
    package var heldBytes: Int
    package var mostHeldBytes: Int
}
