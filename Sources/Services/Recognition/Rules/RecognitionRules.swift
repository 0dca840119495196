package import Effects
import Regions

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
