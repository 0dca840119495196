import Effects

/// An HL7 v2 message, cut into segments and read on demand.
///
/// The text is decoded once, as a whole; every access is a view into it. Fields keep their lexical form. Unknown and
/// site-defined (Z) segments are kept like any other.
package struct HL7Message: Sendable {
    package let segments: [HL7Segment]
    package let delimiters: HL7Delimiters
    /// The character set that the message was read in.
    package let encoding: HL7Encoding

    /// The MSH segment.
    package let header: HL7Segment

    /// More segments than any report has; a message beyond it is an attack or a mistake.
    package static let segmentLimit = 100_000

    /// The first segment of a name.
    package func segment(_ name: String) -> HL7Segment? {
        segments.first { $0.name == name }
    }

    package func segments(_ name: String) -> [HL7Segment] {
        segments.filter { $0.name == name }
    }

    /// Reads one message.
    ///
    /// Segments end in CR, LF or CRLF; blank lines, a byte order mark and MLLP's framing bytes around the message are
    /// skipped, and so are the headers and trailers of a batch (FHS, BHS, BTS, FTS). A line that does not start like a
    /// segment belongs to the segment before it: some systems write line ends into their text.
    ///
    /// - Parameters:
    ///   - bytes: one message.
    ///   - defaultEncoding: the character set of messages whose MSH-18 is empty.
    /// - Throws: `hl7.tooLong`, `hl7.noHeader`, `hl7.delimiters`, `hl7.encodingUnknown`, `hl7.undecodable`,
    ///   `hl7.severalMessages`, `hl7.tooManySegments`, `hl7.tooManyRepetitions`.
    package static func parse(_ bytes: [UInt8], defaultEncoding: HL7Encoding) throws -> HL7Message {
        guard bytes.count <= Limits.hl7MessageBytes else {
            throw Failure(
                "hl7.tooLong", "the message has \(bytes.count) bytes; the limit is \(Limits.hl7MessageBytes)")
        }
        guard let header = HL7Lines(bytes).first(where: { $0.isSegment(named: "MSH") }) else { throw noHeader }
        let delimiters = try HL7Delimiters.declared(in: bytes[header.range])
        let encoding = try HL7CharacterSet.choose(
            header: bytes[header.range], delimiters: delimiters, all: bytes, defaultEncoding: defaultEncoding)
        return try cut(try encoding.decode(bytes), delimiters: delimiters, encoding: encoding)
    }

    /// The header of a message that cannot be read, so that it can be answered.
    ///
    /// The MSH segment is taken byte for byte (as 8859/1), so that an answer built from it echoes the sender's own
    /// bytes.
    ///
    /// - Returns: `nil` where there is no usable MSH segment.
    package static func headerAlone(of bytes: [UInt8]) -> HL7Message? {
        guard let line = HL7Lines(bytes).first(where: { $0.isSegment(named: "MSH") }),
            let delimiters = try? HL7Delimiters.declared(in: bytes[line.range]),
            let text = try? HL7Encoding.latin1.decode(Array(bytes[line.range].prefix(4_096)))
        else { return nil }
        return try? cut(text, delimiters: delimiters, encoding: .latin1)
    }

    private static let noHeader = Failure(
        "hl7.noHeader", "there is no MSH segment", remedy: "send HL7 v2 messages in their usual (ER7) form")

    /// A field of millions of repetitions would take a hundred times its bytes as soon as somebody looks at it.
    private static func checkRepetitions(in text: [UInt8], delimiters: HL7Delimiters) throws {
        var count = 0
        for byte in text {
            if byte == delimiters.field || byte == 0x0D || byte == 0x0A {
                count = 0
            } else if byte == delimiters.repetition {
                count += 1
                guard count < Limits.hl7Repetitions else {
                    throw Failure(
                        "hl7.tooManyRepetitions", "a field has more than \(Limits.hl7Repetitions) repetitions",
                        remedy: "send a long text in several OBX segments")
                }
            }
        }
    }

    private static func cut(_ text: [UInt8], delimiters: HL7Delimiters, encoding: HL7Encoding) throws -> HL7Message {
        var ranges: [Range<Int>] = []
        for line in HL7Lines(text) {
            if line.isSegment(separator: delimiters.field) {
                guard ranges.count < segmentLimit else {
                    throw Failure("hl7.tooManySegments", "the message has more than \(segmentLimit) segments")
                }
                ranges.append(line.range)
            } else if let last = ranges.indices.last {
                ranges[last] = ranges[last].lowerBound..<line.range.upperBound
            }
        }
        try checkRepetitions(in: text, delimiters: delimiters)
        var counts: [String: Int] = [:]
        var segments: [HL7Segment] = []
        for range in ranges {
            let name = String(decoding: text[range.prefix(3)], as: UTF8.self)
            if HL7Batch.isEnvelope(name) || (segments.isEmpty && name != "MSH") { continue }
            counts[name, default: 0] += 1
            let span = HL7Span(bytes: text, range: range, delimiters: delimiters, encoding: encoding)
            segments.append(HL7Segment(name: name, sequence: counts[name, default: 1], span: span))
        }
        guard let header = segments.first, header.name == "MSH" else { throw noHeader }
        guard counts["MSH"] == 1 else {
            throw Failure(
                "hl7.severalMessages", "there are \(counts["MSH", default: 0]) MSH segments in one message",
                remedy: "send each message in its own frame, or import the file as a batch")
        }
        return HL7Message(segments: segments, delimiters: delimiters, encoding: encoding, header: header)
    }
}
