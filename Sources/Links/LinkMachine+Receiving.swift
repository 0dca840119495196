package import Effects
package import Wire

extension LinkMachine {
    /// Takes a frame of the peer.
    ///
    /// A frame of an unknown type is answered as unsupported; one that breaks the protocol closes the link.
    package mutating func receive(_ frame: Frame, now: MonotonicTime) -> [Action] {
        var actions: [Action] = []
        receive(FrameView(frame), now: now, into: &actions)
        return actions
    }

    /// The same, what follows appended to `actions`.
    mutating func receive(_ frame: FrameView, now: MonotonicTime, into actions: inout [Action]) {
        guard ending == nil else { return }
        lastReceived = max(lastReceived, now)
        do {
            try handle(frame, now: now, into: &actions)
            pace.received(Frame.overheadBytes + frame.payload.count, now: now, isOwed: isOwed)
        } catch {
            actions += close(LinkEnding(of: error))
        }
    }

    private mutating func handle(_ frame: FrameView, now: MonotonicTime, into actions: inout [Action]) throws {
        switch frame.type {
        case .request: try begin(frame, .requests, into: &actions)
        case .requestMore: try proceed(frame, .requests, into: &actions)
        case .response: try begin(frame, .answers, into: &actions)
        case .responseMore: try proceed(frame, .answers, into: &actions)
        case .cancel: try cancelIncoming(frame, into: &actions)
        case .credit: try takeCredit(frame)
        case .ping: takePing(frame, now: now)
        case .pong: takePong(frame, now: now)
        case .goodbye, .refuse: throw LinkEnding(peerPayload: Array(frame.payload))
        case .hello, .welcome: throw LinkEnding(.malformed, "the peer sent a second handshake")
        case .unsupported: takeUnsupported(frame, into: &actions)
        default: answerUnknown(frame)
        }
    }

    private func track(_ frame: FrameView, _ account: CreditAccount) throws -> TrackID {
        guard let lane = frame.lane else { throw LinkEnding(.malformed, "the peer sent on an unknown lane") }
        return TrackID(lane: lane, account: account)
    }

    private mutating func begin(_ frame: FrameView, _ account: CreditAccount, into actions: inout [Action]) throws {
        let track = try track(frame, account)
        guard frame.payload.count >= Self.headBytes, frame.callID > 0 else {
            throw LinkEnding(.malformed, "the peer sent a first fragment without a head")
        }
        let start = frame.payload.startIndex
        let flags = frame.payload[start]
        let total = frame.payload[start + 1..<start + Self.headBytes].reduce(0) { $0 << 8 | Int($1) }
        guard total <= Limits.messageBytes else {
            throw LinkEnding(
                .messageTooLong, "the peer announced a message of \(total) bytes; \(Limits.messageBytes) are allowed")
        }
        guard incoming[track.index].partials[frame.callID] == nil else {
            throw LinkEnding(.malformed, "the peer began a message twice")
        }
        if account == .requests, isUnderWay(frame.callID) {
            throw LinkEnding(.malformed, "the peer used a call id twice")
        }
        guard incoming[track.index].reserve(LinkProtocol.cost(total)) else {
            throw LinkEnding(.creditExceeded, "the peer sent more on lane \(track.lane) than it had credit for")
        }
        guard incoming[track.index].partials.count < Limits.messagesBegunPerLane else {
            throw LinkEnding(
                .tooManyMessages, "the peer began more than \(Limits.messagesBegunPerLane) messages on \(track.lane)")
        }
        var partial = IncomingTrack.Partial(totalBytes: total, bytes: [], receivedBytes: 0)
        // Nobody waits for the answer to a call that was given up, or that never was.
        partial.isDropped =
            account == .answers && outgoingCalls[frame.callID] == nil
            || !holding.take(Limits.messageOverheadBytes, for: track.lane)
        add(frame.payload[(start + Self.headBytes)...], to: &partial, track)
        try take(partial, frame.callID, flags, track, into: &actions)
    }

