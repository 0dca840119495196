import Effects
import Regions

/// Builds recognition rules from the YAML files that `region.yaml` names, and remembers where each item stood.
///
/// Every file may hold any of the keys; lists are put together in the order of the files.
struct RecognitionFileReader {
    static let keys = [
        "edition", "from", "priceVersion", "items", "panels", "localCodes", "units", "conversions", "specimens",
        "scopes", "star", "policy", "reasons",
    ]

    private(set) var rules = RecognitionRules.none
    /// Where the items of the built rules stood, by list and position in the *rules*.
    private(set) var places: [String: YAMLMapping] = [:]
    /// Names of what could not be built, so that a mention of one is not reported as well.
    private(set) var excused: Set<String> = []

    mutating func read(_ root: YAMLMapping) {
        for key in ["edition", "star"] where root.has(key) {
            if let other = places["recognition.\(key)"] {
                root.report(
                    "config.duplicateKey", "'\(key)' stands in \(other.file) already", key: key,
                    remedy: "write it in one of the files")
            }
            places["recognition.\(key)"] = root
        }
        for key in ["policy", "reasons", "scopes"] where root.has(key) && places["recognition.\(key)"] == nil {
            places["recognition.\(key)"] = root
        }
        rules.edition = root.optional("edition", YAMLValue.text) ?? rules.edition
        rules.starScope = root.optional("star", YAMLValue.word) ?? rules.starScope
        readMeasures(root)
        readItems(root)
        readPanels(root)
        readLocalCodes(root)
        readScopes(root)
        readPolicy(root)
        readReasons(root)
    }

    /// Keeps what was built and where it stood; without a value, remembers its name as left out.
    private mutating func keep<Value>(
        _ value: Value?, in list: WritableKeyPath<RecognitionRules, [Value]>, _ key: String, from item: YAMLMapping,
        name: String?
    ) {
        guard let value else {
            excused.insert(name ?? "?")
            return
        }
        places["recognition.\(key).\(rules[keyPath: list].count)"] = item
        rules[keyPath: list].append(value)
    }
}

extension RecognitionFileReader {
    private static let itemKeys = [
        "code", "version", "name", "english", "class", "specimen", "unit", "method", "windowDays", "window", "price",
        "priceVersion", "loinc", "from", "to",
    ]

    private mutating func readItems(_ root: YAMLMapping) {
        let from = root.optional("from") { try WallTime(recorded: $0) }
        let priceVersion = root.optional("priceVersion", YAMLValue.text)
        for item in root.mappings("items", required: false, what: "an item", keys: Self.itemKeys) {
            let built = Self.item(item, from: from, priceVersion: priceVersion)
            keep(built.item, in: \.items, "items", from: item, name: built.code)
        }
        if root.has("items"), rules.edition.isEmpty {
            root.report(
                "config.missingKey", "a catalogue has no 'edition'", key: "items",
                remedy: "add 'edition: …' to this file, or to one that is named before it")
        }
    }

    private static func item(
        _ item: YAMLMapping, from standardFrom: WallTime?, priceVersion: String?
    ) -> (code: String?, item: CatalogueItem?) {
        let code = item.required("code", YAMLValue.text)
        let version = item.optional("version", YAMLValue.number(1...1_000_000, unit: "versions"))
        let name = item.required("name", YAMLValue.text)
        let english = item.required("english", YAMLValue.text)
        let kind = item.required("class", YAMLValue.choice(ExaminationClass.known))
        let specimen = item.optional("specimen", YAMLValue.text)
        let unit = item.optional("unit", YAMLValue.text)
        let method = item.optional("method", YAMLValue.text)
        let days = item.optional("windowDays", YAMLValue.number(0...Limits.recognitionWindowDays, unit: "days"))
        let window = item.optional("window", YAMLValue.choice(CatalogueItem.WindowSource.allCases))
        let price = price(item, version: item.optional("priceVersion", YAMLValue.text) ?? priceVersion)
        let loinc = item.optional("loinc", YAMLValue.text)
        let from = item.has("from") ? item.optional("from") { try WallTime(recorded: $0) } : standardFrom
        let to = item.optional("to") { try WallTime(recorded: $0) }
        if from == nil, !item.has("from") {
            item.report(
                "config.missingKey", "an item has no 'from'",
                remedy: "add 'from: …' to it, or once at the top of the file for all items")
        }
        guard let code, let name, let english, let kind, let from, to != nil || !item.has("to"),
            days != nil || !item.has("windowDays")
        else { return (code, nil) }
        let built = CatalogueItem(
            code: code, version: version ?? 1, name: name, englishName: english, examinationClass: kind,
            specimen: specimen, unit: unit, methodGroup: method, windowDays: days ?? 0,
            windowSource: window ?? .region, price: price, loinc: loinc, from: from, to: to)
        return (code, built)
    }

