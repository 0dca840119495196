import Effects
import Testing
import Wire

@Suite struct WireValueTests {
    private func roundTrip<Value: WireValue>(_ value: Value) throws -> Value {
        try Value(wireBytes: value.wireBytes())
    }

    @Test func valuesComeBackAsTheyWere() throws {
        #expect(try roundTrip("巨城镇 0.50") == "巨城镇 0.50")
        #expect(try roundTrip("") == "")
        #expect(try roundTrip(true) && !roundTrip(false))
        #expect(try roundTrip(Int64.min) == .min)
        #expect(try roundTrip(UInt64.max) == .max)
        #expect(try roundTrip([UInt8]([1, 2, 3])) == [1, 2, 3])
        #expect(try roundTrip(["a", "", "长"]) == ["a", "", "长"])
        #expect(try roundTrip([[UInt8]]([[], [1]])) == [[], [1]])
        #expect(try roundTrip(String?.none) == nil)
        #expect(try roundTrip(String?.some("")) == "")
        #expect(try roundTrip([Int64?]([nil, 5])) == [nil, 5])
        #expect(try roundTrip(WireVoid()) == WireVoid())
    }

    @Test func bytesTravelAsTheyAre() throws {
        #expect(try [UInt8]([9, 8]).wireBytes() == [9, 8])
    }

    @Test func badBytesAreRefused() {
        let bad = Failure("wire.badValue", "")
        #expect(throws: bad) { try String(wireBytes: [0xFF]) }
        #expect(throws: bad) { try Bool(wireBytes: [2]) }
        #expect(throws: bad) { try Bool(wireBytes: []) }
        #expect(throws: bad) { try Int64(wireBytes: [1]) }
        #expect(throws: bad) { try String?(wireBytes: [0, 0]) }
        #expect(throws: bad) { try String?(wireBytes: []) }
        #expect(throws: bad) { try [String](wireBytes: [0, 0, 0]) }
        #expect(throws: bad) { try [String](wireBytes: [0, 0, 0, 2, 65]) }
        #expect(throws: bad) { try [String](wireBytes: [0xFF, 0xFF, 0xFF, 0xFF, 65]) }
        #expect(throws: bad) { try WireVoid(wireBytes: [0]) }
    }

    @Test func randomBytesNeverTrap() {
        let random = SeededRandom(seed: 4)
        for _ in 0..<10_000 {
            let bytes = random.bytes(Int(random.number(below: 40)))
            _ = try? [String](wireBytes: bytes)
            _ = try? [[Int64?]](wireBytes: bytes)
            _ = try? CallRequest(message: bytes)
            _ = try? CallResponse(message: bytes)
        }
    }
}
