import Effects

/// What browsers may take of a node.
extension Limits {
    /// Connections with somebody behind them who has signed in.
    static let pageConnections = 512
    /// Connections of whoever has not, or not yet.
    static let pageUnproven = 256
    /// A browser opens six.
    static let pagePerAccount = 48
    /// A form; files go through verbs.
    static let pageFormBytes = 64 << 10
    static let pageAddressBytes = 4 << 10
    /// Pages that are being made at a time; each takes a few hundred kilobytes.
    static let pagesInHand = 48
    /// How long a stop waits for pages in hand.
    static let pageDrainMilliseconds: Int64 = 5_000
}
