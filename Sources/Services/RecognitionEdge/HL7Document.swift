import HL7
import Recognition

/// Reads documents that are embedded in a message (ED values).
enum HL7Document {
    struct Refusal: Error {
        var component: Int
        var reason: String
    }

    /// ED: source application, type of data (table 0191), subtype (table 0291), encoding (table 0299), data.
    static func attachment(_ repetition: HL7Repetition, title: String) throws(Refusal) -> ReportAttachment {
        let type = repetition.component(2).text.trimmed.lowercased()
        let subtype = repetition.component(3).text.trimmed.lowercased()
        let bytes: [UInt8]
        switch repetition.component(4).text.trimmed.lowercased() {
        case "base64", "":
            guard let decoded = Base64.decode(repetition.component(5).text) else {
                throw Refusal(component: 5, reason: "the document is not Base64")
            }
            bytes = decoded
        case "a": bytes = Array(repetition.component(5).text.utf8)
        case "hex":
            guard let decoded = hexadecimal(repetition.component(5).text) else {
                throw Refusal(component: 5, reason: "the document is not hexadecimal")
            }
            bytes = decoded
        default: throw Refusal(component: 4, reason: "the encoding must be Base64, Hex or A")
        }
        guard !bytes.isEmpty else { throw Refusal(component: 5, reason: "the document is empty") }
        return ReportAttachment(
            contentType: contentType(type: type, subtype: subtype, bytes: bytes), title: title, bytes: bytes)
    }

    /// The media type; what the bytes say (PDF, JPEG, PNG) counts more than what the sender says.
    static func contentType(type: String, subtype: String, bytes: [UInt8]) -> String {
        if bytes.starts(with: "%PDF".utf8) { return "application/pdf" }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "image/png" }
        if type.contains("/") { return type }
        switch (type, subtype) {
        case (_, "pdf"), ("pdf", _): return "application/pdf"
        case (_, "jpeg"), (_, "jpg"): return "image/jpeg"
        case (_, "png"): return "image/png"
        case (_, "html"): return "text/html"
        case (_, "rtf"): return "application/rtf"
        case (_, "dicom"): return "application/dicom"
        case ("tx", _), ("text", _), ("ft", _): return "text/plain"
        default: return "application/octet-stream"
        }
    }

    private static func hexadecimal(_ text: String) -> [UInt8]? {
        let digits = text.filter { !$0.isWhitespace }
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        var high: UInt8?
        for digit in digits {
            guard digit.isASCII, let value = digit.hexDigitValue else { return nil }
            if let upper = high {
                bytes.append(upper << 4 | UInt8(value))
                high = nil
            } else {
                high = UInt8(value)
            }
        }
        return bytes
    }
}
