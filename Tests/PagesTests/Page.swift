import Effects
import YilianTestKit

/// A page of the documentation, cut into its sections.
struct Page {
    /// Something between two lines of three backquotes.
    struct Fence: Equatable {
        /// What follows the first backquotes, such as `sh` or `yaml region.yaml`.
        var label: String
        var lines: [String]
        /// Where it begins, counted from 1.
        var line: Int

        var language: String { label.split(separator: " ").first.map(String.init) ?? "" }

        /// The file that the fence holds, where its label names one.
        var fileName: String? { label.split(separator: " ").dropFirst().first.map(String.init) }

        /// The lines without what is said to people only.
        var code: [String] {
            guard ["sh", "yaml"].contains(language) else { return lines }
            return lines.map(Self.uncommented).filter { !$0.isEmpty }
        }

        private static func uncommented(_ line: String) -> String {
            var text = line.hasPrefix("#") ? "" : line
            if let comment = text.firstRange(of: " # ") { text = String(text[..<comment.lowerBound]) }
            while text.hasSuffix(" ") { text.removeLast() }
            return text
        }
    }

    /// What stands under one heading.
    struct Section {
        var level = 0
        var title = ""
        var line = 1
        var fences: [Fence] = []
        /// What stands outside fences.
        var text = ""
        /// Rows of tables, their headings included.
        var rows = 0
        /// Points of lists, numbered or not.
        var points = 0

        /// What stands between backquotes in the text, in order; it may go on in the next line.
        var spans: [String] {
            text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
                .filter { $0.offset % 2 == 1 }
                .map { $0.element.split { $0 == " " || $0 == "\n" }.joined(separator: " ") }
        }

        /// What a link to the section names: the title without punctuation, in small letters, with hyphens for blanks.
        var anchor: String {
            let plain = title.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == " " }
            return String(plain.map { $0 == " " ? "-" : $0 })
        }

        /// Where links lead.
        var links: [String] {
            text.split(separator: "](", omittingEmptySubsequences: false).dropFirst()
                .compactMap { $0.split(separator: ")", omittingEmptySubsequences: false).first.map(String.init) }
        }
    }

    let path: String
    private(set) var sections = [Section()]

    /// - Throws: `disk.notFound` where there is no such page in the repository.
    init(_ path: String) throws {
        self.init(path, text: try SystemDisk().readText(BuiltProgram.checkout + "/" + path))
    }

    init(_ path: String, text: String) {
        self.path = path
        var open: (fence: Fence, indent: Int)?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.trimmingPrefix { $0 == " " }
            if var fence = open {
                if words == "```" {
                    sections[sections.count - 1].fences.append(fence.fence)
                    open = nil
                } else {
                    fence.fence.lines.append(String(line.dropFirst(min(fence.indent, line.prefix { $0 == " " }.count))))
                    open = fence
                }
            } else if words.hasPrefix("```") {
                open = (Fence(label: String(words.dropFirst(3)), lines: [], line: index + 1), line.count - words.count)
            } else {
                read(String(line), at: index + 1)
            }
        }
    }

    var fences: [Fence] { sections.flatMap(\.fences) }

    /// What the page shows as printed by the commands before it.
    var answers: [Fence] { fences.filter { $0.language == "text" && $0.fileName == nil } }

    private mutating func read(_ line: String, at position: Int) {
        let level = line.prefix { $0 == "#" }.count
        if level > 0, line.dropFirst(level).hasPrefix(" ") {
            sections.append(Section(level: level, title: String(line.dropFirst(level + 1)), line: position))
        }
        let words = line.trimmingPrefix { $0 == " " }
        if words.hasPrefix("|") { sections[sections.count - 1].rows += 1 }
        let number = words.prefix { $0.isNumber }
        if words.hasPrefix("- ") || !number.isEmpty && words.dropFirst(number.count).hasPrefix(". ") {
            sections[sections.count - 1].points += 1
        }
        sections[sections.count - 1].text += words + "\n"
    }
}
