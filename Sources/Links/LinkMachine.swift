package import Effects
package import Wire

/// An established link as a value: frames and calls in, frames and actions out, time passed in.
///
/// Lanes go out in the order control, clinical, bulk; a message reserves its whole cost of the lane's credit before its
/// first fragment. Each side closes the link when the other breaks the protocol. Nothing in it grows without bound:
/// windows bound what comes in, `Limits.callsInFlightPerLane` what is under way, `Limits.laneQueueBytes` what waits to
/// go out, and the node's ``LinkMemory`` all of it. Where memory is short calls are refused as overloaded.
package struct LinkMachine: Sendable {
    package enum Action: Sendable, Equatable {
        /// A whole call came in; answer it with ``LinkMachine/answer(_:message:)``.
        case deliver(callID: UInt64, lane: Lane, message: [UInt8])
        /// The caller of an incoming call no longer waits.
        case cancelIncoming(callID: UInt64)
        /// The answer to one of our calls.
        case complete(callID: UInt64, message: [UInt8])
        case fail(callID: UInt64, CallErrorCode)
        /// The link is over; send what is left and end the connection.
        case close(LinkEnding)
    }

    struct OutgoingCall: Sendable {
        var lane: Lane
        var deadline: MonotonicTime
    }

    struct IncomingCall: Sendable {
        var lane: Lane
        var costBytes: Int
        /// What its message takes of the link's memory.
        var heldBytes: Int
        /// When its caller stops waiting.
        var deadline: MonotonicTime?
        var isCancelled = false
    }

    var outgoing: [OutgoingTrack]
    var incoming: [IncomingTrack]
    var outgoingCalls = CallTable<OutgoingCall>()
    var incomingCalls = CallTable<IncomingCall>()
    /// Calls under way per lane, from the delivery to the last byte of the answer.
    var incomingInFlight: [Int]
    var outgoingInFlight: [Int]
    /// Whose turn it is within a lane.
    var answersFirst: [Bool]
    /// Cancellations that wait to be sent.
    var urgent: [Frame] = []
    var pendingPongs: [[UInt8]] = []
    var pendingPing: MonotonicTime?
    var ending: LinkEnding?
    var goodbyeSent = false
    var lastReceived: MonotonicTime
    var lastPing: MonotonicTime
    var holding: LinkHolding
    private var nextCallID: UInt64 = 1
    /// No call has an earlier one; it may belong to a call that has ended.
    private var earliestCallDeadline: MonotonicTime?
    var pacer = BulkPacer()
    var pace = LeastPace()
    /// How long the last ping took; nil before the first pong.
    package internal(set) var roundTripMilliseconds: Int64?

    /// - Parameter memory: what the links of the node share.
    package init(now: MonotonicTime, memory: LinkMemory = LinkMemory()) {
        holding = LinkHolding(memory: memory)
        outgoing = TrackID.all.map { _ in OutgoingTrack() }
        incoming = TrackID.all.map { _ in IncomingTrack() }
        incomingInFlight = Lane.allCases.map { _ in 0 }
        outgoingInFlight = Lane.allCases.map { _ in 0 }
        answersFirst = Lane.allCases.map { _ in true }
        lastReceived = now
        lastPing = now
    }

    /// Calls of both directions that are under way.
    package var callsInFlight: Int { outgoingCalls.count + incomingInFlight.reduce(0, +) }

    /// What the link holds in messages now, and the most that it ever held.
    package var heldBytes: Int { holding.heldBytes }
    package var mostHeldBytes: Int { holding.mostHeldBytes }

    /// Begins a call.
    ///
    /// - Throws: `call.overloaded` where as many calls as allowed are under way on the lane or wait for it, or where
    ///   memory is short; `call.tooLong`; `call.notReachable` where the link has ended.
    package mutating func startCall(
        _ message: [UInt8], lane: Lane, deadline: MonotonicTime
    ) throws -> UInt64 {
        let id = nextCallID
        nextCallID += 1
        try startCall(id, message, lane: lane, deadline: deadline)
        return id
    }

    /// Begins a call whose number the caller chose; no number is used twice.
    mutating func startCall(_ id: UInt64, _ message: [UInt8], lane: Lane, deadline: MonotonicTime) throws {
        guard ending == nil else { throw Failure("call.notReachable", "the link has ended") }
        guard message.count <= Limits.messageBytes else {
            throw Failure(
                "call.tooLong", "the call has \(message.count) bytes; \(Limits.messageBytes) are allowed")
        }
        let track = TrackID(lane: lane, account: .requests).index
        let heldBytes = message.count + Limits.messageOverheadBytes
        guard outgoingInFlight[Int(lane.rawValue)] < Limits.callsInFlightPerLane,
            outgoing[track].queue.waitingBytes + message.count <= Limits.laneQueueBytes,
            holding.take(heldBytes, for: lane)
        else {
            throw Failure(
                "call.overloaded", "too many calls wait for this node on lane \(lane)",
                remedy: "try again after \(Self.overloadedMilliseconds) ms")
        }
        outgoingCalls[id] = OutgoingCall(lane: lane, deadline: deadline)
        outgoingInFlight[Int(lane.rawValue)] += 1
        earliestCallDeadline = min(earliestCallDeadline ?? deadline, deadline)
        outgoing[track].queue.append(.init(callID: id, bytes: message, heldBytes: heldBytes))
    }

    /// Says when the caller of a call that came in stops waiting; the call is cancelled then.
    package mutating func limitIncoming(_ callID: UInt64, until deadline: MonotonicTime) {
        guard incomingCalls[callID] != nil else { return }
        incomingCalls[callID]?.deadline = deadline
        earliestCallDeadline = min(earliestCallDeadline ?? deadline, deadline)
    }

    /// Gives up one of our calls; the peer is told where it may have begun to hear of it.
    package mutating func cancelCall(_ callID: UInt64) {
        guard let call = forgetCall(callID) else { return }
        let track = TrackID(lane: call.lane, account: .requests).index
        if let removed = outgoing[track].queue.remove(callID, onlyUnstarted: false) {
            holding.giveBack(removed.message.heldBytes)
            guard removed.hasBegun else { return }
        }
        urgent.append(Frame(.cancel, lane: call.lane, callID: callID))
    }

    @discardableResult
    mutating func forgetCall(_ callID: UInt64) -> OutgoingCall? {
        guard let call = outgoingCalls.removeValue(forKey: callID) else { return nil }
        outgoingInFlight[Int(call.lane.rawValue)] -= 1
        return call
    }

    /// Queues the answer to an incoming call; an answer that is longer than a message may be, or for which there is no
    /// room, becomes a refusal.
    package mutating func answer(_ callID: UInt64, message: [UInt8]) {
        guard let call = incomingCalls.removeValue(forKey: callID) else { return }
        holding.giveBack(call.heldBytes)
        guard !call.isCancelled, ending == nil else {
            endIncoming(call.lane, costBytes: call.costBytes)
            return
        }
        let heldBytes = message.count + Limits.messageOverheadBytes
        let waiting = outgoing[TrackID(lane: call.lane, account: .answers).index].queue.waitingBytes
        if message.count > Limits.messageBytes {
            queueAnswer(
                callID, lane: call.lane, message: Self.refusal(.internal), costBytes: call.costBytes, endsCall: true)
        } else if waiting + message.count <= Limits.laneQueueBytes, holding.take(heldBytes, for: call.lane) {
            queueAnswer(
                callID, lane: call.lane, message: message, costBytes: call.costBytes, endsCall: true,
                heldBytes: heldBytes)
        } else {
            queueAnswer(
                callID, lane: call.lane, message: Self.overloaded, costBytes: call.costBytes, endsCall: true)
        }
    }

    mutating func queueAnswer(
        _ callID: UInt64, lane: Lane, message: [UInt8], costBytes: Int, endsCall: Bool, heldBytes: Int = 0
    ) {
        outgoing[TrackID(lane: lane, account: .answers).index].queue.append(
            .init(
                callID: callID, bytes: message, requestCostBytes: costBytes, endsCall: endsCall, heldBytes: heldBytes))
    }

    mutating func endIncoming(_ lane: Lane, costBytes: Int) {
        incomingInFlight[Int(lane.rawValue)] -= 1
        incoming[TrackID(lane: lane, account: .requests).index].release(costBytes)
    }

    /// A refusal that the machine itself answers with, without a correlation id of the node.
    static func refusal(_ code: CallErrorCode, tryAgainAfterMilliseconds: UInt32? = nil) -> [UInt8] {
        let refusal = CallRefusal(code, correlation: "", tryAgainAfterMilliseconds: tryAgainAfterMilliseconds)
        // A head of numbers and short texts always serialises; two zero bytes would be an empty answer.
        return (try? CallResponse(.refused(refusal)).message()) ?? [0, 0]
    }

    static let overloaded = refusal(.overloaded, tryAgainAfterMilliseconds: overloadedMilliseconds)

    /// Gives the link's memory back to the node; call it when nothing more will be sent.
    mutating func end() {
        holding.end()
    }

    /// Ends the link from this side; what is queued is given up, a goodbye with the reason goes out.
    package mutating func close(_ ending: LinkEnding) -> [Action] {
        guard self.ending == nil else { return [] }
        self.ending = ending
        return [.close(ending)]
    }

    /// When ``tick(now:)`` has to be called next.
    package var nextDeadline: MonotonicTime {
        let heartbeat = max(lastReceived, lastPing).advanced(byMilliseconds: Limits.heartbeatMilliseconds)
        let idle = lastReceived.advanced(byMilliseconds: Limits.idleLinkMilliseconds)
        let timed = min(heartbeat, idle, pace.deadline ?? idle)
        return earliestCallDeadline.map { min($0, timed) } ?? timed
    }

    /// Lets time do its work: calls whose deadline has come, heartbeats, an idle link.
    package mutating func tick(now: MonotonicTime) -> [Action] {
        guard ending == nil else { return [] }
        guard now.milliseconds(since: lastReceived) < Limits.idleLinkMilliseconds else {
            return close(LinkEnding(.idle, "nothing arrived for \(Limits.idleLinkMilliseconds) ms"))
        }
        if pace.isTooSlow(now: now, isOwed: isOwed) {
            return close(
                LinkEnding(.tooSlow, "the peer sends less than \(Limits.leastLinkBytesPerSecond) bytes a second"))
        }
        if now.milliseconds(since: max(lastReceived, lastPing)) >= Limits.heartbeatMilliseconds {
            lastPing = now
            pendingPing = now
        }
        guard let earliest = earliestCallDeadline, earliest <= now else { return [] }
        let expired = outgoingCalls.numbers { $0.deadline <= now }
        for callID in expired { cancelCall(callID) }
        let late = incomingCalls.numbers { call in !call.isCancelled && call.deadline.map { $0 <= now } ?? false }
        for callID in late { incomingCalls[callID]?.isCancelled = true }
        var next: MonotonicTime?
        outgoingCalls.forEach { _, call in next = min(next ?? call.deadline, call.deadline) }
        incomingCalls.forEach { _, call in
            if !call.isCancelled, let deadline = call.deadline { next = min(next ?? deadline, deadline) }
        }
        earliestCallDeadline = next
        return expired.map { .fail(callID: $0, .deadlineExceeded) } + late.map { .cancelIncoming(callID: $0) }
    }

    /// Whether the peer has begun messages that it has not finished.
    var isOwed: Bool { incoming.contains { !$0.partials.isEmpty } }
}
