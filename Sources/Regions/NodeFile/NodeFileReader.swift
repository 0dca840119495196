import Effects

/// Builds a node's file from its YAML.
struct NodeFileReader {
    private static let ownKeys = [
        "node", "dataFolder", "region", "certificate", "link", "mllp", "https", "console", "health", "log", "messages",
        "backups",
    ]
    private static let listenKeys = ["listen"]

    let root: YAMLMapping
    /// The folder of the yaml file.
    let folder: String
    let sections: ConfigurationSections

    /// The keys of the file, with those of the services.
    static func keys(_ sections: ConfigurationSections) -> [String] { ownKeys + sections.node.flatMap { $0.keys } }

    /// What the file says; none where a value without which there is no node is missing.
    func read() -> NodeFile? {
        let node = root.required("node") { try NodeID($0) }
        let dataFolder = root.required("dataFolder", path)
        let region = section("region", ["file", "rootKey"])
        let certificate = section("certificate", ["file", "key", "authority"])
        let files = RegionFiles(
            file: value(region, "region.file", "file", default: "region.configuration"),
            rootKey: value(region, "region.rootKey", "rootKey", default: "region.pub"),
            certificate: value(certificate, "certificate.file", "file", default: "tls.crt"),
            certificateKey: value(certificate, "certificate.key", "key", default: "tls.key"),
            authority: value(certificate, "certificate.authority", "authority", default: "ca.crt"))
        let link = section("link", ["listen", "parents"])
        let linkListen = link?.optional("listen") { try NetworkAddress($0) }
        let parents = link?.list("parents", required: false, RegionFileReader.dialledAddress) ?? []
        let mllp = root.mappings(
            "mllp", required: false, what: "an MLLP listener",
            keys: ["listen", "unit", "institution", "clients", "encoding", "tls"]
        ).compactMap(readMLLP)
        let https = readHTTPS()
        let console = readConsole()
        let healthListen = readHealth()
        let log = readLog()
        let retentionDays = readMessages()
        let backups = value(
            section("backups", ["folder"]), "backups.folder", "folder", default: NodeFile.standardBackupFolder)
        let services = NodeFileSections(sections.node.map { $0.init(root, of: sections) })
        checkListeners()
        guard let node, let dataFolder else { return nil }
        let isAbsolute = dataFolder.hasPrefix("/")
        var file = NodeFile(
            node: node, dataFolder: isAbsolute ? dataFolder : folder + "/" + dataFolder, region: files, effective: [])
        file.linkListen = linkListen
        file.parentAddresses = parents
        file.mllp = mllp
        file.https = https
        file.console = console
        if let healthListen { file.healthListen = healthListen }
        if let level = log.level { file.logLevel = level }
        if let format = log.format { file.logFormat = format }
        file.sections = services
        file.messageRetentionDays = retentionDays
        file.backupFolder = backups
        return file
    }

    private func section(_ key: String, _ keys: [String]) -> YAMLMapping? {
        root.mapping(key, required: false, what: "'\(key)'", keys: keys)
    }

    /// A path of an optional section, or its default.
    private func value(_ section: YAMLMapping?, _ name: String, _ key: String, default text: String) -> String {
        if let section { return section.optional(key, default: text, path) ?? text }
        root.reader.record(name, text, at: nil)
        return text
    }

    private func path(_ text: String) throws -> String {
        guard !text.unicodeScalars.contains(where: { $0.value < 0x20 }), text.utf8.count <= YAMLValue.textLimitBytes
        else {
            throw Failure("config.badPath", "this is not a path", remedy: "write the path of a file or folder")
        }
        var path = text
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }

    private func readMLLP(_ item: YAMLMapping) -> MLLPListener? {
        let listen = item.required("listen") { try NetworkAddress($0) }
        let institution = item.institution()
        let clients = item.list("clients", required: true) { try AddressRange($0) }
        let encoding = item.optional(
            "encoding", default: MessageEncoding.utf8.rawValue, YAMLValue.choice(MessageEncoding.allCases))
        var tls: ListenerTLS?
        if let section = item.mapping(
            "tls", required: false, what: "'tls'", keys: ["certificate", "key", "clientAuthority"])
        {
            let certificate = section.required("certificate", path)
            let key = section.required("key", path)
            let authority = section.optional("clientAuthority", path)
            if let certificate, let key {
                tls = ListenerTLS(certificateFile: certificate, keyFile: key, clientAuthorityFile: authority)
            }
        }
        guard let listen, let institution else { return nil }
        return MLLPListener(
            listen: listen, institution: institution, clients: clients, encoding: encoding ?? .utf8, tls: tls)
    }

    private func readHTTPS() -> HTTPSListener? {
        guard let section = section("https", ["listen", "name", "certificate", "key", "systems"]) else { return nil }
        let listen = section.required("listen") { try NetworkAddress($0) }
        let name = section.optional("name") { try NetworkAddress($0).description }
        let (certificate, key) = readPair(section)
        let keys = ["name", "unit", "institution", "tokenFile", "purpose", "practitioner"]
        let systems = section.mappings("systems", required: false, what: "a hospital system", keys: keys).compactMap {
            item -> HospitalSystem? in
            let name = item.required("name", YAMLValue.word)
            let institution = item.institution()
            let tokenFile = item.required("tokenFile", path)
            let purpose = item.optional("purpose", YAMLValue.known(sections.purposes, what: "purpose"))
            let practitioner = item.optional("practitioner", YAMLValue.text)
            guard let name, let institution, let tokenFile else { return nil }
            return HospitalSystem(
                name: name, institution: institution, tokenFile: tokenFile, purpose: purpose,
                practitioner: practitioner)
        }
        section.checkUnique(systems.map(\.name), key: "systems")
        guard let listen else { return nil }
        return HTTPSListener(
            listen: listen, name: name, certificateFile: certificate, keyFile: key, systems: systems)
    }
}

