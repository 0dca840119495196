import Effects

/// The character set of an HL7 v2 message, as MSH-18 names it.
package enum HL7Encoding: String, Equatable, Sendable, CaseIterable {
    case utf8
    case gb18030
    case latin1
    case ascii

    /// The character set that a name of table 0211 means.
    ///
    /// GB 2312 and GBK are subsets of GB 18030 and are read as such, by whatever name (`GB2312-80`, `MS936`,
    /// `GB/T 18030-2022`); `UNICODE` alone is read as UTF-8. Only letters and digits of the name count.
    ///
    /// - Returns: `nil` for names that this program does not know.
    package init?(tableName: String) {
        let name = String(tableName.filter { $0.isLetter || $0.isNumber }.uppercased())
        switch name {
        case "UNICODEUTF8", "UTF8", "UNICODE": self = .utf8
        case "GBK", "GBK1", "CP936", "MS936", "WINDOWS936", "EUCCN", "XGBK": self = .gb18030
        case _ where Self.isOfGB(name): self = .gb18030
        case "88591", "ISO88591", "ISOIR100", "LATIN1": self = .latin1
        case "ASCII", "USASCII", "ISOIR6": self = .ascii
        default: return nil
        }
    }

    /// `GB18030`, `GBT18030`, `GB2312`, with or without the year of the standard.
    private static func isOfGB(_ name: String) -> Bool {
        for standard in ["GB18030", "GBT18030", "GB2312", "GBT2312"] where name.hasPrefix(standard) {
            return ["", "80", "1980", "2000", "2005", "2022"].contains(name.dropFirst(standard.count))
        }
        return false
    }

    /// U+FEFF in UTF-8, and in GB 18030.
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    static let byteOrderMarkOfGB18030: [UInt8] = [0x84, 0x31, 0x95, 0x33]

    /// The name of table 0211 for this character set.
    package var tableName: String {
        switch self {
        case .utf8: "UNICODE UTF-8"
        case .gb18030: "GB 18030-2000"
        case .latin1: "8859/1"
        case .ascii: "ASCII"
        }
    }

    /// The text of `bytes` as UTF-8.
    ///
    /// - Throws: `hl7.undecodable` with the offset of the first byte that is not of this character set. Nothing is ever
    ///   replaced by a substitute character.
    package func decode(_ bytes: [UInt8]) throws -> [UInt8] {
        switch self {
        case .utf8:
            guard String(validating: bytes, as: UTF8.self) != nil else {
                throw undecodable(at: Self.firstInvalidUTF8(in: bytes))
            }
            return bytes
        case .ascii:
            if let offset = bytes.firstIndex(where: { $0 >= 0x80 }) { throw undecodable(at: offset) }
            return bytes
        case .latin1:
            guard bytes.contains(where: { $0 >= 0x80 }) else { return bytes }
            var text: [UInt8] = []
            text.reserveCapacity(bytes.count + bytes.count / 8)
            for byte in bytes {
                if byte < 0x80 {
                    text.append(byte)
                } else {
                    text.append(0xC0 | (byte >> 6))
                    text.append(0x80 | (byte & 0x3F))
                }
            }
            return text
        case .gb18030:
            guard bytes.contains(where: { $0 >= 0x80 }) else { return bytes }
            switch CharacterConversion(from: "GB18030", to: "UTF-8").convert(bytes) {
            case .converted(let text): return text
            case .invalid(let offset): throw undecodable(at: offset)
            case .unavailable: throw Self.missingConversion
            }
        }
    }

    /// The offset of the first byte that is not of this character set.
    func firstInvalid(in bytes: [UInt8]) -> Int? {
        switch self {
        case .utf8: return String(validating: bytes, as: UTF8.self) == nil ? Self.firstInvalidUTF8(in: bytes) : nil
        case .ascii: return bytes.firstIndex { $0 >= 0x80 }
        case .latin1: return nil
        case .gb18030:
            guard case .invalid(let offset) = CharacterConversion(from: "GB18030", to: "UTF-8").convert(bytes) else {
                return nil
            }
            return offset
        }
    }

    /// The bytes of `text` in this character set.
    ///
    /// - Throws: `hl7.unencodable` where the character set has no code for a character.
    package func encode(_ text: String) throws -> [UInt8] {
        let bytes = Array(text.utf8)
        guard self != .utf8, bytes.contains(where: { $0 >= 0x80 }) else { return bytes }
        switch self {
        case .utf8: return bytes
        case .ascii: throw unencodable
        case .latin1:
            return try text.unicodeScalars.map { scalar in
                guard scalar.value < 0x100 else { throw unencodable }
                return UInt8(scalar.value)
            }
        case .gb18030:
            switch CharacterConversion(from: "UTF-8", to: "GB18030").convert(bytes) {
            case .converted(let converted): return converted
            case .invalid: throw unencodable
            case .unavailable: throw Self.missingConversion
            }
        }
    }

    private func undecodable(at offset: Int) -> Failure {
        Failure(
            "hl7.undecodable", "a byte is not \(tableName)", place: "byte \(offset + 1)",
            remedy: "name the character set in MSH-18, or set the listener's character set")
    }

    private var unencodable: Failure {
        Failure("hl7.unencodable", "a character cannot be written as \(tableName)")
    }

    private static let missingConversion = Failure(
        "hl7.conversionMissing", "the system's character conversion for GB 18030 is missing",
        remedy: "install the C library's conversion modules (gconv)")

    private static func firstInvalidUTF8(in bytes: [UInt8]) -> Int {
        var low = 0
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): low += UTF8.width(scalar)
            case .emptyInput, .error: return min(low, max(bytes.count - 1, 0))
            }
        }
    }
}
