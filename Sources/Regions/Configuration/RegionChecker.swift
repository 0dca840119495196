package import Effects

/// Checks that a region configuration is consistent in itself.
///
/// It looks at the model only, so that a configuration from a link is held to the same rules as one from a file.
package struct RegionChecker {
    package let configuration: RegionConfiguration
    /// Names of items that were left out because something else in them is wrong; a mention of one is no finding.
    package var excused: Set<String> = []
    private(set) var findings: [RegionFinding] = []

    /// Whether there are so many mistakes that another one is at their root; then comparing names costs time for nothing.
    package var isOverfull: Bool { findings.count >= YAMLReader.problemLimit }

    init(_ configuration: RegionConfiguration, excused: Set<String> = []) {
        self.configuration = configuration
        self.excused = excused
    }

    /// Everything that is inconsistent.
    static func findings(
        in configuration: RegionConfiguration, excused: Set<String> = []
    ) -> [RegionFinding] {
        var checker = RegionChecker(configuration, excused: excused)
        checker.checkHead()
        checker.checkUnits()
        checker.checkNodes()
        checker.checkManagement()
        checker.checkDeliveries()
        for section in configuration.sections.known { section.check(in: &checker) }
        checker.checkKeys()
        return checker.findings
    }

    /// What is inconsistent in the sections of services, or does not fit the rest.
    static func sectionFindings(in configuration: RegionConfiguration, excused: Set<String>) -> [RegionFinding] {
        var checker = RegionChecker(configuration, excused: excused)
        for section in configuration.sections.known { section.check(in: &checker) }
        return checker.findings
    }

    package mutating func find(
        _ code: Failure.Code, _ item: String, key: String? = nil, _ message: String, remedy: String
    ) {
        findings.append(RegionFinding(code, item, key: key, message, remedy: remedy))
    }

    /// Finds names that stand more than once in a list.
    package mutating func checkUnique(_ names: [String], list: String, key: String, what: String) {
        var first: [String: Int] = [:]
        for (index, name) in names.enumerated() {
            if let earlier = first[name] {
                find(
                    "region.duplicateID", "\(list).\(index)", key: key,
                    "\(what) '\(name)' stands twice, first as item \(earlier + 1) of '\(list)'",
                    remedy: "give each its own, or take one out")
            } else {
                first[name] = index
            }
        }
    }

    package mutating func checkReference(_ node: NodeID, item: String, key: String) {
        guard configuration.node(node) == nil, !excused.contains(node.rawValue) else { return }
        find(
            "region.unknownReference", item, key: key, "there is no node '\(node)' in this region",
            remedy: nearest(
                to: node.rawValue, among: configuration.nodes.map(\.id.rawValue),
                else: "correct the name, or add the node under 'nodes'"))
    }

    /// What to do about a name that nothing has: take the one that is near, or `other`.
    package func nearest(to name: String, among known: [String], else other: String) -> String {
        !isOverfull ? Spelling.remedy(for: name, among: known, else: other) : other
    }

    private mutating func checkHead() {
        if configuration.version == 0 {
            find("region.version", "", key: "version", "version 0 is none", remedy: "begin with 1 and count up")
        }
        if !RegionConfiguration.suites.contains(configuration.suite) {
            find(
                "region.suite", "", key: "suite", "there is no suite \(NameForm.shown(configuration.suite))",
                remedy: "choose one of: " + RegionConfiguration.suites.joined(separator: ", "))
        }
        checkUnique(
            configuration.divisions.map(\.code.rawValue), list: "divisions", key: "code", what: "division code")
    }

    private mutating func checkUnits() {
        let table = configuration.divisionTable
        checkUnique(configuration.organizationUnits.map(\.id.rawValue), list: "units", key: "id", what: "unit id")
        var institutions: [InstitutionCode: OrgUnitID] = [:]
        for (index, unit) in configuration.organizationUnits.enumerated() {
            let item = "units.\(index)"
            checkDivision(unit.division, in: table, item: item, key: "division")
            checkReference(unit.node, item: item, key: "node")
            guard let code = unit.institution else { continue }
            checkDivision(code.division, in: table, item: item, key: "institution")
            if let other = institutions[code] {
                find(
                    "region.duplicateID", item, key: "institution",
                    "units '\(other)' and '\(unit.id)' carry the same institution code",
                    remedy: "give each unit the code of its own registration")
            }
            institutions[code] = unit.id
        }
    }

    private mutating func checkNodes() {
        let table = configuration.divisionTable
        checkUnique(configuration.nodes.map(\.id.rawValue), list: "nodes", key: "id", what: "node id")
        for (index, node) in configuration.nodes.enumerated() {
            let item = "nodes.\(index)"
            checkDivision(node.division, in: table, item: item, key: "division")
            let unit = node.organizationUnit
            if configuration.organizationUnit(unit) == nil, !excused.contains(unit.rawValue) {
                find(
                    "region.unknownReference", item, key: "unit", "there is no unit '\(unit)' in this region",
                    remedy: nearest(
                        to: unit.rawValue, among: configuration.organizationUnits.map(\.id.rawValue),
                        else: "correct the name, or add the unit under 'units'"))
            }
        }
        checkDispatchers()
    }

    package mutating func checkDivision(_ code: DivisionCode, in table: DivisionTable, item: String, key: String) {
        do {
            _ = try table.division(code)
        } catch let failure as Failure {
            find(failure.code, item, key: key, failure.message, remedy: failure.remedy ?? "")
        } catch {
            find("code.divisionUnknown", item, key: key, "the division code is not known", remedy: "correct it")
        }
    }
}

/// Something inconsistent in a region configuration, wherever the configuration came from.
struct RegionFinding: Equatable {
    var code: Failure.Code
    /// The list and the position in it, such as `nodes.3`; empty for the configuration as a whole.
    var item: String
    /// The key of the item that is wrong.
    var key: String?
    var message: String
    var remedy: String

    init(_ code: Failure.Code, _ item: String, key: String? = nil, _ message: String, remedy: String) {
        self.code = code
        self.item = item
        self.key = key
        self.message = message
        self.remedy = remedy
    }

    var failure: Failure {
        let place = [item, key ?? ""].filter { !$0.isEmpty }.joined(separator: ".")
        return Failure(code, message, place: place.isEmpty ? nil : place, remedy: remedy)
    }
}

extension RegionChecker {
    /// Ledger keys, epochs and revocations, which the program records and no person writes.
    mutating func checkKeys() {
        var owners: [[UInt8]: NodeID] = [:]
        for (index, node) in configuration.nodes.enumerated() {
            for key in node.ledgerKeys {
                if let owner = owners[key.keyID] {
                    find(
                        "region.duplicateKey", "nodes.\(index)", key: "id",
                        "a ledger key of '\(node.id)' has the id of one of '\(owner)'",
                        remedy: "issue the node a key of its own with 'yilian cert issue'")
                }
                owners[key.keyID] = node.id
                if let to = key.to, to <= key.from {
                    find(
                        "region.badDates", "nodes.\(index)", key: "id",
                        "a ledger key of '\(node.id)' ends before it begins",
                        remedy: "issue the node a new key with 'yilian cert issue'")
                }
            }
        }
        checkUnique(
            configuration.patientKeyEpochs.map { "\($0.epoch)" }, list: "patientKeyEpochs", key: "epoch",
            what: "patient key epoch")
        for (index, epoch) in configuration.patientKeyEpochs.enumerated() {
            for node in epoch.encryptedSecrets.keys.sorted() {
                checkReference(node, item: "patientKeyEpochs.\(index)", key: "secrets")
            }
        }
    }
}
