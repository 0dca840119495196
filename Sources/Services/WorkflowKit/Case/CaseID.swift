package import Effects
package import Ledgers
package import Regions
package import Trust

/// What names a case for ever: the node that made it and a serial of that node, printed as `zhangzhuang.01KB…`.
///
/// The node stands in the id, so no other can speak for its cases, whichever entries arrive first.
package struct CaseID<W: Workflow>: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let origin: NodeID
    package let serial: String

    package init(origin: NodeID, serial: String) {
        self.origin = origin
        self.serial = serial
    }

    /// Reads the printed form.
    ///
    /// - Throws: the workflow's code of ``CaseFault/badID`` where the text has another form.
    package init(_ text: String) throws {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let origin = NodeID(rawValue: String(parts[0])),
            (1...64).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy(Self.isPlain)
        else {
            throw W.table.failure(
                .badID, "this is not the id of \(W.table.oneCase)",
                remedy: "\(W.table.oneCase)'s id looks like zhangzhuang.01KBJ2V8Q4N6Z0M3T5X7Y9C1D2")
        }
        self.init(origin: origin, serial: String(parts[1]))
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }

    /// The case that another one makes for a day (``CaseRecurrence``): the same id wherever and however often it is made.
    ///
    /// - Parameters:
    ///   - plan: the creation of the other one.
    ///   - day: what counts is the day in China's time.
    package init(childOf plan: EntryID, on day: WallTime, suite: Suite) {
        let text = "\(W.table.name) \(plan) \(CaseCalendar.day(of: day))"
        let digest = suite.digest(Array(text.utf8)).bytes.prefix(20)
        let digits = digest.map { byte in
            let text = String(byte, radix: 16)
            return byte < 16 ? "0" + text : text
        }
        self.init(origin: plan.author, serial: digits.joined())
    }

    package static func < (left: CaseID, right: CaseID) -> Bool { left.description < right.description }

    package var description: String { "\(origin).\(serial)" }
}
