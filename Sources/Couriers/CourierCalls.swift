package import Calls
package import Distributed
package import Ledgers
import Regions
import Wire

/// What neighbours ask of a node's courier.
@Resolvable
package protocol CourierCalls: DistributedActor where ActorSystem == YilianActorSystem {
    /// How far the chains go here that the caller brings, or that it is brought: a page of them, in a fixed order.
    ///
    /// - Parameter after: the last position of the page before; empty for the first.
    distributed func positions(_ after: [ChainPosition]) async throws -> [ChainPosition]
    /// Stores batches of the bulk lane; the receipt is sent after full synchronisation.
    distributed func deliver(_ delivery: BatchDelivery) async throws -> DeliveryReceipt
    /// Stores batches of the clinical lane; travels on the link's clinical lane.
    distributed func deliverClinical(_ delivery: BatchDelivery) async throws -> DeliveryReceipt
    /// Stores excerpts that a grant names; answers which of them were taken.
    distributed func deliverParcels(_ delivery: ParcelDelivery) async throws -> [UInt32]
    /// Gives the caller back what lies here of its own chain.
    distributed func giveBack(_ position: ChainPosition) async throws -> BatchDelivery
    /// Offers a signed region configuration; a newer one is accepted, an older one refused.
    distributed func offerRegion(_ configuration: [UInt8]) async throws -> UInt64
    /// What this node and those above it know of an entry: every hop that it took.
    distributed func trace(_ entry: String) async throws -> [TraceHop]
    /// The last of the caller's deliveries of parcels that lies on this node's disk.
    distributed func parcelMark() async throws -> UInt64
    /// A chunk of a document that the payload's audience of some entry lets the caller have.
    distributed func attachmentChunk(_ place: AttachmentPlace) async throws -> [UInt8]
    /// Which of the caller's documents lie whole on this node's disk.
    distributed func heldAttachments(_ list: AttachmentList) async throws -> AttachmentList
}

extension DeskInterface<any CourierCalls> {
    package static let courier = DeskInterface("courier") { try $CourierCalls.resolve(id: $0, using: $1) }
}

/// The numbered methods of the courier.
package enum CourierMethods {
    package static var all: [Method] {
        get throws {
            [
                Method(
                    1, .courier, "positions", lane: .control, callers: [.parent, .child], samples: [ChainPosition]()
                ) { try await $0.positions($1) },
                Method(
                    2, .courier, "deliver", lane: .bulk, deadlineMilliseconds: 60_000, callers: [.parent, .child],
                    samples: BatchDelivery(batches: [])
                ) { try await $0.deliver($1) },
                Method(
                    3, .courier, "deliverClinical", lane: .clinical, deadlineMilliseconds: 30_000,
                    callers: [.parent, .child],
                    samples: BatchDelivery(batches: [])
                ) { try await $0.deliverClinical($1) },
                Method(
                    4, .courier, "deliverParcels", lane: .clinical, deadlineMilliseconds: 30_000,
                    callers: [.parent, .child],
                    samples: ParcelDelivery(parcels: [])
                ) { try await $0.deliverParcels($1) },
                Method(
                    5, .courier, "giveBack", lane: .bulk, deadlineMilliseconds: 60_000, callers: [.child],
                    samples: try ChainPosition.sample
                ) { try await $0.giveBack($1) },
                Method(
                    6, .courier, "offerRegion", lane: .control, callers: [.parent, .child], samples: [UInt8]()
                ) { try await $0.offerRegion($1) },
                Method(7, .courier, "trace", lane: .clinical, callers: [.child], samples: "") {
                    try await $0.trace($1)
                },
                Method(8, .courier, "parcelMark", lane: .control, callers: [.parent, .child]) {
                    try await $0.parcelMark()
                },
                Method(
                    9, .courier, "attachmentChunk", lane: .bulk, deadlineMilliseconds: 60_000,
                    callers: [.parent, .child], samples: try AttachmentPlace.sample
                ) { try await $0.attachmentChunk($1) },
                Method(
                    10, .courier, "heldAttachments", lane: .bulk, callers: [.child], samples: AttachmentList([])
                ) { try await $0.heldAttachments($1) },
            ]
        }
    }
}
