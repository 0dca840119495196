import Effects
import Regions

extension RegionChecker {
    /// Codes stand once, and no spelling stands for two units of measure or two specimens.
    mutating func checkSpellings() {
        let rules = configuration.recognition
        checkUnique(rules.units.map(\.code), list: "recognition.units", key: "code", what: "unit of measure")
        checkUnique(rules.specimens.map(\.code), list: "recognition.specimens", key: "code", what: "specimen")
        checkUnique(rules.scopes.map(\.id), list: "recognition.scopes", key: "id", what: "scope")
        checkSpellings(rules.units.map { ($0.code, $0.spellings) }, list: "units", what: "units of measure")
        checkSpellings(rules.specimens.map { ($0.code, $0.spellings) }, list: "specimens", what: "specimens")
        checkSpellings(rules.scopes.map { ($0.id, $0.spellings) }, list: "scopes", what: "scopes")
        let specimens = RecognitionNames.List("specimens", rules.specimens.map(\.code))
        for (index, specimen) in rules.specimens.enumerated() {
            for other in specimen.comparable {
                checkMention(
                    other, in: specimens, of: "specimen \(NameForm.shown(specimen.code)) compares with",
                    item: "recognition.specimens.\(index)", key: "comparable")
            }
        }
    }

    private mutating func checkSpellings(
        _ entries: [(code: String, spellings: [String])], list: String, what: String
    ) {
        var owners: [String: String] = [:]
        for (index, entry) in entries.enumerated() {
            let place = "recognition.\(list).\(index)"
            for spelling in entry.spellings {
                let fold = SpellingTable.fold(spelling)
                if fold.isEmpty {
                    find(
                        "region.badName", place, key: "aliases", "'\(entry.code)' has an empty name or alias",
                        remedy: "write one, or take it out")
                } else if let other = owners[fold], other != entry.code {
                    find(
                        "region.ambiguousName", place, key: "aliases",
                        "\(NameForm.shown(spelling)) stands for two \(what), '\(other)' and '\(entry.code)'",
                        remedy: "keep it at one of them; width of letters, spaces and the signs for micro do not count")
                } else {
                    owners[fold] = entry.code
                }
            }
        }
    }

    mutating func checkConversions(_ names: RecognitionNames) {
        let conversions = configuration.recognition.conversions
        checkUnique(
            conversions.map { "\($0.from) → \($0.to)" + ($0.item.map { " for \($0)" } ?? "") },
            list: "recognition.conversions", key: "from", what: "conversion")
        for (index, conversion) in conversions.enumerated() {
            let place = "recognition.conversions.\(index)"
            for (unit, key) in [(conversion.from, "from"), (conversion.to, "to")] {
                checkMention(
                    unit, in: names.unitsOfMeasure, of: "a conversion goes \(key) the unit", item: place, key: key)
            }
            if conversion.from == conversion.to {
                find(
                    "region.badConversion", place, key: "to", "a conversion from '\(conversion.from)' to itself",
                    remedy: "take it out; one unit needs no conversion")
            }
            if !CatalogueForm.isPositiveDecimal(conversion.factor) {
                find(
                    "region.badConversion", place, key: "factor",
                    "the factor \(NameForm.shown(conversion.factor)) from '\(conversion.from)' to '\(conversion.to)' "
                        + "is no positive decimal number",
                    remedy: "write digits with at most one point, such as 0.05551")
            }
            if let item = conversion.item {
                checkMention(item, in: names.items, of: "a conversion holds for the item", item: place, key: "item")
            }
        }
    }
}
