import Effects
import Synchronization

/// What all doors of a process share: its file descriptors.
///
/// Doors leave some of them for files and for the health port, which has a door without a house: it answers also when
/// every other listener is full.
package final class DoorHouse: Sendable {
    /// The process's, by what the operating system lets it have.
    package static let process = DoorHouse(
        connections: max(
            Limits.doorConnectionsAtLeast, ProcessResources.descriptors() - Limits.descriptorsForFiles))

    package let connections: Int
    private let open = Atomic<Int>(0)

    package init(connections: Int) {
        self.connections = connections
    }

    package var openConnections: Int { open.load(ordering: .relaxed) }
    var hasRoom: Bool { openConnections < connections }

    func enter() {
        open.add(1, ordering: .relaxed)
    }

    func leave() {
        open.subtract(1, ordering: .relaxed)
    }
}
