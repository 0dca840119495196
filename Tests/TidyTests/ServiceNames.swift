/// Where a service is named outside its own folders.
///
/// A file names a service when an identifier or a string in it holds the service's word; comments do not count. The
/// service's own folders are those below `Sources/Services` that begin with its name. Generated files count by the
/// `.proto` that they were made from.
struct ServiceNames {
    /// One service and the word that gives it away.
    struct Service: Sendable {
        /// The module, which is also how its folders begin.
        var module: String
        /// Where in a word or a string the name stands, whatever its letters' case; none where only identifiers count.
        var word: String?
        /// What an identifier begins with that belongs to the service.
        var prefix: String
        /// Identifiers that begin so and mean something else.
        var others: Set<String> = []
    }

    static let services = [
        Service(module: "Consultation", word: "consultation", prefix: "Consultation"),
        Service(module: "Recognition", word: "recognition", prefix: "Recognition"),
        Service(module: "Indicators", word: "indicators", prefix: "Indicators"),
        Service(module: "Inventory", word: "inventory", prefix: "Inventory"),
        // "identity" is also a word of certificates, batches and nodes: only the module and its types count.
        Service(module: "Identity", word: nil, prefix: "Identity", others: ["IdentityForm", "IdentityURI"]),
    ]

    let service: Service

    /// Whether a file lies in one of the service's folders.
    func owns(_ path: String) -> Bool { path.hasPrefix("Sources/Services/" + service.module) }

    func isNamed(in file: SwiftFile) -> Bool {
        file.tokens.contains { token in
            if token.isWord { return isNamed(byIdentifier: token.text) }
            return token.literal.map(isNamed(byText:)) ?? false
        }
    }

    /// Whether a `.proto` names the service outside its comments.
    func isNamed(inProto text: String) -> Bool {
        text.split(separator: "\n").contains { line in
            isNamed(byText: String(line.prefix { $0 != "/" }))
        }
    }

    private func isNamed(byIdentifier text: String) -> Bool {
        if let word = service.word { return text.lowercased().contains(word) }
        guard text.hasPrefix(service.prefix), !service.others.contains(text) else { return false }
        return text.dropFirst(service.prefix.count).first?.isUppercase ?? true
    }

    private func isNamed(byText text: String) -> Bool {
        service.word.map { text.lowercased().contains($0) } ?? false
    }

    /// The files outside its folders that name the service, by the module in which they lie.
    func filesOutside() -> [String: [String]] {
        let swift = Repository.sourceFiles.filter { isNamed(in: $0) }.map(\.path)
        let protos = Repository.paths(below: ["Sources"], suffixes: [".proto"]).filter { path in
            Repository.text(path).map(isNamed(inProto:)) ?? false
        }
        return Dictionary(grouping: (swift + protos).filter { !owns($0) }, by: Self.module)
    }

    private static func module(of path: String) -> String {
        let parts = path.split(separator: "/").map(String.init)
        return parts.count > 3 && parts[1] == "Services" ? parts[2] : parts[1]
    }
}
