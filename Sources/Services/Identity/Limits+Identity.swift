package import Effects

extension Limits {
    /// Keys that a walk through links and reports looks at on one level, and rows that one walk reads.
    package static let identityCandidates = 256
    package static let identityRowsRead = 20_000
    /// The keys of one person that a query follows, those asked for included; also what a link or separation may name.
    package static let identityKeys = 64
    /// The steps, and the separations, that a node's answer may name: what several nodes follow together.
    package static let identityStepsPerAnswer = 256
    /// The identity entries that one query weighs.
    package static let identityEntriesWeighed = 256
    /// The reference of a link and the reason of a separation.
    package static let identityTextCharacters = 200
    /// The links that one separation may undo, and the separations that one link may overrule.
    package static let identityCauses = 64
}
