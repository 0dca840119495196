import Destinations
import Effects
import HL7

/// Reads the acknowledgement of a hospital's system.
enum MLLPAcknowledgement {
    /// Whether bytes acknowledge the message of a control id.
    static func isAnswer(_ bytes: [UInt8], to id: String) -> Bool {
        guard let message = parse(bytes), let answer = message.segment("MSA") else { return false }
        return plain(answer.field(2).text) == id
    }

    /// What an acknowledgement means for the message.
    static func outcome(_ bytes: [UInt8]) -> DeliveryOutcome {
        guard let message = parse(bytes), let answer = message.segment("MSA") else {
            return .failed(.init(code: "no MSA", text: "the answer is no acknowledgement"))
        }
        let code = plain(answer.field(1).text).uppercased()
        let words = DeliveryOutcome.Words(code: code, text: reason(message.segment("ERR")))
        switch code {
        case "AA", "CA": return .accepted
        // It may be rejected for what has nothing to do with the message: the record is locked, or something went wrong.
        case "AR", "CR": return isForNow(message.segment("ERR")) ? .failed(words) : .refused(words)
        case "AE", "CE": return .failed(words)
        default:
            return .failed(.init(code: "MSA-1", text: "the acknowledgement has no code that is known"))
        }
    }

    /// What of the answer is from a closed set: the error's number (table 0357) and where it lies in what was sent.
    ///
    /// The receiver's own words (MSA-3, ERR-8) may name the patient, and are not kept.
    private static func reason(_ error: HL7Segment?) -> String {
        guard let error else { return "the system gave no reason" }
        let number = number(error)
        let place = [error.field(2), error.field(1)].lazy.compactMap(place).first
        let words = [number.map { "error \($0)" }, place.map { "at \($0)" }].compactMap { $0 }
        return words.isEmpty ? "the system gave no reason by number" : words.joined(separator: " ")
    }

    /// ERR-3 since 2.5; before, ERR-1 held number and place.
    private static func number(_ error: HL7Segment) -> String? {
        [error.field(3).component(1).text, error.field(1).component(4).subcomponent(1).text]
            .lazy.map(plain).first { (1...3).contains($0.utf8.count) && $0.utf8.allSatisfy(isDigit) }
    }

    private static func isForNow(_ error: HL7Segment?) -> Bool {
        error.flatMap(number).map(["206", "207"].contains) ?? false
    }

    private static let sent: Set<String> = ["MSH", "PID", "ORC", "OBR", "OBX"]

    private static func place(_ field: HL7Field) -> String? {
        let segment = plain(field.component(1).text)
        guard sent.contains(segment) else { return nil }
        let number = plain(field.component(3).text)
        return (1...2).contains(number.utf8.count) && number.utf8.allSatisfy(isDigit) ? "\(segment)-\(number)" : segment
    }

    private static func plain(_ text: String) -> String { text.filter { !$0.isWhitespace } }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func parse(_ bytes: [UInt8]) -> HL7Message? {
        // Whichever set it is in: a code and an id are ASCII, and Latin-1 reads any bytes.
        (try? HL7Message.parse(bytes, defaultEncoding: .utf8))
            ?? (try? HL7Message.parse(bytes, defaultEncoding: .latin1))
    }
}
