import Effects
import Synchronization

/// The destinations of a node's file as it was read last.
final class DestinationList: Sendable {
    private let destinations: Mutex<[Destination]>
    /// Woken when they are others.
    let changes = Wakeup()

    init(_ destinations: [Destination]) {
        self.destinations = Mutex(destinations)
    }

    var all: [Destination] { destinations.withLock { $0 } }

    func replace(_ new: [Destination]) {
        destinations.withLock { $0 = new }
        changes.wake()
    }
}
