import Effects

/// A division code: six digits (GB/T 2260), nine (township) or twelve (village).
///
/// A code names a place. It says nothing about who manages whom: the management tree is data, and a development zone or
/// an institution of another level stands where the tree puts it, whatever its digits.
package struct DivisionCode: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The level that the code's length and trailing zeros name.
    package enum Level: Int, Hashable, Comparable, Sendable {
        case province
        case city
        case county
        case township
        case village

        package static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    }

    /// 6, 9 or 12 digits; trailing `000` of the longer forms is dropped, so that one place has one code.
    package let rawValue: String

    /// Checks a code's form and normalises it; whether such a division exists is ``DivisionTable``'s to say.
    ///
    /// - Throws: `code.divisionForm`.
    package init(_ text: String) throws {
        var digits = Array(text.utf8)
        guard [6, 9, 12].contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }), digits[0] != 0x30
        else {
            throw Failure(
                "code.divisionForm", "\(NameForm.shown(text)) is not a division code",
                remedy: "write 6 digits (140321, a city as 140300), 9 digits for a township or 12 for a village")
        }
        while digits.count > 6, digits.suffix(3).allSatisfy({ $0 == 0x30 }) {
            digits.removeLast(3)
        }
        let isCityOrProvince = digits[4] == 0x30 && digits[5] == 0x30
        let isProvince = digits[2] == 0x30 && digits[3] == 0x30
        guard !isProvince || isCityOrProvince, digits.count == 6 || !isCityOrProvince else {
            throw Failure(
                "code.divisionForm", "\(NameForm.shown(text)) names a part of a division that it leaves out",
                remedy: "write the city's two digits and the county's two digits, then the township's three")
        }
        rawValue = String(decoding: digits, as: UTF8.self)
    }

    package var level: Level {
        switch rawValue.utf8.count {
        case 9: .township
        case 12: .village
        default: rawValue.hasSuffix("0000") ? .province : rawValue.hasSuffix("00") ? .city : .county
        }
    }

    /// The code of the division that this one lies in by its digits; none for a province.
    package var enclosing: DivisionCode? {
        let parts = Array(rawValue.utf8)
        switch level {
        case .province: return nil
        case .city: return DivisionCode(digits: parts[..<2] + Array("0000".utf8))
        case .county: return DivisionCode(digits: parts[..<4] + Array("00".utf8))
        case .township: return DivisionCode(digits: parts[..<6])
        case .village: return DivisionCode(digits: parts[..<9])
        }
    }

    private init(digits: some Sequence<UInt8>) {
        rawValue = String(decoding: Array(digits), as: UTF8.self)
    }

    package static func < (left: DivisionCode, right: DivisionCode) -> Bool {
        left.rawValue < right.rawValue
    }

    package var description: String { rawValue }
}
