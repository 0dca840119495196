import Doors
import Effects
import Logging
import Regions

/// Counts whom a node refused a link, and writes it to the log as often as somebody can read it.
final class LinkRefusals: Sendable {
    private let log: RefusalLog

    init(logger: Logger, time: any TimeSource) {
        log = RefusalLog("a link was refused", logger: logger, time: time)
    }

    var counts: [String: Int] { log.counts }

    func note(_ ending: LinkEnding, address: String, node: NodeID?) {
        // The same address comes from another port each time.
        let host = (try? LinkAddress(address))?.host ?? address
        log.note(
            RefusalLog.Refusal(
                ending.reason.label, address: node.map { "\(host) (\($0))" } ?? host,
                metadata: [
                    "reason": "\(ending.reason)", "detail": "\(ending)", "peer": "\(node?.rawValue ?? "unknown")",
                ]))
    }
}
