import Effects
import Foundation
package import Ledgers
import SwiftProtobuf
package import Wire

/// A batch delivery: batches on their way to a neighbour, in one call.
package struct BatchDelivery: Sendable, Equatable {
    package var batches: [SealedBatch]

    package init(batches: [SealedBatch]) {
        self.batches = batches
    }
}

extension BatchDelivery: ProtobufWireValue {
    package func wire() throws -> PBBatchDelivery {
        var message = PBBatchDelivery()
        message.batches = try batches.map { Data(try $0.wireBytes()) }
        return message
    }

    package init(wire message: PBBatchDelivery) throws {
        guard message.batches.count <= Limits.courierBatchesPerCall else {
            throw Failure("courier.tooMany", "a delivery holds more than \(Limits.courierBatchesPerCall) batches")
        }
        batches = try message.batches.map { try SealedBatch(wireBytes: [UInt8]($0)) }
    }
}

/// What the receiver answers: how far each chain lies on its disk, and what it refused and why.
package struct DeliveryReceipt: Sendable, Equatable {
    package struct Refusal: Sendable, Equatable {
        package var batch: String
        package var code: String
        package var message: String
    }

    package struct SetAside: Sendable, Equatable {
        package var entry: String
        package var reason: String
    }

    package var positions: [ChainPosition]
    package var refusals: [Refusal]
    package var setAside: [SetAside]
    /// What the receiver reads, and everybody above it; empty where it says nothing of that.
    package var codecs: [Codec] = []
}

extension DeliveryReceipt: ProtobufWireValue {
    package func wire() throws -> PBDeliveryReceipt {
        var message = PBDeliveryReceipt()
        message.positions = try positions.map { Data(try $0.wireBytes()) }
        message.refusals = refusals.map { refusal in
            var part = PBRefusal()
            part.batch = refusal.batch
            part.code = refusal.code
            part.message = refusal.message
            return part
        }
        message.setAside = setAside.map { entry in
            var part = PBSetAside()
            part.entry = entry.entry
            part.reason = entry.reason
            return part
        }
        message.codecs = codecs.map { UInt32($0.rawValue) }
        return message
    }

    package init(wire message: PBDeliveryReceipt) throws {
        positions = try message.positions.map { try ChainPosition(wireBytes: [UInt8]($0)) }
        refusals = message.refusals.map { Refusal(batch: $0.batch, code: $0.code, message: $0.message) }
        setAside = message.setAside.map { SetAside(entry: $0.entry, reason: $0.reason) }
        let known = Set(PeerNumber.label(message.codecs))
        codecs = Codec.allCases.filter { known.contains(UInt32($0.rawValue)) }
    }
}
