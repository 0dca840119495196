import Effects
import Foundation

/// HL7 v2 read by cutting it at its delimiters, without this program's reader.
struct ForeignHL7 {
    var segments: [[String]] = []
    private var field: Character = "|"
    private var component: Character = "^"
    private var repetition: Character = "~"
    private var escape: Character = "\\"
    private var subcomponent: Character = "&"

    init(_ bytes: [UInt8]) throws {
        let text = try Self.text(bytes)
        // Where segments end in CR, LF is text, or the second half of an end.
        let ends = text.unicodeScalars.contains("\r") ? "\r\u{0B}\u{1C}\u{1A}" : "\n\u{0B}\u{1C}\u{1A}"
        let lines = text.unicodeScalars.split { ends.unicodeScalars.contains($0) }
            .map { String($0.drop { $0 == "\n" }) }
        guard let header = lines.lazy.map({ $0.drop { $0 == "\u{FEFF}" } }).first(where: { $0.hasPrefix("MSH") })
        else { throw ForeignTrouble.noHeader }
        let marks = Array(header.dropFirst(3).prefix(5))
        (field, component, repetition, escape, subcomponent) = (marks[0], marks[1], marks[2], marks[3], marks[4])
        var joined: [String] = []
        for line in lines {
            let plain = line.drop { $0 == "\u{FEFF}" }
            if Self.isSegment(plain, field) {
                joined.append(String(plain))
            } else if !joined.isEmpty, !plain.allSatisfy(\.isWhitespace) {
                // Whatever follows is text of the field before it, and the fields behind.
                joined[joined.count - 1] += "\n" + plain
            }
        }
        segments = joined.map { $0.split(separator: field, omittingEmptySubsequences: false).map(String.init) }
    }

    func values(_ segment: [String], _ number: Int) -> [String] {
        let index = segment[0] == "MSH" ? number - 1 : number
        guard index < segment.count, !segment[index].isEmpty, segment[index] != "\"\"" else { return [] }
        return segment[index].split(separator: repetition, omittingEmptySubsequences: false).map(String.init)
    }

    func components(_ value: String) -> [String] {
        value.split(separator: component, omittingEmptySubsequences: false).map { plain(String($0)) }
    }

    func text(_ segment: [String], _ number: Int, _ part: Int = 1) -> String {
        guard let first = values(segment, number).first else { return "" }
        let parts = components(first)
        return part <= parts.count ? parts[part - 1] : ""
    }

    var header: [String] { segments.first { $0[0] == "MSH" } ?? ["MSH"] }

    /// Whether the sender wants to hear nothing (MSH-15 and MSH-16 are NE).
    var wantsNoAnswer: Bool { text(header, 15) == "NE" && text(header, 16) == "NE" }

    var reports: [ForeignReport] {
        var all: [ForeignReport] = []
        var patients: [ForeignPatient] = []
        for segment in segments {
            switch segment[0] {
            case "PID": patients = self.patients(segment)
            case "OBR":
                let names = components(values(segment, 4).first ?? "")
                all.append(ForeignReport(service: names.first { !$0.isEmpty } ?? "", patients: patients))
                all[all.count - 1].isVoid = isWithdrawn(segment, 25)
            case "OBX" where !all.isEmpty:
                let isVoid = all[all.count - 1].isVoid
                for var line in lines(segment) {
                    line.isWithdrawn = isVoid || isWithdrawn(segment, 11)
                    all[all.count - 1].lines.append(line)
                }
            case "NTE" where !all.isEmpty:
                let text = values(segment, 3).map(plain).joined(separator: "\n")
                if !text.isEmpty { all[all.count - 1].texts.append(text) }
            default: break
            }
        }
        return all
    }

    private func isWithdrawn(_ segment: [String], _ field: Int) -> Bool {
        ["X", "D", "W"].contains(text(segment, field).trimmingCharacters(in: .whitespaces))
    }

    /// A coded or structured value that is repeated is several; `~` in other values is text.
    private func lines(_ segment: [String]) -> [ForeignLine] {
        let type = text(segment, 2).trimmingCharacters(in: .whitespaces).uppercased()
        let given = values(segment, 5)
        guard ["CE", "CWE", "CNE", "CF", "IS", "ID", "SN"].contains(type), given.count > 1 else {
            return [line(segment)]
        }
        return given.map { value in
            var single = segment
            single[5] = value
            return line(single)
        }
    }

