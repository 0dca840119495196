/// Durations as people read them.
enum DurationText {
    /// `8.2秒`, `12分30秒`, `2小时05分`.
    static func chinese(milliseconds: Int64) -> String {
        text(milliseconds, hour: "小时", minute: "分", second: "秒", gap: "")
    }

    /// `8.2 s`, `12 min 30 s`, `2 h 05 min`.
    static func english(milliseconds: Int64) -> String {
        text(milliseconds, hour: " h ", minute: " min ", second: " s", gap: " ")
    }

    private static func text(
        _ milliseconds: Int64, hour: String, minute: String, second: String, gap: String
    ) -> String {
        let value = max(0, milliseconds)
        let seconds = value / 1_000
        if seconds < 60 { return "\(seconds).\(value % 1_000 / 100)\(second)" }
        if seconds < 3_600 { return "\(seconds / 60)\(minute)\(two(seconds % 60))\(second)" }
        let minutes = two(seconds / 60 % 60)
        return "\(seconds / 3_600)\(hour)\(minutes)\(gap.isEmpty ? minute : " min")"
    }

    private static func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
