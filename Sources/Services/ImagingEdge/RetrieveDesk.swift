import DICOM
import EdgeKit
import Effects
import Imaging

/// Gives instances to those who open them (WADO-RS, PS3.18, 10.4): as they came, never in another form.
struct RetrieveDesk: Sendable {
    let imaging: ImagingService

    /// What an address names.
    struct Place {
        var study: String
        var series: String?
        var instance: String?

        /// - Parameter captured: study, series and instance, as far as the route has them.
        init(_ captured: [String]) {
            study = captured.first ?? ""
            series = captured.count > 1 ? captured[1] : nil
            instance = captured.count > 2 ? captured[2] : nil
        }
    }

    func open(_ call: MediaCall) async throws -> [ImagingTable.File] {
        let place = Place(call.captured)
        return try await imaging.open(
            study: place.study, series: place.series, instance: place.instance, asking: try call.ground())
    }

    static let notAcceptable = PlainRefusal(
        406,
        Failure(
            "imaging.notAcceptable", "what is asked for is to be had in another form only",
            remedy: "accept multipart/related; type=\"application/dicom\"; transfer-syntax=*"))

    // MARK: Instances

    /// The instances themselves, each the bytes that came.
    func instances(_ call: MediaCall) async throws -> MediaResponse {
        let types = MediaType.accepted(call.request.headers["accept"]).filter { $0.takes("application/dicom") }
        guard !types.isEmpty else { throw Self.notAcceptable }
        let files = try await self.open(call)
        guard files.allSatisfy({ file in types.contains { $0.takes(syntax: file.transferSyntax) } }) else {
            throw Self.notAcceptable
        }
        if let file = files.first, files.count == 1, types.allSatisfy({ $0.name == "application/dicom" }) {
            let bytes = try await imaging.bytes(of: file)
            return MediaResponse(
                200, "application/dicom",
                .pieces { write in
                    for position in 0..<bytes.count { try await write(try await bytes.piece(position)[...]) }
                })
        }
        let parts = MultipartWriter(call.correlation)
        return MediaResponse(
            200, parts.contentType("application/dicom"),
            .pieces { [imaging] write in
                for file in files {
                    let bytes = try await imaging.bytes(of: file)
                    try await write(parts.head("application/dicom; transfer-syntax=\(file.transferSyntax)")[...])
                    for position in 0..<bytes.count { try await write(try await bytes.piece(position)[...]) }
                    try await write(parts.tail[...])
                }
                try await write(parts.end[...])
            })
    }

    /// The attributes of instances, without what is too long to stand in them.
    func metadata(_ call: MediaCall) async throws -> MediaResponse {
        let types = MediaType.accepted(call.request.headers["accept"])
        guard types.contains(where: { $0.takes("application/dicom+json") || $0.takes("application/json") }) else {
            throw PlainRefusal(406, Failure("imaging.notAcceptable", "answers are application/dicom+json only"))
        }
        let files = try await self.open(call)
        return MediaResponse(
            200, "application/dicom+json",
            .pieces { [imaging] write in
                var before = "["
                for file in files {
                    let dataset = try await imaging.bytes(of: file).describe().dataset
                    try await write(Array((before + DICOMJSON().object(dataset)).utf8)[...])
                    before = ","
                }
                try await write([UInt8(ascii: "]")])
            })
    }

    // MARK: Pictures

    /// One instance with what it says of its pictures.
    private func picture(
        _ call: MediaCall
    ) async throws -> (picture: DICOMPicture, bytes: InstanceBytes, syntax: DICOMTransferSyntax) {
        guard let file = try await self.open(call).first else { throw Self.notAcceptable }
        let bytes = try await imaging.bytes(of: file)
        let instance = try await bytes.describe()
        // Places in a deflated file are not places in what lies here.
        guard instance.transferSyntax != .deflated else { throw Self.notAcceptable }
        return (try DICOMPicture(instance), bytes, instance.transferSyntax)
    }

