/// An English page and its Chinese twin.
struct TwinPages {
    var english: Page
    var chinese: Page

    /// The operators' and integrators' pages, which stand in both languages.
    static let paths = [
        "README.md", "Nodes/README.md", "Certs/README.md", "Compose/README.md", "docs/first-region.md",
        "docs/conformance.md", "docs/recognition.md", "docs/identity.md", "docs/inventory.md", "docs/referral.md",
        "docs/adverse-events.md", "docs/dicom.md", "docs/diagnosis.md",
        "docs/glossary.md", "docs/developers.md", "docs/consultation.md", "docs/console.md",
    ]

    static func twin(of path: String) -> String { path.dropLast(".md".count) + ".zh-CN.md" }

    /// What the two do not both say, as far as it can be seen without knowing either language: headings, commands, files,
    /// names between backquotes, rows of tables, points of lists, links.
    var differences: [String] {
        guard english.sections.count == chinese.sections.count else {
            return ["\(english.sections.count) and \(chinese.sections.count) sections"]
        }
        return zip(english.sections, chinese.sections).flatMap { english, chinese -> [String] in
            Self.differences(english, chinese).map {
                "'\(english.title)' (line \(english.line)) and '\(chinese.title)' (line \(chinese.line)): \($0)"
            }
        }
    }

    private static func differences(_ english: Page.Section, _ chinese: Page.Section) -> [String] {
        var found: [String] = []
        if english.level != chinese.level { found.append("headings of other levels") }
        if english.rows != chinese.rows { found.append("\(english.rows) and \(chinese.rows) rows of tables") }
        if english.points != chinese.points { found.append("\(english.points) and \(chinese.points) points of lists") }
        found += lacking(english.fences.map(text), chinese.fences.map(text), what: "the block")
        found += lacking(english.spans, chinese.spans, what: "the words")
        found += lacking(english.links.map(destination), chinese.links.map(destination), what: "the link")
        if !english.text.isEmpty, !chinese.text.unicodeScalars.contains(where: isHan) { found.append("is not Chinese") }
        return found
    }

    /// What one list has more often than the other.
    private static func lacking(_ english: [String], _ chinese: [String], what: String) -> [String] {
        let here = Dictionary(grouping: english) { $0 }.mapValues(\.count)
        let there = Dictionary(grouping: chinese) { $0 }.mapValues(\.count)
        return Set(here.keys).union(there.keys).sorted().compactMap { word in
            let (left, right) = (here[word] ?? 0, there[word] ?? 0)
            return left == right ? nil : "\(what) '\(word)' stands \(left) times in English and \(right) in Chinese"
        }
    }

    /// Drawings hold words of their language; commands, files and examples do not.
    private static func text(_ fence: Page.Fence) -> String {
        fence.language.isEmpty ? "" : ([fence.label] + fence.code).joined(separator: "\n")
    }

    /// Twins lead to twins.
    private static func destination(_ link: String) -> String {
        (link.split(separator: "#").first.map(String.init) ?? "").replacing(".zh-CN.md", with: ".md")
    }

    private static func isHan(_ scalar: Unicode.Scalar) -> Bool { (0x4E00...0x9FFF).contains(scalar.value) }
}
