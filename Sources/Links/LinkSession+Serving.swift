import Effects
import Wire

extension LinkSession {
    /// Takes a call that came in whole; nothing of its arguments is decoded.
    func deliver(_ callID: UInt64, _ lane: Lane, _ message: [UInt8], now: MonotonicTime) {
        guard let request = try? CallRequest(message: message) else {
            return respond(callID, .refused(CallRefusal(.malformed, correlation: world.identifier())))
        }
        let correlation = request.correlation.isEmpty ? world.identifier() : request.correlation
        guard request.deadlineMilliseconds > 0 else {
            return respond(callID, .refused(CallRefusal(.deadlineExceeded, correlation: correlation)))
        }
        let deadline = now.advanced(byMilliseconds: request.deadlineMilliseconds)
        let call = InboundCall(
            caller: facts.node, neighbour: facts.neighbour, method: request.method, desk: request.desk,
            arguments: request.arguments, lane: lane, deadline: deadline, correlation: correlation)
        let isEarlier = state.withLock { state in
            let before = state.machine.nextDeadline
            state.machine.limitIncoming(callID, until: deadline)
            return deadline < before
        }
        if isEarlier { timer.wake() }
        let isForLoop = driven != nil && shortMethods.contains(call.method)
        (isForLoop ? loopWorkers : workers).add(LinkWorkers.WaitingCall(callID: callID, call: call))
    }

    /// A call that nobody has begun yet is taken back; the machine drops what anybody answers to it.
    func cancelIncoming(_ callID: UInt64) {
        if workers.cancel(callID) || loopWorkers.cancel(callID) {
            respond(callID, .refused(CallRefusal(.cancelled, correlation: "")))
        }
    }

    /// Sees to the calls that came in and wait.
    ///
    /// On a loop it is looked again soon, as long as calls wait: whoever answers them may wait for something itself,
    /// with answers in hand that it has put off.
    func serveWaiting() {
        guard workers.rouse(world.time.monotonicTime), let driven,
            !isLookScheduled.exchange(true, ordering: .relaxed)
        else { return }
        driven.loop.run(afterMicroseconds: LinkWorkers.lookAgainMicroseconds) { [self] in
            isLookScheduled.store(false, ordering: .relaxed)
            pump()
            serveWaiting()
        }
    }

    /// Sees to the calls of short methods that wait; only on the loop.
    ///
    /// Each look lets one more task begin, after those that were resumed before have come to a wait or to their end. The
    /// loop reads nothing before all looks in a row are done, so that there is a pause after some.
    func serveOnLoop(looks: Int = 1) {
        guard let driven, loopWorkers.hasWaiting else { return }
        loopWorkers.rouse(world.time.monotonicTime)
        guard !isLoopLookScheduled.exchange(true, ordering: .relaxed) else { return }
        let look: @Sendable () -> Void = { [self] in
            isLoopLookScheduled.store(false, ordering: .relaxed)
            serveOnLoop(looks: looks + 1)
        }
        if looks.isMultiple(of: Self.looksInARow) {
            driven.loop.run(afterMicroseconds: Self.looksPauseMicroseconds, look)
        } else {
            driven.loop.run(look)
        }
    }

    private static let looksInARow = 16
    private static let looksPauseMicroseconds: Int64 = 50

    /// Answers calls one after another, until there is no more to do for this task.
    ///
    /// Answers go out together where more calls wait; on the loop, they do so without being put off.
    private func work(_ worker: LinkWorkers.Worker, _ workers: LinkWorkers) async {
        let putsOff = driven != nil && workers !== loopWorkers
        var hasPutOff = false
        while true {
            if let waiting = workers.take(worker) {
                let answer = await handler(waiting.call)
                hasPutOff = putsOff && workers.hasWaiting
                respond(waiting.callID, answer, isMoreToCome: hasPutOff)
            } else {
                if hasPutOff { offerOutput(1) }
                hasPutOff = false
                guard await workers.wait(worker) else { return }
            }
        }
    }

    private func respond(_ callID: UInt64, _ answer: CallAnswer, isMoreToCome: Bool = false) {
        let message = (try? CallResponse(answer).message()) ?? LinkMachine.refusal(.internal)
        let queued = state.withLock { state in
            state.machine.answer(callID, message: message)
            state.queued += 1
            return state.queued
        }
        if !isMoreToCome || queued >= LinkProtocol.writeMessages { offerOutput(queued) }
    }

    /// Keeps as many tasks as the calls want.
    func employ(_ workers: LinkWorkers) async {
        await withDiscardingTaskGroup { group in
            while let count = await workers.wanted() {
                for _ in 0..<count { group.addTask { await self.employ(LinkWorkers.Worker(), workers) } }
            }
            group.cancelAll()
        }
    }

    /// One task that answers calls, and one that cancels it when the caller of the call that it is at gives up.
    private func employ(_ worker: LinkWorkers.Worker, _ workers: LinkWorkers) async {
        workers.begin(worker)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.work(worker, workers) }
            group.addTask { await worker.cancellation.wait() }
            await group.next()
            group.cancelAll()
        }
        workers.end(worker)
    }
}
