package import Effects
import Storage

/// A message that this node took, as it remembers it: who sent it, what became of it, what its sender was answered.
package struct TakenMessage: Sendable, Equatable {
    package var message: String
    /// The unit whose message it is.
    package var institution: String
    package var outcome: String
    package var receivedTime: WallTime
    package var answer: [UInt8]

    package init(message: String, institution: String, outcome: String, receivedTime: WallTime, answer: [UInt8]) {
        self.message = message
        self.institution = institution
        self.outcome = outcome
        self.receivedTime = receivedTime
        self.answer = answer
    }
}

extension TakenMessage {
    init(row: SQLRow) throws {
        self.init(
            message: try row.text(0), institution: try row.text(1), outcome: try row.text(2),
            receivedTime: WallTime(milliseconds: try row.integer(3)), answer: try row.bytes(4))
    }
}
