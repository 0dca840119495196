import EdgeKit
import Effects
import FHIR
import Recognition

/// Reads the documents and pictures of a report: its presented forms, and the media that it names.
struct FHIRDocumentReader {
    let bundle: FHIRBundle
    let whose: FHIRWhose
    private(set) var attachments: [ReportAttachment] = []
    private(set) var findings = FHIRFindings()
    /// The marks of the media that were read.
    private(set) var seen: Set<String> = []

    init(bundle: FHIRBundle, whose: FHIRWhose) {
        self.bundle = bundle
        self.whose = whose
    }

    mutating func read(_ report: FHIRBundle.Entry) {
        for (index, form) in report.resource.items("presentedForm").enumerated() {
            let own = FHIRElement.items(form["extension"])
            take(
                form, title: nil, place: bundle.expression(report, "presentedForm[\(index)]"),
                code: FHIRCoding.coding(
                    own.first { $0["url"]?.string == FHIRExtensions.code }?["valueCodeableConcept"]),
                subID: FHIRExtensions.strings(form, FHIRExtensions.subID).first)
        }
        for (index, item) in report.resource.items("media").enumerated() {
            let place = bundle.expression(report, "media[\(index)]")
            guard let media = bundle.resolve(item["link"], from: report, type: "Media"), media.resource.type == "Media"
            else {
                findings.warn(.notFound, "a picture of the report is not in the message and is not taken", place)
                continue
            }
            guard seen.insert(media.mark).inserted else { continue }
            FHIRElementAccount(bundle: bundle).check(media, &findings)
            whose.check(media.resource["subject"], of: media, element: "subject", &findings)
            let notes = FHIRNote.texts(media.resource["note"], in: bundle, from: media)
            let title = ([item["comment"]?.string?.nonEmpty].compactMap { $0 } + notes).joined(separator: "; ")
            take(
                media.resource["content"] ?? .null, title: title.nonEmpty, place: bundle.expression(media, "content"),
                status: FHIRStatus.letter(event: media.resource.string("status")))
        }
        let size = attachments.reduce(0) { $0 + $1.bytes.count }
        if size > Limits.attachmentBytes {
            findings.refuse(
                .tooLong, "the documents have \(size) bytes; the limit is \(Limits.attachmentBytes)",
                bundle.expression(report, "presentedForm"))
        }
    }

    private mutating func take(
        _ form: JSONValue, title: String?, place: String, code: Coding? = nil, subID: String? = nil,
        status: String = "F"
    ) {
        guard let data = form["data"]?.string else {
            findings.warn(
                .notSupported, "the document is only linked; nothing is fetched from elsewhere", place)
            return
        }
        guard let bytes = Base64.decode(data) else {
            findings.refuse(.value, "the document is not Base64", place + ".data")
            return
        }
        attachments.append(
            ReportAttachment(
                contentType: HL7Document.contentType(
                    type: form["contentType"]?.string ?? "", subtype: "", bytes: bytes),
                title: title ?? form["title"]?.string ?? "", bytes: bytes, code: code, subID: subID, status: status))
    }
}
