import Effects
import Foundation
import Ledgers
import Regions
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
        message.patientKeys = patientKeys.map { $0.wire() }
        message.items = items
        message.statement = statement.wire()
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
        patientKeys = try message.patientKeys.map(PatientKeyReference.init(wire:))
        items = message.items
        statement = try SignedAccessStatement(wire: message.statement)
        budgetMilliseconds = Int64(PeerNumber.atMost(Int(Limits.matchMilliseconds), message.budgetMilliseconds))
    }
}

/// What was found, and what else exists.
package struct MatchAnswer: Sendable, Equatable {
    /// Headers of results that hold an ordered item, who was asked, and since when somebody is not reached.
    package var found: FindAnswer
    /// All existing results of the person that hold an item in its window, by the first bytes of their keys.
    package var existing: Set<UInt64>

    package init(found: FindAnswer, existing: Set<UInt64> = []) {
        self.found = found
        self.existing = existing
    }

    /// Adds results that another node counted.
    mutating func count(_ more: Set<UInt64>) {
        let new = more.subtracting(existing).sorted()
        existing.formUnion(new.prefix(max(0, Limits.existingResultsCounted - existing.count)))
    }
}

extension MatchAnswer: ProtobufWireValue {
    package func wire() throws -> PBRecognitionMatchAnswer {
        var message = PBRecognitionMatchAnswer()
        message.found = try found.wire()
        message.existing = existing.sorted()
        return message
    }

    package init(wire message: PBRecognitionMatchAnswer) throws {
        existing = Set(PeerNumber.label(message.existing))
        guard existing.count <= Limits.existingResultsCounted else {
            throw Failure("recognition.malformed", "the answer of a match is longer than any")
        }
        found = try FindAnswer(wire: message.found)
    }
}
