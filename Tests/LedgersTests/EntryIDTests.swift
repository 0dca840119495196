import Effects
import Ledgers
import Testing

struct EntryIDTests {
    @Test("the printed form of an id is read back as the same id", arguments: [UInt64(0), 1, 0x19a2_b3c4_d5e6, .max])
    func roundTrip(number: UInt64) throws {
        for lane in Fixture.lanes {
            let chain = ChainIdentity(author: Fixture.hill, incarnation: number, lane: lane)
            for index in [UInt32(0), 1_999, .max] {
                let id = EntryID(batch: BatchIdentity(chain: chain, sequence: number), index: index)
                #expect(try EntryID(id.description) == id)
            }
        }
    }

    @Test(
        "a text that is no id is refused",
        arguments: [
            "", "/", "////", "hill", "hill/7/bulk/0", "hill/7/bulk/0/0/0", "Hill/7/bulk/0/0", "/7/bulk/0/0",
            "hill/g/bulk/0/0", "hill/7/slow/0/0", "hill/7/bulk/-1/0", "hill/7/bulk/0/4294967296",
            "hill/10000000000000000/bulk/0/0", "hill/7/bulk/18446744073709551616/0", "hill/7/bulk/0/0 ",
            " hill/7/bulk/0/0", "hill/7/bulk//0", "hill/7/bulk/0/٣",
        ])
    func malformed(text: String) {
        #expect(throws: Failure("ledger.entryID", "")) { try EntryID(text) }
    }

    @Test(
        "an id has one printed form only",
        arguments: ["hill/+7/bulk/0/0", "hill/07/bulk/0/0", "hill/7F/bulk/0/0", "hill/7/bulk/+1/0", "hill/7/bulk/0/00"])
    func otherSpelling(text: String) {
        #expect(throws: Failure("ledger.entryID", "")) { try EntryID(text) }
    }

    @Test("ids of one chain are ordered by number, not by text")
    func order() throws {
        #expect(try EntryID("hill/7/bulk/2/0") < EntryID("hill/7/bulk/10/0"))
        #expect(try EntryID("hill/7/bulk/2/9") < EntryID("hill/7/bulk/2/10"))
        #expect(try EntryID("hill/7/clinical/9/0") < EntryID("hill/7/bulk/0/0"))
    }
}
