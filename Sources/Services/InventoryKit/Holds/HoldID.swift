import Effects
package import Regions

/// What names a hold or a wish for ever: the asker's node and a serial of that node, printed as `jucheng.01KB…`.
///
/// The asker's node stands in the id, so no node can ask in another's name, and the same order sent again is the same hold.
package struct HoldID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let origin: NodeID
    package let serial: String

    private static let serialLength = 1...64

    package init(origin: NodeID, serial: String) {
        self.origin = origin
        self.serial = serial
    }

    /// Reads the printed form.
    ///
    /// - Throws: `inventory.badID` where the text has another form.
    package init(_ text: String) throws {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let origin = NodeID(rawValue: String(parts[0])),
            Self.serialLength.contains(parts[1].utf8.count),
            parts[1].utf8.allSatisfy({ (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) })
        else {
            throw Failure(
                "inventory.badID", "this is not the id of a hold",
                remedy: "a hold's id looks like jucheng.01KBJ2V8Q4N6Z0M3T5X7Y9C1D2")
        }
        self.init(origin: origin, serial: String(parts[1]))
    }

    package static func < (left: HoldID, right: HoldID) -> Bool { left.description < right.description }

    package var description: String { "\(origin).\(serial)" }
}
