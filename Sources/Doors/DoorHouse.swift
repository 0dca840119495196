import Effects
import Synchronization

/// What all doors of a process share: its file descriptors.
///
/// Doors leave some of them for files and for the health port, which has a door without a house: it answers also when
/// every other listener is full.
package final class DoorHouse: Sendable {
    /// The process's, by what the operating system lets it have.
    package static let process = {
        let all = ProcessResources.descriptors()
        // Where there are hardly any, what doors leave is counted when somebody comes: files may have taken more.
        let left = min(Limits.descriptorsForFiles, all / 4)
        return DoorHouse(connections: max(Limits.doorConnectionsAtLeast, all - Limits.descriptorsForFiles)) {
            ProcessResources.hasDescriptors(left, of: all)
        }
    }()

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
