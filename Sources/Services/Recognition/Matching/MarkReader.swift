import Regions

/// Finds recognition marks in what laboratories print: `【全国HR】葡萄糖`, `★葡萄糖`, a note `山西省HR`.
///
/// Only the labels of the region's scopes are marks. A label counts where it stands in brackets, or alone.
package struct MarkReader: Sendable {
    private let labels: [(label: String, scope: String)]
    private let starScope: String?

    package init(_ rules: RecognitionRules) {
        labels = rules.scopes.map { (Self.folded($0.label), $0.id) }
        starScope = rules.starScope
    }

    /// Ids of the scopes whose marks stand in a text, in the order of the region's list.
    package func marks(in text: String) -> [String] {
        let text = Self.folded(text)
        let pieces = Self.bracketed(text) + [text]
        var found = labels.filter { label in pieces.contains(label.label) }.map(\.scope)
        if text.hasPrefix("★"), let starScope, !found.contains(starScope) { found.append(starScope) }
        return found
    }

    /// What stands in brackets of any kind.
    private static func bracketed(_ text: String) -> [String] {
        var pieces: [String] = []
        var current: String?
        for character in text {
            if "【[(〔".contains(character) {
                current = ""
            } else if "】])〕".contains(character) {
                if let piece = current { pieces.append(piece) }
                current = nil
            } else {
                current?.append(character)
            }
        }
        return pieces
    }

    /// Full-width letters and brackets as narrow ones, without spaces.
    private static func folded(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.compactMap { scalar in
                    if scalar.properties.isWhitespace { return nil }
                    guard (0xFF01...0xFF5E).contains(scalar.value) else { return scalar }
                    return Unicode.Scalar(scalar.value - 0xFEE0)
                }))
    }
}
