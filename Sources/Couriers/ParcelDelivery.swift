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