    private static func price(_ item: YAMLMapping, version: String?) -> PriceReference? {
        let fen = item.optional("price") { text in
            guard let fen = CatalogueForm.fen(text) else {
                throw Failure(
                    "config.badValue", "\(NameForm.shown(text)) is no price in yuan",
                    remedy: "write yuan with at most two decimals, such as 12.50")
            }
            return fen
        }
        guard let fen else { return nil }
        guard let version else {
            item.report(
                "config.missingKey", "a price has no 'priceVersion'", key: "price",
                remedy: "add 'priceVersion: …' to the item, or once at the top of the file")
            return nil
        }
        return PriceReference(fen: fen, version: version)
    }

    private mutating func readPanels(_ root: YAMLMapping) {
        let keys = ["code", "name", "english", "items"]
        for item in root.mappings("panels", required: false, what: "a panel", keys: keys) {
            let code = item.required("code", YAMLValue.text)
            let name = item.required("name", YAMLValue.text)
            let english = item.required("english", YAMLValue.text)
            let items = item.list("items", required: true, YAMLValue.text)
            var panel: CataloguePanel?
            if let code, let name, let english, !items.isEmpty {
                panel = CataloguePanel(code: code, name: name, englishName: english, items: items)
            }
            keep(panel, in: \.panels, "panels", from: item, name: code)
        }
    }

    /// A group without units holds for everybody; one without a system for whatever system messages name.
    private mutating func readLocalCodes(_ root: YAMLMapping) {
        let keys = ["units", "system", "codes"]
        for group in root.mappings("localCodes", required: false, what: "a group of local codes", keys: keys) {
            let units = group.list("units", required: group.has("units")) { try OrgUnitID($0) }
            let system = group.optional("system", YAMLValue.text) ?? ""
            guard let (mapping, names) = group.freeMapping("codes"), !units.isEmpty || !group.has("units") else {
                continue
            }
            let owners: [OrgUnitID?] = units.isEmpty ? [nil] : units
            let codes = names.map { name in
                (name: name, target: mapping.required(name, YAMLValue.text))
            }
            for owner in owners {
                for case (let name, let target?) in codes {
                    let code = LocalCode(unit: owner, system: system, code: name, item: target)
                    keep(code, in: \.localCodes, "localCodes", from: mapping, name: name)
                }
            }
        }
    }
}

