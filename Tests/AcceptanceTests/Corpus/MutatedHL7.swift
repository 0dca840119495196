import Effects
import Foundation

/// Cuts, reorders, re-encodes and otherwise alters HL7 v2 messages, by a seed.
enum MutatedHL7 {
    static func message(_ file: MessageFile, seed: UInt64, random: SeededRandom) throws -> [UInt8] {
        var segments = identified(try ForeignHL7.text(file.bytes), seed: seed)
        for _ in 0..<random.number(below: 5) { alter(&segments, random) }
        return try encoded(segments, random)
    }

    /// The segments with a patient, order numbers and a control id of this seed's own, to be answered, in UTF-8.
    private static func identified(_ text: String, seed: UInt64) -> [String] {
        let lines = text.unicodeScalars.split { "\r\n\u{0B}\u{1C}\u{1A}\u{FEFF}".unicodeScalars.contains($0) }
            .map { String($0) }
        var patients = 0
        return lines.filter { line in
            !["FHS", "BHS", "BTS", "FTS"].contains { line.hasPrefix($0) }
        }.map { line in
            guard let mark = line.dropFirst(3).first else { return line }
            var fields = line.split(separator: mark, omittingEmptySubsequences: false).map(String.init)
            switch fields[0] {
            case "MSH":
                put("CORPUS-\(seed)", 9, &fields)
                for place in [14, 15] { put("", place, &fields) }
                put("UNICODE UTF-8", 17, &fields)
            case "PID":
                patients += 1
                let part = component(of: lines)
                put(
                    CorpusMessage.patient(seed, patients) + "\(part)\(part)\(part)" + CorpusMessage.authority
                        + "\(part)MR", 3, &fields)
                for place in [2, 4, 18, 19] { put("", place, &fields) }
            case "OBR", "ORC":
                for place in [2, 3] where place < fields.count && !fields[place].isEmpty {
                    fields[place] = "\(seed)-" + fields[place]
                }
            default: break
            }
            return fields.joined(separator: String(mark))
        }
    }

    private static func component(of lines: [String]) -> Character {
        lines.first { $0.hasPrefix("MSH") }?.dropFirst(4).first ?? "^"
    }

    private static func put(_ text: String, _ place: Int, _ fields: inout [String]) {
        guard place < fields.count || !text.isEmpty else { return }
        while fields.count <= place { fields.append("") }
        fields[place] = text
    }

    /// Values that hospitals send where they should not.
    private static let oddities = [
        "", "\"\"", "0", "无", "2024-01-05 10:15:00", "20269999", "1~2", "10^9/L", "a&b^c", "\\.br\\", "\\X0D\\", "D",
        "X",
        "C", "P", "W", "NM", "CWE", "ED", "🩺", "   ", "99999999999999999999", "-1", "1e308", "=1+1",
    ]

    private static func alter(_ segments: inout [String], _ random: SeededRandom) {
        guard segments.count > 2 else { return }
        // The header stays where it is, so that the message stays one message.
        let place = 1 + Int(random.number(below: UInt64(segments.count - 1)))
        let other = 1 + Int(random.number(below: UInt64(segments.count - 1)))
        switch random.number(below: 9) {
        case 0: segments.remove(at: place)
        case 1: segments.insert(segments[place], at: other)
        case 2: segments.swapAt(place, other)
        case 3: segments.removeLast(Int(random.number(below: UInt64(segments.count - 1))))
        case 4: segments[place] = String(segments[place].prefix(Int(random.number(below: 60)) + 4))
        case 5, 6:
            changeField(&segments[place], random) { _ in oddities[Int(random.number(below: UInt64(oddities.count)))] }
        case 7:
            changeField(&segments[place], random) { text in
                let cut = Int(random.number(below: UInt64(text.count + 1)))
                return String(text.prefix(cut)) + (random.number(below: 2) == 0 ? "" : "\n") + text.dropFirst(cut)
            }
        default:
            let line = segments[place]
            let at = line.index(line.startIndex, offsetBy: Int(random.number(below: UInt64(line.count + 1))))
            segments[place].insert(Character(UnicodeScalar(UInt8(0x20 + random.number(below: 0x5F)))), at: at)
        }
    }

    private static func changeField(_ segment: inout String, _ random: SeededRandom, _ change: (String) -> String) {
        guard let mark = segment.dropFirst(3).first else { return }
        var fields = segment.split(separator: mark, omittingEmptySubsequences: false).map(String.init)
        guard fields.count > 1 else { return }
        let place = 1 + Int(random.number(below: UInt64(fields.count - 1)))
        fields[place] = change(fields[place])
        segment = fields.joined(separator: String(mark))
    }

    private static func encoded(_ segments: [String], _ random: SeededRandom) throws -> [UInt8] {
        let choice = random.number(below: 12)
        let end = choice == 0 ? "\r\n" : choice == 1 ? "\n" : "\r"
        let text = segments.map { $0 + end }.joined()
        switch choice {
        case 2: return [0xEF, 0xBB, 0xBF] + Array(text.utf8)
        case 3:
            let named = text.replacing("UNICODE UTF-8", with: "GB 18030-2000")
            return try ForeignHL7.converted(Array(named.utf8), from: "UTF-8", to: "GB18030")
        case 4: return try ForeignHL7.converted(Array(text.utf8), from: "UTF-8", to: "GB18030")
        case 5:
            var bytes = Array(text.utf8)
            // Not in the header, which stays readable; no byte that frames messages.
            let start = segments.first?.utf8.count ?? 0
            let place = start + Int(random.number(below: UInt64(max(1, bytes.count - start - 1))))
            if place < bytes.count { bytes[place] = UInt8(0x20 + random.number(below: 0xE0)) }
            return bytes
        default: return Array(text.utf8)
        }
    }
}
