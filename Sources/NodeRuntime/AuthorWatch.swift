import Effects
import Ledgers
import Logging
import Regions

/// Asks again about entries that their authors may not have written, whenever another region configuration is in force.
struct AuthorWatch: Sendable {
    let ledger: Ledger
    let region: RegionRegistry
    let world: World
    let logger: Logger

    /// Works until the task is cancelled; begins with what a former program left.
    func run() async throws {
        var asked: UInt64?
        // Only the region configuration is looked at.
        let changes = ledger.changes(of: [])
        while true {
            let seen = changes.count
            let version = region.version
            if asked != version {
                let folded = try await world.attempt("could not ask again about set aside entries", logger: logger) {
                    try await ledger.askAuthorsAgain()
                }
                if let folded {
                    asked = version
                    if folded > 0 {
                        logger.notice(
                            "entries count whose authors may write them now", metadata: ["count": "\(folded)"])
                    }
                }
            }
            await changes.wait(since: seen, orMilliseconds: Self.pauseMilliseconds, time: world.time)
            try Task.checkCancellation()
        }
    }

    private static let pauseMilliseconds: Int64 = 60_000
}
