import Effects
import Identity
import Ledgers
import ServiceKit

extension PersonKeys {
    func write(to message: inout PBRecognitionFindAnswer) {
        message.equivalents = steps.map { step in
            var part = PBRecognitionEquivalent()
            part.from = step.from.wire()
            part.key = step.to.wire()
            switch step.evidence {
            case .link(let entry): part.link = entry.description
            case .report(let entry): part.report = entry.description
            }
            return part
        }
        message.separated = separated.map { apart in
            var part = PBRecognitionSeparated()
            part.key = apart.key.wire()
            part.from = apart.from.wire()
            part.separation = apart.by.description
            return part
        }
        message.keysTruncated = isTruncated
    }

    /// - Throws: `recognition.malformed`, `recognition.tooManyKeys`.
    init(wire message: PBRecognitionFindAnswer) throws {
        guard message.equivalents.count <= Limits.identityStepsPerAnswer,
            message.separated.count <= Limits.identityStepsPerAnswer
        else {
            throw Failure("recognition.tooManyKeys", "an answer names too many keys of a person")
        }
        steps = try message.equivalents.map { part in
            Equivalents.Step(
                from: try PatientKeyReference(wire: part.from),
                to: try PatientKeyReference(wire: part.key),
                evidence: part.link.isEmpty ? .report(try EntryID(part.report)) : .link(try EntryID(part.link)))
        }
        separated = try message.separated.map { part in
            Equivalents.Separated(
                key: try PatientKeyReference(wire: part.key),
                from: try PatientKeyReference(wire: part.from), by: try EntryID(part.separation))
        }
        isTruncated = message.keysTruncated
    }
}
