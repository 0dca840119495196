/// Where a service is named outside its own folders.
///
/// A line names a service when an identifier or a string in it holds the service's word; comments do not count. The
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
        /// Identifiers that begin so and mean something else, such as a kit that any service can build on.
        var others: Set<String> = []
    }

    static let services = [
        Service(module: "Consultation", word: "consultation", prefix: "Consultation"),
        Service(module: "Recognition", word: "recognition", prefix: "Recognition"),
        Service(module: "Indicators", word: "indicators", prefix: "Indicators"),
        Service(module: "Referral", word: "referral", prefix: "Referral"),
        Service(module: "Inventory", word: "inventory", prefix: "Inventory", others: ["InventoryKit", "inventoryKit"]),
        // "identity" is also a word of certificates, batches and nodes: only the module and its types count.
        Service(module: "Identity", word: nil, prefix: "Identity", others: ["IdentityForm", "IdentityURI"]),
        Service(module: "AdverseEvents", word: "adverse", prefix: "Adverse"),
        // "diagnosis" is also a field of forms and messages.
        Service(module: "Diagnosis", word: nil, prefix: "Diagnosis"),
        // "imaging" is also a class of examinations and of results: only the module and its types count.
        Service(module: "Imaging", word: nil, prefix: "Imaging"),
    ]

    /// A service that builds on another one, and why it is no registration.
    struct Dependency: Sendable {
        var service: String
        var on: String
        var because: String
    }

    static let dependencies = [
        Dependency(
            service: "Recognition", on: "Identity",
            because: "a person's results are found under every key by which the person is known, in one transaction"),
        Dependency(
            service: "Referral", on: "Inventory",
            because: "what is held for a referral is confirmed before somebody accepts it, and given back with its end"),
    ]

    /// A line that names a service.
    struct Mention: Equatable, Sendable, CustomStringConvertible {
        var path: String
        var line: Int
        /// Whether it imports one of the service's modules.
        var isImport: Bool

        var description: String { "\(path):\(line)" }
    }

    let service: Service

    /// Whether a file lies in one of the service's folders.
    func owns(_ path: String) -> Bool { path.hasPrefix("Sources/Services/" + service.module) }

    /// The lines of a file that name the service, in their order.
    func mentions(in file: SwiftFile) -> [Mention] {
        let imports = Set(file.tokens.filter { $0.isWord && $0.text == "import" }.map(\.line))
        let named = file.tokens.filter { token in
            token.isWord ? isNamed(byIdentifier: token.text) : token.literal.map(isNamed(byText:)) ?? false
        }
        return Set(named.map(\.line)).sorted().map {
            Mention(path: file.path, line: $0, isImport: imports.contains($0))
        }
    }

    /// The lines of a `.proto` that name the service outside its comments.
    func mentions(inProto text: String, at path: String) -> [Mention] {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { index, line in
            isNamed(byText: String(line.prefix { $0 != "/" }))
                ? Mention(path: path, line: index + 1, isImport: false) : nil
        }
    }

    private func isNamed(byIdentifier text: String) -> Bool {
        if service.others.contains(text) { return false }
        if let word = service.word { return text.lowercased().contains(word) }
        guard text.hasPrefix(service.prefix) else { return false }
        return text.dropFirst(service.prefix.count).first?.isUppercase ?? true
    }

    private func isNamed(byText text: String) -> Bool {
        service.word.map { text.lowercased().contains($0) } ?? false
    }

    /// The lines that name the service outside its folders and those of services that build on it.
    func mentionsOutside() -> [Mention] {
        let builders = Self.dependencies.filter { $0.on == service.module }.map { "Sources/Services/" + $0.service }
        let protos = Repository.paths(below: ["Sources"], suffixes: [".proto"]).flatMap { path in
            Repository.text(path).map { mentions(inProto: $0, at: path) } ?? []
        }
        return (Repository.sourceFiles.flatMap { mentions(in: $0) } + protos).filter { mention in
            !owns(mention.path) && !builders.contains { mention.path.hasPrefix($0) }
        }
    }
}
