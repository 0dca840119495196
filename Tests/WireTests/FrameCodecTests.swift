import Effects
import Testing
import Wire

@Suite struct FrameCodecTests {
    private let frames = [
        Frame(.request, lane: .bulk, callID: 7, payload: [1, 2, 3]), Frame(.ping),
        Frame(FrameType(rawValue: 200), laneByte: 99, callID: .max, payload: Array(repeating: 5, count: 300)),
    ]

    @Test func framesFedByteByByteComeOutWhole() throws {
        var codec = FrameCodec()
        var read: [Frame] = []
        for byte in frames.flatMap(FrameCodec.encode) {
            codec.feed([byte])
            while let frame = try codec.next() { read.append(frame) }
        }
        #expect(read == frames)
    }

    @Test func severalFramesInOnePieceComeOutOneByOne() throws {
        var codec = FrameCodec()
        codec.feed(frames.flatMap(FrameCodec.encode))
        var read: [Frame] = []
        while let frame = try codec.next() { read.append(frame) }
        #expect(read == frames)
    }

    @Test func aFrameThatIsCutAnywhereIsNotReadAndNoError() throws {
        let bytes = FrameCodec.encode(frames[0])
        for length in 0..<bytes.count {
            var codec = FrameCodec()
            codec.feed(Array(bytes.prefix(length)))
            #expect(try codec.next() == nil)
            codec.feed(Array(bytes.dropFirst(length)))
            #expect(try codec.next() == frames[0])
            #expect(try codec.next() == nil)
        }
    }

    @Test func aLongLengthIsRefusedBeforeItsBytesArrive() {
        var codec = FrameCodec()
        codec.feed([0xFF, 0xFF, 0xFF, 0xFF])
        #expect(throws: Failure("wire.frameTooLong", "")) { try codec.next() }
    }

    @Test func theLimitCountsTheWholeFrame() throws {
        let longest = Frame(.request, payload: Array(repeating: 0, count: Limits.frameBytes - Frame.overheadBytes))
        var codec = FrameCodec()
        codec.feed(FrameCodec.encode(longest))
        #expect(try codec.next() == longest)
        codec.feed(FrameCodec.encode(Frame(.request, payload: longest.payload + [0])))
        #expect(throws: Failure("wire.frameTooLong", "")) { try codec.next() }
    }

    @Test(arguments: UInt8(0)...9) func aLengthLessThanTheHeadIsRefused(length: UInt8) {
        var codec = FrameCodec()
        codec.feed([0, 0, 0, length])
        #expect(throws: Failure("wire.frameTooShort", "")) { try codec.next() }
    }
}
