package import Effects

/// Prose with places that are filled by chance, as radiologists' templates are.
///
/// `{左|右}` chooses a word, `{8-15}` a whole number, `{0.8-1.4}` a number with as many decimals as its bounds. The same
/// place written twice in one report gets the same filling, so that findings and opinion agree on the side.
package struct TextTemplate: Sendable {
    private enum Piece: Sendable {
        case text(String)
        case words(key: String, [String])
        case number(key: String, ClosedRange<Int>, decimals: Int)
    }

    private var pieces: [Piece] = []

    package init(_ source: String) {
        for (index, part) in source.split(separator: "{", omittingEmptySubsequences: false).enumerated() {
            guard index > 0, let end = part.firstIndex(of: "}") else {
                pieces.append(.text(String(part)))
                continue
            }
            pieces.append(Self.place(String(part[..<end])))
            pieces.append(.text(String(part[part.index(after: end)...])))
        }
    }

    private static func place(_ key: String) -> Piece {
        if key.contains("|") {
            return .words(key: key, key.split(separator: "|", omittingEmptySubsequences: false).map(String.init))
        }
        let bounds = key.split(separator: "-")
        let decimals = bounds.first?.split(separator: ".").dropFirst().first?.count ?? 0
        let numbers = bounds.compactMap { Int($0.filter { $0 != "." }) }
        guard numbers.count == 2, numbers[0] <= numbers[1] else { return .text(key) }
        return .number(key: key, numbers[0]...numbers[1], decimals: decimals)
    }

    /// Fills the places.
    ///
    /// - Parameter filled: what has been filled in this report so far, by the place's text.
    package func fill(_ filled: inout [String: String], from random: some RandomSource) -> String {
        var text = ""
        for piece in pieces {
            switch piece {
            case .text(let words):
                text += words
            case .words(let key, let choices):
                let word = filled[key] ?? random.pick(choices) ?? ""
                filled[key] = word
                text += word
            case .number(let key, let range, let decimals):
                let word = filled[key] ?? Self.number(random.integer(in: range), decimals: decimals)
                filled[key] = word
                text += word
            }
        }
        return text
    }

    private static func number(_ scaled: Int, decimals: Int) -> String {
        var value = Double(scaled)
        for _ in 0..<decimals { value /= 10 }
        return DecimalText.fixed(value, decimals: decimals)
    }
}
