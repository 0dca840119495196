import Links
import Synchronization

/// Reasons in the order in which they were heard.
final class Heard: Sendable {
    private let reasons = Mutex<[LinkReason]>([])

    func add(_ reason: LinkReason) { reasons.withLock { $0.append(reason) } }

    func forget() { reasons.withLock { $0 = [] } }

    var all: [LinkReason] { reasons.withLock { $0 } }
}
