import Effects
package import Regions

/// What names a request for ever: the node that made it and a serial of that node, printed as `zhangzhuang.01KB…`.
///
/// The requester stands in the id, so no node can speak for another's requests, whichever entries arrive first.
package struct ConsultationID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let requester: NodeID
    package let serial: String

    private static let serialLength = 1...64

    init(requester: NodeID, serial: String) {
        self.requester = requester
        self.serial = serial
    }

    /// Reads the printed form.
    ///
    /// - Throws: `consultation.badID` where the text has another form.
    package init(_ text: String) throws {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let requester = NodeID(rawValue: String(parts[0])),
            Self.serialLength.contains(parts[1].utf8.count),
            parts[1].utf8.allSatisfy({ (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) })
        else {
            throw Failure(
                "consultation.badID", "this is not the id of a request",
                remedy: "a request's id looks like zhangzhuang.01KBJ2V8Q4N6Z0M3T5X7Y9C1D2")
        }
        self.init(requester: requester, serial: String(parts[1]))
    }

    package static func < (left: ConsultationID, right: ConsultationID) -> Bool {
        left.description < right.description
    }

    package var description: String { "\(requester).\(serial)" }
}
