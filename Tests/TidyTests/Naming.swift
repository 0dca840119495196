/// Rules on names of files and modules.
enum Naming {
    private static let drawers: Set<String> = [
        "Utils", "Util", "Utilities", "Utility", "Helpers", "Helper", "Common", "Manager", "Managers", "Misc",
    ]

    /// A file or folder that is named as a drawer: what is in it cannot be guessed from outside.
    static func drawer(_ path: String) -> Violation? {
        let isDrawer = path.split(separator: "/").contains { part in
            let name = part.split(separator: ".").first.map(String.init) ?? ""
            return name.split(separator: "+").contains { drawers.contains(lastWord(of: String($0))) }
        }
        return isDrawer ? Violation(path, rule: "drawer", "name it for what is in it") : nil
    }

    /// `LinkHelpers` → `Helpers`.
    private static func lastWord(of name: String) -> String {
        guard let start = name.lastIndex(where: \.isUppercase) else {
            return name.prefix(1).uppercased() + name.dropFirst()
        }
        return String(name[start...])
    }

    private static let declaring: Set<String> = [
        "struct", "class", "enum", "actor", "protocol", "typealias", "associatedtype", "macro",
    ]

    /// Types and associated types whose name is a module's: the module's name would hide the type, or the reverse.
    static func hiddenTypes(in file: SwiftFile, modules: Set<String>) -> [Violation] {
        let tokens = file.tokens
        return tokens.indices.dropLast().compactMap { index in
            guard declaring.contains(tokens[index].text), tokens[index].isWord, modules.contains(tokens[index + 1].text)
            else { return nil }
            return Violation(
                file.path, line: tokens[index].line, rule: "hidden type",
                "a module is called \(tokens[index + 1].text) too")
        }
    }
}
