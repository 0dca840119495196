import Effects
import Links
import NIOCore
import Synchronization

/// Connections that were accepted and wait for the hub; bounded.
final class TLSAcceptQueue: Sendable {
    private struct State {
        var waiting: [TLSConnection] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let arrived = Wakeup()

    func offer(_ connection: TLSConnection) {
        let isTaken = state.withLock { state in
            guard !state.isClosed, state.waiting.count < Limits.halfOpenLinks else { return false }
            state.waiting.append(connection)
            return true
        }
        if isTaken {
            arrived.wake()
        } else {
            connection.close(sending: [])
        }
    }

    func next() async -> TLSConnection? {
        while true {
            let (connection, isClosed) = state.withLock { state in
                (state.waiting.isEmpty ? nil : state.waiting.removeFirst(), state.isClosed)
            }
            if let connection { return connection }
            if isClosed || Task.isCancelled { return nil }
            await arrived.wait()
        }
    }

    func close() {
        let left = state.withLock { state in
            defer { state.waiting = [] }
            state.isClosed = true
            return state.waiting
        }
        for connection in left { connection.close(sending: []) }
        arrived.wake()
    }
}

/// A listening socket for links over TLS.
final class TLSListener: LinkListener {
    let address: LinkAddress
    private let channel: any Channel
    private let queue: TLSAcceptQueue

    init(address: LinkAddress, channel: any Channel, queue: TLSAcceptQueue) {
        self.address = address
        self.channel = channel
        self.queue = queue
    }

    func accept() async throws -> (any LinkConnection)? {
        await queue.next()
    }

    func close() {
        queue.close()
        channel.close(promise: nil)
    }
}
