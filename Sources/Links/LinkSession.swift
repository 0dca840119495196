package import Effects
import Synchronization
package import Wire

/// Runs a ``LinkMachine`` over a connection: the machine decides, the session does.
///
/// Its state stands behind a lock and not in an actor, so that a cancelled caller can say so at once from wherever it
/// is cancelled.
package final class LinkSession: Sendable {
    enum Waiting {
        case begun
        case waiting(CheckedContinuation<[UInt8], any Error>)
        case finished(Result<[UInt8], any Error>)
    }

    struct Delivery {
        var callID: UInt64
        var lane: Lane
        var message: [UInt8]
        var cancellation: Wakeup
    }

    struct State {
        var machine: LinkMachine
        var codec: FrameCodec
        var waiting: [UInt64: Waiting] = [:]
        var deliveries: [Delivery] = []
        var cancellations: [UInt64: Wakeup] = [:]
        var ending: LinkEnding?
        var bytesIn: UInt64 = 0
        var bytesOut: UInt64 = 0
    }

    package let facts: PeerFacts
    package let remoteAddress: String
    package let since: WallTime
    let connection: any LinkConnection
    let world: World
    let handler: InboundCallHandler
    let state: Mutex<State>
    let output = Wakeup()
    let timer = Wakeup()
    let inbox = Wakeup()

    /// - Parameter codec: holds what the peer sent right behind its handshake.
    init(
        facts: PeerFacts, connection: any LinkConnection, codec: FrameCodec, world: World,
        handler: @escaping InboundCallHandler
    ) {
        self.facts = facts
        self.connection = connection
        self.world = world
        self.handler = handler
        remoteAddress = connection.remoteAddress
        since = world.time.wallTime
        state = Mutex(State(machine: LinkMachine(now: world.time.monotonicTime), codec: codec))
    }

    /// Calls the peer and waits for what it answers.
    ///
    /// - Throws: a `Failure` with a code `call.…` where no answer came: the deadline passed, the link ended, too many
    ///   calls are under way; `CancellationError` where the task was cancelled, and the peer is told.
    package func call(_ request: CallRequest, lane: Lane, deadline: MonotonicTime) async throws -> CallAnswer {
        let message = try request.message()
        try Task.checkCancellation()
        let (id, isEarlier) = try state.withLock { state in
            let before = state.machine.nextDeadline
            let id = try state.machine.startCall(message, lane: lane, deadline: deadline)
            state.waiting[id] = .begun
            return (id, deadline < before)
        }
        output.wake()
        if isEarlier { timer.wake() }
        let answer = try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let finished: Result<[UInt8], any Error>? = state.withLock { state in
                    if case .finished(let result) = state.waiting[id] {
                        state.waiting[id] = nil
                        return result
                    }
                    state.waiting[id] = .waiting(continuation)
                    return nil
                }
                if let finished { continuation.resume(with: finished) }
            }
        } onCancel: {
            state.withLock { $0.machine.cancelCall(id) }
            finish(id, .failure(CancellationError()))
            output.wake()
        }
        return try CallResponse(message: answer).answer
    }

    /// Ends the link; the peer is told the reason.
    package func close(_ ending: LinkEnding) {
        perform(state.withLock { $0.machine.close(ending) })
    }

    /// Whether the link is still up.
    package var isOpen: Bool { state.withLock { $0.ending == nil } }

    package var figures: LinkFigures {
        state.withLock { state in
            LinkFigures(
                bytesIn: state.bytesIn, bytesOut: state.bytesOut, callsInFlight: state.machine.callsInFlight,
                roundTripMilliseconds: state.machine.roundTripMilliseconds)
        }
    }

    func finish(_ id: UInt64, _ result: Result<[UInt8], any Error>) {
        let continuation: CheckedContinuation<[UInt8], any Error>? = state.withLock { state in
            switch state.waiting[id] {
            case .begun:
                state.waiting[id] = .finished(result)
                return nil
            case .waiting(let continuation):
                state.waiting[id] = nil
                return continuation
            case .finished, nil:
                return nil
            }
        }
        continuation?.resume(with: result)
    }

    /// Does what the machine decided.
    func perform(_ actions: [LinkMachine.Action]) {
        for action in actions {
            switch action {
            case .deliver(let callID, let lane, let message):
                let cancellation = Wakeup()
                state.withLock { state in
                    state.cancellations[callID] = cancellation
                    state.deliveries.append(
                        Delivery(callID: callID, lane: lane, message: message, cancellation: cancellation))
                }
                inbox.wake()
            case .cancelIncoming(let callID):
                state.withLock { $0.cancellations[callID] }?.wake()
            case .complete(let callID, let message):
                finish(callID, .success(message))
            case .fail(let callID, let code):
                let refusal = CallRefusal(code, correlation: "")
                finish(callID, .failure(refusal.failure(from: facts.node.rawValue)))
            case .close(let ending):
                state.withLock { state in
                    if state.ending == nil { state.ending = ending }
                }
                output.wake()
                timer.wake()
            }
        }
    }
}

/// What a link has carried and carries.
package struct LinkFigures: Hashable, Sendable {
    package var bytesIn: UInt64
    package var bytesOut: UInt64
    package var callsInFlight: Int
    package var roundTripMilliseconds: Int64?
}
