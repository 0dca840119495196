import Effects
import Regions

extension RegionChecker {
    /// Catalogue, spellings, marks, policy and reasons.
    mutating func checkRecognition() {
        guard configuration.recognition != .none else { return }
        let names = RecognitionNames(configuration)
        checkItems(names)
        checkVersions()
        checkPanels(names)
        checkLocalCodes(names)
        checkSpellings()
        checkConversions(names)
        checkScopes(names)
        checkPolicy(names)
        checkReasons()
    }

    /// Finds a mention of something that does not exist, unless it was left out because it is wrong itself.
    mutating func checkMention(
        _ name: String, in known: RecognitionNames.List, of what: String, item: String, key: String
    ) {
        guard !known.contains(name), !excused.contains(name) else { return }
        // A file with so many mistakes has another one at its root, and comparing costs time.
        let near = !isOverfull ? known.nearest(to: name) : nil
        find(
            "region.unknownReference", item, key: key, "\(what) \(NameForm.shown(name)), which does not exist",
            remedy: near.map { "did you mean '\($0)'?" } ?? "correct the name, or add it under '\(known.key)'")
    }
}

/// The names that recognition rules mention each other by.
struct RecognitionNames {
    /// The names of one list of the configuration.
    struct List {
        /// The list as the files call it.
        var key: String
        private var names: Set<String>

        init(_ key: String, _ names: some Sequence<String>) {
            self.key = key
            self.names = Set(names)
        }

        func contains(_ name: String) -> Bool { names.contains(name) }

        /// The one name that a misspelling is probably meant to be.
        func nearest(to name: String) -> String? {
            Spelling.nearest(to: name, among: names)
        }
    }

    let items: List
    let orders: List
    let unitsOfMeasure: List
    let specimens: List
    let scopes: List
    let institutions: List

    init(_ configuration: RegionConfiguration) {
        let rules = configuration.recognition
        items = List("items", rules.items.map(\.code))
        orders = List("items", rules.items.map(\.code) + rules.panels.map(\.code))
        unitsOfMeasure = List("units", rules.units.map(\.code))
        specimens = List("specimens", rules.specimens.map(\.code))
        scopes = List("scopes", rules.scopes.map(\.id))
        institutions = List("units", configuration.organizationUnits.map(\.id.rawValue))
    }
}
