import Destinations
import Effects
import HL7

/// Reads the acknowledgement of a hospital's system.
enum MLLPAcknowledgement {
    /// Whether bytes acknowledge the message of a control id.
    static func isAnswer(_ bytes: [UInt8], to id: String) -> Bool {
        guard let message = parse(bytes), let answer = message.segment("MSA") else { return false }
        return answer.field(2).text == id
    }

    /// What an acknowledgement means for the message.
    static func outcome(_ bytes: [UInt8]) -> DeliveryOutcome {
        guard let message = parse(bytes), let answer = message.segment("MSA") else {
            return .failed(.init(code: "no MSA", text: "the answer is no acknowledgement"))
        }
        let code = answer.field(1).text
        let words = DeliveryOutcome.Words(code: code, text: reason(answer, message.segment("ERR")))
        switch code {
        case "AA", "CA": return .accepted
        case "AR", "CR": return .refused(words)
        case "AE", "CE": return .failed(words)
        default:
            return .failed(.init(code: "MSA-1", text: "the acknowledgement has no code that is known"))
        }
    }

    /// The receiver's own words, without control characters and not too many.
    private static func reason(_ answer: HL7Segment, _ error: HL7Segment?) -> String {
        let parts = [
            answer.field(3).text, error?.field(3).component(1).text ?? "", error?.field(3).component(2).text ?? "",
            error?.field(8).text ?? "", error?.field(1).text ?? "",
        ].filter { !$0.isEmpty }
        let text = DeliveryReason.text(parts.joined(separator: "; "))
        return text.isEmpty ? "the system said no more" : text
    }

    private static func parse(_ bytes: [UInt8]) -> HL7Message? {
        // Whichever set it is in: a code and an id are ASCII, and Latin-1 reads any bytes.
        (try? HL7Message.parse(bytes, defaultEncoding: .utf8))
            ?? (try? HL7Message.parse(bytes, defaultEncoding: .latin1))
    }
}

/// A receiver's words as they are kept.
enum DeliveryReason {
    static func text(_ words: String) -> String {
        let plain = String(
            String.UnicodeScalarView(words.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
        var text = ""
        for character in plain {
            guard text.utf8.count + character.utf8.count <= Limits.deliveryReasonBytes else { return text + "…" }
            text.append(character)
        }
        return text
    }
}
