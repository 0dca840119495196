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

/// How far a misspelt key is from one that exists.
package enum Spelling {
    /// Insertions, deletions and replacements between two texts; long texts count as far apart.
    static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left.lowercased().unicodeScalars)
        let right = Array(right.lowercased().unicodeScalars)
        guard left.count <= 64, right.count <= 64 else { return .max }
        var row = Array(0...right.count)
        for (index, scalar) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (column, other) in right.enumerated() {
                let cost = scalar == other ? diagonal : min(diagonal, row[column], row[column + 1]) + 1
                diagonal = row[column + 1]
                row[column + 1] = cost
            }
        }
        return row[right.count]
    }

    /// The one of the known names that a misspelling is probably meant to be; nil where none is near.
    package static func nearest(to name: String, among known: some Sequence<String>) -> String? {
        let near = known.map { (distance: distance($0, name), name: $0) }.min { $0 < $1 }
        return near.flatMap { $0.distance <= farthest && $0.distance < $0.name.unicodeScalars.count ? $0.name : nil }
    }

    /// What to do about a name that nothing knows.
    package static func remedy(for name: String, among known: some Sequence<String>, else other: String) -> String {
        nearest(to: name, among: known).map { "did you mean '\($0)'?" } ?? other
    }

    private static let farthest = 2
}
