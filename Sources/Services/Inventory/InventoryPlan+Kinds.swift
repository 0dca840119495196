package import InventoryKit
import Ledgers

extension InventoryPlan {
    /// Beds, numbers and slots.
    ///
    /// Their entries say who holds which unit for which case, and nothing of a person: the headers go to all above their
    /// author, there is no payload, and they are kept as long as the ledger is.
    package static let hospitals = InventoryPlan(
        kind: { event in
            switch event {
            case .offered: EntryKind(700)
            case .closed: EntryKind(701)
            case .allotted: EntryKind(702)
            case .returned: EntryKind(703)
            case .held: EntryKind(704)
            case .confirmed: EntryKind(705)
            case .released: EntryKind(706)
            case .expired: EntryKind(707)
            case .lapsed: EntryKind(708)
            case .wished: EntryKind(709)
            case .takenBack: EntryKind(710)
            }
        }, terms: { $0.inventories.map(\.terms) })
}
