import Effects
import Foundation
package import Ledgers
package import Regions
import SwiftProtobuf
import Wire

/// Excerpts on their way to somebody whom a grant names, each with the proof of that grant.
package struct ParcelDelivery: Sendable, Equatable {
    package struct Parcel: Sendable, Equatable {
        package var recipient: NodeID
        package var excerpt: Excerpt
        package var grant: Excerpt

        package init(recipient: NodeID, excerpt: Excerpt, grant: Excerpt) {
            self.recipient = recipient
            self.excerpt = excerpt
            self.grant = grant
        }
    }

    package var parcels: [Parcel]
    /// Counts a sender's deliveries of parcels to one neighbour.
    package var mark: UInt64

    package init(parcels: [Parcel], mark: UInt64 = 0) {
        self.parcels = parcels
        self.mark = mark
    }
}

extension ParcelDelivery: ProtobufWireValue {
    package func wire() throws -> PBParcels {
        var message = PBParcels()
        message.mark = mark
        message.parcels = try parcels.map { parcel in
            var part = PBParcel()
            part.recipient = parcel.recipient.rawValue
            part.excerpt = Data(try parcel.excerpt.wireBytes())
            part.grant = Data(try parcel.grant.wireBytes())
            return part
        }
        return message
    }

    package init(wire message: PBParcels) throws {
        guard message.parcels.count <= Limits.courierBatchesPerCall else {
            throw Failure("courier.tooMany", "more than \(Limits.courierBatchesPerCall) parcels in one call")
        }
        mark = PeerNumber.label(message.mark)
        parcels = try message.parcels.map { part in
            Parcel(
                recipient: try NodeID(part.recipient), excerpt: try Excerpt(wireBytes: [UInt8](part.excerpt)),
                grant: try Excerpt(wireBytes: [UInt8](part.grant)))
        }
    }
}

/// What a courier does not try again at once: parcels that the neighbour refused, and those whose entry is not here.
///
/// Bounded, whatever grants somebody writes in this node's name.
struct WaitingParcels {
    private var refused: Set<Parcels.Key> = []
    private var refusedSince: MonotonicTime?
    private var missing: Set<Parcels.Key> = []
    private var missingSince: MonotonicTime?
    private var told: Set<Parcels.Key> = []

    func contains(_ parcel: Parcels.Waiting) -> Bool {
        refused.contains(parcel.key) || missing.contains(parcel.key)
    }

    /// How long there is nothing to look for: what is missing or was refused is tried again without a word about it.
    func pauseMilliseconds(at now: MonotonicTime) -> Int64 {
        let ends = [
            missingSince?.advanced(byMilliseconds: Limits.missingParcelMilliseconds),
            refusedSince?.advanced(byMilliseconds: Limits.refusedParcelMilliseconds),
        ].compactMap { $0?.milliseconds(since: now) }
        return max(1, ends.reduce(Limits.courierPollMilliseconds, min))
    }

    /// Lets everything be tried again at once.
    mutating func forgive() {
        refused = []
        refusedSince = nil
    }

    mutating func refuse(_ parcels: [Parcels.Waiting], at now: MonotonicTime) {
        if !parcels.isEmpty { refusedSince = refusedSince ?? now }
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

    /// Lets what was missing or refused be tried again when some time has gone by: it may have come, or be taken now.
    mutating func lookAgain(at now: MonotonicTime) {
        if let refusedSince, now.milliseconds(since: refusedSince) >= Limits.refusedParcelMilliseconds { forgive() }
        guard let missingSince, now.milliseconds(since: missingSince) >= Limits.missingParcelMilliseconds else {
            return
        }
        missing = []
        self.missingSince = nil
    }
}
