import Effects
import Foundation
import Testing
import Wire

/// Bytes of link protocol 1 as they were written once; every later release reads them, and writes the same.
///
/// `YILIAN_WRITE_GOLDEN=1 swift test --filter GoldenFramesTests` writes files that do not exist yet and never changes
/// one that does.
@Suite struct GoldenFramesTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Golden/v1")

    struct Sample: Sendable, CustomTestStringConvertible {
        var name: String
        var frame: Frame
        var testDescription: String { name }
    }

    static let request = CallRequest(
        method: 301, desk: "recognition", deadlineMilliseconds: 15_000, correlation: "01JCXYZ0123456789ABCDEFGHJ",
        arguments: [0, 0, 0, 2, 7, 8])
    static let overloaded = CallRefusal(.overloaded, correlation: "01JCXYZ", tryAgainAfterMilliseconds: 500)

    static func samples() throws -> [Sample] {
        let call = try request.message()
        let value = try CallResponse(.value([1, 2, 3])).message()
        let refusal = try CallResponse(.refused(overloaded)).message()
        func first(_ message: [UInt8], isLast: Bool, of total: Int) -> [UInt8] {
            [isLast ? 1 : 0, 0, 0, UInt8(total >> 8), UInt8(total & 0xFF)] + message
        }
        return [
            Sample(
                name: "request",
                frame: Frame(
                    .request, lane: .clinical, callID: 1, payload: first(call, isLast: true, of: call.count))),
            Sample(
                name: "request-first",
                frame: Frame(
                    .request, lane: .bulk, callID: 2,
                    payload: first(Array(call.prefix(9)), isLast: false, of: call.count)
                )),
            Sample(
                name: "request-more",
                frame: Frame(.requestMore, lane: .bulk, callID: 2, payload: [1] + call.dropFirst(9))),
            Sample(
                name: "response",
                frame: Frame(
                    .response, lane: .clinical, callID: 1, payload: first(value, isLast: true, of: value.count))),
            Sample(
                name: "response-overloaded",
                frame: Frame(
                    .response, lane: .control, callID: 3, payload: first(refusal, isLast: true, of: refusal.count))),
            Sample(name: "cancel", frame: Frame(.cancel, lane: .clinical, callID: 9)),
            Sample(name: "credit", frame: Frame(.credit, lane: .bulk, payload: [1, 0, 2, 0, 0])),
            Sample(name: "ping", frame: Frame(.ping, payload: [0, 0, 0, 0, 0, 0, 4, 210])),
            Sample(name: "unsupported", frame: Frame(.unsupported, lane: .clinical, callID: 9, payload: [77])),
            Sample(
                name: "pong", frame: Frame(.pong, payload: [0, 0, 0, 0, 0, 0, 4, 210, 0, 0, 0, 0, 0, 0, 22, 46])),
        ]
    }

    @Test func thereAreFilesOfEverySampleAndNoOthers() throws {
        if ProcessInfo.processInfo.environment["YILIAN_WRITE_GOLDEN"] == "1" { try Self.write() }
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
        #expect(try files == Self.samples().map { "\($0.name).hex" }.sorted())
    }

    @Test func everyFileIsReadAndWrittenAsItStands() throws {
        for sample in try Self.samples() {
            let text = try String(contentsOf: Self.folder.appending(path: "\(sample.name).hex"), encoding: .utf8)
            let golden = Self.bytes(text)
            #expect(FrameCodec.encode(sample.frame) == golden, "\(sample.name) is written otherwise")
            var codec = FrameCodec()
            codec.feed(golden)
            #expect(try codec.next() == sample.frame, "\(sample.name) is read otherwise")
        }
    }

    @Test func theCallInThemMeansTheSame() throws {
        let text = try String(contentsOf: Self.folder.appending(path: "request.hex"), encoding: .utf8)
        var codec = FrameCodec()
        codec.feed(Self.bytes(text))
        let next = try codec.next()
        let frame = try #require(next)
        #expect(try CallRequest(message: Array(frame.payload.dropFirst(5))) == Self.request)
    }

    /// A head with a field that this release does not know, as a later one may write it.
    @Test func aHeadFromTheFutureIsRead() throws {
        let known = try Self.request.message()
        let length = Int(known[0]) << 8 | Int(known[1])
        let future: [UInt8] = [0x7A, 1, 0x41]
        let message = [0, UInt8(length + future.count)] + known[2..<2 + length] + future + known[(2 + length)...]
        #expect(try CallRequest(message: message) == Self.request)
    }

    private static func write() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for sample in try samples() {
            let file = folder.appending(path: "\(sample.name).hex")
            guard !FileManager.default.fileExists(atPath: file.path) else { continue }
            let digits = FrameCodec.encode(sample.frame).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
            try (digits.joined(separator: " ") + "\n").write(to: file, atomically: true, encoding: .utf8)
        }
    }

    private static func bytes(_ text: String) -> [UInt8] {
        text.split(whereSeparator: \.isWhitespace).compactMap { UInt8($0, radix: 16) }
    }
}
