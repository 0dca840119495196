import HL7
import Recognition

/// Reads units (OBX-6), which half of all systems write with carets that they do not escape.
///
/// A unit is a coded element only where it names its coding system; whatever else has carets is one text: a reader must
/// see `mL/min/1.73m^2` and `10^9/L`, never the half of it.
enum HL7Unit {
    static func unit(_ field: HL7Field) -> Coding? {
        let repetition = field.repetition(0)
        let parts = repetition.components.map { $0.text.trimmed }
        let texts = parts.filter { !$0.isEmpty }
        guard let first = texts.first else { return nil }
        guard texts.count > 1 else { return Coding(codes: [Coding.Code(code: first)]) }
        let whole = joined(parts)
        if whole.count > 2, isSystem(whole[2]) || (whole.count > 5 && isSystem(whole[5])) { return triplets(whole) }
        if Set(whole.filter { !$0.isEmpty }).count == 1, whole.count > 1 {
            return Coding(codes: [Coding.Code(code: whole.first { !$0.isEmpty } ?? first)])
        }
        // The whole text as it was written, without separators that nothing follows.
        let trailing = parts.reversed().prefix { $0.isEmpty }.count
        return Coding(codes: [Coding.Code(code: String(repetition.text.trimmed.dropLast(trailing)).trimmed)])
    }

    /// The codes of a coded element, the local one after the standard one; its original text.
    private static func triplets(_ parts: [String]) -> Coding {
        func part(_ index: Int) -> String { index < parts.count ? parts[index] : "" }
        let codes = [0, 3, 9].map { Coding.Code(code: part($0), display: part($0 + 1), system: part($0 + 2)) }
        return Coding(codes: codes.filter { !$0.code.isEmpty || !$0.display.isEmpty }, text: part(8).nonEmpty)
    }

    /// The components, powers put together again that the caret cut: `10` and `9/L`, `1.73m` and `2`.
    private static func joined(_ parts: [String]) -> [String] {
        var joined: [String] = []
        for part in parts {
            if let last = joined.last, isBase(last), isExponent(part) {
                joined[joined.count - 1] = last + "^" + part
            } else {
                joined.append(part)
            }
        }
        return joined
    }

    /// Whether a text ends like something that is raised to a power: ten, or a length or a time.
    private static func isBase(_ text: String) -> Bool {
        let letters = text.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "." }
        let word = String(letters.reversed())
        if word.hasSuffix("10") {
            let before = word.dropLast(2).last
            return before == nil || before?.isLetter == true || before == "×"
        }
        let unit = String(word.drop { !$0.isLetter })
        return ["m", "cm", "mm", "dm", "um", "µm", "μm", "nm", "s", "sec", "min", "h", "kg", "g"].contains(unit)
    }

    /// Whether a text begins like an exponent: one or two digits, signed or not, and no further digits.
    private static func isExponent(_ text: String) -> Bool {
        let digits = text.drop { $0 == "+" || $0 == "-" || $0 == "−" }
        guard text.count - digits.count <= 1 else { return false }
        let number = digits.prefix { $0.isASCII && $0.isNumber }
        let next = digits.dropFirst(number.count).first
        return (1...2).contains(number.count) && next != "." && next != "*"
    }

    private static let systems: Set<String> = [
        "L", "LN", "ISO", "ISO+", "ISO1000", "ISO1000+", "ANS", "ANS+", "ANSI", "SI", "UCUM", "C4", "SCT",
    ]

    /// Whether a component can be the name of a coding system (table 0396), and no part of a unit.
    private static func isSystem(_ text: String) -> Bool {
        let name = text.uppercased()
        if systems.contains(name) { return true }
        let isPlain = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        if isPlain, name.count > 2, name.hasPrefix("99") { return true }
        if isPlain, name.count >= 5, name.hasPrefix("HL7") || name.hasPrefix("LOCAL") { return true }
        return text.hasPrefix("http:") || text.hasPrefix("https:") || text.hasPrefix("urn:") || text.hasPrefix("2.16.")
            || text.hasPrefix("1.2.") || text.hasPrefix("1.3.")
    }
}
