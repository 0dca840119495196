package import InventoryKit

/// What a hospital lets others of the region have: beds, outpatient numbers, examination slots.
package enum InventoryKind: String, CaseIterable, Sendable {
    /// Held until the patient leaves.
    case bed
    /// A doctor's number on a day.
    case number
    /// A time at a device.
    case slot
}

/// One inventory as the region agreed on it.
package struct OfferedInventory: Hashable, Sendable {
    package var kind: InventoryKind
    package var terms: InventoryTerms

    package init(kind: InventoryKind, terms: InventoryTerms) {
        self.kind = kind
        self.terms = terms
    }
}
