import Effects
import Regions

extension RegionChecker {
    /// What can be wrong with an item by itself.
    mutating func checkItems(_ names: RecognitionNames) {
        var loincOwners: [String: String] = [:]
        for (index, item) in configuration.recognition.items.enumerated() {
            let place = "recognition.items.\(index)"
            checkCode(item.code, place)
            if item.version < 1 {
                find(
                    "region.version", place, key: "version", "\(item.shown) has version \(item.version)",
                    remedy: "begin with version 1 and count up")
            }
            checkWindow(item, place)
            if let to = item.to, to <= item.from {
                find(
                    "region.badDates", place, key: "to", "\(item.shown) ends before it begins",
                    remedy: "'to' is the first day on which the version no longer holds")
            }
            if item.name.isEmpty || item.examinationClass.rawValue.isEmpty {
                find(
                    "region.badItem", place, key: "name", "\(item.shown) has no name or no class",
                    remedy: "give it both")
            }
            if let unit = item.unit {
                checkMention(
                    unit, in: names.unitsOfMeasure, of: "\(item.shown) is in the unit", item: place, key: "unit")
            }
            if let specimen = item.specimen {
                checkMention(
                    specimen, in: names.specimens, of: "\(item.shown) is made from", item: place, key: "specimen")
            }
            if let price = item.price,
                !(0...Limits.priceReferenceFen).contains(price.fen) || price.version.isEmpty
            {
                find(
                    "region.badPrice", place, key: "price", "the price of \(item.shown) is no price with its list",
                    remedy: "write yuan and fen, and 'priceVersion' with the list that says so")
            }
            checkLOINC(item, place, owners: &loincOwners)
        }
    }

    private mutating func checkCode(_ code: String, _ place: String) {
        guard !CatalogueForm.acceptsCode(code) else { return }
        find(
            "region.badCode", place, key: "code", "\(NameForm.shown(code)) is no code of a catalogue",
            remedy: "use 1 to \(CatalogueForm.codeLimit) letters without accents, digits, dots, hyphens, underscores")
    }

    private mutating func checkWindow(_ item: CatalogueItem, _ place: String) {
        if item.windowDays < 1 {
            find(
                "region.noWindow", place, key: "windowDays",
                "\(item.shown) does not say for how many days a result may be recognised",
                remedy: "add 'windowDays: …', counted from the report time")
        } else if item.windowDays > Limits.recognitionWindowDays {
            find(
                "region.noWindow", place, key: "windowDays",
                "\(item.shown) would be recognised for \(item.windowDays) days",
                remedy: "write a number from 1 to \(Limits.recognitionWindowDays)")
        }
    }

    private mutating func checkLOINC(_ item: CatalogueItem, _ place: String, owners: inout [String: String]) {
        guard let loinc = item.loinc else { return }
        if !LOINCForm.accepts(loinc) {
            find(
                "region.badLOINC", place, key: "loinc",
                "\(NameForm.shown(loinc)) of \(item.shown) is no LOINC code, or its check digit is wrong",
                remedy: "look it up at loinc.org, or leave it out")
        } else if let other = owners[loinc], other != item.code {
            find(
                "region.ambiguousCode", place, key: "loinc",
                "LOINC \(loinc) stands for '\(other)' and for \(item.shown)",
                remedy: "keep it at the one that it means")
        }
        if owners[loinc] == nil { owners[loinc] = item.code }
    }

    /// Versions of an item follow each other in time, and their numbers grow with it.
    mutating func checkVersions() {
        let items = configuration.recognition.items
        let groups = Dictionary(grouping: items.indices) { items[$0].code }
        for indices in groups.values.sorted(by: { $0[0] < $1[0] }) where indices.count > 1 {
            let ordered = indices.sorted { (items[$0].from, items[$0].version) < (items[$1].from, items[$1].version) }
            for (earlier, later) in zip(ordered, ordered.dropFirst()) {
                checkSuccession(items[earlier], items[later], "recognition.items.\(later)")
            }
        }
    }

    private mutating func checkSuccession(_ earlier: CatalogueItem, _ later: CatalogueItem, _ place: String) {
        if later.version <= earlier.version {
            find(
                "region.versionOrder", place, key: "version",
                "version \(later.version) of \(later.shown) comes after version \(earlier.version)",
                remedy: "number the versions of an item in the order in which they begin")
        }
        let ends = earlier.to.map { $0 <= later.from } ?? false
        if !ends {
            find(
                "region.overlappingVersions", place, key: "from",
                "versions \(earlier.version) and \(later.version) of \(later.shown) are in force at once "
                    + "from \(later.from.chinaText) on",
                remedy: "give version \(earlier.version) 'to: \(later.from.chinaText)'")
        }
    }

    mutating func checkPanels(_ names: RecognitionNames) {
        let panels = configuration.recognition.panels
        checkUnique(panels.map(\.code), list: "recognition.panels", key: "code", what: "panel")
        for (index, panel) in panels.enumerated() {
            let place = "recognition.panels.\(index)"
            checkCode(panel.code, place)
            if names.items.contains(panel.code) {
                find(
                    "region.duplicateID", place, key: "code", "'\(panel.code)' is a panel and an item",
                    remedy: "give the panel a code of its own")
            }
            if panel.items.isEmpty || Set(panel.items).count < panel.items.count {
                find(
                    "region.badPanel", place, key: "items",
                    "panel '\(panel.code)' has no item, or has one twice", remedy: "name each of its items once")
            }
            for item in panel.items {
                checkMention(
                    item, in: names.items, of: "panel \(NameForm.shown(panel.code)) holds the item", item: place,
                    key: "items")
            }
        }
    }

    mutating func checkLocalCodes(_ names: RecognitionNames) {
        struct Meaning: Hashable {
            var unit: OrgUnitID?
            var system: String
            var code: String
        }
        var meanings: [Meaning: String] = [:]
        var units: Set<OrgUnitID> = []
        for (index, local) in configuration.recognition.localCodes.enumerated() {
            let place = "recognition.localCodes.\(index)"
            let owner = local.unit.map { "code of '\($0)'" } ?? "code of everybody's"
            if let unit = local.unit, units.insert(unit).inserted {
                checkMention(
                    unit.rawValue, in: names.institutions, of: "a group of local codes names the unit", item: place,
                    key: local.code)
            }
            if local.code.isEmpty {
                find(
                    "region.badCode", place, key: local.code, "a local \(owner) is empty",
                    remedy: "write the code as the institution's messages carry it")
            }
            checkMention(
                local.item, in: names.orders, of: "local \(owner) \(NameForm.shown(local.code)) stands for the item",
                item: place, key: local.code)
            let meaning = Meaning(unit: local.unit, system: local.system, code: local.code)
            if let other = meanings.updateValue(local.item, forKey: meaning) {
                find(
                    "region.ambiguousCode", place, key: local.code,
                    "local \(owner) \(NameForm.shown(local.code)) stands for '\(other)' and for '\(local.item)'",
                    remedy: "keep the one that the institution means")
            }
        }
    }
}

extension CatalogueItem {
    /// How findings call it.
    var shown: String { "item '\(code)' (\(name))" }
}
