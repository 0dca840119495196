/// What Package.swift declares, read from its text: a few words of it, as they are written there.
struct Manifest {
    /// Our own modules on which each of our modules depends.
    private(set) var modules: [String: Set<String>] = [:]
    /// The address of each package and the word before its version.
    private(set) var packages: [(url: String, requirement: String, line: Int)] = []

    private let tokens: [Token]
    /// Our own modules in each list of dependencies that targets share.
    private var lists: [String: Set<String>] = [:]

    init(_ file: SwiftFile) {
        tokens = file.tokens
        for index in tokens.indices where tokens[index].text == "let" { readList(at: index) }
        for index in tokens.indices where index + 1 < tokens.count && tokens[index + 1].text == "(" {
            let before = index == 0 ? "" : tokens[index - 1].text
            switch tokens[index].text {
            case "module", "service", "program": if before != "func" { readModule(at: index) }
            case "executableTarget", "systemLibrary": readModule(at: index)
            case "package" where before == ".": readPackage(at: index)
            default: break
            }
        }
    }

    /// Reads `let name: [Target.Dependency] = …`: arrays and the names of earlier lists, up to the next statement.
    private mutating func readList(at index: Int) {
        let type = [":", "[", "Target", ".", "Dependency", "]", "="]
        let start = index + 2 + type.count
        guard start <= tokens.count, tokens[(index + 2)..<start].map(\.text) == type else { return }
        let end = tokens[start...].firstIndex { ["let", "func", "#"].contains($0.text) } ?? tokens.count
        lists[tokens[index + 1].text] = dependencies(in: tokens[start..<end])
    }

    /// The first argument is the name; one without a word before it says what the module depends on.
    private mutating func readModule(at index: Int) {
        let arguments = arguments(of: index)
        guard let first = arguments.first, ["", "name"].contains(first.label), let name = first.literals.first else {
            return
        }
        // What tests share stands on no level: no module of the program can see it.
        guard !arguments.contains(where: { $0.label == "in" && $0.literals == ["Tests"] }) else { return }
        modules[name] = arguments.dropFirst().filter { ["", "dependencies"].contains($0.label) }
            .reduce(into: []) { $0.formUnion(dependencies(in: $1.tokens)) }
    }

    private mutating func readPackage(at index: Int) {
        let arguments = arguments(of: index)
        guard let first = arguments.first, ["url", "path"].contains(first.label), let url = first.literals.first else {
            return
        }
        let requirement = arguments.dropFirst().first.map { $0.labels.last ?? $0.label } ?? "nothing"
        packages.append((url, requirement, tokens[index].line))
    }

    /// Our own modules that arrays name, and those of the lists that stand beside the arrays.
    private func dependencies(in range: ArraySlice<Token>) -> Set<String> {
        range.reduce(into: []) { found, token in
            if let literal = token.literal { found.insert(literal) }
            found.formUnion(lists[token.text] ?? [])
        }
    }

    private struct Argument {
        /// The word before its colon.
        var label = ""
        var tokens: ArraySlice<Token> = []

        var literals: [String] { tokens.compactMap(\.literal) }
        /// The words before colons within it.
        var labels: [String] {
            tokens.indices.dropLast().filter { tokens[$0].isWord && tokens[$0 + 1].text == ":" }.map { tokens[$0].text }
        }
    }

    /// What stands between the parentheses that follow a word.
    private func arguments(of start: Int) -> [Argument] {
        var depth = 0
        var found: [Argument] = []
        var next = start + 2
        for index in (start + 1)..<tokens.count {
            let text = tokens[index].text
            if ["(", "["].contains(text) { depth += 1 }
            if [")", "]"].contains(text) { depth -= 1 }
            guard depth == 0 || (depth == 1 && text == ","), next <= index else { continue }
            let isLabelled = index - next > 1 && tokens[next].isWord && tokens[next + 1].text == ":"
            found.append(
                Argument(
                    label: isLabelled ? tokens[next].text : "", tokens: tokens[(isLabelled ? next + 2 : next)..<index]))
            next = index + 1
            if depth == 0 { break }
        }
        return found
    }
}
