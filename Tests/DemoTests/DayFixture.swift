import Demo
import Effects
import Testing

/// The day that most tests look at, made once.
enum DayFixture {
    static let date = CivilDateTime(WallTime(milliseconds: 1_795_132_800_000), offsetMinutes: 480)
    static let seedOne = WorkingDay(seed: 1, day: date)
    /// All messages, node by node, each node's in the order of sending.
    static let messages: [GeneratedMessage] = seedOne.nodes.flatMap { Array(seedOne.messages(for: $0)) }
    /// The HL7 ones, cut once.
    static let cut: [(message: GeneratedMessage, split: SplitMessage)] =
        messages.filter { $0.format == .hl7 }.map { ($0, SplitMessage($0.bytes)) }
}

/// An HL7 message cut with nothing but `split`, independent of the project's parser.
struct SplitMessage {
    let segments: [[String]]

    init(_ bytes: [UInt8]) {
        segments = bytes.split { $0 == 0x0D || $0 == 0x0A }.map { segment in
            segment.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false).map {
                String(decoding: $0, as: UTF8.self)
            }
        }
    }

    func all(_ name: String) -> [[String]] {
        segments.filter { $0.first == name }
    }

    /// A field of the first segment of a name, counted as HL7 counts; empty where it is missing.
    func field(_ name: String, _ number: Int) -> String {
        guard let segment = all(name).first else { return "" }
        let index = name == "MSH" ? number - 1 : number
        return segment.indices.contains(index) ? segment[index] : ""
    }

    /// The identity number of PID-3.
    var identityNumber: String {
        let identifiers = field("PID", 3).split(separator: "~").map(String.init)
        return identifiers.first { $0.hasSuffix("^NI") }?.split(separator: "^").first.map(String.init) ?? ""
    }
}

/// A check of an identity number that shares no code with the generator.
func isSoundIdentityNumber(_ text: String) -> Bool {
    let characters = Array(text)
    guard characters.count == 18 else { return false }
    let values = characters.enumerated().map { position, character in
        character == "X" && position == 17 ? 10 : character.wholeNumberValue ?? -1
    }
    guard !values.contains(-1) else { return false }
    // ISO 7064 MOD 11-2: the weighted sum of all characters is 1 modulo 11, weights being powers of two.
    var weight = 1
    var sum = 0
    for value in values.reversed() {
        sum += value * weight
        weight = weight * 2 % 11
    }
    func number(_ range: Range<Int>) -> Int { values[range].reduce(0) { $0 * 10 + $1 } }
    return sum % 11 == 1
        && CivilDateTime(year: number(6..<10), month: number(10..<12), day: number(12..<14)) != nil
}
