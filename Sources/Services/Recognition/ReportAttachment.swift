import Effects
package import Ledgers
import Wire

/// A document that came with a report, for example its PDF.
///
/// A short one stands in the report's payload. A longer one travels beside it as an attachment, and the payload says
/// what it consists of.
package struct ReportAttachment: Equatable, Sendable {
    /// A media type such as `application/pdf`.
    package var contentType: String
    package var title: String
    /// The document; empty where it travels beside the report and was not fetched.
    package var bytes: [UInt8]
    /// What the document consists of where it travels beside the report.
    package var manifest: AttachmentManifest?
    /// OBX-3 of the line that brought it; none where it came by FHIR.
    package var code: Coding?
    /// OBX-4.
    package var subID: String?
    /// OBX-11, or the letter that stands for FHIR's status.
    package var status: String
    /// It was kept from the version before: this version's message did not speak of it.
    package var isInherited = false

    package init(
        contentType: String, title: String, bytes: [UInt8], manifest: AttachmentManifest? = nil, code: Coding? = nil,
        subID: String? = nil, status: String = "F"
    ) {
        self.contentType = contentType
        self.title = title
        self.bytes = bytes
        self.manifest = manifest
        self.code = code
        self.subID = subID
        self.status = status
    }

    /// Whether the document was taken back.
    package var isWithdrawn: Bool { LineStatus.isWithdrawn(status) }

    package var sizeBytes: Int { manifest?.sizeBytes ?? bytes.count }
}

extension ReportContent {
    /// How many bytes the report's payload has at most once the documents that are too long for it stand beside it.
    package func payloadBytes() throws -> Int {
        var content = self
        var manifests = 0
        for place in ReportAttachment.beside(attachments) {
            let chunks = attachments[place].bytes.count / Limits.attachmentChunkBytes + 1
            manifests += ReportAttachment.manifestBytes + chunks * ReportAttachment.manifestBytesPerChunk
            content.attachments[place].bytes = []
        }
        return try content.wireBytes().count + manifests
    }
}

extension ReportAttachment {
    fileprivate static let manifestBytes = 64
    fileprivate static let manifestBytesPerChunk = 40

    /// Which documents of a report are too long for its payload.
    ///
    /// The answer depends on the documents alone, so that the same report makes the same payload again.
    ///
    /// - Returns: their places.
    static func beside(_ attachments: [ReportAttachment]) -> [Int] {
        var inline = 0
        return attachments.enumerated().compactMap { place, attachment in
            let count = attachment.bytes.count
            guard count > Limits.inlineDocumentBytes || inline + count > Limits.inlineDocumentsBytes else {
                inline += count
                return nil
            }
            return place
        }
    }

    /// The manifests in a report's payload, without reading the rest of it.
    static func manifests(in payload: [UInt8]) throws -> [AttachmentManifest] {
        try ProtobufReader.read(payload) { reader in
            var manifests: [AttachmentManifest] = []
            while let field = try reader.next() {
                guard field.number == wireField, var part = reader.message(field) else { continue }
                while let field = try part.next() {
                    guard field.number == manifestField, let bytes = part.data(field) else { continue }
                    manifests.append(try AttachmentManifest.document(wireBytes: bytes))
                }
            }
            return manifests
        }
    }

    /// `ReportContent.attachments`, and `Attachment.manifest` in it.
    static let wireField: UInt32 = 15
    static let manifestField: UInt32 = 4
}
