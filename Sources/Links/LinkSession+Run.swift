import Effects
import Wire

extension LinkSession {
    /// Runs the link until it ends, for whatever reason, and says why; call it once.
    func run() async -> LinkEnding {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.read() }
            group.addTask { await self.write() }
            group.addTask { await self.keepTime() }
            group.addTask { await self.serve() }
            await group.next()
            if Task.isCancelled {
                close(LinkEnding(.shuttingDown, "the node is stopping"))
            } else {
                close(LinkEnding(.connectionLost, "the connection was lost"))
            }
            connection.close(sending: takeOutput())
            group.cancelAll()
        }
        let (ending, left) = state.withLock { state in
            (state.ending ?? LinkEnding(.connectionLost, "the connection was lost"), Array(state.waiting.keys))
        }
        let failure = CallRefusal(.notReachable, correlation: "").failure(from: facts.node.rawValue)
        for id in left { finish(id, .failure(failure)) }
        return ending
    }

    private func read() async {
        do {
            // What came right behind the handshake is already in the codec.
            try takeFrames()
            while isOpen, let bytes = try await connection.receive() {
                state.withLock { state in
                    state.bytesIn &+= UInt64(bytes.count)
                    state.codec.feed(bytes)
                }
                try takeFrames()
            }
        } catch {
            close(LinkEnding(of: error))
        }
    }

    private func takeFrames() throws {
        while isOpen {
            let now = world.time.monotonicTime
            let actions: [LinkMachine.Action]? = try state.withLock { state in
                guard let frame = try state.codec.next() else { return nil }
                return state.machine.receive(frame, now: now)
            }
            guard let actions else { break }
            perform(actions)
        }
        output.wake()
    }

    private func write() async {
        do {
            while !Task.isCancelled, isOpen {
                let bytes = takeOutput()
                if bytes.isEmpty {
                    await output.wait()
                } else {
                    try await connection.send(bytes)
                }
            }
        } catch {
            close(LinkEnding(of: error))
        }
    }

    /// What goes out next, enough frames to be worth a write.
    private func takeOutput() -> [UInt8] {
        state.withLock { state in
            var bytes: [UInt8] = []
            while bytes.count < LinkProtocol.writeBytes, let frame = state.machine.nextFrame() {
                FrameCodec.encode(frame, into: &bytes)
            }
            state.bytesOut &+= UInt64(bytes.count)
            return bytes
        }
    }

    private func keepTime() async {
        while !Task.isCancelled, isOpen {
            let deadline = state.withLock { $0.machine.nextDeadline }
            await timer.wait(until: deadline, world.time)
            let now = world.time.monotonicTime
            perform(state.withLock { $0.machine.tick(now: now) })
            output.wake()
        }
    }

    private func serve() async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled, isOpen {
                let deliveries = state.withLock { state in
                    let deliveries = state.deliveries
                    state.deliveries = []
                    return deliveries
                }
                for delivery in deliveries {
                    group.addTask { await self.serve(delivery) }
                }
                if deliveries.isEmpty { await inbox.wait() }
            }
            group.cancelAll()
        }
    }

    private func serve(_ delivery: Delivery) async {
        let answer = await withTaskGroup(of: CallAnswer?.self) { group in
            group.addTask { await self.answer(delivery) }
            group.addTask {
                await delivery.cancellation.wait()
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        // A cancelled call is answered too: the machine drops the answer and gives the credit back.
        let response = CallResponse(answer ?? .refused(CallRefusal(.cancelled, correlation: "")))
        let message = (try? response.message()) ?? LinkMachine.refusal(.internal)
        state.withLock { state in
            state.cancellations[delivery.callID] = nil
            state.machine.answer(delivery.callID, message: message)
        }
        output.wake()
    }

    private func answer(_ delivery: Delivery) async -> CallAnswer {
        guard let request = try? CallRequest(message: delivery.message) else {
            return .refused(CallRefusal(.malformed, correlation: world.identifier()))
        }
        let correlation = request.correlation.isEmpty ? world.identifier() : request.correlation
        guard request.deadlineMilliseconds > 0 else {
            return .refused(CallRefusal(.deadlineExceeded, correlation: correlation))
        }
        let call = InboundCall(
            caller: facts.node, neighbour: facts.neighbour, method: request.method, desk: request.desk,
            arguments: request.arguments, lane: delivery.lane,
            deadline: world.time.monotonicTime.advanced(byMilliseconds: request.deadlineMilliseconds),
            correlation: correlation)
        return await handler(call)
    }
}
