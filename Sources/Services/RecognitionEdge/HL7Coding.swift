import HL7
import Recognition

/// Reads coded elements (CE, CWE, CNE).
enum HL7Coding {
    /// The codes of a value: components 1–3, 4–6 and (from version 2.7 on, and in some messages before) 10–12; the
    /// original text of component 9.
    static func coding(_ repetition: HL7Repetition) -> Coding {
        let parts = repetition.components
        let codes = [0, 3, 9].compactMap { start in code(parts, at: start) }
        return Coding(codes: codes, text: text(parts, 8).nonEmpty)
    }

    static func codings(_ field: HL7Field) -> Coding? {
        let all = field.repetitions.map(coding)
        let coding = Coding(codes: all.flatMap(\.codes), text: all.compactMap(\.text).first)
        return coding.codes.isEmpty && coding.text == nil ? nil : coding
    }

    /// A unit.
    ///
    /// `10^9/L`, written without an escape as most Chinese systems do, is put together again.
    static func unit(_ field: HL7Field) -> Coding? {
        var parts = field.repetition(0).components.map { $0.text }
        if parts.count > 1, isPowerOfTen(parts[0]), parts[1].first?.isNumber == true || parts[1].hasPrefix("-") {
            parts.replaceSubrange(0...1, with: [parts[0] + "^" + parts[1]])
            let code = Coding.Code(
                code: parts[0], display: parts.count > 1 ? parts[1] : "", system: parts.count > 2 ? parts[2] : "")
            return Coding(codes: [code])
        }
        return codings(field)
    }

    private static func isPowerOfTen(_ text: String) -> Bool {
        guard text.hasSuffix("10") else { return false }
        return ["", "x", "X", "×", "*"].contains(text.dropLast(2).trimmingBlanks)
    }

    private static func code(_ parts: [HL7Component], at start: Int) -> Coding.Code? {
        let code = Coding.Code(
            code: text(parts, start), display: text(parts, start + 1), system: text(parts, start + 2))
        return code.code.isEmpty && code.display.isEmpty ? nil : code
    }

    private static func text(_ parts: [HL7Component], _ index: Int) -> String {
        index < parts.count ? parts[index].text : ""
    }
}

extension Substring {
    fileprivate var trimmingBlanks: String { String(self).trimmed }
}
