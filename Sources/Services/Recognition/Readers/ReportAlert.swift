package import Effects
package import Ledgers

/// A result that somebody at this node opened or recognised has a newer version, or is void.
///
/// A fold of what is known here: it opens when the newer version arrives and closes when it is acknowledged. The latest
/// state of a result is what is alerted about; a void counts before any version.
package struct ReportAlert: Sendable, Equatable {
    package var reportKey: String
    /// The unit whose doctor opened or recognised it.
    package var unit: String
    /// The version that was opened or recognised.
    package var seen: EntryID
    package var seenVersion: Int
    /// The version that stands now, or the void.
    package var current: EntryID
    package var currentVersion: Int
    package var isVoid: Bool
    /// The result is another patient's now than the one for whom it was read.
    package var isMoved: Bool
    /// The result was recognised, not only opened.
    package var wasRecognised: Bool
    /// When this node had it on its disk.
    package var since: WallTime

    package var text: BilingualText {
        let what = wasRecognised ? ("已互认", "recognised") : ("已调阅", "opened")
        if isVoid {
            return BilingualText(
                "\(what.0)的报告已被出具机构作废，请复核。", "A report that was \(what.1) has been voided by its issuer; review it.")
        }
        if isMoved {
            return BilingualText(
                "\(what.0)的报告已更正为另一名患者的报告，请复核。",
                "A report that was \(what.1) is another patient's now, by a correction; review it.")
        }
        return BilingualText(
            "\(what.0)的报告已更正为第\(currentVersion)版，请复核。",
            "A report that was \(what.1) has been corrected (version \(currentVersion)); review it.")
    }
}
