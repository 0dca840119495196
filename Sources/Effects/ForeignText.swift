/// Text in another encoding than UTF-8, as editors and offices of this country write it.
enum ForeignText {
    /// The first line, counted from 1, that is not UTF-8.
    static func line(in bytes: [UInt8]) -> Int {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return (lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0) + 1
    }

    /// Which encoding the bytes look like; nil where they look like none that is known here.
    ///
    /// - Returns: its name for people, and the one that `iconv` takes.
    static func encoding(of bytes: [UInt8]) -> (name: String, code: String)? {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return ("UTF-16", "UTF-16") }
        // A damaged text in UTF-8 can have such pairs, and has lines that are whole.
        return !hasLineOfUTF8(bytes) && isGB18030(bytes) ? ("GBK (GB18030)", "GB18030") : nil
    }

    /// Whether a line with more than ASCII in it is UTF-8.
    private static func hasLineOfUTF8(_ bytes: [UInt8]) -> Bool {
        bytes.split(separator: UInt8(ascii: "\n")).contains { line in
            line.contains { $0 >= 0x80 } && String(validating: line, as: UTF8.self) != nil
        }
    }

    /// Whether all bytes stand in pairs and fours as GB18030 has them.
    private static func isGB18030(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while let first = rest.popFirst() {
            if first < 0x80 { continue }
            guard (0x81...0xFE).contains(first), let second = rest.popFirst() else { return false }
            if (0x30...0x39).contains(second) {
                guard let third = rest.popFirst(), let fourth = rest.popFirst(), (0x81...0xFE).contains(third),
                    (0x30...0x39).contains(fourth)
                else { return false }
            } else if !(0x40...0xFE).contains(second) || second == 0x7F {
                return false
            }
        }
        return true
    }
}