    /// Whether the peer has begun or made a call of that number on any lane: what a call takes is counted by its number.
    private func isUnderWay(_ callID: UInt64) -> Bool {
        incomingCalls[callID] != nil
            || Lane.allCases.contains { lane in
                incoming[TrackID(lane: lane, account: .requests).index].partials[callID] != nil
            }
    }

    /// Adds a fragment to a message, or drops the message where there is no memory for it.
    private mutating func add(
        _ fragment: ArraySlice<UInt8>, to partial: inout IncomingTrack.Partial, _ track: TrackID
    ) {
        partial.receivedBytes += fragment.count
        guard !partial.isDropped else { return }
        if holding.take(fragment.count, for: track.lane) {
            partial.bytes.append(contentsOf: fragment)
        } else {
            holding.giveBack(partial.heldBytes)
            partial.bytes = []
            partial.isDropped = true
        }
    }

    private mutating func proceed(_ frame: FrameView, _ account: CreditAccount, into actions: inout [Action]) throws {
        let track = try track(frame, account)
        guard let flags = frame.payload.first,
            var partial = incoming[track.index].partials.removeValue(forKey: frame.callID)
        else {
            throw LinkEnding(.malformed, "the peer sent a fragment of a message that it did not begin")
        }
        add(frame.payload.dropFirst(), to: &partial, track)
        try take(partial, frame.callID, flags, track, into: &actions)
    }

    private mutating func take(
        _ partial: IncomingTrack.Partial, _ callID: UInt64, _ flags: UInt8, _ track: TrackID,
        into actions: inout [Action]
    ) throws {
        let isLast = flags & Self.lastFlag != 0
        guard isLast ? partial.receivedBytes == partial.totalBytes : partial.receivedBytes < partial.totalBytes else {
            throw LinkEnding(.malformed, "the peer's message has another length than it announced")
        }
        guard isLast else {
            incoming[track.index].partials[callID] = partial
            return
        }
        switch track.account {
        case .requests: takeRequest(partial, callID, track, into: &actions)
        case .answers: try takeAnswer(partial, callID, track, into: &actions)
        }
    }

    private mutating func takeRequest(
        _ message: IncomingTrack.Partial, _ callID: UInt64, _ track: TrackID, into actions: inout [Action]
    ) {
        let lane = Int(track.lane.rawValue)
        let cost = LinkProtocol.cost(message.totalBytes)
        let answers = TrackID(lane: track.lane, account: .answers).index
        guard !message.isDropped, incomingInFlight[lane] < Limits.callsInFlightPerLane,
            outgoing[answers].queue.waitingBytes <= Limits.laneQueueBytes
        else {
            holding.giveBack(message.heldBytes)
            guard outgoing[answers].queue.count < Limits.answersWaitingPerLane else {
                actions += close(
                    LinkEnding(.tooManyMessages, "the peer lets too many answers wait on lane \(track.lane)"))
                return
            }
            queueAnswer(callID, lane: track.lane, message: Self.overloaded, costBytes: cost, endsCall: false)
            return
        }
        incomingInFlight[lane] += 1
        incomingCalls[callID] = IncomingCall(lane: track.lane, costBytes: cost, heldBytes: message.heldBytes)
        actions.append(.deliver(callID: callID, lane: track.lane, message: message.bytes))
    }

    /// An answer to a call that we gave up is dropped; its credit goes back all the same.
    private mutating func takeAnswer(
        _ message: IncomingTrack.Partial, _ callID: UInt64, _ track: TrackID, into actions: inout [Action]
    ) throws {
        incoming[track.index].release(LinkProtocol.cost(message.totalBytes))
        holding.giveBack(message.heldBytes)
        guard let call = outgoingCalls[callID] else { return }
        guard call.lane == track.lane else {
            throw LinkEnding(.malformed, "the peer answered on another lane than it was asked on")
        }
        forgetCall(callID)
        actions.append(
            message.isDropped
                ? .fail(callID: callID, .overloaded) : .complete(callID: callID, message: message.bytes))
    }

