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
            if let message = try decoder.feed(byte) { taken.append(message) }
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

    @Test func theCarriageReturnAfterAFrameMayBeMissing() throws {
        var decoder = MLLPDecoder()
        var taken: [[UInt8]] = []
        try decoder.feed([0x0B, 65, 0x1C, 0x0B, 66, 0x1C]) { taken.append($0) }
        #expect(taken == [[65], [66]])
        #expect(decoder.skippedBytes == 0)
    }

    @Test func aFrameBegunAnewDropsTheUnfinishedOne() throws {
        var decoder = MLLPDecoder()
        var taken: [[UInt8]] = []
        try decoder.feed([0x0B, 65, 66, 0x0B, 67, 0x1C, 0x0D]) { taken.append($0) }
        #expect(taken == [[67]])
        #expect(decoder.skippedBytes == 3)
    }

    @Test func aFrameBeyondTheLimitIsRefusedBeforeItIsKept() throws {
        var decoder = MLLPDecoder(limitBytes: 4)
        try decoder.feed([0x0B, 1, 2, 3, 4, 0x1C, 0x0D]) { #expect($0.count == 4) }
        #expect(throws: Failure("mllp.tooLong", "")) { try decoder.feed([0x0B, 1, 2, 3, 4, 5]) { _ in } }
    }
}
