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
