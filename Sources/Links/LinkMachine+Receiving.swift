package import Effects
package import Wire

extension LinkMachine {
    /// Takes a frame of the peer.
    ///
    /// A frame of an unknown type is ignored; one that breaks the protocol closes the link.
    package mutating func receive(_ frame: Frame, now: MonotonicTime) -> [Action] {
        guard ending == nil else { return [] }
        lastReceived = max(lastReceived, now)
        do {
            return try handle(frame, now: now)
        } catch {
            return close(LinkEnding(of: error))
        }
    }

    private mutating func handle(_ frame: Frame, now: MonotonicTime) throws -> [Action] {
        switch frame.type {
        case .request: return try begin(frame, .requests)
        case .requestMore: return try proceed(frame, .requests)
        case .response: return try begin(frame, .answers)
        case .responseMore: return try proceed(frame, .answers)
        case .cancel: return try cancelIncoming(frame)
        case .credit: return try takeCredit(frame)
        case .ping:
            pendingPong = Array(frame.payload.prefix(8))
            return []
        case .pong: return takePong(frame, now: now)
        case .goodbye, .refuse: throw LinkEnding(peerPayload: frame.payload)
        case .hello, .welcome: throw LinkEnding(.malformed, "the peer sent a second handshake")
        default: return []
        }
    }

    private func track(_ frame: Frame, _ account: CreditAccount) throws -> TrackID {
        guard let lane = frame.lane else { throw LinkEnding(.malformed, "the peer sent on an unknown lane") }
        return TrackID(lane: lane, account: account)
    }

    private mutating func begin(_ frame: Frame, _ account: CreditAccount) throws -> [Action] {
        let track = try track(frame, account)
        guard let flags = frame.payload.first, frame.callID > 0,
            let announced = ByteStrings.integer(UInt32.self, frame.payload.dropFirst())
        else {
            throw LinkEnding(.malformed, "the peer sent a first fragment without a head")
        }
        let total = Int(announced)
        let data = frame.payload.dropFirst(5)
        guard total <= Limits.messageBytes else {
            throw LinkEnding(
                .messageTooLong, "the peer announced a message of \(total) bytes; \(Limits.messageBytes) are allowed")
        }
        guard incoming[track.index].partial == nil else {
            throw LinkEnding(.malformed, "the peer began a message in the middle of another")
        }
        if account == .requests, incomingCalls[frame.callID] != nil {
            throw LinkEnding(.malformed, "the peer used a call id twice")
        }
        guard incoming[track.index].reserve(LinkProtocol.cost(total)) else {
            throw LinkEnding(.creditExceeded, "the peer sent more on lane \(track.lane) than it had credit for")
        }
        incoming[track.index].partial = .init(callID: frame.callID, totalBytes: total, bytes: [])
        return try take(data, flags, track)
    }

    private mutating func proceed(_ frame: Frame, _ account: CreditAccount) throws -> [Action] {
        let track = try track(frame, account)
        guard let flags = frame.payload.first, incoming[track.index].partial?.callID == frame.callID else {
            throw LinkEnding(.malformed, "the peer sent a fragment of a message that it did not begin")
        }
        return try take(frame.payload.dropFirst(), flags, track)
    }

    private mutating func take(_ data: ArraySlice<UInt8>, _ flags: UInt8, _ track: TrackID) throws -> [Action] {
        guard var partial = incoming[track.index].partial else { return [] }
        incoming[track.index].partial = nil
        partial.bytes.append(contentsOf: data)
        let isLast = flags & Self.lastFlag != 0
        guard isLast ? partial.bytes.count == partial.totalBytes : partial.bytes.count < partial.totalBytes else {
            throw LinkEnding(.malformed, "the peer's message has another length than it announced")
        }
        guard isLast else {
            incoming[track.index].partial = partial
            return []
        }
        switch track.account {
        case .requests: return takeRequest(partial, track)
        case .answers: return try takeAnswer(partial, track)
        }
    }

    private mutating func takeRequest(_ message: IncomingTrack.Partial, _ track: TrackID) -> [Action] {
        let lane = Int(track.lane.rawValue)
        let cost = LinkProtocol.cost(message.totalBytes)
        let answersWaiting = outgoing[TrackID(lane: track.lane, account: .answers).index].queue.waitingBytes
        guard incomingInFlight[lane] < Limits.callsInFlightPerLane, answersWaiting <= Limits.laneCreditBytes else {
            queueAnswer(
                message.callID, lane: track.lane,
                message: Self.refusal(.overloaded, tryAgainAfterMilliseconds: Self.overloadedMilliseconds),
                costBytes: cost, endsCall: false)
            return []
        }
        incomingInFlight[lane] += 1
        incomingCalls[message.callID] = IncomingCall(lane: track.lane, costBytes: cost)
        return [.deliver(callID: message.callID, lane: track.lane, message: message.bytes)]
    }

    /// An answer to a call that we gave up is dropped; its credit goes back all the same.
    private mutating func takeAnswer(_ message: IncomingTrack.Partial, _ track: TrackID) throws -> [Action] {
        incoming[track.index].release(LinkProtocol.cost(message.totalBytes))
        guard let call = outgoingCalls[message.callID] else { return [] }
        guard call.lane == track.lane else {
            throw LinkEnding(.malformed, "the peer answered on another lane than it was asked on")
        }
        forgetCall(message.callID)
        return [.complete(callID: message.callID, message: message.bytes)]
    }

    private mutating func cancelIncoming(_ frame: Frame) throws -> [Action] {
        let track = try track(frame, .requests)
        if let partial = incoming[track.index].partial, partial.callID == frame.callID {
            incoming[track.index].partial = nil
            incoming[track.index].release(LinkProtocol.cost(partial.totalBytes))
            return []
        }
        if incomingCalls[frame.callID]?.lane == track.lane {
            incomingCalls[frame.callID]?.isCancelled = true
            return [.cancelIncoming(callID: frame.callID)]
        }
        let answers = TrackID(lane: track.lane, account: .answers).index
        if let message = outgoing[answers].queue.remove(frame.callID, onlyUnstarted: true) {
            if message.endsCall {
                endIncoming(track.lane, costBytes: message.requestCostBytes)
            } else {
                incoming[track.index].release(message.requestCostBytes)
            }
        }
        return []
    }

    private mutating func takeCredit(_ frame: Frame) throws -> [Action] {
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
        return []
    }

    private mutating func takePong(_ frame: Frame, now: MonotonicTime) -> [Action] {
        if ByteStrings.integer(Int64.self, frame.payload[...]) == lastPing.nanoseconds {
            roundTripMilliseconds = max(0, now.milliseconds(since: lastPing))
        }
        return []
    }

    /// When a caller that found the node overloaded may ask again.
    static let overloadedMilliseconds: UInt32 = 500
}
