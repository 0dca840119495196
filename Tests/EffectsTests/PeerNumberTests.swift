import Effects
import Testing

@Suite("Numbers that somebody else wrote")
struct PeerNumberTests {
    @Test(
        "times lie within two hundred years of 1970",
        arguments: [Int64.min, -6_400_000_000_000, 6_400_000_000_000, .max])
    func times(milliseconds: Int64) {
        #expect(throws: Failure("wire.outOfRange", "")) { try PeerNumber.time(milliseconds) }
    }

    @Test("times of people's lives are taken, the first moment of 1970 as any other, and none is none")
    func soundTimes() throws {
        #expect(try PeerNumber.time(-2_208_988_800_000).description == "1900-01-01T00:00:00.000Z")
        #expect(try PeerNumber.time(4_102_444_800_000).description == "2100-01-01T00:00:00.000Z")
        #expect(try PeerNumber.optionalTime(0, isThere: true) == .epoch)
        #expect(try PeerNumber.optionalTime(7, isThere: false) == nil)
        #expect(throws: Failure("wire.outOfRange", "")) { try PeerNumber.optionalTime(.max, isThere: true) }
    }

    @Test("counts end at their limit, whatever type they came in")
    func counts() throws {
        #expect(try PeerNumber.count(UInt64(7), atMost: 7, "a count") == 7)
        #expect(throws: Failure("wire.outOfRange", "")) { try PeerNumber.count(UInt64.max, atMost: 7, "a count") }
        #expect(throws: Failure("wire.outOfRange", "")) { try PeerNumber.count(Int64(-1), atMost: 7, "a count") }
        #expect(throws: Failure("wire.outOfRange", "")) { try PeerNumber.count(UInt32(8), atMost: 7, "a count") }
        #expect(PeerNumber.atMost(7, UInt64.max) == 7 && PeerNumber.atMost(7, Int64.min) == 0)
        #expect(throws: Failure("wire.outOfRange", "")) { try PeerNumber.sequence(.max) }
        #expect(throws: Failure("wire.outOfRange", "")) { try PeerNumber.part(.min, atMost: .max, "a part") }
    }

    @Test("a sum stops at the end of its type")
    func saturating() {
        #expect(Int64.max.addingSaturated(1) == .max && Int64.min.addingSaturated(-1) == .min)
        #expect(Int.max.addingSaturated(.min) == -1)
    }
}
