package import Wire

extension LinkMachine {
    /// The frame that goes out next, or nil where nothing may go out.
    package mutating func nextFrame() -> Frame? {
        if let ending {
            guard !goodbyeSent else { return nil }
            goodbyeSent = true
            return ending.saidByPeer ? nil : Frame(.goodbye, payload: ending.payload)
        }
        if let frame = nextUrgentFrame() { return frame }
        for lane in Lane.allCases {
            if let frame = nextFragment(of: lane) { return frame }
        }
        return nil
    }

    private mutating func nextUrgentFrame() -> Frame? {
        if !urgent.isEmpty { return urgent.removeFirst() }
        if let echo = pendingPong {
            pendingPong = nil
            return Frame(.pong, payload: echo)
        }
        if let sentAt = pendingPing {
            pendingPing = nil
            var payload: [UInt8] = []
            ByteStrings.append(sentAt.nanoseconds, to: &payload)
            return Frame(.ping, payload: payload)
        }
        for track in TrackID.all {
            if let payment = incoming[track.index].takePayment() {
                var payload: [UInt8] = [track.account.rawValue]
                ByteStrings.append(UInt32(clamping: payment), to: &payload)
                return Frame(.credit, lane: track.lane, payload: payload)
            }
        }
        return nil
    }

    /// Answers and requests of a lane take turns, so that neither starves the other.
    private mutating func nextFragment(of lane: Lane) -> Frame? {
        let index = Int(lane.rawValue)
        let order: [CreditAccount] = answersFirst[index] ? [.answers, .requests] : [.requests, .answers]
        for account in order {
            if let frame = nextFragment(of: TrackID(lane: lane, account: account)) {
                answersFirst[index] = account == .requests
                return frame
            }
        }
        return nil
    }

    private mutating func nextFragment(of track: TrackID) -> Frame? {
        guard let waiting = outgoing[track.index].queue.first else { return nil }
        if !waiting.hasStarted {
            let cost = LinkProtocol.cost(waiting.bytes.count)
            guard outgoing[track.index].creditBytes >= cost else { return nil }
            outgoing[track.index].creditBytes -= cost
        }
        guard
            let (message, fragment, isLast) = outgoing[track.index].queue.takeFragment(
                limit: LinkProtocol.fragmentBytes)
        else { return nil }
        if isLast, track.account == .answers {
            if message.endsCall {
                endIncoming(track.lane, costBytes: message.requestCostBytes)
            } else {
                incoming[TrackID(lane: track.lane, account: .requests).index].release(message.requestCostBytes)
            }
        }
        return frame(track, message, fragment, isLast: isLast)
    }

    private func frame(
        _ track: TrackID, _ message: MessageQueue.Message, _ fragment: ArraySlice<UInt8>, isLast: Bool
    ) -> Frame {
        var payload: [UInt8] = []
        payload.reserveCapacity(fragment.count + 5)
        payload.append(isLast ? Self.lastFlag : 0)
        if !message.hasStarted {
            ByteStrings.append(UInt32(clamping: message.bytes.count), to: &payload)
        }
        payload.append(contentsOf: fragment)
        let type: FrameType =
            switch (track.account, message.hasStarted) {
            case (.requests, false): .request
            case (.requests, true): .requestMore
            case (.answers, false): .response
            case (.answers, true): .responseMore
            }
        return Frame(type, lane: track.lane, callID: message.callID, payload: payload)
    }

    static let lastFlag: UInt8 = 1
}
