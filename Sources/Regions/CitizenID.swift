package import Effects

/// A citizen identity number (公民身份号码, GB 11643-1999) whose check character and date of birth hold.
///
/// The first six digits are the place of first registration, not the place of residence. Neither `description` nor any
/// error shows the number.
package struct CitizenID: Hashable, Sendable, CustomStringConvertible {
    /// The 18 characters, the last one a digit or `X`.
    package let rawValue: String

    /// Checks and normalises a number (`x` becomes `X`, surrounding blanks go).
    ///
    /// - Parameter now: the date of birth may not lie after this moment's day in China.
    /// - Throws: `code.citizenIDLength`, `code.citizenIDCharacter`, `code.citizenIDDate`, `code.citizenIDFuture`,
    ///   `code.citizenIDCheck`.
    package init(_ text: String, now: WallTime) throws {
        var bytes = Array(text.utf8)
        while bytes.last == 0x20 { bytes.removeLast() }
        while bytes.first == 0x20 { bytes.removeFirst() }
        guard bytes.count == 18 else {
            throw Failure(
                "code.citizenIDLength", "a citizen identity number has 18 characters, this one has \(bytes.count)",
                remedy: "give the full 18-character number, or send it under another identifier type")
        }
        if bytes[17] == 0x78 { bytes[17] = 0x58 }
        guard bytes[..<17].allSatisfy({ (0x30...0x39).contains($0) }),
            (0x30...0x39).contains(bytes[17]) || bytes[17] == 0x58
        else {
            throw Failure(
                "code.citizenIDCharacter", "a citizen identity number has 17 digits and then a digit or X",
                remedy: "correct the number at its source")
        }
        try Self.checkBirthDate(bytes, now: now)
        guard Self.checkCharacter(bytes[..<17]) == bytes[17] else {
            throw Failure(
                "code.citizenIDCheck", "the check character of the citizen identity number does not fit its digits",
                remedy: "a digit is wrong or two are exchanged: correct the number at its source")
        }
        rawValue = String(decoding: bytes, as: UTF8.self)
    }

    /// The date of birth as `YYYY-MM-DD`.
    package var birthDate: String {
        let digits = Array(rawValue.utf8)
        let parts = [digits[6..<10], digits[10..<12], digits[12..<14]]
        return parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-")
    }

    package var description: String { "a citizen identity number" }

    /// The check character of 17 digits by ISO 7064 MOD 11-2.
    ///
    /// - Parameter digits: ASCII digits; the weights are 2^17, 2^16, … 2 modulo 11.
    package static func checkCharacter(_ digits: some Sequence<UInt8>) -> UInt8 {
        var sum = 0
        for (digit, weight) in zip(digits, weights) {
            sum += (Int(digit) - 0x30) * weight
        }
        return checkCharacters[((sum % 11) + 11) % 11]
    }

    private static func checkBirthDate(_ bytes: [UInt8], now: WallTime) throws {
        var cursor = DigitCursor(Array(bytes[6..<14]))
        guard let year = cursor.number(4), let month = cursor.number(2), let day = cursor.number(2),
            let birth = CivilDateTime(year: year, month: month, day: day)
        else {
            throw Failure(
                "code.citizenIDDate", "the date of birth in the citizen identity number does not exist",
                remedy: "correct the number at its source")
        }
        guard birth.wallTime(offsetMinutes: WallTime.chinaOffsetMinutes) <= now else {
            throw Failure(
                "code.citizenIDFuture", "the date of birth in the citizen identity number lies in the future",
                remedy: "correct the number at its source, or this machine's clock")
        }
    }

    private static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    private static let checkCharacters = Array("10X98765432".utf8)
}
