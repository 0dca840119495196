package import Couriers
import Effects
import Foundation
package import Regions
import SwiftProtobuf
import Wire

/// Sealed batches that travel by file because no link does; the same bytes as on disk and on the wire.
package struct BatchFile: Sendable, Equatable {
    package var region: RegionID
    package var sender: NodeID
    package var receiver: NodeID
    package var deliveries: [BatchDelivery]

    private static let format = "yilian batches 1"

    package init(region: RegionID, sender: NodeID, receiver: NodeID, deliveries: [BatchDelivery]) {
        self.region = region
        self.sender = sender
        self.receiver = receiver
        self.deliveries = deliveries
    }

    package var batchCount: Int { deliveries.reduce(0) { $0 + $1.batches.count } }

    package func bytes() throws -> [UInt8] {
        var message = PBBatchFile()
        message.format = Self.format
        message.region = region.rawValue
        message.sender = sender.rawValue
        message.receiver = receiver.rawValue
        message.deliveries = try deliveries.map { Data(try $0.wireBytes()) }
        return try message.serializedBytes()
    }

    /// - Returns: `nil` where the bytes are another kind of file.
    /// - Throws: `console.badFile` where a file of this kind is damaged.
    package init?(bytes: [UInt8]) throws {
        guard let message = try? PBBatchFile(serializedBytes: bytes), message.format == Self.format else { return nil }
        do {
            region = try RegionID(message.region)
            sender = try NodeID(message.sender)
            receiver = try NodeID(message.receiver)
            deliveries = try message.deliveries.map { try BatchDelivery(wireBytes: [UInt8]($0)) }
        } catch let failure as Failure {
            throw failure.ofCarriedFile
        }
    }
}

/// The acknowledgement of a ``BatchFile``, to be brought back to its sender.
package struct ReceiptFile: Sendable, Equatable {
    package var region: RegionID
    package var sender: NodeID
    package var receiver: NodeID
    package var receipt: DeliveryReceipt

    private static let format = "yilian receipt 1"

    package init(region: RegionID, sender: NodeID, receiver: NodeID, receipt: DeliveryReceipt) {
        self.region = region
        self.sender = sender
        self.receiver = receiver
        self.receipt = receipt
    }

    package func bytes() throws -> [UInt8] {
        var message = PBReceiptFile()
        message.format = Self.format
        message.region = region.rawValue
        message.sender = sender.rawValue
        message.receiver = receiver.rawValue
        message.receipt = Data(try receipt.wireBytes())
        return try message.serializedBytes()
    }

    /// - Returns: `nil` where the bytes are another kind of file.
    /// - Throws: `console.badFile` where a file of this kind is damaged.
    package init?(bytes: [UInt8]) throws {
        guard let message = try? PBReceiptFile(serializedBytes: bytes), message.format == Self.format else {
            return nil
        }
        do {
            region = try RegionID(message.region)
            sender = try NodeID(message.sender)
            receiver = try NodeID(message.receiver)
            receipt = try DeliveryReceipt(wireBytes: [UInt8](message.receipt))
        } catch let failure as Failure {
            throw failure.ofCarriedFile
        }
    }
}

extension Failure {
    /// What is wrong with bytes that somebody carried here: the file is, and not this node.
    fileprivate var ofCarriedFile: Failure {
        Failure(
            "console.badFile", "the file is damaged: \(message)", remedy: "export it again, and bring the new one")
    }
}
