package import Effects
import ServiceKit
import Storage

/// A message on its way to one destination.
package struct WaitingMessage: Sendable, Equatable {
    /// Where it stands.
    package enum State: String, Sendable, CaseIterable {
        case waiting
        /// The receiver failed over it too often: it waits for somebody, and its patient's later messages behind it.
        case held
        /// It lies beside the queue: refused for good, or too old.
        case beside
        case delivered
        /// An operator took it out; its number is not given out again.
        case dropped
    }

    /// Its place in the order of all messages of this node.
    package var number: Int64
    package var destination: String
    /// The key that its source gave it.
    package var key: String
    package var kind: String
    /// MSH-10 of an HL7 v2 message.
    package var controlID: String
    /// Where a FHIR server is to keep it; all versions of the same have the same.
    package var target: String
    package var state: State
    package var madeAt: WallTime
    package var changedAt: WallTime
    package var due: WallTime
    /// How often it was tried without being taken.
    package var failures: Int
    /// How often of these it was its own fault.
    package var faults: Int
    package var sizeBytes: Int
    /// Of the last attempt.
    package var words: DeliveryOutcome.Words
    /// Empty once it is delivered or dropped, and where it could not be made.
    package var body: [UInt8]

    /// As an operator names it.
    package var id: String { "\(destination)/\(number)" }

    static func number(ofID id: String) -> (destination: String, number: Int64)? {
        guard let slash = id.lastIndex(of: "/"), let number = Int64(id[id.index(after: slash)...]) else { return nil }
        return (String(id[..<slash]), number)
    }

    init(_ row: SQLRow) throws {
        number = try row.integer(0)
        destination = try row.text(1)
        key = try row.text(2)
        kind = try row.text(3)
        controlID = try row.text(4)
        target = try row.text(5)
        guard let state = State(rawValue: try row.text(6)) else {
            throw Failure("storage.type", "an outgoing message has a state that cannot be")
        }
        self.state = state
        madeAt = WallTime(milliseconds: try row.integer(7))
        changedAt = WallTime(milliseconds: try row.integer(8))
        due = WallTime(milliseconds: try row.integer(9))
        failures = Int(clamping: try row.integer(10))
        sizeBytes = Int(clamping: try row.integer(11))
        words = DeliveryOutcome.Words(code: try row.text(12), text: try row.text(13))
        faults = Int(clamping: try row.integer(14))
        body = row.optionalBytes(15) ?? []
    }
}
