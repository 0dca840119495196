import DICOM
import EdgeKit
import Effects
import FHIR
import Ledgers
import ServiceKit
import Testing

@testable import Imaging
@testable import ImagingEdge

/// A body in pieces, as a network brings it.
private struct Pieces: AsyncSequence, Sendable {
    typealias Element = [UInt8]
    typealias Failure = any Error

    var bytes: [UInt8]

    struct AsyncIterator: AsyncIteratorProtocol {
        typealias Failure = any Error

        var rest: ArraySlice<UInt8>

        mutating func next() async throws -> [UInt8]? {
            guard !rest.isEmpty else { return nil }
            defer { rest = rest.dropFirst(777) }
            return Array(rest.prefix(777))
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(rest: bytes[...]) }
}

extension ImagingRegion {
    fileprivate func call(
        _ captured: [String] = [], query: String = "", headers: [String: String] = [:], body: [UInt8] = []
    ) -> MediaCall {
        let request = EdgeRequest(
            method: "GET", path: [], query: FHIRQuery(query) ?? FHIRQuery(),
            headers: headers.merging(["x-yilian-order": "R-1"]) { first, _ in first }, authority: "hill.example")
        return MediaCall(
            request, principal: Principal(system: "pacs", institution: "hill", purpose: .treatment, practitioner: "D1"),
            captured: captured, correlation: "C", body: Pieces(bytes: body))
    }

    fileprivate func send(_ files: [[UInt8]], to study: String? = nil, type: String = "application/dicom") async throws
        -> (status: Int, text: String)
    {
        let writer = MultipartWriter("1")
        let body = files.flatMap { writer.head(type) + $0 + writer.tail } + writer.end
        let failures = FailureCatalogue(
            ImagingService.failures, FailureDefinition.imagingEdge, FailureDefinition.dicom, FailureDefinition.ledgers)
        let answer = try await StoreDesk(imaging: try hill, failures: failures).store(
            call(
                study.map { [$0] } ?? [], headers: ["content-type": writer.contentType("application/dicom")],
                body: body))
        return (answer.status, String(decoding: try await answer.whole(), as: UTF8.self))
    }
}

extension MediaResponse {
    fileprivate func whole() async throws -> [UInt8] {
        switch content {
        case .bytes(let bytes): return bytes
        case .pieces(let pieces):
            var whole: [UInt8] = []
            try await pieces { whole += $0 }
            return whole
        }
    }
}

@Suite("DICOMweb")
struct DICOMwebTests {
    private func status(_ body: () async throws -> MediaResponse) async throws -> Int {
        do { return try await body().status } catch let refusal as PlainRefusal { return refusal.status }
    }

    @Test("instances are stored one by one, and each is answered by name")
    func stores() async throws {
        try await ImagingRegion.run { region in
            let (first, second) = (MadeFile(), MadeFile(instance: "1.2.3.1.2"))
            let whole = try await region.send([first.bytes, second.bytes])
            #expect(whole.status == 200)
            #expect(
                whole.text.contains("https://hill.example/dicom-web/studies/1.2.3/series/1.2.3.1/instances/1.2.3.1.2"))
            let broken = MadeFile(instance: "1.2.3.1.3").bytes.dropLast(3)
            let changed = MadeFile(pixels: [9, 9, 9, 9])
            let mixed = try await region.send([first.bytes, Array(broken), changed.bytes, [1, 2, 3]])
            #expect(mixed.status == 202)
            for code in ["dicom.truncated", "imaging.otherBytes", "dicom.notPart10"] {
                #expect(mixed.text.contains(code), "\(code)")
            }
            let aside = try await region.send([MadeFile(instance: "1.2.3.1.4", sex: "F").bytes])
            #expect(aside.status == 202 && aside.text.contains("imaging.aside: sex"))
            let refused = try await region.send([changed.bytes])
            #expect(refused.status == 409)
            let elsewhere = try await region.send([MadeFile(instance: "1.2.3.1.5").bytes], to: "1.2.4")
            #expect(elsewhere.status == 409 && elsewhere.text.contains("imaging.otherStudy"))
            let typed = try await region.send([first.bytes], type: "text/plain")
            #expect(typed.status == 409 && typed.text.contains("imaging.mediaType"))
        }
    }

