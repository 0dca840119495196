/// What Package.swift declares, read from its text: a few words of it, as they are written there.
struct Manifest {
    /// Our own modules on which each of our modules depends.
    private(set) var modules: [String: Set<String>] = [:]
    /// The address of each package and the word before its version.
    private(set) var packages: [(url: String, requirement: String, line: Int)] = []

    private let tokens: [Token]

    init(_ file: SwiftFile) {
        tokens = file.tokens
        for index in tokens.indices where index + 1 < tokens.count && tokens[index + 1].text == "(" {
            switch tokens[index].text {
            case "module" where index == 0 || tokens[index - 1].text != "func": readModule(at: index)
            case "executableTarget": readModule(at: index)
            case "systemLibrary": if let name = arguments(of: index).first?.literal { modules[name] = [] }
            case "package" where index > 0 && tokens[index - 1].text == ".": readPackage(at: index)
            default: break
            }
        }
    }

    /// The first string is the name; those that begin an array or follow a comma in it are modules of ours.
    private mutating func readModule(at index: Int) {
        let strings = arguments(of: index)
        guard
            let name = strings.first(where: { $0.literal != nil && ($0.before == "(" || $0.label == "name") })?.literal
        else { return }
        // What tests share stands on no level: no module of the program can see it.
        guard !strings.contains(where: { $0.label == "path" && $0.literal?.hasPrefix("Tests/") == true }) else {
            return
        }
        let dependencies = strings.filter { $0.depth == 1 && ($0.before == "[" || $0.before == ",") }
        // What is excluded is a file of the module, not something that it depends on.
        modules[name] = Set(dependencies.compactMap(\.literal).filter { !$0.contains(".") })
    }

    private mutating func readPackage(at index: Int) {
        let strings = arguments(of: index)
        guard let url = strings.first(where: { $0.label == "url" || $0.label == "path" })?.literal else { return }
        let requirement = strings.dropFirst().first?.label ?? "nothing"
        packages.append((url, requirement, tokens[index].line))
    }

    private struct Argument {
        var literal: String?
        /// The token before it.
        var before: String
        /// The word before its colon.
        var label: String
        /// How many square brackets are open around it.
        var depth: Int
    }

    /// The strings between the parentheses that follow a word.
    private func arguments(of start: Int) -> [Argument] {
        var parentheses = 0
        var brackets = 0
        var found: [Argument] = []
        for index in (start + 1)..<tokens.count {
            switch tokens[index].text {
            case "(": parentheses += 1
            case ")": parentheses -= 1
            case "[": brackets += 1
            case "]": brackets -= 1
            case "\"":
                let before = tokens[index - 1].text
                let label = before == ":" ? tokens[index - 2].text : ""
                found.append(Argument(literal: tokens[index].literal, before: before, label: label, depth: brackets))
            default: break
            }
            if parentheses == 0 { break }
        }
        return found
    }
}
