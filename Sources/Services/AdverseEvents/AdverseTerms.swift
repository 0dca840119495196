package import Effects
import SwiftProtobuf
import WorkflowKit

/// What was agreed about an adverse event when it was reported.
package struct AdverseTerms: CaseTerms {
    /// The grade.
    package var kind: String
    /// What kind of thing happened, as an ``AdverseClass`` writes it.
    package var topic: String
    package var unit: String?
    package var madeTime: WallTime
    package var acceptSeconds: UInt32
    package var analysisSeconds: UInt32
    /// None where the law wants nobody to be told.
    package var lawSeconds: UInt32?

    package init(_ level: AdverseLevel, _ topic: String, unit: String?, madeTime: WallTime) {
        kind = level.grade
        self.topic = topic
        self.unit = unit
        self.madeTime = madeTime
        acceptSeconds = level.acceptSeconds
        analysisSeconds = level.analysisSeconds
        lawSeconds = level.lawSeconds
    }

    /// - Throws: `adverse.malformed`, `wire.outOfRange`.
    package init(bytes: [UInt8]) throws {
        guard let message = try? PBAdverseTerms(serializedBytes: bytes),
            let topic = message.topic.isEmpty ? .other : AdverseClass(rawValue: message.topic)
        else { throw Failure("adverse.malformed", "the terms of an adverse event cannot be read") }
        kind = message.grade
        self.topic = topic.rawValue
        unit = message.unit.isEmpty ? nil : message.unit
        madeTime = try PeerNumber.time(message.madeAt, "the time of an adverse event")
        acceptSeconds = try AdverseLevel.seconds(PeerNumber.label(message.acceptSeconds))
        analysisSeconds = try AdverseLevel.seconds(PeerNumber.label(message.analysisSeconds))
        lawSeconds = message.hasLawSeconds ? try AdverseLevel.seconds(PeerNumber.label(message.lawSeconds)) : nil
    }

    package func encoded() throws -> [UInt8] {
        var message = PBAdverseTerms()
        message.grade = kind
        message.topic = topic
        message.unit = unit ?? ""
        message.madeAt = madeTime.milliseconds
        message.acceptSeconds = acceptSeconds
        message.analysisSeconds = analysisSeconds
        if let lawSeconds { message.lawSeconds = lawSeconds }
        return try message.serializedBytes()
    }
}