    private func line(_ segment: [String]) -> ForeignLine {
        let type = text(segment, 2).trimmingCharacters(in: .whitespaces)
        var line = ForeignLine(type: type.isEmpty ? "ST" : type)
        let names = components(values(segment, 3).first ?? "")
        line.names = [0, 1, 3, 4, 8].filter { $0 < names.count && !names[$0].isEmpty }.map { names[$0] }
        let given = values(segment, 5)
        switch line.type {
        case "CE", "CWE", "CNE", "CF", "IS", "ID":
            // The display, else the alternate display, else the original text, else the code.
            let texts = given.map { value in
                let parts = components(value)
                return [1, 4, 10, 8, 0, 3].lazy.filter { $0 < parts.count }.map { parts[$0] }
                    .first { !$0.isEmpty } ?? ""
            }
            line.values = [texts.joined(separator: "\n")]
        case "SN": line.values = [given.map { components($0).joined() }.joined(separator: "\n")]
        case "ED":
            line.isDocument = true
            line.values = [given.map(plain).joined(separator: "\n")]
        case "TX", "FT": line.values = [given.map(plain).joined(separator: "\n")]
        case "NM": line.values = [given.map(plain).joined(separator: "~").trimmingCharacters(in: .whitespaces)]
        default: line.values = [given.map(plain).joined(separator: String(repetition))]
        }
        var unit = components(values(segment, 6).first ?? "")
        if unit.count > 1, unit[0].hasSuffix("10"), unit[1].first?.isNumber == true {
            unit = [unit[0] + "^" + unit[1]]
        } else if unit.count == 2, !unit[0].isEmpty, !unit[1].isEmpty {
            // Without a coding system it is no coded element.
            unit = [unit.joined(separator: "^")]
        }
        line.units = [0, 1, 8].filter { $0 < unit.count && !unit[$0].isEmpty }.map { unit[$0] }
        line.range = values(segment, 7).map(plain).joined(separator: String(repetition))
        line.flags = values(segment, 8).compactMap { components($0).first }.filter { !$0.isEmpty }
        return line
    }

    private func patients(_ segment: [String]) -> [ForeignPatient] {
        var all: [ForeignPatient] = []
        for number in [3, 2, 4, 19, 18] {
            for value in values(segment, number) {
                let raw = value.split(separator: component, omittingEmptySubsequences: false).map(String.init)
                guard let first = raw.first.map(plain), !first.isEmpty else { continue }
                let usual = number == 19 ? "SS" : number == 18 ? "AN" : "PI"
                let type = raw.count > 4 && !raw[4].isEmpty ? plain(raw[4]) : usual
                var issuers = [3, 5].filter { $0 < raw.count }.flatMap { index in
                    let names = raw[index].split(separator: subcomponent, omittingEmptySubsequences: false)
                    return [1, 0].filter { $0 < names.count }.map { plain(String(names[$0])) }
                }.filter { !$0.isEmpty }
                if issuers.isEmpty { issuers = [""] }
                all += issuers.map { ForeignPatient(value: first, authority: $0, type: type) }
                if first.count == 18 { all.append(ForeignPatient(value: first, authority: "CN", type: "citizenID")) }
            }
        }
        return all
    }

    private static func isSegment(_ line: Substring, _ field: Character) -> Bool {
        let name = line.prefix { $0 != field }
        return name.count == 3 && name.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber) }
            && name.first?.isUppercase == true
    }

    /// A text with its escapes resolved.
    func plain(_ text: String) -> String {
        guard text.contains(escape) else { return text }
        var result = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: escape) {
            result += rest[..<start]
            let after = rest.index(after: start)
            guard let end = rest[after...].firstIndex(of: escape), let known = meaning(of: rest[after..<end]) else {
                result.append(escape)
                rest = rest[after...]
                continue
            }
            result += known
            rest = rest[rest.index(after: end)...]
        }
        // However an end of a line was written, a text has one kind.
        return (result + rest).replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    }

    private func meaning(of sequence: Substring) -> String? {
        switch sequence {
        case "F": return String(field)
        case "S": return String(component)
        case "T": return String(subcomponent)
        case "R": return String(repetition)
        case "E": return String(escape)
        case ".br": return "\n"
        default: break
        }
        let digits = Array(sequence.dropFirst())
        guard sequence.first == "X", !digits.isEmpty, digits.count % 2 == 0 else { return nil }
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(digits[$0...($0 + 1)]), radix: 16)
        }
        return bytes.count * 2 == digits.count ? String(decoding: bytes, as: UTF8.self) : nil
    }
}