    @Test("a body that is none is refused, and leaves nothing")
    func refuses() async throws {
        try await ImagingRegion.run { region in
            let desk = StoreDesk(imaging: try region.hill, failures: FailureCatalogue([]))
            let status = try await status {
                try await desk.store(region.call(headers: ["content-type": "application/dicom"]))
            }
            #expect(status == 415)
            let writer = MultipartWriter("1")
            let long = MadeFile(pixels: [UInt8](repeating: 1, count: Limits.attachmentChunkBytes * 2)).bytes
            for body in [[], writer.end, writer.head("application/dicom") + long] {
                await #expect {
                    _ = try await desk.store(
                        region.call(
                            headers: ["content-type": writer.contentType("application/dicom")], body: body))
                } throws: {
                    ($0 as? Failure)?.code == "imaging.multipart"
                }
            }
            let left = try await region.hill.context.ledger.read { sql in
                try sql.row("SELECT COUNT(*) FROM attachment_chunk", [])?.integer(0)
            }
            #expect(left == 0)
        }
    }

    @Test("what was stored is found and comes back the very bytes")
    func retrieves() async throws {
        try await ImagingRegion.run { region in
            let (first, second) = (MadeFile(), MadeFile(instance: "1.2.3.1.2"))
            _ = try await region.send([first.bytes, second.bytes])
            let search = SearchDesk(imaging: try region.hill)
            let found = try await search.search(
                .study, region.call(query: "PatientID=P-1&includefield=StudyDescription"))
            let text = String(decoding: try await found.whole(), as: UTF8.self)
            #expect(text.contains("\"00201208\":{\"vr\":\"IS\",\"Value\":[2]}") && text.contains("张^三"))
            let none = try await search.search(.study, region.call(query: "PatientID=P-9"))
            #expect(try await none.whole() == Array("[]".utf8))

            let desk = RetrieveDesk(imaging: try region.hill)
            let study = try await desk.instances(region.call(["1.2.3"]))
            var reader = MultipartReader(boundary: "yilian-C")
            var parts: [[UInt8]] = []
            for event in try reader.feed(try await study.whole()) {
                if case .part = event { parts.append([]) }
                if case .bytes(let bytes) = event { parts[parts.count - 1] += bytes }
            }
            #expect(parts == [first.bytes, second.bytes])
            let single = try await desk.instances(
                region.call(["1.2.3", "1.2.3.1", "1.2.3.1.2"], headers: ["accept": "application/dicom"]))
            #expect(try await single.whole() == second.bytes)
            let metadata = try await desk.metadata(region.call(["1.2.3", "1.2.3.1"]))
            let described = String(decoding: try await metadata.whole(), as: UTF8.self)
            #expect(described.hasPrefix("[{") && described.contains("},{") && !described.contains("7FE00010"))
        }
    }

    @Test("frames come as they lie, and pictures as a browser shows them; another form is not acceptable")
    func pictures() async throws {
        try await ImagingRegion.run { region in
            _ = try await region.send([MadeFile().bytes])
            let desk = RetrieveDesk(imaging: try region.hill)
            let place = ["1.2.3", "1.2.3.1", "1.2.3.1.1"]
            let frames = try await desk.frames(region.call(place + ["1"])).whole()
            #expect(frames.contains([0, 85, 170, 255]))
            let rendered = try await desk.rendered(region.call(place))
            #expect(rendered.contentType == "image/png")
            #expect(try await rendered.whole().starts(with: [0x89, 0x50, 0x4E, 0x47]))
            let wanted = [
                try await status { try await desk.rendered(region.call(place, headers: ["accept": "image/jpeg"])) },
                try await status { try await desk.instances(region.call(place, headers: ["accept": "image/png"])) },
                try await status {
                    try await desk.instances(
                        region.call(
                            place,
                            headers: [
                                "accept":
                                    "multipart/related; type=\"application/dicom\"; transfer-syntax=1.2.840.10008.1.2.5"
                            ]))
                },
            ]
            #expect(wanted == [406, 406, 406])
            #expect(throws: Failure.self) { _ = try RetrieveDesk.numbers("0") }
            #expect(throws: Failure.self) { _ = try RetrieveDesk.numbers("1,x") }
        }
    }
}
