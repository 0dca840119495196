import Effects

/// One node's own configuration: its yaml file, checked, with the program's defaults filled in.
///
/// `dataFolder` is relative to the folder of the yaml file. Every other path is relative to the data folder; see
/// ``resolved(_:)``.
package struct NodeFile: Equatable, Sendable {
    package var node: NodeID
    package var dataFolder: String
    /// The signed region configuration.
    package var regionFile: String
    /// The region's root public key.
    package var rootKeyFile: String
    package var certificateFile: String
    package var certificateKeyFile: String
    /// The region's CA certificate.
    package var authorityFile: String
    /// Where children reach this node; none for a node without children.
    package var linkListen: NetworkAddress?
    /// Tried before the addresses that the region configuration has for the parent.
    package var parentAddresses: [NetworkAddress]
    package var mllp: [MLLPListener]
    package var https: HTTPSListener?
    package var console: ConsoleListener?
    package var healthListen: NetworkAddress
    /// Where backups of the node go.
    package var backupFolder: String
    package var logLevel: LogLevel
    package var logFormat: LogFormat
    /// How long a message is remembered, so that its repetition gets the same answer and its sender can look it up.
    package var messageRetentionDays: UInt32
    /// What belongs to services; see ``section(_:)``.
    package internal(set) var sections = NodeFileSections()
    /// Every value with what set it, in the order in which the file is read.
    package private(set) var effective: [EffectiveSetting]

    /// How much the node writes to its log.
    package enum LogLevel: String, CaseIterable, Hashable, Sendable {
        case trace
        case debug
        case info
        case notice
        case warning
        case error
    }

    /// In which form the node writes its log.
    package enum LogFormat: String, CaseIterable, Hashable, Sendable {
        /// For machines: a line of JSON for each event.
        case json
        /// For people.
        case text
    }

    /// A path from the file as the program opens it: absolute as it is, else below the data folder.
    package func resolved(_ path: String) -> String {
        path.hasPrefix("/") ? path : dataFolder + "/" + path
    }

    /// What a service's section says; ``NodeFileSection/unwritten`` where the file was read without it.
    package func section<Section: NodeFileSection>(_ type: Section.Type) -> Section { sections.section(type) }

    /// Puts a command's option in the place of the file's value.
    ///
    /// - Parameter option: the option's name, such as `--data`, which ``effective`` then shows.
    package mutating func setDataFolder(_ folder: String, option: String) {
        dataFolder = folder
        set("dataFolder", [folder], option: option)
    }

    /// Puts a command's option in the place of the addresses of the parent.
    package mutating func setParentAddresses(_ addresses: [NetworkAddress], option: String) {
        parentAddresses = addresses
        set("link.parents", addresses.map(\.description), option: option)
    }

    /// Puts a command's option in the place of the address where children dial in.
    package mutating func setLinkListen(_ address: NetworkAddress, option: String) {
        linkListen = address
        set("link.listen", [address.description], option: option)
    }

    private mutating func set(_ key: String, _ values: [String], option: String) {
        let position = effective.firstIndex { $0.key == key || $0.key.hasPrefix(key + ".") } ?? effective.count
        effective.removeAll { $0.key == key || $0.key.hasPrefix(key + ".") }
        for (index, value) in values.enumerated() {
            let name = values.count == 1 ? key : key + ".\(index)"
            effective.insert(
                EffectiveSetting(key: name, value: value, origin: .option(option)),
                at: min(position + index, effective.count))
        }
    }
}

extension NodeFile {
    init(node: NodeID, dataFolder: String, region: RegionFiles, effective: [EffectiveSetting]) {
        self.node = node
        self.dataFolder = dataFolder
        regionFile = region.file
        rootKeyFile = region.rootKey
        certificateFile = region.certificate
        certificateKeyFile = region.certificateKey
        authorityFile = region.authority
        linkListen = nil
        parentAddresses = []
        mllp = []
        https = nil
        console = nil
        healthListen = NetworkAddress(host: "127.0.0.1", port: 0)
        backupFolder = Self.standardBackupFolder
        logLevel = .info
        logFormat = .json
        messageRetentionDays = 90
        self.effective = effective
    }

    static let standardBackupFolder = "backups"

    mutating func setEffective(_ settings: [EffectiveSetting]) {
        effective = settings
    }
}

/// The files that tie a node to its region.
struct RegionFiles {
    var file: String
    var rootKey: String
    var certificate: String
    var certificateKey: String
    var authority: String
}

extension NodeFile {
    /// What in this file does not fit the region: names that the region lacks, or that belong to another node.
    ///
    /// - Returns: the problems, each where this file's value stands.
    package func problems(in region: RegionConfiguration) -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        func add(_ key: String, _ message: String, _ remedy: String) {
            problems.append(problem(at: key, message, remedy: remedy))
        }
        guard let ownNode = region.node(node) else {
            let names = region.nodes.map(\.id.rawValue).joined(separator: ", ")
            add(
                "node", "region '\(region.region)' has no node '\(node)'",
                Spelling.remedy(
                    for: node.rawValue, among: region.nodes.map(\.id.rawValue), else: "its nodes are: \(names)"))
            return problems
        }
        let named =
            mllp.enumerated().map { ("mllp.\($0)", $1.institution) }
            + (https?.systems ?? []).enumerated().map { ("https.systems.\($0)", $1.institution) }
        for finding in named.compactMap({ finding($0, $1, in: region) }) {
            add(finding.key, finding.message, finding.remedy)
        }
        if let unit = console?.directory?.unit,
            let finding = finding("console.directory", .unit(unit), in: region)
        {
            add(finding.key, finding.message, finding.remedy)
        }
        for finding in sections.findings(in: region, of: self) {
            add(finding.key, finding.message, finding.remedy)
        }
        if ownNode.tier != .township, linkListen == nil {
            add(
                "node", "'\(node)' is of tier \(ownNode.tier) and has no 'link.listen', so that no child can reach it",
                "add 'link:' with 'listen: host:port'")
        }
        return RegionProblems(problems).problems
    }

    private func problem(at key: String, _ message: String, remedy: String) -> ConfigurationProblem {
        let origins = effective.filter { $0.key == key } + effective.filter { $0.key == "node" }
        for setting in origins {
            if case .file(let name, let line, let column) = setting.origin {
                return ConfigurationProblem(
                    code: "config.notInRegion", file: name, line: line, column: column, message: message,
                    remedy: remedy)
            }
        }
        return ConfigurationProblem(
            code: "config.notInRegion", file: "", line: 1, column: 1, message: message, remedy: remedy)
    }
}

/// One value that a node runs with, and what set it.
package struct EffectiveSetting: Hashable, Sendable, CustomStringConvertible {
    /// What set a value.
    package enum Origin: Hashable, Sendable, CustomStringConvertible {
        case file(String, line: Int, column: Int)
        /// A command's option, such as `--data`.
        case option(String)
        /// Nobody: the program's own default.
        case standard

        package var description: String {
            switch self {
            case .file(let name, let line, _): "\(name):\(line)"
            case .option(let name): name
            case .standard: "default"
            }
        }
    }

    /// The keys that lead to the value, joined by dots, positions from 0: `mllp.0.listen`.
    package var key: String
    package var value: String
    package var origin: Origin

    package init(key: String, value: String, origin: Origin) {
        self.key = key
        self.value = value
        self.origin = origin
    }

    package var description: String { "\(key) = \(value)  (\(origin))" }
}
