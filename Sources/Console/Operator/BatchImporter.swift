import Couriers
import Effects
import Foundation
import Ledgers
import NodeRuntime
import Regions
import ServiceKit

/// Takes batches from a file with the same checks and the same acknowledgement as from a link, and takes such
/// acknowledgements back at the node that exported the batches.
struct BatchImporter {
    let setup: ConsoleSetup

    /// - Throws: `console.badFile`, `region.otherRegion`, `console.otherReceiver`.
    func take(_ bytes: [UInt8]) async throws -> BatchImportInfo {
        if let file = try BatchFile(bytes: bytes) { return try await take(file) }
        if let file = try ReceiptFile(bytes: bytes) { return try await take(file) }
        throw Failure(
            "console.badFile", "this is neither a file of batches nor a receipt",
            remedy: "take a file that `yilian queue export` or `yilian queue import --receipt` wrote")
    }

    private func take(_ file: BatchFile) async throws -> BatchImportInfo {
        try check(region: file.region, receiver: file.receiver)
        var receipt = try DeliveryReceipt(wireBytes: [])
        for delivery in file.deliveries {
            let part = try await setup.node.intake.take(delivery, from: nil)
            for position in part.positions {
                receipt.positions.removeAll { $0.chain == position.chain }
                receipt.positions.append(position)
            }
            receipt.refusals += part.refusals
            receipt.setAside += part.setAside
        }
        let answer = ReceiptFile(
            region: file.region, sender: file.sender, receiver: setup.node.context.node, receipt: receipt)
        return BatchImportInfo(receipt, batches: file.batchCount, file: try answer.bytes())
    }

    private func take(_ file: ReceiptFile) async throws -> BatchImportInfo {
        try check(region: file.region, receiver: file.sender)
        let ledger = setup.node.context.ledger
        guard setup.node.context.tree.relation(of: file.receiver, to: ledger.node) != nil else {
            throw Failure("console.otherReceiver", "the receipt is of '\(file.receiver)', which is no neighbour")
        }
        let mine = Dictionary(
            try await ledger.positions().map { ($0.chain, $0.nextSequence) }, uniquingKeysWith: { first, _ in first })
        // A receipt can say no more than what lies here: a file is easily changed by hand.
        let positions = file.receipt.positions.compactMap { position in
            mine[position.chain].map {
                ChainPosition(chain: position.chain, nextSequence: min($0, position.nextSequence))
            }
        }
        try await ledger.recordDelivery(positions, to: file.receiver)
        var receipt = file.receipt
        receipt.positions = positions
        return BatchImportInfo(receipt, batches: 0, file: [])
    }

    private func check(region: RegionID, receiver: NodeID) throws {
        guard region == setup.region.region else {
            throw Failure("region.otherRegion", "the file is of region '\(region)', this node is of another")
        }
        guard receiver == setup.node.context.node else {
            throw Failure(
                "console.otherReceiver", "the file is meant for node '\(receiver)', not for this one",
                remedy: "import it there")
        }
    }
}

extension BatchImportInfo {
    init(_ receipt: DeliveryReceipt, batches: Int, file: [UInt8]) {
        self.init(
            batches: batches,
            positions: receipt.positions.map { Position(chain: $0.chain.description, nextSequence: $0.nextSequence) },
            refusals: receipt.refusals.map { Refusal(batch: $0.batch, code: $0.code, message: $0.message) },
            setAside: receipt.setAside.map { SetAside(entry: $0.entry, reason: $0.reason) },
            receipt: Data(file).base64EncodedString())
    }
}
