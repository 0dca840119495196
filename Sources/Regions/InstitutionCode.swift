import Effects

/// A health institution's code (卫生机构（组织）代码, WS 218): 22 characters.
///
/// Nine characters of organization code (GB 11714, the last one its check character) and thirteen of attributes:
/// division (6), economic type (2), institution class (4), management class (1). It is also written with a hyphen
/// before the check character or after the organization code, 23 characters; the hyphen is dropped.
package struct InstitutionCode: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The 22 characters, without a hyphen and in capitals.
    package let rawValue: String
    /// The six digits of the division, as they stand in the code; see ``DivisionTable`` for what they name.
    package let division: DivisionCode

    /// Checks and normalises a code.
    ///
    /// - Throws: `code.institutionLength`, `code.institutionCharacter`, `code.institutionCheck`,
    ///   `code.institutionDivision`, `code.institutionEconomicType`, `code.institutionClass`,
    ///   `code.institutionManagement`; the message says which part is wrong.
    package init(_ text: String) throws {
        let bytes = try Self.normalise(text)
        try Self.checkOrganization(Array(bytes[..<9]), shown: text)
        let digits = String(decoding: bytes[9..<15], as: UTF8.self)
        guard let division = try? DivisionCode(digits) else {
            throw Self.bad(
                "code.institutionDivision", text, "characters 10 to 15 (\(digits)) are not a six-digit division code")
        }
        self.division = division
        guard bytes[15..<17].allSatisfy(Self.isDigit) else {
            throw Self.bad(
                "code.institutionEconomicType", text, "characters 16 and 17 are the economic type, two digits")
        }
        guard Self.isDigit(bytes[17]) || Self.isCapital(bytes[17]), bytes[18..<21].allSatisfy(Self.isDigit) else {
            throw Self.bad(
                "code.institutionClass", text,
                "characters 18 to 21 are the institution class, a letter and three digits such as A100")
        }
        guard Self.isDigit(bytes[21]) else {
            throw Self.bad("code.institutionManagement", text, "character 22 is the management class, one digit")
        }
        rawValue = String(decoding: bytes, as: UTF8.self)
    }

    /// The nine characters of the organization code.
    package var organization: String { String(rawValue.prefix(9)) }
    package var economicType: String { String(rawValue.dropFirst(15).prefix(2)) }
    package var institutionClass: String { String(rawValue.dropFirst(17).prefix(4)) }
    package var managementClass: String { String(rawValue.suffix(1)) }

    package static func < (left: InstitutionCode, right: InstitutionCode) -> Bool {
        left.rawValue < right.rawValue
    }

    package var description: String { rawValue }

    /// The check character of eight characters by GB 11714: 11 minus the weighted sum modulo 11; 10 is X, 11 is 0.
    ///
    /// - Returns: none where a character is neither a digit nor a capital letter.
    package static func checkCharacter(_ body: some Sequence<UInt8>) -> UInt8? {
        var sum = 0
        for (byte, weight) in zip(body, [3, 7, 9, 10, 5, 8, 4, 2]) {
            guard isDigit(byte) || isCapital(byte) else { return nil }
            sum += weight * (isDigit(byte) ? Int(byte) - 0x30 : Int(byte) - 0x41 + 10)
        }
        switch 11 - sum % 11 {
        case 10: return 0x58
        case 11: return 0x30
        case let digit: return UInt8(0x30 + digit)
        }
    }
}

extension InstitutionCode {
    private static func normalise(_ text: String) throws -> [UInt8] {
        var bytes = Array(text.utf8).map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 }
        if bytes.count == 23 {
            guard let hyphen = bytes.firstIndex(of: 0x2D), hyphen == 8 || hyphen == 9 else {
                throw bad(
                    "code.institutionLength", text,
                    "it has 23 characters and no hyphen before or after the ninth character of the organization code")
            }
            bytes.remove(at: hyphen)
        }
        guard bytes.count == 22 else {
            throw bad("code.institutionLength", text, "it has \(bytes.count) characters, not 22 (23 with a hyphen)")
        }
        if let index = bytes.firstIndex(where: { !isDigit($0) && !isCapital($0) }) {
            throw bad("code.institutionCharacter", text, "character \(index + 1) is neither a digit nor a letter")
        }
        return bytes
    }

    private static func checkOrganization(_ bytes: [UInt8], shown text: String) throws {
        let expected = checkCharacter(bytes[..<8])
        guard let expected, expected == bytes[8] else {
            throw bad(
                "code.institutionCheck", text,
                "the check character of its organization code (GB 11714) does not fit the eight characters before it")
        }
    }

    private static func bad(_ code: Failure.Code, _ text: String, _ reason: String) -> Failure {
        Failure(
            code, "\(NameForm.shown(text)) is not an institution code: \(reason)",
            remedy: "copy the 22 characters from the institution's registration")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
}
