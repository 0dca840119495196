package import Calls
package import Distributed
package import Effects
package import Ledgers
package import Regions
package import Wire

/// The callable face of the courier.
package distributed actor CourierDesk: CourierCalls, WellKnownDesk {
    package typealias ActorSystem = YilianActorSystem
    package static let deskName = "courier"

    private let intake: CourierIntake
    private let ledger: Ledger
    private let region: any RegionView
    private let world: World
    private let acceptRegion: @Sendable ([UInt8], NodeID) async throws -> UInt64
    private let readAllTheWay: @Sendable () -> [Codec]

    /// - Parameters:
    ///   - acceptRegion: takes a configuration that a neighbour offers.
    ///   - readAllTheWay: the codecs that this node reads, and everybody above it.
    package init(
        intake: CourierIntake, ledger: Ledger, region: any RegionView, world: World,
        acceptRegion: @escaping @Sendable ([UInt8], NodeID) async throws -> UInt64,
        readAllTheWay: @escaping @Sendable () -> [Codec], actorSystem: YilianActorSystem
    ) {
        self.intake = intake
        self.ledger = ledger
        self.region = region
        self.world = world
        self.acceptRegion = acceptRegion
        self.readAllTheWay = readAllTheWay
        self.actorSystem = actorSystem
    }

    package distributed func positions(_ after: [ChainPosition]) async throws -> [ChainPosition] {
        let caller = try caller()
        let tree = region.tree(at: world.time.wallTime)
        let authors = Set([caller] + (tree.root.map { [$0] } ?? []) + tree.descendants(of: caller))
        return try await ledger.positions(
            of: Array(authors), after: after.last?.chain, limit: Limits.positionsPerCall)
    }

    package distributed func deliverClinical(_ delivery: BatchDelivery) async throws -> DeliveryReceipt {
        try await receipt(for: delivery)
    }

    package distributed func deliver(_ delivery: BatchDelivery) async throws -> DeliveryReceipt {
        try await receipt(for: delivery)
    }

    private func receipt(for delivery: BatchDelivery) async throws -> DeliveryReceipt {
        var receipt = try await intake.take(delivery, from: try caller())
        receipt.codecs = readAllTheWay()
        return receipt
    }

    package distributed func deliverParcels(_ delivery: ParcelDelivery) async throws -> [UInt32] {
        try await intake.take(delivery, from: try caller())
    }

    package distributed func giveBack(_ position: ChainPosition) async throws -> BatchDelivery {
        guard position.chain.author == (try caller()) else {
            throw Failure("courier.notEntitled", "a node is given back its own chains only")
        }
        return BatchDelivery(batches: try await ledger.ownBatches(from: position))
    }

    package distributed func offerRegion(_ configuration: [UInt8]) async throws -> UInt64 {
        try await acceptRegion(configuration, try caller())
    }

    package distributed func trace(_ entry: String) async throws -> [TraceHop] {
        try await Trace(ledger: ledger, region: region, world: world, system: actorSystem).hops(of: try EntryID(entry))
    }

    package distributed func parcelMark() async throws -> UInt64 {
        let caller = try caller()
        return try await ledger.read { try Parcels.mark(of: caller, in: $0) }
    }

    package distributed func attachmentChunk(_ place: AttachmentPlace) async throws -> [UInt8] {
        try await ledger.chunk(place.position, of: place.attachment, for: try caller())
    }

    package distributed func heldAttachments(_ list: AttachmentList) async throws -> AttachmentList {
        AttachmentList(try await ledger.held(list.attachments, for: try caller()))
    }

    private func caller() throws -> NodeID {
        guard let caller = CallContext.current?.caller else {
            throw Failure("courier.noCaller", "the call came without a caller")
        }
        return caller
    }
}
