import Effects

/// The bounds of a JSON text.
package struct JSONLimits: Equatable, Sendable {
    package var textBytes: Int
    package var nestingDepth: Int
    /// Values of all kinds, so that `[0,0,0…` cannot take much more memory than its text.
    package var valueCount: Int

    /// Whether a text in it may hold a zero byte; no store takes one.
    package var takesZeroBytes: Bool

    package init(
        textBytes: Int = Limits.fhirBodyBytes, nestingDepth: Int = 64, valueCount: Int = 1_000_000,
        takesZeroBytes: Bool = false
    ) {
        self.textBytes = textBytes
        self.nestingDepth = nestingDepth
        self.valueCount = valueCount
        self.takesZeroBytes = takesZeroBytes
    }
}

/// Reads JSON (RFC 8259): UTF-8, no comments, no trailing commas, no duplicate names.
package struct JSONParser {
    private let bytes: [UInt8]
    private let limits: JSONLimits
    private var position = 0
    private var values = 0

    /// The value that a text holds.
    ///
    /// - Throws: `json.syntax` with line and column, `json.tooLong`, `json.tooDeep`, `json.tooMany`, `json.notUTF8`.
    package static func parse(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws -> JSONValue {
        guard bytes.count <= limits.textBytes else {
            throw Failure("json.tooLong", "the text has \(bytes.count) bytes; the limit is \(limits.textBytes)")
        }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw Failure(
                "json.notUTF8", "the text is not UTF-8",
                remedy: "send JSON as UTF-8; what was written as GB 18030 (GBK) wants to be converted")
        }
        var parser = JSONParser(bytes: bytes, limits: limits)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.position = 3 }
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.position == bytes.count else { throw parser.syntax("there is something after the value") }
        return value
    }

    package static func parse(_ text: String) throws -> JSONValue { try parse(Array(text.utf8)) }

    private init(bytes: [UInt8], limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    private mutating func value(depth: Int) throws -> JSONValue {
        guard depth < limits.nestingDepth else {
            throw Failure("json.tooDeep", "values are nested more than \(limits.nestingDepth) deep", place: place)
        }
        values += 1
        guard values <= limits.valueCount else {
            throw Failure("json.tooMany", "the text has more than \(limits.valueCount) values", place: place)
        }
        skipSpace()
        guard let byte = current else { throw syntax("a value is missing at the end of the text") }
        switch byte {
        case UInt8(ascii: "{"): return .object(try object(depth: depth))
        case UInt8(ascii: "["): return .array(try array(depth: depth))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        default: throw syntax("this cannot start a value")
        }
    }

    private mutating func object(depth: Int) throws -> JSONObject {
        position += 1
        var members: [JSONObject.Member] = []
        var names: Set<String> = []
        skipSpace()
        if take(UInt8(ascii: "}")) { return JSONObject() }
        while true {
            skipSpace()
            guard current == UInt8(ascii: "\"") else { throw syntax("a member's name is missing") }
            let name = try string()
            guard names.insert(name).inserted else { throw syntax("a name stands twice in one object") }
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw syntax("a colon is missing") }
            members.append(JSONObject.Member(name: name, value: try value(depth: depth + 1)))
            skipSpace()
            if take(UInt8(ascii: ",")) { continue }
            guard take(UInt8(ascii: "}")) else { throw syntax("a comma or } is missing") }
            return JSONObject(members: members)
        }
    }

    private mutating func array(depth: Int) throws -> [JSONValue] {
        position += 1
        var items: [JSONValue] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return items }
        while true {
            items.append(try value(depth: depth + 1))
            skipSpace()
            if take(UInt8(ascii: ",")) { continue }
            guard take(UInt8(ascii: "]")) else { throw syntax("a comma or ] is missing") }
            return items
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws -> JSONValue {
        guard bytes[position...].starts(with: word.utf8) else { throw syntax("this cannot start a value") }
        position += word.utf8.count
        return value
    }

    private mutating func number() throws -> JSONNumber {
        let start = position
        while let byte = current, JSONNumber.isDigit(byte) || "+-.eE".utf8.contains(byte) { position += 1 }
        guard JSONNumber.isNumber(bytes[start..<position]) else {
            position = start
            throw syntax("this is not a number")
        }
        return JSONNumber(checked: String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private mutating func string() throws -> String {
        position += 1
        let start = position
        while let byte = current, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
            position += 1
        }
        if current == UInt8(ascii: "\"") {
            position += 1
            return String(decoding: bytes[start..<(position - 1)], as: UTF8.self)
        }
        var text = Array(bytes[start..<position])
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20: throw syntax("a control character stands in a string")
            default:
                text.append(byte)
                position += 1
            }
        }
        throw syntax("a string does not end")
    }

    private mutating func escape(into text: inout [UInt8]) throws {
        position += 1
        guard let byte = current else { throw syntax("a string does not end") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var value = UInt32(try hexadecimal())
            if (0xD800..<0xDC00).contains(value) {
                guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw syntax("half a surrogate pair") }
                let low = UInt32(try hexadecimal())
                guard (0xDC00..<0xE000).contains(low) else { throw syntax("half a surrogate pair") }
                value = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00)
            }
            guard let scalar = UnicodeScalar(value) else { throw syntax("half a surrogate pair") }
            guard value != 0 || limits.takesZeroBytes else { throw syntax("a zero byte stands in a string") }
            text.append(contentsOf: Array(String(scalar).utf8))
        default: throw syntax("an unknown escape stands in a string")
        }
    }

    private mutating func hexadecimal() throws -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = current, byte < 0x80, let digit = Character(UnicodeScalar(byte)).hexDigitValue else {
                throw syntax("\\u needs four hexadecimal digits")
            }
            value = value << 4 | UInt16(digit)
            position += 1
        }
        return value
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    /// Line and column, both from 1; the column counts characters.
    private var place: String {
        let before = bytes[..<min(position, bytes.count)]
        let line = before.count { $0 == 0x0A } + 1
        let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let column = before[start...].count { $0 & 0xC0 != 0x80 } + 1
        return "line \(line), column \(column)"
    }

    private func syntax(_ message: String) -> Failure {
        let rest = bytes[min(position, bytes.count)...].prefix(3)
        // “ ” ‘ ’ and the full-width colon and comma of input methods.
        let isQuote = rest.starts(with: [0xE2, 0x80]) && (rest.last.map { (0x98...0x9F).contains($0) } ?? false)
        let isMark = [[0xEF, 0xBC, 0x9A], [0xEF, 0xBC, 0x8C]].contains { rest.elementsEqual($0) }
        return Failure(
            "json.syntax", message, place: place,
            remedy: isQuote
                ? "a curly quote stands here: write \" with the keyboard in its English mode"
                : isMark ? "a full-width mark stands here: write it with the keyboard in its English mode" : nil)
    }
}
