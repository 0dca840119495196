package import FHIR
package import ServiceKit

/// What takes resources whole, as a message is taken: posted to `/fhir` or to `/fhir/[type]`, or out of a file.
///
/// The edge parses the resource, answers a repetition with what was answered the first time, and remembers what was
/// refused. A resource that is worked on by its id has routes instead (``EdgeRoute/create(_:_:)`` and the others).
package struct FHIRResourceHandler: Sendable {
    /// The types that it takes, each under its own address and at `/fhir`.
    package let types: [String]
    /// What it can take at `/fhir` besides single resources: `transaction`, `batch`.
    package let systemInteractions: [String]
    /// Reads a resource, and changes nothing.
    ///
    /// - Throws: a `Failure`, which is answered by its class.
    package let read: @Sendable (FHIRResourceCall) async throws -> FHIRReading

    package init(
        _ types: [String], systemInteractions: [String] = [],
        _ read: @escaping @Sendable (FHIRResourceCall) async throws -> FHIRReading
    ) {
        self.types = types
        self.systemInteractions = systemInteractions
        self.read = read
    }
}

/// A resource on its way to a handler.
package typealias FHIRResourceCall = MessageCall<FHIRResource>

extension MessageCall where Content == FHIRResource {
    package var resource: FHIRResource { content }
}

/// What a resource came to when it was read.
package enum FHIRReading: Sendable {
    /// Nothing of it is taken; the issues say why.
    case refused([OperationOutcome.Issue], messageID: String, fault: MessageFault = .unacceptable)
    case readable(FHIRReadable)
}

/// A resource that can be taken.
package struct FHIRReadable: Sendable {
    /// `Bundle.identifier` or the resource's id: by this its sender asks what became of it.
    package var messageID: String
    /// How many things it holds.
    package var recordCount: Int
    /// What was passed over or read with care; stands in the answer.
    package var warnings: [OperationOutcome.Issue]
    /// The answer to somebody who only looks.
    package var answerToLook: JSONValue
    /// The records that an earlier answer to the same resource names.
    package var recordsInAnswer: @Sendable (_ answer: [UInt8]) -> [TakenRecord]
    /// Does what it asks, and remembers the answer with the receipt in the same transaction; on return it is on this
    /// node's disk.
    package var take: @Sendable (MessageReceipt) async throws -> FHIRTaken

    package init(
        messageID: String, recordCount: Int, warnings: [OperationOutcome.Issue], answerToLook: JSONValue,
        recordsInAnswer: @escaping @Sendable (_ answer: [UInt8]) -> [TakenRecord],
        take: @escaping @Sendable (MessageReceipt) async throws -> FHIRTaken
    ) {
        self.messageID = messageID
        self.recordCount = recordCount
        self.warnings = warnings
        self.answerToLook = answerToLook
        self.recordsInAnswer = recordsInAnswer
        self.take = take
    }
}

/// What became of a resource that was taken.
package struct FHIRTaken: Sendable {
    package var records: [TakenRecord]
    /// The answer that is remembered with it.
    package var answer: [UInt8]
    /// What the log and the operator are told besides the warnings.
    package var notices: [MessageProblem]

    package init(_ records: [TakenRecord], answer: [UInt8], notices: [MessageProblem] = []) {
        self.records = records
        self.answer = answer
        self.notices = notices
    }
}
