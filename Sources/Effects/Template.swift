/// A sentence with places for what it names: `{1}`, `{2}`, in the order in which English has them.
package struct Template {
    private enum Piece {
        case text(String)
        case place(Int)
    }

    private var pieces: [Piece] = []

    package init(_ text: String) {
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}"),
            let number = Int(rest[rest.index(after: open)..<close])
        {
            if open > rest.startIndex { pieces.append(.text(String(rest[..<open]))) }
            pieces.append(.place(number))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
    }

    /// What a sentence of this form names, by the numbers of the places; `nil` where it has another form.
    package func values(in sentence: Substring) -> [Int: String]? {
        Self.values(of: pieces[...], in: sentence)
    }

    private static func values(of pieces: ArraySlice<Piece>, in rest: Substring) -> [Int: String]? {
        guard let piece = pieces.first else { return rest.isEmpty ? [:] : nil }
        let others = pieces.dropFirst()
        switch piece {
        case .text(let text):
            guard rest.hasPrefix(text) else { return nil }
            return values(of: others, in: rest.dropFirst(text.count))
        case .place(let number):
            guard case .text(let next)? = others.first else { return others.isEmpty ? [number: String(rest)] : nil }
            for range in rest.ranges(of: next) {
                guard var found = values(of: others, in: rest[range.lowerBound...]) else { continue }
                found[number] = String(rest[..<range.lowerBound])
                return found
            }
            return nil
        }
    }

    package func filled(_ values: [Int: String]) -> String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .place(let number): values[number] ?? ""
            }
        }.joined()
    }
}
