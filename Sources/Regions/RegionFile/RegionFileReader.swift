import Effects

/// Builds a region configuration from the YAML of `region.yaml`, and remembers where each item stood.
package struct RegionFileReader {
    private static let ownKeys = [
        "region", "name", "version", "suite", "validFrom", "units", "nodes", "management", "divisions", "deliveries",
        "delegations", "registries", "corrects",
    ]

    package let root: YAMLMapping
    /// What the services of this release read and know.
    package let sections: ConfigurationSections
    /// Gives the text of a file that lies beside this one, by its plain name.
    let beside: (String) throws -> String
    /// The readers of such files, which hold what is wrong in them.
    var others: [YAMLReader] = []
    /// Where the items of the built configuration stood, by list and position in the *configuration*.
    var places: [String: YAMLMapping] = [:]
    /// Ids of items that could not be built, so that a mention of one is not reported as well.
    var excused: Set<String> = []

    init(root: YAMLMapping, sections: ConfigurationSections, beside: @escaping (String) throws -> String) {
        self.root = root
        self.sections = sections
        self.beside = beside
    }

    /// The keys of the file, with those of the services.
    static func keys(_ sections: ConfigurationSections) -> [String] { ownKeys + sections.region.flatMap { $0.keys } }

    /// Remembers where an item stood, by list and position in the configuration: `rosters.3`.
    package mutating func place(_ item: String, at mapping: YAMLMapping) { places[item] = mapping }

    /// Remembers an item that is left out; one whose id itself is unreadable excuses nothing in particular.
    package mutating func excuse(_ id: String?) { excused.insert(id ?? "?") }

    /// The mapping in which a finding's key stands.
    func place(of finding: RegionFinding) -> YAMLMapping? {
        places[finding.item] ?? finding.key.flatMap { places[finding.item + "." + $0] }
    }

    /// What could be built; complete where the reader holds no problem.
    mutating func read() -> RegionConfiguration {
        let region = root.required("region") { try RegionID($0) }
        let name = root.required("name", YAMLValue.text)
        let version = root.required("version", YAMLValue.number(1...Limits.chainSequence, unit: "versions"))
        let suite = root.optional("suite", default: RegionConfiguration.suites[0]) { text in
            guard RegionConfiguration.suites.contains(text) else {
                throw Failure(
                    "region.suite", "there is no suite \(NameForm.shown(text))",
                    remedy: Spelling.remedy(
                        for: text, among: RegionConfiguration.suites,
                        else: "choose one of: " + RegionConfiguration.suites.joined(separator: ", ")))
            }
            return text
        }
        let validFrom = root.required("validFrom") { try WallTime(recorded: $0) }
        var configuration = RegionConfiguration(
            region: region ?? Self.placeholder, name: name ?? "", version: version ?? 1,
            suite: suite ?? RegionConfiguration.suites[0], validFrom: validFrom ?? .epoch)
        readDivisions(into: &configuration)
        readUnits(into: &configuration)
        readNodes(into: &configuration)
        readManagement(into: &configuration)
        readDeliveries(into: &configuration)
        readSections(into: &configuration)
        return configuration
    }

    /// Reads the keys of the services.
    mutating func readSections(into configuration: inout RegionConfiguration) {
        for type in sections.region { read(type, into: &configuration) }
    }

    private static let placeholder = RegionID(unchecked: "unnamed")

    private mutating func readDivisions(into configuration: inout RegionConfiguration) {
        for item in root.mappings("divisions", required: false, what: "a division", keys: ["code", "name"]) {
            let code = item.required("code") { try DivisionCode($0) }
            let name = item.required("name", YAMLValue.text)
            guard let code, let name else { continue }
            places["divisions.\(configuration.divisions.count)"] = item
            configuration.divisions.append(Division(code: code, name: name))
        }
    }

    private mutating func readUnits(into configuration: inout RegionConfiguration) {
        let keys = ["id", "name", "division", "institution", "tier", "kind", "node", "grade", "private"]
        for item in root.mappings("units", required: true, what: "a unit", keys: keys) {
            let id = item.required("id") { try OrgUnitID($0) }
            let name = item.required("name", YAMLValue.text)
            let division = item.required("division") { try DivisionCode($0) }
            let institution = item.optional("institution") { try InstitutionCode($0) }
            let tier = item.required("tier", YAMLValue.choice(Tier.allCases))
            let kind = item.required("kind", YAMLValue.choice(OrganizationUnit.Kind.known))
            let node = item.required("node") { try NodeID($0) }
            let grade = item.optional("grade", YAMLValue.choice(InstitutionGrade.allCases))
            let isPrivate = item.optional("private", YAMLValue.flag)
            guard let id, let name, let division, let tier, let kind, let node else {
                excuse(id?.rawValue)
                continue
            }
            places["units.\(configuration.organizationUnits.count)"] = item
            configuration.organizationUnits.append(
                OrganizationUnit(
                    id: id, name: name, division: division, institution: institution, tier: tier, kind: kind,
                    node: node, grade: grade ?? .unrated, isPrivate: isPrivate ?? false))
        }
    }

    private mutating func readNodes(into configuration: inout RegionConfiguration) {
        let keys = ["id", "name", "tier", "unit", "division", "addresses", "from", "to"]
        for item in root.mappings("nodes", required: true, what: "a node", keys: keys) {
            let id = item.required("id") { try NodeID($0) }
            let name = item.required("name", YAMLValue.text)
            let tier = item.required("tier", YAMLValue.choice(Tier.allCases))
            let unit = item.required("unit") { try OrgUnitID($0) }
            let division = item.required("division") { try DivisionCode($0) }
            let addresses = item.list("addresses", required: false, Self.dialledAddress)
            let from = item.optional("from") { try WallTime(recorded: $0) }
            let to = item.optional("to") { try WallTime(recorded: $0) }
            guard let id, let name, let tier, let unit, let division else {
                excuse(id?.rawValue)
                continue
            }
            places["nodes.\(configuration.nodes.count)"] = item
            configuration.nodes.append(
                RegionNode(
                    id: id, name: name, tier: tier, organizationUnit: unit, division: division, addresses: addresses,
                    from: from, to: to))
        }
    }

    private mutating func readManagement(into configuration: inout RegionConfiguration) {
        let keys = ["child", "parent", "from", "to"]
        for item in root.mappings("management", required: true, what: "a line of management", keys: keys) {
            let child = item.required("child") { try NodeID($0) }
            let parent = item.required("parent") { try NodeID($0) }
            let from = item.required("from") { try WallTime(recorded: $0) }
            let to = item.optional("to") { try WallTime(recorded: $0) }
            guard let child, let parent, let from, to != nil || !item.has("to") else {
                excuse(child?.rawValue)
                continue
            }
            places["management.\(configuration.management.count)"] = item
            configuration.management.append(ManagementEdge(child: child, parent: parent, from: from, to: to))
        }
    }

    private mutating func read<Section: RegionSection>(
        _ type: Section.Type, into configuration: inout RegionConfiguration
    ) {
        configuration.set(type.init(&self))
    }

    /// An address that others dial has a port.
    package static func dialledAddress(_ text: String) throws -> NetworkAddress {
        let address = try NetworkAddress(text)
        guard address.port != 0 else {
            throw Failure(
                "config.badAddress", "port 0 cannot be dialled",
                remedy: "write the port on which the node listens, or leave 'addresses' out")
        }
        return address
    }
}

