import Effects

enum WallTimes {
    /// 2026-11-21T00:00:00Z.
    static let now = WallTime(milliseconds: 1_795_219_200_000)
}
