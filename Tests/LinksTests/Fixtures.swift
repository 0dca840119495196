import Effects
import Links
import Logging
import Regions
import Testing
import Wire

/// A certificate's identity in the region `yangquan`.
func identity(_ node: String, region: String = "yangquan", serial: String = "01") throws -> PeerIdentity {
    PeerIdentity(region: try RegionID(region), node: try NodeID(node), certificateSerial: serial)
}

/// Waits until something holds, giving other tasks their turn; fails the test after half a minute.
func eventually(
    _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation, _ condition: @Sendable () async -> Bool
) async {
    let clock = SystemTime()
    let end = clock.monotonicTime.advanced(byMilliseconds: 30_000)
    while clock.monotonicTime < end {
        if await condition() { return }
        await Task.yield()
    }
    Issue.record(what, sourceLocation: sourceLocation)
}

extension Logger {
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}
