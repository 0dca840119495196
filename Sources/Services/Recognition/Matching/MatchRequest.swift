import Effects
import Foundation
import Ledgers
package import Regions
package import ServiceKit
import SwiftProtobuf
import Wire

/// A question for a person's results that hold one of some items, resting on an access statement.
package struct MatchRequest: Sendable, Equatable {
    package var patientKeys: [PatientKeyReference]
    /// Codes of catalogue items.
    package var items: [String]
    package var statement: SignedAccessStatement
    /// How long the asker waits for the answer.
    package var budgetMilliseconds: Int64

    /// What the statement of such a question says.
    static let question = "recognition.match"

    package init(
        patientKeys: [PatientKeyReference], items: [String], statement: SignedAccessStatement,
        budgetMilliseconds: Int64 = Limits.matchMilliseconds
    ) {
        self.patientKeys = patientKeys
        self.items = items
        self.statement = statement
        self.budgetMilliseconds = budgetMilliseconds
    }
}

extension MatchRequest: ProtobufWireValue {
    package func wire() throws -> PBRecognitionMatchRequest {
        var message = PBRecognitionMatchRequest()
        message.patientKeys = patientKeys.map(\.recognitionWire)
        message.items = items
        message.statement = Data(try statement.wireBytes())
        message.budgetMilliseconds = UInt32(clamping: budgetMilliseconds)
        return message
    }

    package init(wire message: PBRecognitionMatchRequest) throws {
        guard message.patientKeys.count <= Limits.questionKeys else {
            throw Failure(
                "recognition.tooManyKeys", "a question names more than \(Limits.questionKeys) patient keys")
        }
        guard message.items.count <= Limits.orderItems else {
            throw Failure("recognition.tooManyItems", "an order names more than \(Limits.orderItems) items")
        }
        patientKeys = try message.patientKeys.map(PatientKeyReference.init(recognitionWire:))
        items = message.items
        statement = try SignedAccessStatement(wireBytes: [UInt8](message.statement))
        budgetMilliseconds = min(Int64(message.budgetMilliseconds), Limits.matchMilliseconds)
    }
}

/// The headers that were found, who was asked, and since when somebody is not reached.
package struct MatchAnswer: Sendable, Equatable {
    package var summaries: [ReportSummary]
    package var asked: [NodeID]
    package var unreached: [FindAnswer.Unreached]
    /// Other keys of the same person that were found on the way.
    package var widenedKeys: [PatientKeyReference]
    /// All existing results of the person that hold an item in its window, by the first bytes of their keys.
    package var existing: Set<UInt64>
    /// More results exist than were looked at.
    package var isTruncated: Bool

    package init(
        summaries: [ReportSummary] = [], asked: [NodeID] = [], unreached: [FindAnswer.Unreached] = [],
        widenedKeys: [PatientKeyReference] = [], existing: Set<UInt64> = [], isTruncated: Bool = false
    ) {
        self.summaries = summaries
        self.asked = asked
        self.unreached = unreached
        self.widenedKeys = widenedKeys
        self.existing = existing
        self.isTruncated = isTruncated
    }

    /// Takes what a node above answered.
    mutating func merge(_ above: MatchAnswer) {
        summaries += above.summaries
        asked += above.asked
        unreached += above.unreached
        let keys = above.widenedKeys.filter { !widenedKeys.contains($0) }
        widenedKeys += keys.prefix(max(0, Limits.questionKeys - widenedKeys.count))
        let more = above.existing.subtracting(existing).sorted()
        existing.formUnion(more.prefix(max(0, Limits.existingResultsCounted - existing.count)))
        isTruncated = isTruncated || above.isTruncated
    }
}

extension MatchAnswer: ProtobufWireValue {
    package func wire() throws -> PBRecognitionMatchAnswer {
        var message = PBRecognitionMatchAnswer()
        message.summaries = try summaries.map { try $0.recognitionWire }
        message.asked = asked.map(\.rawValue)
        message.unreached = unreached.map(\.recognitionWire)
        message.widenedKeys = widenedKeys.map(\.recognitionWire)
        message.existing = existing.sorted()
        message.truncated = isTruncated
        return message
    }

    package init(wire message: PBRecognitionMatchAnswer) throws {
        guard message.existing.count <= Limits.existingResultsCounted,
            message.widenedKeys.count <= Limits.questionKeys
        else { throw Failure("recognition.malformed", "the answer of a match is longer than any") }
        summaries = try message.summaries.map(ReportSummary.init(recognitionWire:))
        asked = try message.asked.map { try NodeID($0) }
        unreached = try message.unreached.map(FindAnswer.Unreached.init(recognitionWire:))
        widenedKeys = try message.widenedKeys.map(PatientKeyReference.init(recognitionWire:))
        existing = Set(message.existing)
        isTruncated = message.truncated
    }
}
