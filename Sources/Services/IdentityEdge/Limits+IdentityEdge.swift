import Effects

extension Limits {
    static let matchesPerAnswer = 20
    static let matchedIdentifiers = 16
}