    private mutating func cancelIncoming(_ frame: FrameView, into actions: inout [Action]) throws {
        let track = try track(frame, .requests)
        if let partial = incoming[track.index].partials.removeValue(forKey: frame.callID) {
            incoming[track.index].release(LinkProtocol.cost(partial.totalBytes))
            holding.giveBack(partial.heldBytes)
            return
        }
        if let call = incomingCalls[frame.callID], call.lane == track.lane {
            guard !call.isCancelled else { return }
            incomingCalls[frame.callID]?.isCancelled = true
            actions.append(.cancelIncoming(callID: frame.callID))
            return
        }
        let answers = TrackID(lane: track.lane, account: .answers).index
        if let message = outgoing[answers].queue.remove(frame.callID, onlyUnstarted: true)?.message {
            holding.giveBack(message.heldBytes)
            if message.endsCall {
                endIncoming(track.lane, costBytes: message.requestCostBytes)
            } else {
                incoming[track.index].release(message.requestCostBytes)
            }
        }
    }

    /// Tells a newer peer which of its frames this program does not know; it goes on by itself then.
    private mutating func answerUnknown(_ frame: FrameView) {
        guard urgent.count < Self.urgentLimit else { return }
        urgent.append(
            Frame(.unsupported, laneByte: frame.laneByte, callID: frame.callID, payload: [frame.type.rawValue]))
    }

    /// An older peer does not know what we asked it in: a call that hangs on it will not be answered.
    private mutating func takeUnsupported(_ frame: FrameView, into actions: inout [Action]) {
        guard let call = forgetCall(frame.callID) else { return }
        let track = TrackID(lane: call.lane, account: .requests).index
        if let removed = outgoing[track].queue.remove(frame.callID, onlyUnstarted: false)?.message {
            holding.giveBack(removed.heldBytes)
        }
        actions.append(.fail(callID: frame.callID, .unknownMethod))
    }

    private mutating func takeCredit(_ frame: FrameView) throws {
        guard let byte = frame.payload.first, let account = CreditAccount(rawValue: byte),
            let amount = ByteStrings.integer(UInt32.self, frame.payload.dropFirst())
        else {
            throw LinkEnding(.malformed, "the peer sent credit that cannot be read")
        }
        let track = try track(frame, account)
        let credit = outgoing[track.index].creditBytes + Int(amount)
        guard credit <= LinkProtocol.windowBytes else {
            throw LinkEnding(.malformed, "the peer gave back more credit than was used")
        }
        outgoing[track.index].creditBytes = credit
    }

    /// Answers with the first eight bytes of the ping and this node's clock; the clock tells the peer how long the
    /// way was, compared with other pings.
    private mutating func takePing(_ frame: FrameView, now: MonotonicTime) {
        guard pendingPongs.count < Self.pongsLimit else { return }
        var payload = Array(frame.payload.prefix(8))
        if payload.count == 8 { ByteStrings.append(now.nanoseconds, to: &payload) }
        pendingPongs.append(payload)
    }

    private mutating func takePong(_ frame: FrameView, now: MonotonicTime) {
        guard let sentAt = ByteStrings.integer(Int64.self, frame.payload) else { return }
        let receivedAt = ByteStrings.integer(Int64.self, frame.payload.dropFirst(8))
        guard pacer.returned(sentAt, receivedAt: receivedAt, now: now) else { return }
        roundTripMilliseconds = max(0, now.milliseconds(since: MonotonicTime(nanoseconds: sentAt)))
    }

    /// Pings of a peer that are answered together at most.
    private static let pongsLimit = 256
    /// Frames that wait before all others, beyond which a peer's strange frames are ignored.
    private static let urgentLimit = 256
    static let headBytes = 5

    /// When a caller that found the node overloaded may ask again.
    static let overloadedMilliseconds: UInt32 = 500
}
