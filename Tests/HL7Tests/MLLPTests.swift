import Effects
import HL7
import Testing

@Suite("MLLP")
struct MLLPTests {
    static let messages = ["MSH|1\rPID|张", "MSH|2", ""].map { Array($0.utf8) }

    @Test func framesAreTakenOutByteByByte() throws {
        let stream = Self.messages.flatMap(MLLPEncoder.frame)
        var decoder = MLLPDecoder()
        var taken: [[UInt8]] = []
        for byte in stream {
            if let frame = try decoder.feed(byte) {
                #expect(frame.isWhole)
                taken.append(frame.bytes)
            }
        }
        #expect(taken == Self.messages)
        #expect(decoder.skippedBytes == 0)
        #expect(!decoder.isInsideFrame)
    }

    @Test func aStreamCutAtAnyByteGivesTheSameMessages() throws {
        let stream = Self.messages.flatMap(MLLPEncoder.frame)
        for cut in 0...stream.count {
            var decoder = MLLPDecoder()
            var taken: [[UInt8]] = []
            try decoder.feed(stream[..<cut]) { taken.append($0) }
            let whole = taken.count
            try decoder.feed(stream[cut...]) { taken.append($0) }
            #expect(taken == Self.messages)
            #expect(whole <= taken.count)
        }
    }

    @Test func whatStandsBetweenFramesIsSkippedAndCounted() throws {
        var decoder = MLLPDecoder()
        var taken: [[UInt8]] = []
        let stream = Array("noise\r\n".utf8) + MLLPEncoder.frame([1]) + [0x0A, 0x0D] + MLLPEncoder.frame([2])
        try decoder.feed(stream) { taken.append($0) }
        #expect(taken == [[1], [2]])
        #expect(decoder.skippedBytes == 9)
    }

    @Test func onlyFSWithItsCREndsAFrame() throws {
        var decoder = MLLPDecoder()
        var taken: [[UInt8]] = []
        try decoder.feed([0x0B, 65, 0x1C, 66, 0x1C, 0x1C, 0x0D]) { taken.append($0) }
        #expect(taken == [[65, 0x1C, 66, 0x1C]])
        #expect(decoder.skippedBytes == 0)
    }

    @Test func aFrameThatLacksItsCRIsNoWholeOne() throws {
        var decoder = MLLPDecoder()
        var frames: [MLLPFrame] = []
        for byte: UInt8 in [0x0B, 65, 0x1C, 0x0B, 66, 0x1C, 0x0D, 0x0B, 67, 0x1C] {
            if let frame = try decoder.feed(byte) { frames.append(frame) }
        }
        if let frame = decoder.end() { frames.append(frame) }
        #expect(
            frames == [
                MLLPFrame(bytes: [65], isWhole: false), MLLPFrame(bytes: [66], isWhole: true),
                MLLPFrame(bytes: [67], isWhole: false),
            ])
        let more = decoder.end()
        #expect(more == nil)
    }

    @Test(arguments: ["MSH", "FHS", "BHS", "\u{FEFF}MSH"])
    func aFrameBegunAnewDropsTheUnfinishedOne(name: String) throws {
        var decoder = MLLPDecoder()
        var taken: [[UInt8]] = []
        try decoder.feed([0x0B, 65, 66, 0x0B] + Array(name.utf8) + [0x1C, 0x0D]) { taken.append($0) }
        #expect(taken == [Array(name.utf8)])
        #expect(decoder.skippedBytes == 3)
    }

    @Test func aVTWithinATextStaysInItsFrame() throws {
        var decoder = MLLPDecoder()
        var taken: [[UInt8]] = []
        let message = Array("MSH|1\rNTE|1||one\u{0B}two".utf8)
        try decoder.feed([0x0B] + message + [0x1C, 0x0D]) { taken.append($0) }
        #expect(taken == [message])
    }

    @Test func anEmptyFrameIsASignOfLife() {
        #expect(MLLPFrame(bytes: [], isWhole: true).isHeartbeat)
        #expect(MLLPFrame(bytes: [0x0D, 0x0A, 0x20], isWhole: true).isHeartbeat)
        #expect(!MLLPFrame(bytes: [65], isWhole: true).isHeartbeat)
    }

    @Test func aFrameBeyondTheLimitIsRefusedBeforeItIsKept() throws {
        var decoder = MLLPDecoder(limitBytes: 4)
        try decoder.feed([0x0B, 1, 2, 3, 4, 0x1C, 0x0D]) { #expect($0.count == 4) }
        #expect(throws: Failure("mllp.tooLong", "")) { try decoder.feed([0x0B, 1, 2, 3, 4, 5]) { _ in } }
    }
}
