import Effects
package import Wire

extension LinkMachine {
    /// The frame that goes out next, or nil where nothing may go out.
    package mutating func nextFrame() -> Frame? {
        var bytes: [UInt8] = []
        guard writeFrame(into: &bytes, bulk: true, now: lastReceived) else { return nil }
        var codec = FrameCodec()
        codec.feed(bytes)
        return try? codec.next()
    }

    /// Appends the bytes of the frame that goes out next.
    ///
    /// - Parameters:
    ///   - bulk: whether bulk may go too.
    ///   - now: goes into probes.
    /// - Returns: false where nothing may go out.
    mutating func writeFrame(into bytes: inout [UInt8], bulk: Bool, now: MonotonicTime) -> Bool {
        if let ending {
            guard !goodbyeSent else { return false }
            goodbyeSent = true
            guard !ending.saidByPeer else { return false }
            FrameCodec.encode(Frame(.goodbye, payload: ending.payload), into: &bytes)
            return true
        }
        if let frame = nextUrgentFrame(now: now) {
            FrameCodec.encode(frame, into: &bytes)
            return true
        }
        if writeFragment(of: .control, LinkProtocol.fragmentBytes, &bytes) { return true }
        if writeFragment(of: .clinical, LinkProtocol.fragmentBytes, &bytes) { return true }
        guard bulk, let allowed = pacer.allowedBytes else { return false }
        let before = bytes.count
        guard writeFragment(of: .bulk, allowed, &bytes) else { return false }
        pacer.sent(bytes.count - before)
        return true
    }

    private mutating func nextUrgentFrame(now: MonotonicTime) -> Frame? {
        if !urgent.isEmpty { return urgent.removeFirst() }
        if !pendingPongs.isEmpty { return Frame(.pong, payload: pendingPongs.removeFirst()) }
        if let sentAt = pendingPing {
            pendingPing = nil
            return probe(sentAt)
        }
        if pacer.wantsProbe {
            lastPing = max(lastPing, now)
            return probe(now)
        }
        for track in TrackID.all where incoming[track.index].owedBytes >= Limits.unpaidCreditBytes {
            if let payment = incoming[track.index].takePayment() {
                var payload: [UInt8] = [track.account.rawValue]
                ByteStrings.append(UInt32(clamping: payment), to: &payload)
                return Frame(.credit, lane: track.lane, payload: payload)
            }
        }
        return nil
    }

    private mutating func probe(_ sentAt: MonotonicTime) -> Frame {
        pacer.probed(at: sentAt)
        var payload: [UInt8] = []
        ByteStrings.append(sentAt.nanoseconds, to: &payload)
        return Frame(.ping, payload: payload)
    }

    /// Answers and requests of a lane take turns, so that neither starves the other.
    private mutating func writeFragment(of lane: Lane, _ limit: Int, _ bytes: inout [UInt8]) -> Bool {
        let index = Int(lane.rawValue)
        let (first, second): (CreditAccount, CreditAccount) =
            answersFirst[index] ? (.answers, .requests) : (.requests, .answers)
        if writeFragment(of: TrackID(lane: lane, account: first), limit, &bytes) {
            answersFirst[index] = first == .requests
            return true
        }
        guard writeFragment(of: TrackID(lane: lane, account: second), limit, &bytes) else { return false }
        answersFirst[index] = second == .requests
        return true
    }

    private mutating func writeFragment(of track: TrackID, _ limit: Int, _ bytes: inout [UInt8]) -> Bool {
        let index = track.index
        guard !outgoing[index].queue.isEmpty,
            let piece = outgoing[index].queue.take(limit: limit, credit: outgoing[index].creditBytes)
        else { return false }
        let message = piece.message
        if piece.isFirst { outgoing[index].creditBytes -= LinkProtocol.cost(message.bytes.count) }
        if piece.isLast { holding.giveBack(message.heldBytes) }
        if piece.isLast, track.account == .answers {
            if message.endsCall {
                endIncoming(track.lane, costBytes: message.requestCostBytes)
            } else {
                incoming[TrackID(lane: track.lane, account: .requests).index].release(message.requestCostBytes)
            }
        }
        write(piece, track, &bytes)
        return true
    }

    private func write(_ piece: MessageQueue.Piece, _ track: TrackID, _ bytes: inout [UInt8]) {
        let message = piece.message
        let type: FrameType =
            switch (track.account, piece.isFirst) {
            case (.requests, true): .request
            case (.requests, false): .requestMore
            case (.answers, true): .response
            case (.answers, false): .responseMore
            }
        let head = piece.isFirst ? Self.headBytes : 1
        FrameCodec.encodeHead(
            type, track.lane, callID: message.callID, payloadBytes: head + piece.end - message.sentBytes, into: &bytes)
        bytes.append(piece.isLast ? Self.lastFlag : 0)
        if piece.isFirst { ByteStrings.append(UInt32(clamping: message.bytes.count), to: &bytes) }
        bytes.append(contentsOf: message.bytes[message.sentBytes..<piece.end])
    }

    static let lastFlag: UInt8 = 1
}
