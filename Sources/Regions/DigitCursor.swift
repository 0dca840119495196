/// Reads fixed-width decimal fields and separators from ASCII bytes.
struct DigitCursor {
    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { index == bytes.count }

    /// Exactly `width` decimal digits as a number.
    mutating func number(_ width: Int) -> Int? {
        guard bytes.count - index >= width else { return nil }
        var value = 0
        for byte in bytes[index..<(index + width)] {
            guard (0x30...0x39).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        index += width
        return value
    }

    mutating func skip(_ separator: Unicode.Scalar) -> Bool {
        guard index < bytes.count, UInt32(bytes[index]) == separator.value else { return false }
        index += 1
        return true
    }

    /// A decimal fraction of a second in milliseconds; 0 where there is none, none where it is malformed.
    mutating func fraction() -> Int? {
        guard skip(".") else { return 0 }
        for (width, factor) in [(3, 1), (2, 10), (1, 100)] {
            if let value = number(width) { return value * factor }
        }
        return nil
    }

    /// `Z` or `+08:00` or `-05:30`, in minutes east of UTC.
    mutating func offsetMinutes() -> Int? {
        if skip("Z") { return 0 }
        let isWest = skip("-")
        guard isWest || skip("+") else { return nil }
        guard let hours = number(2), skip(":"), let minutes = number(2), hours <= 14, minutes < 60 else { return nil }
        return (hours * 60 + minutes) * (isWest ? -1 : 1)
    }
}
