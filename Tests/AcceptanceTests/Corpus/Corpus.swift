import Demo
import Effects

/// The messages from which a corpus run makes its own: this project's odd and plain ones, a day of the demo, and the
/// foreign samples where they are at hand.
struct Corpus {
    let messages: [MessageFile]

    private static let dayMessages = 300

    init() {
        let day = WorkingDay(
            seed: 1, day: CivilDateTime(WallTime(milliseconds: 1_795_132_800_000), offsetMinutes: 480))
        var generated: [MessageFile] = []
        for node in day.nodes {
            for message in day.messages(for: node).prefix(Self.dayMessages / day.nodes.count) {
                generated.append(MessageFile(name: "day " + message.messageID, bytes: message.bytes))
            }
        }
        messages =
            MessageFolder.sampleFiles() + MessageFolder.demoFiles() + OddHL7.all + OddFHIR.all + generated
    }

    /// The message of a seed: one of the corpus, about a patient of its own, with up to four things done to it.
    func message(seed: UInt64) throws -> CorpusMessage {
        let random = SeededRandom(seed: seed)
        let file = messages[Int(random.number(below: UInt64(messages.count)))]
        let bytes =
            file.isFHIR
            ? try MutatedFHIR.message(file, seed: seed, random: random)
            : try MutatedHL7.message(file, seed: seed, random: random)
        return CorpusMessage(seed: seed, origin: file, file: MessageFile(name: "seed \(seed) of \(file)", bytes: bytes))
    }
}

/// One message of a run.
struct CorpusMessage: Sendable, CustomStringConvertible {
    var seed: UInt64
    var origin: MessageFile
    var file: MessageFile

    var description: String { file.name }

    /// The message on one line.
    var text: String {
        String(decoding: file.bytes, as: UTF8.self).split(whereSeparator: \.isNewline).joined(separator: "⏎")
    }

    /// The number that stands for the patient of a seed before anything is done to the message.
    static func patient(_ seed: UInt64, _ place: Int = 1) -> String { "C\(seed)x\(place)" }
    static let authority = "2.999.77"
}
