import Console
import Synchronization

/// Where the node listens, known when everything does.
final class AddressBook: Sendable {
    private let state: Mutex<NodeAddresses>

    init(_ addresses: NodeAddresses) {
        state = Mutex(addresses)
    }

    var addresses: NodeAddresses { state.withLock { $0 } }

    func set(_ addresses: NodeAddresses) {
        state.withLock { $0 = addresses }
    }
}
