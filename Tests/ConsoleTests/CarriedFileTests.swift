import Couriers
import Effects
import Ledgers
import Recognition
import Regions
import Testing

@testable import Console

@Suite struct CarriedFileTests {
    private func file() throws -> BatchFile {
        let batch = SealedBatch(header: [1, 2, 3], seal: [4], segments: [0: [5, 6]])
        return BatchFile(
            region: try RegionID("testland"), sender: try NodeID("jucheng"), receiver: try NodeID("pingding"),
            deliveries: [BatchDelivery(batches: [batch]), BatchDelivery(batches: [batch, batch])])
    }

    @Test func batchesComeBackAsTheyWereWritten() throws {
        let file = try file()
        let read = try #require(try BatchFile(bytes: try file.bytes()))
        #expect(read == file)
        #expect(read.batchCount == 3)
    }

    @Test func aReceiptComesBackAsItWasWritten() throws {
        var receipt = try DeliveryReceipt(wireBytes: [])
        let entry = try EntryID("jucheng/19a2b3c4d5e6f/bulk/12/0")
        receipt.positions = [ChainPosition(chain: entry.batch.chain, nextSequence: 13)]
        let file = ReceiptFile(
            region: try RegionID("testland"), sender: try NodeID("jucheng"), receiver: try NodeID("pingding"),
            receipt: receipt)
        #expect(try ReceiptFile(bytes: try file.bytes()) == file)
    }

    @Test func oneKindOfFileIsNotTakenForAnother() throws {
        let bytes = try file().bytes()
        #expect(try ReceiptFile(bytes: bytes) == nil)
        #expect(throws: Failure("proof.malformed", "")) { try ProofFile(bytes: bytes) }
    }

    @Test func bytesThatAreNoFileNeverTrap() throws {
        let random = SeededRandom(seed: 7)
        for length in 0..<400 {
            let bytes = random.bytes(length)
            #expect((try? BatchFile(bytes: bytes)) == .some(nil))
            #expect((try? ReceiptFile(bytes: bytes)) == .some(nil))
            #expect(throws: Failure.self) { try ProofFile(bytes: bytes) }
        }
    }

    @Test func aDamagedFileIsTheFaultOfTheFile() throws {
        var damaged = try file()
        damaged.deliveries = []
        var bytes = try damaged.bytes()
        // A delivery (field 5) whose bytes are none.
        bytes += [0x2A, 0x02, 0xFF, 0xFF]
        let failure = #expect(throws: Failure.self) { try BatchFile(bytes: bytes) }
        #expect(failure?.code == "console.badFile" && failure?.class == .invalid)
    }

    @Test func aFileCutAnywhereIsRefusedOrShorter() throws {
        let bytes = try file().bytes()
        for length in 0..<bytes.count {
            let read = try? BatchFile(bytes: Array(bytes.prefix(length)))
            #expect((read ?? nil)?.batchCount ?? 0 < 3)
        }
    }
}
