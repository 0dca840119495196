import Effects
import Ledgers

/// What a courier does not try again at once: parcels that the neighbour refused, and those whose entry is not here.
///
/// Bounded, whatever grants somebody writes in this node's name.
struct WaitingParcels {
    var refused: Set<Parcels.Key> = []
    private var missing: Set<Parcels.Key> = []
    private var missingSince: MonotonicTime?
    private var told: Set<Parcels.Key> = []

    func contains(_ parcel: Parcels.Waiting) -> Bool {
        refused.contains(parcel.key) || missing.contains(parcel.key)
    }

    mutating func refuse(_ parcels: [Parcels.Waiting]) {
        for parcel in parcels where refused.count < Limits.queryResults { refused.insert(parcel.key) }
    }

    /// Remembers what is not here.
    ///
    /// - Returns: those that the operator has not been told of in this connection.
    mutating func miss(_ parcels: [Parcels.Waiting], at now: MonotonicTime) -> [Parcels.Waiting] {
        if !parcels.isEmpty { missingSince = missingSince ?? now }
        for parcel in parcels where missing.count < Limits.queryResults { missing.insert(parcel.key) }
        return parcels.filter { told.count < Limits.queryResults && told.insert($0.key).inserted }
    }

    /// Lets what was missing be looked for again when some time has gone by: after a restore it may have come.
    mutating func lookAgain(at now: MonotonicTime) {
        guard let missingSince, now.milliseconds(since: missingSince) >= Limits.missingParcelMilliseconds else {
            return
        }
        missing = []
        self.missingSince = nil
    }
}