extension RecognitionFileReader {
    private mutating func readMeasures(_ root: YAMLMapping) {
        for item in root.mappings("units", required: false, what: "a unit of measure", keys: ["code", "aliases"]) {
            let code = item.required("code", YAMLValue.text)
            let aliases = item.list("aliases", required: false, YAMLValue.text)
            let unit = code.map { UnitOfMeasure(code: $0, aliases: aliases) }
            keep(unit, in: \.units, "units", from: item, name: code)
        }
        let keys = ["from", "to", "factor", "item"]
        for item in root.mappings("conversions", required: false, what: "a conversion", keys: keys) {
            let from = item.required("from", YAMLValue.text)
            let to = item.required("to", YAMLValue.text)
            let factor = item.required("factor", YAMLValue.text)
            let scope = item.optional("item", YAMLValue.text)
            var conversion: UnitConversion?
            if let from, let to, let factor, scope != nil || !item.has("item") {
                conversion = UnitConversion(from: from, to: to, factor: factor, item: scope)
            }
            keep(conversion, in: \.conversions, "conversions", from: item, name: nil)
        }
        let specimenKeys = ["code", "name", "aliases", "comparable"]
        for item in root.mappings("specimens", required: false, what: "a specimen", keys: specimenKeys) {
            let code = item.required("code", YAMLValue.text)
            let name = item.required("name", YAMLValue.text)
            let aliases = item.list("aliases", required: false, YAMLValue.text)
            let comparable = item.list("comparable", required: false, YAMLValue.text)
            var specimen: SpecimenType?
            if let code, let name {
                specimen = SpecimenType(code: code, name: name, aliases: aliases, comparable: comparable)
            }
            keep(specimen, in: \.specimens, "specimens", from: item, name: code)
        }
    }

    private mutating func readScopes(_ root: YAMLMapping) {
        let keys = ["id", "label", "english", "rank", "nationwide", "divisions", "units"]
        for item in root.mappings("scopes", required: false, what: "a scope", keys: keys) {
            let id = item.required("id", YAMLValue.word)
            let label = item.required("label", YAMLValue.text)
            let english = item.required("english", YAMLValue.text)
            let rank = item.required("rank", YAMLValue.number(0...1_000, unit: "the scope's rank"))
            let isNationwide = item.optional("nationwide", YAMLValue.flag)
            let divisions = item.list("divisions", required: false) { try DivisionCode($0) }
            let units = item.list("units", required: false) { try OrgUnitID($0) }
            var scope: RecognitionScope?
            if let id, let label, let english, let rank {
                scope = RecognitionScope(
                    id: id, label: label, englishLabel: english, rank: rank, isNationwide: isNationwide ?? false,
                    divisions: divisions, units: units)
            }
            keep(scope, in: \.scopes, "scopes", from: item, name: id)
        }
    }

    private mutating func readPolicy(_ root: YAMLMapping) {
        let keys = ["id", "issuers", "receivers", "scopes", "outcome"]
        let grade = YAMLValue.choice(InstitutionGrade.allCases)
        for item in root.mappings("policy", required: false, what: "a policy row", keys: keys) {
            let id = item.required("id", YAMLValue.text)
            let issuers = item.list("issuers", required: item.has("issuers"), grade)
            let receivers = item.list("receivers", required: item.has("receivers"), grade)
            let scopes = item.list("scopes", required: item.has("scopes"), YAMLValue.word)
            let outcome = item.required("outcome", YAMLValue.choice(RecognitionOutcome.allCases))
            var row: RecognitionPolicyRow?
            // A list of which nothing could be read would mean "any".
            let isWhole = [("issuers", issuers.isEmpty), ("receivers", receivers.isEmpty), ("scopes", scopes.isEmpty)]
                .allSatisfy { key, isEmpty in !isEmpty || !item.has(key) }
            if let id, let outcome, isWhole {
                row = RecognitionPolicyRow(
                    id: id, issuers: issuers, receivers: receivers, scopes: scopes, outcome: outcome)
            }
            keep(row, in: \.policy, "policy", from: item, name: id)
        }
    }

    private mutating func readReasons(_ root: YAMLMapping) {
        let keys = ["code", "name", "english", "counted", "text"]
        for item in root.mappings("reasons", required: false, what: "a reason", keys: keys) {
            let code = item.required("code", YAMLValue.text)
            let name = item.required("name", YAMLValue.text)
            let english = item.required("english", YAMLValue.text)
            let isCounted = item.optional("counted", YAMLValue.flag)
            let needsText = item.optional("text", YAMLValue.flag)
            var reason: RepeatReason?
            if let code, let name, let english {
                reason = RepeatReason(
                    code: code, name: name, englishName: english, isCounted: isCounted ?? true,
                    needsText: needsText ?? false)
            }
            keep(reason, in: \.reasons, "reasons", from: item, name: code)
        }
    }
}
