import Effects
import Synchronization

/// What all doors of a process share: its file descriptors.
///
/// Doors leave some of them for files, and for the health port and the operator's socket, whose doors have no house: they
/// answer also when every other listener is full.
package final class DoorHouse: Sendable {
    /// The process's, by what the operating system lets it have.
    package static let process = DoorHouse(connections: max(Limits.doorConnectionsAtLeast, all - reserve)) {
        // Where there are hardly any, what doors leave is counted when somebody comes: files may have taken more.
        ProcessResources.hasDescriptors(spare, of: all)
    }

    private static let all = ProcessResources.descriptors()
    private static let reserve = Limits.descriptorsForFiles
    private static let spare = min(reserve, all / 4)

    /// Whether a listener may take somebody from the system's queue.
    ///
    /// Whoever is taken has a descriptor before a door has seen it, so that many who come at once could take all that
    /// doors leave.
    ///
    /// - Parameter hasHouse: whether the listener's door shares with others; the others' may take some of the last.
    package static func mayAccept(hasHouse: Bool) -> Bool {
        ProcessResources.hasDescriptors(hasHouse ? spare / 2 : spare / 8, of: all)
    }

    package let connections: Int
    private let open = Atomic<Int>(0)
    private let hasDescriptors: @Sendable () -> Bool

    /// - Parameter hasDescriptors: whether the process has some left for others than doors.
    package init(connections: Int, hasDescriptors: @escaping @Sendable () -> Bool = { true }) {
        self.connections = connections
        self.hasDescriptors = hasDescriptors
    }

    package var openConnections: Int { open.load(ordering: .relaxed) }
    var hasRoom: Bool { openConnections < connections && hasDescriptors() }

    func enter() {
        open.add(1, ordering: .relaxed)
    }

    func leave() {
        open.subtract(1, ordering: .relaxed)
    }
}
