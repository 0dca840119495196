package import Effects

/// A word that must be one of a closed list, wherever a person or a program gives it.
///
/// Any other word is an error that names the list and the nearest word in it: a misspelt one must never look like
/// "nothing was found".
package enum KnownWord {
    /// - Parameters:
    ///   - what: what the words are, for example `purpose`.
    ///   - code: of the failure.
    /// - Throws: a failure where the word is not in the list; it does not repeat the word, which can be anything.
    @discardableResult
    package static func check(
        _ word: String, what: String, among known: [String], code: Failure.Code = "console.badRequest"
    ) throws -> String {
        guard known.contains(word) else { throw failure(word, what: what, among: known, code: code) }
        return word
    }

    /// A value that is written as one of its raw words.
    package static func value<Value: RawRepresentable<String> & CaseIterable>(
        _ word: String, what: String, code: Failure.Code = "console.badRequest"
    ) throws -> Value {
        guard let value = Value(rawValue: word) else {
            throw failure(word, what: what, among: Value.allCases.map(\.rawValue), code: code)
        }
        return value
    }

    package static func failure(
        _ word: String, what: String, among known: [String], code: Failure.Code = "console.badRequest"
    ) -> Failure {
        Failure(code, "there is no such \(what)", remedy: remedy(for: word, among: known))
    }

    /// The nearest word and the list; of a long list its beginning.
    package static func remedy(for word: String, among known: [String]) -> String {
        guard !known.isEmpty else { return "none is known yet" }
        let nearest = Spelling.nearest(to: word, among: known).map { "did you mean '\($0)'? " } ?? ""
        let rest = known.count > shown ? " and \(known.count - shown) more" : ""
        return nearest + "choose one of: " + known.prefix(shown).joined(separator: ", ") + rest
    }

    private static let shown = 30
}
