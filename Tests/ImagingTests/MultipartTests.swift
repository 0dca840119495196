import Effects
import Testing

@testable import ImagingEdge

@Suite("Bodies of several parts")
struct MultipartTests {
    private struct Part: Equatable {
        var type: String?
        var bytes: [UInt8] = []
        var isWhole = false
    }

    private func read(_ body: [UInt8], piece: Int, boundary: String = "b7") throws -> [Part] {
        var reader = MultipartReader(boundary: boundary)
        var parts: [Part] = []
        for start in stride(from: 0, to: body.count, by: piece) {
            for event in try reader.feed(Array(body[start..<min(start + piece, body.count)])) {
                switch event {
                case .part(let fields): parts.append(Part(type: fields["content-type"]))
                case .bytes(let bytes): parts[parts.count - 1].bytes += bytes
                case .partEnd: parts[parts.count - 1].isWhole = true
                }
            }
        }
        try reader.checkEnd()
        return parts
    }

    private let body = Array(
        """
        before\r\n--b7\r\nContent-Type: application/dicom\r\nX: 1\r\n\r\nab\r\n--b7x\r\n-\r\r\n--b\r\n--b7  \r\n\r\n\
        \r\n--b7--\r\nbehind
        """.utf8)

    @Test("wherever it is cut, the parts are the same, and what only looks like a delimiter belongs to its part")
    func cuts() throws {
        let whole = [
            Part(type: "application/dicom", bytes: Array("ab\r\n--b7x\r\n-\r\r\n--b".utf8), isWhole: true),
            Part(type: nil, bytes: [], isWhole: true),
        ]
        for piece in 1...body.count { #expect(try read(body, piece: piece) == whole, "\(piece)") }
        let bare = Array("--b7\r\n\r\nx\r\n--b7--".utf8)
        #expect(try read(bare, piece: 3) == [Part(type: nil, bytes: Array("x".utf8), isWhole: true)])
    }

    @Test("what ends too early, has another boundary or a head without an end is refused")
    func broken() {
        let end = body.count - 16
        for count in 0..<end {
            #expect(throws: Failure.self) { _ = try read(Array(body.prefix(count)), piece: 7) }
        }
        #expect(throws: Failure.self) { _ = try read(body, piece: 100, boundary: "b8") }
        let endless = Array("--b7\r\n".utf8) + [UInt8](repeating: 0x61, count: 1 << 20)
        #expect(throws: Failure.self) { _ = try read(endless, piece: 1_000) }
    }

    @Test("a writer's parts are read as they were")
    func roundTrip() throws {
        let writer = MultipartWriter("7")
        let bytes = SeededRandom(seed: 3).bytes(5_000)
        let body =
            writer.head("application/dicom") + bytes + writer.tail + writer.head("a/b") + writer.tail + writer.end
        let parts = try read(body, piece: 999, boundary: "yilian-7")
        #expect(parts.map(\.bytes) == [bytes, []] && parts.map(\.type) == ["application/dicom", "a/b"])
    }

    @Test("media types are taken as headers write them")
    func types() throws {
        let type = try #require(MediaType("Multipart/Related; type=\"application/dicom\"; boundary=\"a;b\""))
        #expect(type.name == "multipart/related" && type.parameters["boundary"] == "a;b")
        #expect(type.takes("application/dicom") && !type.takes("image/png"))
        let accepted = MediaType.accepted("text/html;q=0, application/*, multipart/related; type=image/jpeg")
        #expect(accepted.count == 2 && accepted[0].takes("application/dicom") && accepted[1].takes("image/jpeg"))
        #expect(MediaType.accepted(nil)[0].takes("image/png"))
        #expect(MediaType("dicom") == nil)
    }
}
