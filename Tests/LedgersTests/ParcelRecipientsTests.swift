import Regions
import Testing

@testable import Ledgers

struct ParcelRecipientsTests {
    @Test("what was read after a commit serves everybody whom it woke, and nobody whom a later one woke")
    func counts() throws {
        let node = try NodeID("hill")
        let known = ParcelRecipients()
        #expect(known.recipients(since: 0) == nil)
        known.keep([node], since: 3)
        #expect(known.recipients(since: 2) == [node])
        #expect(known.recipients(since: 3) == [node])
        #expect(known.recipients(since: 4) == nil)
    }

    @Test("a slow reader does not put back what was read later")
    func order() throws {
        let node = try NodeID("hill")
        let known = ParcelRecipients()
        known.keep([], since: 5)
        known.keep([node], since: 4)
        #expect(known.recipients(since: 5) == [])
    }
}