    /// Frames as they lie in their file.
    func frames(_ call: MediaCall) async throws -> MediaResponse {
        let numbers = try Self.numbers(call.captured.last ?? "")
        let (picture, bytes, syntax) = try await picture(call)
        let type = syntax.frameType
        let types = MediaType.accepted(call.request.headers["accept"]).filter { $0.takes(type) }
        let isBigEndian = syntax == .explicitBig
        guard !isBigEndian, types.contains(where: { $0.takes(syntax: syntax.uid) }) else { throw Self.notAcceptable }
        let extents = try numbers.map { try picture.extents(ofFrame: $0) }
        let parts = MultipartWriter(call.correlation)
        return MediaResponse(
            200, parts.contentType(type),
            .pieces { write in
                for frame in extents {
                    try await write(parts.head("\(type); transfer-syntax=\(syntax.uid)")[...])
                    for extent in frame {
                        for piece in extent.pieces(of: Int64(Limits.attachmentChunkBytes)) {
                            try await write(try await bytes.bytes(at: piece)[...])
                        }
                    }
                    try await write(parts.tail[...])
                }
                try await write(parts.end[...])
            })
    }

    /// - Throws: `imaging.badParameter`.
    static func numbers(_ text: String) throws -> [Int] {
        let numbers = text.split(separator: ",").map { Int($0.filter { !$0.isWhitespace }) ?? 0 }
        guard (1...Limits.imagingFramesRead).contains(numbers.count), numbers.allSatisfy({ $0 > 0 }) else {
            throw Failure(
                "imaging.badParameter", "frames are named by numbers from 1, with commas between them",
                remedy: "name at most \(Limits.imagingFramesRead) frames")
        }
        return numbers
    }

    /// One frame as a browser shows it.
    ///
    /// - Throws: a refusal with 406 where it is of a form that is not drawn here, or another one is wanted.
    func rendered(_ call: MediaCall) async throws -> MediaResponse {
        let number = try call.captured.count > 3 ? Self.numbers(call.captured[3]).first ?? 1 : 1
        do {
            let (picture, bytes, _) = try await picture(call)
            var frame: [UInt8] = []
            for extent in try picture.extents(ofFrame: number) {
                frame += try await bytes.bytes(at: extent)
                guard frame.count <= Limits.imagingFrameBytes else { throw Self.notAcceptable }
            }
            let rendering = try picture.rendered(frame)
            guard MediaType.accepted(call.request.headers["accept"]).contains(where: { $0.takes(rendering.mediaType) })
            else { throw Self.notAcceptable }
            return MediaResponse(200, rendering.mediaType, .bytes(rendering.bytes))
        } catch let failure as Failure where Self.notDrawn.contains(failure.code) {
            throw PlainRefusal(406, failure)
        }
    }

    private static let notDrawn: [Failure.Code] = ["dicom.notRenderable", "dicom.pictureTooLarge", "imaging.longFrame"]
}

extension MediaType {
    /// Whether instances of a transfer syntax may come as they are.
    func takes(syntax uid: String) -> Bool {
        guard let wanted = parameters["transfer-syntax"] else { return true }
        return wanted == "*" || wanted == uid
    }
}

extension DICOMTransferSyntax {
    /// The type of a frame by itself (PS3.18, table 8.7.3-5).
    var frameType: String {
        switch self {
        case _ where isUncompressed: "application/octet-stream"
        case .jpegLSLossless, .jpegLSNearLossless: "image/jls"
        case .jpeg2000, .jpeg2000Lossless: "image/jp2"
        case .rle: "image/dicom-rle"
        case .jpegBaseline, .jpegExtended, .jpegLossless, .jpegLosslessFirstOrder: "image/jpeg"
        default: "application/octet-stream"
        }
    }
}

extension DICOMExtent {
    /// The same place in pieces of at most a length, one after the other.
    func pieces(of lengthBytes: Int64) -> [DICOMExtent] {
        stride(from: 0, to: self.lengthBytes, by: Int64.Stride(lengthBytes)).map { start in
            DICOMExtent(offset: offset + start, lengthBytes: min(lengthBytes, self.lengthBytes - start))
        }
    }
}

/// What stands around the parts of an answer.
struct MultipartWriter: Sendable {
    private let boundary: String

    /// - Parameter id: random enough that no content holds it.
    init(_ id: String) {
        boundary = "yilian-" + id
    }

    func contentType(_ type: String) -> String {
        "multipart/related; type=\"\(type)\"; boundary=\(boundary)"
    }

    func head(_ type: String) -> [UInt8] { Array("--\(boundary)\r\nContent-Type: \(type)\r\n\r\n".utf8) }

    var tail: [UInt8] { [0x0D, 0x0A] }
    var end: [UInt8] { Array("--\(boundary)--\r\n".utf8) }
}
