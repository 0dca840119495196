package import Effects
import Synchronization

/// The streams of events that operators listen to: how many there are, and their common end.
package final class EventStreams: Sendable {
    private let closing = Wakeup()
    private let open = Mutex(0)

    package init() {}

    /// Ends every stream, and lets none begin: the node stops.
    package func close() { closing.wake() }

    package var isClosed: Bool { closing.count > 0 }
    package var count: Int { open.withLock { $0 } }

    /// A place for a stream, which is free again with the last reference to it.
    ///
    /// - Throws: `console.overloaded` where there is none, or where the node stops.
    func place() throws -> Place {
        let isRoom = open.withLock { count in
            guard !isClosed, count < Limits.operatorStreams else { return false }
            count += 1
            return true
        }
        guard isRoom else {
            throw Failure(
                "console.overloaded", "more of this node's events are listened to than may be",
                remedy: "end one of those who listen, or wait until the node runs again")
        }
        return Place(board: self)
    }

    final class Place: Sendable {
        private let board: EventStreams

        fileprivate init(board: EventStreams) { self.board = board }

        deinit { board.open.withLock { $0 -= 1 } }

        /// What follows, as soon as there is any; nil where the node stops meanwhile.
        func next(_ following: @escaping @Sendable () async throws -> [UInt8]) async throws -> [UInt8]? {
            guard !board.isClosed else { return nil }
            let closing = board.closing
            return try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
                group.addTask { try await following() }
                group.addTask {
                    await closing.wait(since: 0)
                    return nil
                }
                defer { group.cancelAll() }
                return try await group.next() ?? nil
            }
        }
    }
}

extension Limits {
    /// Streams of events that operators listen to at one node.
    package static let operatorStreams = 64
}
