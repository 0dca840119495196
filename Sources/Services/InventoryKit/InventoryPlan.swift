package import Ledgers
package import Regions

/// What a service says of its inventories: the kinds of their entries, and where the region agrees on them.
package struct InventoryPlan: Sendable {
    private let kinds: [InventoryEvent: EntryKind]
    private let events: [EntryKind: InventoryEvent]
    private let terms: @Sendable (RegionConfiguration) -> [InventoryTerms]

    /// - Parameters:
    ///   - kind: each event's own.
    ///   - terms: what a configuration says.
    package init(
        kind: (InventoryEvent) -> EntryKind, terms: @escaping @Sendable (RegionConfiguration) -> [InventoryTerms]
    ) {
        let pairs = InventoryEvent.allCases.map { ($0, kind($0)) }
        kinds = Dictionary(pairs) { first, _ in first }
        events = Dictionary(pairs.map { ($0.1, $0.0) }) { first, _ in first }
        self.terms = terms
    }

    package func kind(of event: InventoryEvent) -> EntryKind {
        guard let kind = kinds[event] else { preconditionFailure("every event has a kind") }
        return kind
    }

    package func event(of kind: EntryKind) -> InventoryEvent? { events[kind] }

    package func all(in configuration: RegionConfiguration) -> [InventoryTerms] { terms(configuration) }

    package func terms(of inventory: String, in configuration: RegionConfiguration) -> InventoryTerms? {
        terms(configuration).first { $0.id == inventory }
    }
}