extension RegionFileReader {
    /// Reads the files beside this one that a key names, each as a mapping with its keys.
    ///
    /// - Returns: the mappings in the order of the names, and whether each file that is named is among them.
    package mutating func filesBeside(
        _ key: String, what: String, keys: [String]
    ) -> (files: [YAMLMapping], isComplete: Bool) {
        var seen: Set<String> = []
        var isComplete = true
        let beside = beside
        let texts = root.oneOrMore(key) { name in
            do {
                try Self.checkFileName(name, seen: seen)
                seen.insert(name)
                return (name: name, text: try beside(name))
            } catch {
                isComplete = false
                throw error
            }
        }
        let folder = RegionFile.folder(of: root.file)
        let files = texts.compactMap { file -> YAMLMapping? in
            let reader = YAMLReader(file: folder + file.name)
            others.append(reader)
            return reader.root(of: file.text, what: what, keys: keys)
        }
        return (files, isComplete && files.count == texts.count)
    }

    /// A file beside this one has a name and no path.
    private static func checkFileName(_ name: String, seen: Set<String>) throws {
        let isPlain =
            !name.contains("/") && !name.contains("\\") && !name.hasPrefix(".") && name.utf8.count <= 255
            && !name.unicodeScalars.contains { $0.properties.generalCategory == .control }
        guard isPlain else {
            throw Failure(
                "config.badFileName", "\(NameForm.shown(name)) is no name of a file beside this one",
                remedy: "put the file into the same folder and write its name without a path")
        }
        guard !seen.contains(name) else {
            throw Failure("config.badFileName", "\(NameForm.shown(name)) is named twice", remedy: "name it once")
        }
        guard seen.count < Limits.regionFilesBeside else {
            throw Failure(
                "config.tooLong", "more than \(Limits.regionFilesBeside) files beside this one",
                remedy: "put several into one")
        }
    }
}

extension RegionFileReader {
    /// Which unit delivers to which node from when to when, who may write for whom, and who keeps the register.
    mutating func readDeliveries(into configuration: inout RegionConfiguration) {
        configuration.deliveries = readLines("deliveries", what: "a delivery")
        configuration.delegations = readLines("delegations", what: "a delegation")
        configuration.registries = readLines("registries", what: "a registry")
        if root.optional("corrects", YAMLValue.flag) ?? false { configuration.corrected = configuration.version }
    }

    private mutating func readLines(_ list: String, what: String) -> [UnitDelivery] {
        var lines: [UnitDelivery] = []
        for item in root.mappings(list, required: false, what: what, keys: ["unit", "node", "from", "to"]) {
            let unit = item.required("unit") { try OrgUnitID($0) }
            let node = item.required("node") { try NodeID($0) }
            let from = item.optional("from") { try WallTime(recorded: $0) }
            let to = item.optional("to") { try WallTime(recorded: $0) }
            guard let unit, let node, from != nil || !item.has("from"), to != nil || !item.has("to") else {
                excused.insert(unit?.rawValue ?? "?")
                continue
            }
            places["\(list).\(lines.count)"] = item
            lines.append(UnitDelivery(unit: unit, node: node, from: from, to: to))
        }
        return lines
    }
}
