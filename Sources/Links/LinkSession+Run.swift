import Effects
import Synchronization
import Wire

extension LinkSession {
    /// Runs the link until it ends, for whatever reason, and says why; call it once.
    func run() async -> LinkEnding {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.keepTime() }
            group.addTask { await self.employ(self.workers) }
            if let driven {
                group.addTask(executorPreference: driven.loop.taskExecutor) { await self.employ(self.loopWorkers) }
                group.addTask { await self.over.wait() }
                driven.drive(self)
            } else {
                group.addTask { await self.read() }
                group.addTask { await self.write() }
            }
            await group.next()
            if Task.isCancelled {
                close(LinkEnding(.shuttingDown, "the node is stopping"))
            } else {
                close(LinkEnding(.connectionLost, "the connection was lost"))
            }
            connection.close(sending: takeOutput(bulk: true))
            workers.close()
            loopWorkers.close()
            group.cancelAll()
        }
        let (ending, left) = state.withLock { state in
            var left: [Caller] = []
            state.waiting.forEach { _, continuation in left.append(continuation) }
            state.waiting = CallTable()
            state.machine.end()
            return (state.ending ?? LinkEnding(.connectionLost, "the connection was lost"), left)
        }
        let failure = CallRefusal(.notReachable, correlation: "").failure(from: facts.node.rawValue)
        for continuation in left { continuation.resume(throwing: failure) }
        return ending
    }

    // MARK: A connection that is asked

    private func read() async {
        do {
            // What came right behind the handshake is already in the codec.
            take([])
            while isOpen, let bytes = try await connection.receive() { take(bytes) }
        } catch {
            close(LinkEnding(of: error))
        }
    }

    private func write() async {
        do {
            while !Task.isCancelled, isOpen {
                let bytes = takeOutput(bulk: true)
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

    // MARK: Both

    /// Takes what arrived and does what follows from it.
    private func take(_ bytes: [UInt8]) {
        let now = world.time.monotonicTime
        var actions: [LinkMachine.Action] = []
        state.withLock { state in
            guard state.ending == nil else { return }
            state.bytesIn &+= UInt64(bytes.count)
            state.codec.feed(bytes)
            do {
                while let frame = try state.codec.nextView() {
                    state.machine.receive(frame, now: now, into: &actions)
                }
            } catch {
                actions += state.machine.close(LinkEnding(of: error))
            }
        }
        perform(actions, now: now)
        guard driven == nil else {
            // They are resumed with what else waited for what arrived, and their answers leave with it.
            loopWorkers.rouse(now)
            return
        }
        serveWaiting()
        output.wake()
    }

    /// What goes out next, enough frames to be worth a write.
    private func takeOutput(bulk: Bool) -> [UInt8] {
        let now = world.time.monotonicTime
        return state.withLock { state in
            var bytes: [UInt8] = []
            bytes.reserveCapacity(min(LinkProtocol.writeBytes, 256 + state.queued * 256))
            while bytes.count < LinkProtocol.writeBytes, state.machine.writeFrame(into: &bytes, bulk: bulk, now: now) {}
            state.queued = 0
            state.bytesOut &+= UInt64(bytes.count)
            return bytes
        }
    }

    private func keepTime() async {
        while !Task.isCancelled, isOpen {
            let deadline = state.withLock { $0.machine.nextDeadline }
            await timer.wait(until: deadline, world.time)
            let now = world.time.monotonicTime
            perform(state.withLock { $0.machine.tick(now: now) }, now: now)
            offerOutput(1)
        }
    }
}

// MARK: A connection that hands over

extension LinkSession: LinkDriver {
    package func received(_ bytes: [UInt8]) {
        take(bytes)
    }

    package func paused() {
        pump()
        serveWaiting()
        serveOnLoop()
    }

    package func drained() {
        pump()
    }

    package func ended(_ ending: LinkEnding) {
        close(ending)
    }

    /// Something may go out: it goes at once where enough has come together, and soon else.
    ///
    /// - Parameter queued: how many messages have come together.
    func offerOutput(_ queued: Int) {
        guard let driven else { return output.wake() }
        if driven.loop.isCurrent {
            if queued >= LinkProtocol.writeMessages { return pump() }
            // What arrived is being handled: `paused` comes next.
            if driven.isHandingOver { return }
        }
        guard !isPumpScheduled.exchange(true, ordering: .acquiringAndReleasing) else { return }
        driven.loop.run { [self] in
            isPumpScheduled.store(false, ordering: .releasing)
            pump()
        }
    }

    /// Writes what the connection takes; only on the loop.
    ///
    /// Bulk goes where nothing waits to leave.
    func pump() {
        guard let driven else { return }
        while isOpen, driven.unsentBytes < LinkProtocol.unsentBytes {
            let bytes = takeOutput(bulk: driven.unsentBytes == 0)
            if bytes.isEmpty { break }
            driven.write(bytes)
        }
    }
}
