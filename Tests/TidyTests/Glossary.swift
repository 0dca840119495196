/// The page of words, read as rules.
struct Glossary {
    /// A word of the field with the types that stand for it.
    struct Term: Equatable {
        /// As they are written; several where a row explains them together.
        var words: [String]
        var types: [String]
    }

    /// What a word may be a part of; `…` stands for the rest of a name.
    struct Meaning: Equatable {
        var word: String
        var types: [String]

        func allows(_ name: String) -> Bool {
            types.contains { type in
                if type.hasPrefix("…") { return name.hasSuffix(type.dropFirst()) }
                return type.hasSuffix("…") ? name.hasPrefix(type.dropLast()) : name == type
            }
        }
    }

    private(set) var terms: [Term] = []
    private(set) var meanings: [Meaning] = []
    private(set) var unused: [String] = []

    /// Reads the page's tables by their headings: four columns explain terms, three give a word its one meaning, two
    /// name words that are not used.
    init(_ text: String) {
        for line in text.split(separator: "\n") where line.hasPrefix("| ") {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
                .map { String($0.trimmingPrefix { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
            guard let first = cells.first, first != "word" else { continue }
            switch cells.count {
            case 4: terms.append(Term(words: Self.list(first), types: Self.spans(cells[3])))
            case 3: meanings.append(Meaning(word: first, types: Self.spans(cells[2])))
            case 2: unused.append(first)
            default: continue
            }
        }
    }

    private static func list(_ cell: String) -> [String] {
        cell.split(separator: ",").map { String($0.drop { $0 == " " }) }
    }

    /// What stands between backquotes.
    private static func spans(_ cell: String) -> [String] {
        cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }

    private static let declaring: Set<String> = [
        "struct", "class", "enum", "actor", "protocol", "typealias", "associatedtype",
    ]

    /// The types that a file declares, with their lines.
    static func types(in file: SwiftFile) -> [(name: String, line: Int)] {
        let tokens = file.tokens
        return tokens.indices.dropLast().compactMap { index in
            let name = tokens[index + 1]
            guard tokens[index].isWord, declaring.contains(tokens[index].text), name.isWord,
                name.text.first?.isUppercase == true
            else { return nil }
            return (name.text, name.line)
        }
    }

    /// The words that a name is made of: `CourierBoard` → `Courier`, `Board`; `FHIRDesk` → `FHIR`, `Desk`.
    static func words(of name: String) -> [String] {
        var words: [String] = []
        let letters = Array(name)
        for (index, letter) in letters.enumerated() {
            let isNext = index + 1 < letters.count && letters[index + 1].isLowercase
            let isBehind = index > 0 && !letters[index - 1].isUppercase
            if letter.isUppercase, isNext || isBehind || index == 0 { words.append("") }
            if words.isEmpty { words.append("") }
            words[words.count - 1].append(letter)
        }
        return words
    }

    /// Types of a file in whose names a word stands that has another meaning, or none.
    func violations(in file: SwiftFile) -> [Violation] {
        Self.types(in: file).flatMap { type in
            Self.words(of: type.name).compactMap { word -> Violation? in
                if unused.contains(word) {
                    return Violation(file.path, line: type.line, rule: "word", "\(type.name): see docs/glossary.md")
                }
                guard let meaning = meanings.first(where: { $0.word == word }), !meaning.allows(type.name) else {
                    return nil
                }
                return Violation(
                    file.path, line: type.line, rule: "word",
                    "\(type.name): \(word) has one meaning, see docs/glossary.md")
            }
        }
    }
}
