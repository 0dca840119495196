import Effects
import Ledgers

/// What a courier does not try again at once: parcels that the neighbour refused, and those whose entry is not here.
///
/// Bounded, whatever grants somebody writes in this node's name.
struct WaitingParcels {
    private(set) var refused: Set<String> = []
    private var missing: Set<String> = []
    private var told: Set<String> = []

    func contains(_ parcel: Parcels.Waiting) -> Bool {
        refused.contains(parcel.key) || missing.contains(parcel.key)
    }

    mutating func refuse(_ parcels: [Parcels.Waiting]) {
        for parcel in parcels where refused.count < Limits.queryResults { refused.insert(parcel.key) }
    }

    /// Remembers what is not here.
    ///
    /// - Returns: those that the operator has not been told of in this connection.
    mutating func miss(_ parcels: [Parcels.Waiting]) -> [Parcels.Waiting] {
        for parcel in parcels where missing.count < Limits.queryResults { missing.insert(parcel.key) }
        return parcels.filter { told.count < Limits.queryResults && told.insert($0.key).inserted }
    }

    mutating func tryAgain() {
        refused = []
        missing = []
    }
}
