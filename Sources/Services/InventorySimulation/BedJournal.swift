import InventoryKit
import Ledgers
import Regions

/// What people were told about beds.
///
/// `@unchecked Sendable` holds because it is touched on the simulation's one thread only.
final class BedJournal: @unchecked Sendable {
    /// Somebody was told that a bed is theirs.
    struct Stay {
        var hold: HoldID
        var bed: String
        /// The owner's entry.
        var entry: EntryID
        /// Virtual milliseconds: from when they knew, and from when they may have been without it: it ended by itself, or
        /// somebody asked to end it.
        var from: Int64
        var to: Int64?
    }

    private(set) var stays: [Stay] = []
    /// Holds that both disks that had them have lost.
    private(set) var lost: Set<HoldID> = []

    func begin(_ stay: Stay) { stays.append(stay) }

    func end(_ hold: HoldID, at moment: Int64) {
        for index in stays.indices where stays[index].hold == hold && stays[index].to == nil {
            stays[index].to = moment
        }
    }

    func lose(_ hold: HoldID) { lost.insert(hold) }
}
