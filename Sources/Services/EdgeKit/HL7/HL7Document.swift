package import HL7

/// Reads documents that are embedded in a message (ED values): source application, type of data (table 0191), subtype
/// (table 0291), encoding (table 0299), data.
package enum HL7Document {
    package struct Refusal: Error {
        package var component: Int
        package var reason: String

        package init(component: Int, reason: String) {
            self.component = component
            self.reason = reason
        }
    }

    /// The bytes of one piece of a document, as far as they can be told from it alone.
    package static func bytes(_ piece: HL7Repetition) throws(Refusal) -> [UInt8] {
        try decode(piece, piece.component(5).text, isPiece: true)
    }

    /// The bytes of a document, in one piece or in several.
    ///
    /// Either each piece was written as Base64 by itself, or one text of Base64 was cut: where a piece ends in padding it
    /// is the former.
    package static func bytes(_ pieces: [HL7Repetition]) throws(Refusal) -> [UInt8] {
        guard let first = pieces.first else { return [] }
        let texts = pieces.map { $0.component(5).text.trimmed }
        let isOneText = isBase64(first) && !texts.dropLast().contains { $0.hasSuffix("=") }
        if pieces.count == 1 || isOneText { return try decode(first, texts.joined(), isPiece: false) }
        var all: [UInt8] = []
        for piece in pieces { all += try decode(piece, piece.component(5).text, isPiece: false) }
        return all
    }

    private static func isBase64(_ repetition: HL7Repetition) -> Bool {
        ["base64", ""].contains(repetition.component(4).text.trimmed.lowercased())
    }

    /// - Parameter isPiece: whether a text of Base64 may begin and end within a group of four.
    private static func decode(
        _ repetition: HL7Repetition, _ text: String, isPiece: Bool
    ) throws(Refusal) -> [UInt8] {
        let bytes: [UInt8]
        switch repetition.component(4).text.trimmed.lowercased() {
        case "base64", "":
            guard let decoded = Base64.decode(isPiece ? wholeGroups(text) : text) else {
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

    /// A piece of a text in Base64 without its padding and without a last character that decodes to nothing.
    private static func wholeGroups(_ text: String) -> String {
        let plain = text.filter { !$0.isWhitespace && $0 != "=" }
        return plain.utf8.count % 4 == 1 ? String(plain.dropLast()) : plain
    }

    /// What a piece begins with, as far as it can be told.
    package static func beginning(_ repetition: HL7Repetition) -> [UInt8] {
        (try? bytes(repetition)).map { Array($0.prefix(16)) } ?? []
    }

    /// The media type; what the bytes say (PDF, JPEG, PNG) counts more than what the sender says.
    package static func contentType(type: String, subtype: String, bytes: [UInt8]) -> String {
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
