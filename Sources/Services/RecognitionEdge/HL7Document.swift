import HL7
import Recognition

/// Reads documents that are embedded in a message (ED values): source application, type of data (table 0191), subtype
/// (table 0291), encoding (table 0299), data.
enum HL7Document {
    struct Refusal: Error {
        var component: Int
        var reason: String
    }

    /// The bytes of a document, or of one piece of it.
    static func bytes(_ repetition: HL7Repetition) throws(Refusal) -> [UInt8] {
        let text = repetition.component(5).text
        let bytes: [UInt8]
        switch repetition.component(4).text.trimmed.lowercased() {
        case "base64", "":
            // A piece of a text in Base64 may end within a group of four.
            let isWhole = text.utf8.count(where: { !Self.isBlank($0) }) % 4 != 1
            guard let decoded = Base64.decode(isWhole ? text : String(text.dropLast())) else {
                throw Refusal(component: 5, reason: "the document is not Base64")
            }
            bytes = decoded
        case "a": bytes = Array(text.utf8)
        case "hex":
            guard let decoded = hexadecimal(text) else {
                throw Refusal(component: 5, reason: "the document is not hexadecimal")
            }
            bytes = decoded
        default: throw Refusal(component: 4, reason: "the encoding must be Base64, Hex or A")
        }
        guard !bytes.isEmpty else { throw Refusal(component: 5, reason: "the document is empty") }
        return bytes
    }

    /// The bytes of a document in pieces.
    ///
    /// Either each piece was written as Base64 by itself, or one text of Base64 was cut: where a piece ends in padding it
    /// is the former.
    static func bytes(_ pieces: [HL7Repetition]) throws(Refusal) -> [UInt8] {
        guard let first = pieces.first else { return [] }
        guard pieces.count > 1 else {
            let encoding = first.component(4).text.trimmed.lowercased()
            let count = first.component(5).text.utf8.count(where: { !isBlank($0) })
            guard encoding != "base64" && !encoding.isEmpty || count % 4 != 1 else {
                throw Refusal(component: 5, reason: "the document is not Base64")
            }
            return try bytes(first)
        }
        let texts = pieces.map { $0.component(5).text.trimmed }
        let isBase64 = ["base64", ""].contains(first.component(4).text.trimmed.lowercased())
        if isBase64, !texts.dropLast().contains(where: { $0.hasSuffix("=") }) {
            guard let decoded = Base64.decode(texts.joined()) else {
                throw Refusal(component: 5, reason: "the pieces of the document are not Base64 together")
            }
            return decoded
        }
        var all: [UInt8] = []
        for piece in pieces { all += try bytes(piece) }
        return all
    }

    /// What a piece begins with, as far as it can be told.
    static func beginning(_ repetition: HL7Repetition) -> [UInt8] {
        (try? bytes(repetition)).map { Array($0.prefix(16)) } ?? []
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

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

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
