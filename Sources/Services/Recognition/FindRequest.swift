package import Effects
import Foundation
package import Regions
package import ServiceKit
import SwiftProtobuf
import Wire

/// A question for the results of a person, resting on an access statement.
package struct FindRequest: Sendable, Equatable {
    package var patientKeys: [PatientKeyReference]
    package var statement: SignedAccessStatement
    package var limit: Int

    /// What the statement of such a question says.
    static let question = "recognition.find"

    package init(patientKeys: [PatientKeyReference], statement: SignedAccessStatement, limit: Int) {
        self.patientKeys = patientKeys
        self.statement = statement
        self.limit = limit
    }
}

extension FindRequest: ProtobufWireValue {
    package func wire() throws -> PBRecognitionFindRequest {
        var message = PBRecognitionFindRequest()
        message.patientKeys = patientKeys.map { $0.wire() }
        message.statement = statement.wire()
        message.limit = UInt32(clamping: limit)
        return message
    }

    package init(wire message: PBRecognitionFindRequest) throws {
        guard message.patientKeys.count <= Limits.questionKeys else {
            throw Failure(
                "recognition.tooManyKeys", "a question names more than \(Limits.questionKeys) patient keys")
        }
        patientKeys = try message.patientKeys.map(PatientKeyReference.init(wire:))
        statement = try SignedAccessStatement(wire: message.statement)
        limit = PeerNumber.atMost(Limits.queryResults, message.limit)
    }
}

/// The results that were found, who was asked, and who could not be.
package struct FindAnswer: Sendable, Equatable {
    package struct Unreached: Sendable, Equatable {
        package var node: NodeID
        /// The code of what went wrong.
        package var reason: String
        /// Since when its link is down, where that is known.
        package var since: WallTime?

        package init(node: NodeID, reason: String, since: WallTime? = nil) {
            self.node = node
            self.reason = reason
            self.since = since
        }

        private static let failures = FailureCatalogue.foundation.adding(RecognitionService.failures)

        /// A neighbour that did not answer: the code of its refusal or of what kept the call from it.
        package init(node: NodeID, _ error: any Error, since: WallTime?) {
            let code: Failure.Code
            switch error {
            case let failure as Failure: code = failure.code
            case is CancellationError: code = "call.cancelled"
            default: code = "call.internal"
            }
            self.init(
                node: node, reason: code.rawValue, since: Self.failures.class(of: code) == .retry ? since : nil)
        }

        /// What the reason means: `retry` where the node could not be reached in time; else it was, and refused.
        package var failureClass: FailureClass { Self.failures.class(of: Failure.Code(rawValue: reason)) }
        /// Whether it could not be reached in time; one that was asked too much was, although one may try again.
        package var isAway: Bool { failureClass == .retry && reason != "access.tooMany" }
    }

    package var summaries: [ReportSummary]
    package var asked: [NodeID]
    package var unreached: [Unreached]
    /// More results exist than the question's limit.
    package var isTruncated: Bool
    /// Under which other keys the person was looked for, on which evidence, and who was kept apart.
    package var person: PersonKeys

    package init(
        summaries: [ReportSummary], asked: [NodeID], unreached: [Unreached] = [], isTruncated: Bool = false,
        person: PersonKeys = PersonKeys()
    ) {
        self.summaries = summaries
        self.asked = asked
        self.unreached = unreached
        self.isTruncated = isTruncated
        self.person = person
    }
}

extension FindAnswer {
    /// Whether everybody who was to be asked was, and nobody knows the person.
    ///
    /// Where a node above is cut off or refuses, it may know; nobody is blamed for that.
    var knowsNobody: Bool { summaries.isEmpty && unreached.isEmpty && person == PersonKeys() }

    /// Drops results that were found under keys alone which another node, asked later, keeps apart.
    mutating func keepOnePerson(askedFor asked: [PatientKeyReference]) {
        let keys = Set(person.keys(from: asked))
        let dropped = Set(person.steps.map(\.to)).subtracting(keys)
        if !dropped.isEmpty {
            summaries.removeAll { summary in
                let named = summary.fields.patientKeys
                return named.contains(where: dropped.contains) && !named.contains(where: keys.contains)
            }
        }
        person.keep(Array(keys))
    }
}

extension FindAnswer {
    /// With the results marked that contradict what the asker says of the person, or one another, or name the person by a
    /// former identifier alone.
    ///
    /// - Parameter keys: all that the person is known by.
    func marking(_ person: (ReportFields) -> DemographicMarks, keys: Set<PatientKeyReference>) -> FindAnswer {
        let people = DemographicContradictions(summaries)
        var answer = self
        for place in summaries.indices {
            let fields = summaries[place].fields
            let contradicted = fields.marks.contradictions(person(fields)) + people.fields(of: fields)
            answer.summaries[place].contradictions = DemographicSketch.Field.allCases.filter(contradicted.contains)
            answer.summaries[place].isByFormerIdentifier = fields.isOnlyFormerly(of: keys)
        }
        return answer
    }
}

extension FindAnswer: ProtobufWireValue {
    package func wire() throws -> PBRecognitionFindAnswer {
        var message = PBRecognitionFindAnswer()
        message.summaries = try summaries.map { try $0.recognitionWire }
        message.asked = asked.map(\.rawValue)
        message.unreached = unreached.map(\.recognitionWire)
        message.truncated = isTruncated
        person.write(to: &message)
        return message
    }

    package init(wire message: PBRecognitionFindAnswer) throws {
        summaries = try message.summaries.map(ReportSummary.init(recognitionWire:))
        asked = try message.asked.map { try NodeID($0) }
        unreached = try message.unreached.map(Unreached.init(recognitionWire:))
        isTruncated = message.truncated
        person = try PersonKeys(wire: message)
    }
}
