package import Effects
package import Regions

/// The recognition rules, ready to be asked: built once from a configuration and kept by whoever holds that.
///
/// Every answer is a look-up in a dictionary. It answers for rules that ``RegionChecker`` has nothing to say against;
/// of others it takes the first of what stands twice.
package struct RecognitionIndex: Sendable {
    package let rules: RecognitionRules
    private let versions: [String: [CatalogueItem]]
    private let panels: [String: CataloguePanel]
    private let localCodes: [LocalKey: String]
    private let loincs: [String: String]
    private let unitSpellings: SpellingTable
    private let specimenSpellings: SpellingTable
    private let specimens: [String: SpecimenType]
    private let conversions: [ConversionKey: UnitConversion]
    private let scopes: [String: RecognitionScope]
    private let scopeSpellings: SpellingTable
    private let reasons: [String: RepeatReason]

    private struct LocalKey: Hashable {
        var unit: OrgUnitID?
        var system: String
        var code: String
    }

    private struct ConversionKey: Hashable {
        var from: String
        var to: String
        var item: String?
    }

    package init(_ rules: RecognitionRules) {
        self.rules = rules
        versions = Dictionary(grouping: rules.items, by: \.code).mapValues { $0.sorted { $0.from < $1.from } }
        panels = Self.first(rules.panels) { $0.code }
        localCodes = Self.first(rules.localCodes) { LocalKey(unit: $0.unit, system: $0.system, code: $0.code) }
            .mapValues(\.item)
        loincs = Self.first(rules.items.filter { $0.loinc != nil }) { $0.loinc ?? "" }.mapValues(\.code)
        unitSpellings = SpellingTable(rules.units.map { ($0.code, $0.spellings) })
        specimenSpellings = SpellingTable(rules.specimens.map { ($0.code, $0.spellings) })
        specimens = Self.first(rules.specimens) { $0.code }
        conversions = Self.first(rules.conversions) { ConversionKey(from: $0.from, to: $0.to, item: $0.item) }
        scopes = Self.first(rules.scopes) { $0.id }
        scopeSpellings = SpellingTable(rules.scopes.map { ($0.id, $0.spellings) })
        reasons = Self.first(rules.reasons) { $0.code }
    }

    private static func first<Key: Hashable, Value>(_ values: [Value], key: (Value) -> Key) -> [Key: Value] {
        Dictionary(values.map { (key($0), $0) }) { first, _ in first }
    }

    /// The version of an item that is in force at a moment.
    package func item(_ code: String, at moment: WallTime) -> CatalogueItem? {
        versions[code]?.first { $0.isInForce(at: moment) }
    }

    package func item(_ code: String, version: Int) -> CatalogueItem? {
        versions[code]?.first { $0.version == version }
    }

    package func panel(_ code: String) -> CataloguePanel? { panels[code] }
    package func scope(id: String) -> RecognitionScope? { scopes[id] }
    package func reason(_ code: String) -> RepeatReason? { reasons[code] }

    /// The codes of the items behind a code: a panel's, or the item's own; empty for a code that is neither.
    package func items(behind code: String) -> [String] {
        panels[code]?.items ?? (versions[code] == nil ? [] : [code])
    }

    /// The scope that a report's mark names, such as `全国HR`.
    package func scope(label: String) -> RecognitionScope? {
        scopeSpellings.code(for: label).flatMap { scopes[$0] }
    }

    /// The code of the unit of measure that a message writes in one way or another.
    package func unit(named spelling: String) -> String? { unitSpellings.code(for: spelling) }

    /// The code of the specimen type that a message names by its code, its name or an alias.
    package func specimen(named spelling: String) -> String? { specimenSpellings.code(for: spelling) }

    /// Whether results from a specimen compare with those from the one that an item asks for.
    package func compares(specimen: String, with wanted: String) -> Bool {
        specimen == wanted || specimens[wanted]?.comparable.contains(specimen) ?? false
    }

    /// The conversion registered for an item, else the one for all items.
    ///
    /// Units are codes. The reverse of a conversion is one of its own: a decimal factor has no exact inverse.
    package func conversion(from: String, to: String, item: String?) -> UnitConversion? {
        conversions[ConversionKey(from: from, to: to, item: item)]
            ?? conversions[ConversionKey(from: from, to: to, item: nil)]
    }
}

extension RecognitionIndex {
    /// Names of LOINC as coding systems: HL7 v2's, FHIR's, and its OID.
    package static let loincSystems: Set<String> = ["LN", "http://loinc.org", "urn:oid:2.16.840.1.113883.6.1"]
    /// Names of the region's own codes as a coding system: in FHIR and in HL7 v2.
    package static let ownSystems: Set<String> = ["urn:yilian:catalogue", "YL"]

    /// The code of the catalogue's item or panel that a message means by its codes for one thing.
    ///
    /// The institution's own mapping comes first, then the mappings for everybody, then LOINC, then the region's own
    /// codes; within each, the codes in the order in which the message gives them.
    package func resolve(codes: [(system: String, code: String)], unit: OrgUnitID?) -> String? {
        if let unit, let found = codes.firstNonNil({ local($0, unit: unit) }) { return found }
        if let found = codes.firstNonNil({ local($0, unit: nil) }) { return found }
        if let found = codes.firstNonNil({ Self.loincSystems.contains($0.system) ? loincs[$0.code] : nil }) {
            return found
        }
        return codes.first { Self.ownSystems.contains($0.system) && !items(behind: $0.code).isEmpty }?.code
    }

    /// A mapping that names the message's coding system, else one that names none.
    private func local(_ code: (system: String, code: String), unit: OrgUnitID?) -> String? {
        localCodes[LocalKey(unit: unit, system: code.system, code: code.code)]
            ?? localCodes[LocalKey(unit: unit, system: "", code: code.code)]
    }
}

extension Sequence {
    /// The first result that is one.
    fileprivate func firstNonNil<Result>(_ transform: (Element) -> Result?) -> Result? {
        for element in self {
            if let result = transform(element) { return result }
        }
        return nil
    }
}

extension UnitOfMeasure {
    /// Everything under which it is found.
    var spellings: [String] { [code] + aliases }
}

extension SpecimenType {
    /// Everything under which it is found.
    var spellings: [String] { [code, name] + aliases }
}

extension RecognitionScope {
    /// Everything under which it is found.
    var spellings: [String] { [label, englishLabel, id] }
}