extension NodeFileReader {
    private func readConsole() -> ConsoleListener? {
        let keys = ["listen", "name", "certificate", "key", "oneTimeLinks", "directory"]
        guard let section = section("console", keys) else { return nil }
        let listen = section.required("listen") { try NetworkAddress($0) }
        let name = section.optional("name", RegionFileReader.dialledAddress)
        let (certificate, key) = readPair(section)
        let allowsLinks = section.optional("oneTimeLinks", default: "false", YAMLValue.flag)
        let directory = DirectoryReader(in: section, sections: sections, path: path)?.read()
        if section.has("directory"), !section.has("name") {
            section.report("config.missingKey", "'console' has no 'name'", remedy: "add 'name: …' to it")
        }
        return listen.map {
            ConsoleListener(
                listen: $0, name: name, certificateFile: certificate, keyFile: key, allowsLinks: allowsLinks ?? false,
                directory: directory)
        }
    }

    /// A certificate and its key, both or neither.
    private func readPair(_ section: YAMLMapping) -> (certificate: String?, key: String?) {
        let certificate = section.optional("certificate", path)
        let key = section.optional("key", path)
        if section.has("certificate") != section.has("key") {
            section.report(
                "config.certificate", "'certificate' and 'key' belong together, and one of them is missing",
                key: section.has("key") ? "key" : "certificate",
                remedy: "write both, or neither: then the node's own certificate is shown")
        }
        return (certificate, key)
    }

    private func readHealth() -> NetworkAddress? {
        let standard = "127.0.0.1:0"
        guard let section = section("health", Self.listenKeys) else {
            root.reader.record("health.listen", standard, at: nil)
            return try? NetworkAddress(standard)
        }
        return section.required("listen") { try NetworkAddress($0) }
    }

    private func readLog() -> (level: NodeFile.LogLevel?, format: NodeFile.LogFormat?) {
        let (level, format) = (NodeFile.LogLevel.info, NodeFile.LogFormat.json)
        guard let section = section("log", ["level", "format"]) else {
            root.reader.record("log.level", level.rawValue, at: nil)
            root.reader.record("log.format", format.rawValue, at: nil)
            return (level, format)
        }
        return (
            section.optional("level", default: level.rawValue, YAMLValue.choice(NodeFile.LogLevel.allCases)),
            section.optional("format", default: format.rawValue, YAMLValue.choice(NodeFile.LogFormat.allCases))
        )
    }

    private func readMessages() -> UInt32 {
        let days: (String) throws -> UInt32 = YAMLValue.number(1...3_650, unit: "days")
        guard let section = section("messages", ["retentionDays"]) else {
            root.reader.record("messages.retentionDays", "\(Self.standardRetentionDays)", at: nil)
            return Self.standardRetentionDays
        }
        return section.optional("retentionDays", default: "\(Self.standardRetentionDays)", days)
            ?? Self.standardRetentionDays
    }

    /// A quarter: longer than any sender keeps a message that it may send again.
    private static let standardRetentionDays: UInt32 = 90

    /// Two listeners on one port clash also where one of them listens on every address.
    private func checkListeners() {
        var seen: [(key: String, address: NetworkAddress)] = []
        for setting in root.reader.settings where setting.key.split(separator: ".").last == "listen" {
            guard let address = try? NetworkAddress(setting.value), address.port != 0 else { continue }
            if let other = seen.first(where: { $0.address.clashes(with: address) }) {
                root.reader.report(
                    "config.sameAddress",
                    "'\(setting.key)' wants the address \(address), and '\(other.key)' has \(other.address)",
                    at: setting.origin, remedy: "give each listener a port of its own")
            }
            seen.append((setting.key, address))
        }
    }
}

extension NetworkAddress {
    fileprivate func clashes(with other: NetworkAddress) -> Bool {
        port == other.port && (host == other.host || isEverywhere || other.isEverywhere)
    }

    private var isEverywhere: Bool { host == "0.0.0.0" || host == "::" }
}

extension NodeFile {
    /// Reads and checks the text of a node's yaml file.
    ///
    /// - Parameters:
    ///   - fileName: the path of the file; `dataFolder` is taken relative to its folder.
    ///   - sections: what the release's services read of it.
    /// - Returns: the file where there is no problem; else none, and the problems in the order of the lines.
    package static func check(
        _ text: String, fileName: String, sections: ConfigurationSections = .none
    ) -> (file: NodeFile?, problems: [ConfigurationProblem]) {
        let reader = YAMLReader(file: fileName)
        guard let root = reader.root(of: text, what: "a node's file", keys: NodeFileReader.keys(sections)) else {
            return (nil, RegionProblems(reader.problems).problems)
        }
        var file = NodeFileReader(root: root, folder: folder(of: fileName), sections: sections).read()
        let problems = RegionProblems(reader.problems).problems
        guard problems.isEmpty else { return (nil, problems) }
        file?.setEffective(reader.settings)
        return (file, [])
    }

    /// Reads the text of a node's yaml file.
    ///
    /// - Throws: ``RegionProblems`` with everything that is wrong.
    package static func read(
        _ text: String, fileName: String, sections: ConfigurationSections = .none
    ) throws -> NodeFile {
        let (file, problems) = check(text, fileName: fileName, sections: sections)
        guard let file else { throw RegionProblems(problems) }
        return file
    }

    private static func folder(of fileName: String) -> String {
        guard let slash = fileName.lastIndex(of: "/") else { return "." }
        return slash == fileName.startIndex ? "/" : String(fileName[..<slash])
    }
}
