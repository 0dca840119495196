import Foundation

/// Numbers and texts at which some type, some form or some reader ends; what every generator of extreme values writes.
package enum ExtremeForms {
    /// Numbers at which some type ends, or the sum of two of them does.
    package static let numbers: [UInt64] = [
        0, 1, 1 << 31 - 1, 1 << 31, 1 << 32 - 1, 1 << 32, 1 << 53, 1 << 62, 1 << 63 - 1, 1 << 63, .max,
    ]

    package static let texts: [String] = [
        "", "-", "9223372036854775807", "-9223372036854775808", "99999999999999999999", "00000000000000",
        "99991231235959.9999+1400", "9999-12-31T23:59:59.999+14:00", "0001-01-01T00:00:00-14:00", "9999", "0000Q0",
        "jucheng/ffffffffffffffff/bulk/18446744073709551615/4294967295", String(repeating: "长", count: 2_000),
    ]

    /// What people, files and addresses can hold beside ``texts``: numbers as text, times of no calendar, paths,
    /// controls.
    package static let words: [String] =
        texts + numbers.map(String.init) + [
            "-1", "-2147483649", "0x7fffffffffffffff", "1e308", "NaN", "292277026-08-17", "-9999-01-01", "2026-02-30",
            "../../../../etc/passwd", "/dev/null", "a\u{0}b", "\u{1B}[2J\u{9B}1m", "\u{202E}x\u{FEFF}", "%s%n%x",
            "'\"<&;",
            "a|b|c|d|e|f", "::1", "255.255.255.255:65536", "💉",
        ]

    /// How many variants of one thing are tried; `YILIAN_ATTACK_VARIANTS` says another number.
    ///
    /// - Parameter usual: where nobody asks for more.
    package static func tries(_ usual: Int) -> Int {
        ProcessInfo.processInfo.environment["YILIAN_ATTACK_VARIANTS"].flatMap { Int($0) }.map { max(1, $0) } ?? usual
    }

    /// Every how manieth where there are more than a test has time for: neighbours among them differ in a value.
    ///
    /// Another number at the beginning chooses others, so that what bends several things tries most values at one of
    /// them.
    package static func some<Value>(of all: [Value], atMost count: Int, from first: Int = 0) -> [Value] {
        guard all.count > count else { return all }
        let step = all.count / count + 1
        return stride(from: first % step, to: all.count, by: step).map { all[$0] }
    }
}
