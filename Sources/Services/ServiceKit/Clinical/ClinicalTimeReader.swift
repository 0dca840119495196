/// Reads the text of a time, from left to right.
struct ClinicalTimeReader {
    private(set) var year = 0
    private(set) var month = 1
    private(set) var day = 1
    private(set) var hour = 0
    private(set) var minute = 0
    private(set) var second = 0
    private(set) var fraction = ""
    private(set) var precision = ClinicalTime.Precision.year
    private(set) var zone = ClinicalTime.Zone.none

    var milliseconds: Int {
        Int(fraction.prefix(3) + String(repeating: "0", count: 3 - fraction.prefix(3).count)) ?? 0
    }

    /// No form of a time is longer.
    private static let longest = 64

    private var rest: Substring
    private var halfOfDay: HalfOfDay?

    private enum HalfOfDay { case early, noon, late, night }

    /// - Returns: `nil` where the text has no form of a time; whether the day exists is not looked at.
    static func read(_ text: String) -> ClinicalTimeReader? {
        guard text.utf8.count <= longest * 3 else { return nil }
        var reader = ClinicalTimeReader(plain(text)[...])
        guard reader.readDate(), reader.readZone(), reader.rest.isEmpty else { return nil }
        return reader
    }

    private init(_ rest: Substring) { self.rest = rest }

