import Effects
import ServiceKit
import Synchronization

/// An item of `queue show` for what is held at its source: it came long after it was written, and its hospital may have had
/// it before this node was made anew.
///
/// `earlier/reports` is all of it, `earlier/reports/2026-11-20` what was written on that day or later.
struct EarlierMessages: Equatable {
    var kind: OutgoingKind
    var since: WallTime?

    static let name = "earlier"

    init?(_ id: String) {
        let parts = id.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 || parts.count == 3, parts[0] == Self.name, let kind = OutgoingKind(rawValue: parts[1])
        else { return nil }
        self.kind = kind
        guard parts.count == 3 else { return }
        guard let time = ClinicalTime(parts[2]), time.precision == .day else { return nil }
        since = time.civil.wallTime(offsetMinutes: WallTime.chinaOffsetMinutes)
    }

    static func item(_ held: HeldMessages) -> OfferedItem {
        let id = name + "/" + held.kind.rawValue
        let (first, last) = (held.first.chinaText.prefix(10), held.last.chinaText.prefix(10))
        return OfferedItem(
            state: .refused, item: id, receiver: "hospitals' systems", since: held.last, code: "earlier",
            reason: "\(held.count) \(held.kind.rawValue), written \(first) to \(last), came here long after: they may "
                + "have been sent before this node was made anew",
            wayOut: "`yilian queue resend \(id)` sends all, `…/\(last)` what was written since that day; `yilian queue "
                + "drop` takes them out")
    }
}

/// The sources of messages, for whoever asks about what they hold.
final class OutgoingSources: Sendable {
    private let known = Mutex<[any OutgoingSource]>([])

    var all: [any OutgoingSource] { known.withLock { $0 } }

    func set(_ sources: [any OutgoingSource]) { known.withLock { $0 = sources } }
}
