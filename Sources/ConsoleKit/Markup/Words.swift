package import Effects

/// Chooses between the two languages in which a page speaks.
package struct Words: Hashable, Sendable {
    package let language: Language

    package init(_ language: Language) {
        self.language = language
    }

    package func callAsFunction(_ english: @autoclosure () -> String, _ chinese: @autoclosure () -> String) -> String {
        language == .english ? english() : chinese()
    }

    package func callAsFunction(_ wording: Wording) -> String { wording.text(in: language) }

    /// The language's tag in markup.
    package var tag: String { language == .english ? "en" : "zh-CN" }

    /// A count with the noun; English has two forms of it.
    package func count(_ number: Int, _ one: String, _ many: String, _ chinese: String) -> String {
        self("\(grouped(number)) \(number == 1 ? one : many)", "\(grouped(number)) \(chinese)")
    }

    /// A person as a page names one: name, sex and day of birth, as far as they are known.
    package func person(_ name: String?, sex: String?, birthDate: String?) -> String {
        let sexes = ["M": Wording("male", "男"), "F": Wording("female", "女")]
        let sexWord = sex.map { code in sexes[code].map { self($0) } ?? self("sex \(code)", "性别 \(code)") }
        return [name, sexWord, birthDate.map(Self.day)].compactMap { $0 }.joined(separator: " · ")
    }

    /// `19680412` as `1968-04-12`; anything else as it is.
    private static func day(_ text: String) -> String {
        let digits = Array(text)
        guard digits.count == 8, digits.allSatisfy(\.isNumber) else { return text }
        return String(digits[0..<4]) + "-" + String(digits[4..<6]) + "-" + String(digits[6..<8])
    }

    /// Digits in groups of three, as in 1,284.
    package func grouped(_ number: some BinaryInteger) -> String {
        let digits = Array(String(number.magnitude))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return (number < 0 ? "-" : "") + text
    }

    /// Bytes in the largest unit that leaves a whole part.
    package func bytes(_ count: some BinaryInteger) -> String {
        let value = Double(count)
        for (unit, size) in [("GB", 1e9), ("MB", 1e6), ("KB", 1e3)] where value >= size {
            let tenths = Int((value / size * 10).rounded())
            return "\(grouped(tenths / 10)).\(tenths % 10) \(unit)"
        }
        return "\(count) B"
    }

    /// A length of time in its two largest units; the script of the pages writes the same.
    package func span(seconds: Int64) -> String {
        let units: [(Int64, String, String)] = [
            (86_400, "d", "天"), (3_600, "h", "小时"), (60, "min", "分"), (1, "s", "秒"),
        ]
        let seconds = max(0, seconds)
        guard let index = units.firstIndex(where: { seconds >= $0.0 }), index < 3 else {
            return self("\(seconds) s", "\(seconds) 秒")
        }
        let (size, english, chinese) = units[index]
        let rest = seconds % size / units[index + 1].0
        let first = self("\(seconds / size) \(english)", "\(seconds / size) \(chinese)")
        return rest == 0 ? first : first + self(" \(rest) \(units[index + 1].1)", " \(rest) \(units[index + 1].2)")
    }
}