    /// Full-width characters as their ASCII ones, blanks at both ends taken off.
    private static func plain(_ text: String) -> String {
        var plain = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isWide = (0xFF01...0xFF5E).contains(scalar.value)
            let value = isWide ? scalar.value - 0xFEE0 : (scalar.value == 0x3000 ? 0x20 : scalar.value)
            if let scalar = UnicodeScalar(value) { plain.append(scalar) }
        }
        let ends = String(plain).drop { $0.isWhitespace }
        return String(ends.reversed().drop { $0.isWhitespace }.reversed())
    }

    private mutating func readDate() -> Bool {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        let behind = rest.dropFirst(digits.count).first
        if digits.count == 4, let behind, "-/.年".contains(behind) { return readSeparatedDate() }
        guard [4, 6, 8, 10, 12, 14].contains(digits.count) else { return false }
        rest = rest.dropFirst(digits.count)
        return take(compact: digits)
    }

    /// `YYYYMMDDHHMMSS`, or its beginning.
    private mutating func take(compact digits: Substring) -> Bool {
        let numbers = Self.numbers(digits)
        year = numbers[0] * 100 + numbers[1]
        if numbers.count > 2 { (month, precision) = (numbers[2], .month) }
        if numbers.count > 3 { (day, precision) = (numbers[3], .day) }
        if numbers.count > 4 { return take(time: numbers[4...]) && readFraction() }
        return precision == .day ? readTime() : true
    }

    private mutating func take(time numbers: ArraySlice<Int>) -> Bool {
        let parts = Array(numbers)
        guard (1...3).contains(parts.count) else { return false }
        (hour, precision) = (parts[0], .hour)
        if parts.count > 1 { (minute, precision) = (parts[1], .minute) }
        if parts.count > 2 { (second, precision) = (parts[2], .second) }
        return true
    }

    /// `YYYY-MM-DD`, `YYYY/M/D`, `YYYY.M.D`, `YYYY年M月D日`, the day left out in all forms but that with dots.
    private mutating func readSeparatedDate() -> Bool {
        guard let year = number(4...4), let separator = rest.popFirst(), let month = number(1...2) else { return false }
        (self.year, self.month, precision) = (year, month, .month)
        let isChinese = separator == "年"
        if isChinese {
            guard skip("月") else { return false }
        } else if !skip(separator) {
            return separator != "."
        }
        if isChinese, rest.isEmpty { return true }
        guard let day = number(1...2) else { return false }
        (self.day, precision) = (day, .day)
        if isChinese { guard skip("日") || skip("号") else { return false } }
        return readTime()
    }

    /// What follows a day: nothing, a zone, or a time of day.
    private mutating func readTime() -> Bool {
        if rest.isEmpty || rest.first == "+" || rest.first == "-" || rest.first == "Z" { return true }
        let isMarked = skip("T") || skip("t")
        skipBlanks()
        readWeekday()
        readHalfOfDay()
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty else { return !isMarked && halfOfDay == nil && rest.isEmpty }
        if digits.count == 4 || digits.count == 6 {
            rest = rest.dropFirst(digits.count)
            guard take(time: Self.numbers(digits)[...]) else { return false }
        } else {
            guard readClock() else { return false }
        }
        return readFraction() && applyHalfOfDay()
    }

    /// `h:mm[:ss]`, `h时m分[s秒]`, `h点`.
    private mutating func readClock() -> Bool {
        guard let hour = number(1...2) else { return false }
        (self.hour, precision) = (hour, .hour)
        let isChinese = skip("时") || skip("点")
        guard isChinese || skip(":") else { return false }
        if isChinese, number(ahead: 1...2) == nil { return true }
        guard let minute = number(isChinese ? 1...2 : 2...2) else { return false }
        (self.minute, precision) = (minute, .minute)
        if isChinese {
            guard skip("分") else { return rest.isEmpty }
            guard number(ahead: 1...2) != nil else { return true }
        } else if !skip(":") {
            return true
        }
        guard let second = number(isChinese ? 1...2 : 2...2) else { return false }
        (self.second, precision) = (second, .second)
        return !isChinese || skip("秒")
    }

    private mutating func readFraction() -> Bool {
        guard precision == .second, rest.first == "." || rest.first == "," else { return true }
        let digits = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty else { return false }
        fraction = String(digits)
        rest = rest.dropFirst(digits.count + 1)
        return true
    }

    private mutating func readWeekday() {
        for word in ["星期", "周"] where rest.hasPrefix(word) {
            rest = rest.dropFirst(word.count + 1)
            skipBlanks()
        }
    }

    private mutating func readHalfOfDay() {
        let words: [(String, HalfOfDay)] = [
            ("上午", .early), ("早上", .early), ("凌晨", .early), ("中午", .noon), ("下午", .late), ("晚上", .night),
        ]
        for (word, half) in words where rest.hasPrefix(word) {
            halfOfDay = half
            rest = rest.dropFirst(word.count)
            skipBlanks()
            return
        }
    }

    /// - Returns: whether the hour can be one of its half of the day.
    private mutating func applyHalfOfDay() -> Bool {
        let blanks = rest.prefix { $0 == " " }
        let word = rest.dropFirst(blanks.count).prefix(2).uppercased()
        if halfOfDay == nil, word == "AM" || word == "PM" {
            rest = rest.dropFirst(blanks.count + 2)
            guard (1...12).contains(hour) else { return false }
            hour = hour % 12 + (word == "PM" ? 12 : 0)
            return true
        }
        switch halfOfDay {
        case nil: return true
        case .early: return hour < 12
        case .noon:
            if hour < 3 { hour += 12 }
            return (11...14).contains(hour)
        case .late:
            if (1..<12).contains(hour) { hour += 12 }
            return hour >= 12
        case .night:
            // `晚上12点` is midnight, of which day nobody can tell, and so is one o'clock at night.
            if (5..<12).contains(hour) { hour += 12 }
            return hour >= 17
        }
    }

    /// `Z`, `UTC`, `GMT`, `+08:00`, `+0800`, `+08`, or nothing.
    private mutating func readZone() -> Bool {
        skipBlanks()
        guard let first = rest.first else { return true }
        for word in ["UTC", "GMT", "Z"] where rest == word {
            rest = ""
            zone = .universal
            return precision >= .minute
        }
        guard first == "+" || first == "-" else { return false }
        rest = rest.dropFirst()
        let digits = rest.filter { $0 != ":" }
        let hasColon = digits.count != rest.count
        guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), digits.count == 4 || (digits.count == 2 && !hasColon),
            !hasColon || rest.dropFirst(2).first == ":", rest.count <= 5, let number = Int(digits)
        else { return false }
        let hours = digits.count == 4 ? number / 100 : number
        let minutes = digits.count == 4 ? number % 100 : 0
        guard minutes < 60, hours < 14 || (hours == 14 && minutes == 0) else { return false }
        zone = .offset((hours * 60 + minutes) * (first == "-" ? -1 : 1))
        rest = ""
        return true
    }

    private mutating func number(_ lengths: ClosedRange<Int>) -> Int? {
        guard let found = number(ahead: lengths) else { return nil }
        rest = rest.dropFirst(found.length)
        return found.value
    }

    private func number(ahead lengths: ClosedRange<Int>) -> (value: Int, length: Int)? {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        guard lengths.contains(digits.count), let value = Int(digits) else { return nil }
        return (value, digits.count)
    }

    private mutating func skip(_ character: Character) -> Bool {
        guard rest.first == character else { return false }
        rest = rest.dropFirst()
        return true
    }

    private mutating func skipBlanks() { rest = rest.drop { $0 == " " || $0 == "\t" } }

    /// The digits two by two.
    private static func numbers(_ digits: Substring) -> [Int] {
        let values = digits.utf8.map { Int($0) - 0x30 }
        return stride(from: 0, to: values.count - 1, by: 2).map { values[$0] * 10 + values[$0 + 1] }
    }
}
