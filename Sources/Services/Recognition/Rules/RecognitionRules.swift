package import Effects
package import Regions
import SwiftProtobuf

/// What the region has agreed about mutual recognition: catalogue, marks, policy, reasons.
///
/// Part of the signed region configuration, so every node judges by the same rules. Empty where a region has none:
/// results then are found and opened, and nothing is called recognisable.
package struct RecognitionRules: Hashable, Sendable {
    /// Names the edition of the catalogue for people, such as `2026-11`.
    package var edition: String
    package var items: [CatalogueItem]
    package var panels: [CataloguePanel]
    package var localCodes: [LocalCode]
    package var units: [UnitOfMeasure]
    package var conversions: [UnitConversion]
    package var specimens: [SpecimenType]
    package var scopes: [RecognitionScope]
    /// The scope that a `★` before an item's name stands for; none where that sign means nothing here.
    package var starScope: String?
    package var policy: [RecognitionPolicyRow]
    package var reasons: [RepeatReason]

    package init(
        edition: String = "", items: [CatalogueItem] = [], panels: [CataloguePanel] = [],
        localCodes: [LocalCode] = [], units: [UnitOfMeasure] = [], conversions: [UnitConversion] = [],
        specimens: [SpecimenType] = [], scopes: [RecognitionScope] = [], starScope: String? = nil,
        policy: [RecognitionPolicyRow] = [], reasons: [RepeatReason] = []
    ) {
        self.edition = edition
        self.items = items
        self.panels = panels
        self.localCodes = localCodes
        self.units = units
        self.conversions = conversions
        self.specimens = specimens
        self.scopes = scopes
        self.starScope = starScope
        self.policy = policy
        self.reasons = reasons
    }

    package static let none = RecognitionRules()

    /// The version of an item that is in force at a moment.
    package func item(_ code: String, at moment: WallTime) -> CatalogueItem? {
        items.first { $0.code == code && $0.isInForce(at: moment) }
    }

    package func panel(_ code: String) -> CataloguePanel? { panels.first { $0.code == code } }
    package func scope(_ id: String) -> RecognitionScope? { scopes.first { $0.id == id } }
    package func reason(_ code: String) -> RepeatReason? { reasons.first { $0.code == code } }
}

extension RecognitionRules {
    /// The catalogue in numbers, classes in the order of the tables; of an item with several versions the latest speaks.
    package var contents: SectionContents? {
        let items = Dictionary(items.map { ($0.code, $0) }) { $0.version < $1.version ? $1 : $0 }.values
        let counts = Dictionary(grouping: items, by: \.examinationClass).mapValues(\.count)
        let others = counts.keys.filter { !ExaminationClass.known.contains($0) }.sorted()
        let classes = (ExaminationClass.known + others).compactMap { known in
            counts[known].map { "\(known.rawValue) \($0)" }
        }
        let published = items.count { $0.windowSource == .published }
        return SectionContents(
            Self.name,
            figures: [
                "items": items.count, "publishedWindows": published, "panels": panels.count,
                "localCodes": localCodes.count, "scopes": scopes.count, "policyRows": policy.count,
                "reasons": reasons.count,
            ],
            lines: [
                "\(Self.name), edition \(edition): items \(items.count) (\(classes.joined(separator: ", "))), "
                    + "published windows \(published)",
                "  panels \(panels.count), local codes \(localCodes.count), scopes \(scopes.count), "
                    + "policy rows \(policy.count), reasons \(reasons.count)",
            ])
    }
}

extension RecognitionRules: RegionSection {
    package static let name = "recognition"
    package static let keys = ["recognition"]
    package static let unwritten = RecognitionRules.none

    /// Reads the files that `recognition` names; together they are the region's rules.
    package init(_ file: inout RegionFileReader) {
        let (files, isComplete) = file.filesBeside(
            "recognition", what: "a recognition file", keys: RecognitionFileReader.keys)
        var reader = RecognitionFileReader()
        for root in files { reader.read(root) }
        for (item, mapping) in reader.places { file.place(item, at: mapping) }
        for name in reader.excused { file.excuse(name) }
        // Where a file is missing, everything that mentions what it holds would be reported too.
        self = isComplete ? reader.rules : .none
    }

    package func check(in checker: inout RegionChecker) { checker.checkRecognition() }

    package func wireBytes() throws -> [UInt8] {
        do { return try message.serializedBytes() } catch { throw Self.unreadable }
    }

    package init(wireBytes bytes: [UInt8]) throws {
        let message: PBRecognitionRules
        do { message = try PBRecognitionRules(serializedBytes: bytes) } catch { throw Self.unreadable }
        try self.init(message)
    }
}

extension RegionConfiguration {
    /// What is agreed about mutual recognition.
    package var recognition: RecognitionRules {
        get { section(RecognitionRules.self) }
        set { set(newValue) }
    }
}
