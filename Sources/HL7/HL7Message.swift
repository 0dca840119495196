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
    /// What was read with doubt.
    package let doubts: [HL7Problem]

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
    /// Segments end in CR, LF or CRLF; where the header ends in CR, LF is text. Blank lines, marks of byte order, and
    /// MLLP's framing bytes and zero bytes around a line are skipped, and so are the headers and trailers of a batch
    /// (FHS, BHS, BTS, FTS). A line that does not start like a segment belongs to the segment before it: some systems write line ends
    /// into their text. Where it holds what looks like a segment, or where a segment looks like a line of a text, the message
    /// is refused. An ADD segment continues the last field of the segment before it.
    ///
    /// - Parameters:
    ///   - bytes: one message.
    ///   - defaultEncoding: the character set of messages whose MSH-18 is empty.
    /// - Throws: `hl7.tooLong`, `hl7.noHeader`, `hl7.delimiters`, `hl7.encodingUnknown`, `hl7.undecodable`,
    ///   `hl7.otherEncoding`, `hl7.framing`, `hl7.zeroByte`, `hl7.lineEnds`, `hl7.severalMessages`, `hl7.tooManySegments`,
    ///   `hl7.tooManyRepetitions`.
    package static func parse(_ bytes: [UInt8], defaultEncoding: HL7Encoding) throws -> HL7Message {
        guard bytes.count <= Limits.hl7MessageBytes else {
            throw Failure(
                "hl7.tooLong", "the message has \(bytes.count) bytes; the limit is \(Limits.hl7MessageBytes)")
        }
        guard let header = HL7Lines(bytes).first(where: { $0.isSegment(named: "MSH") }) else {
            throw isUTF16(bytes) ? utf16 : noHeader
        }
        let delimiters = try HL7Delimiters.declared(in: bytes[header.range])
        let encoding = try HL7CharacterSet.choose(
            header: bytes[header.range], delimiters: delimiters, all: bytes, defaultEncoding: defaultEncoding)
        var doubts: [HL7Problem] = []
        switch HL7CharacterSet.doubt(bytes, readAs: encoding) {
        case .none:
            if encoding == .latin1, HL7CharacterSet.isChinese(bytes) { throw isChinese }
        case .possible: doubts.append(possiblyUTF8(encoding))
        case .certain: throw isUTF8(encoding)
        }
        return try cut(
            try decoded(bytes, encoding, delimiters), delimiters: delimiters, encoding: encoding, doubts: doubts)
    }

    private static func decoded(
        _ bytes: [UInt8], _ encoding: HL7Encoding, _ delimiters: HL7Delimiters
    ) throws -> [UInt8] {
        do { return try encoding.decode(bytes) } catch let failure as Failure where failure.code == "hl7.undecodable" {
            throw HL7CharacterSet.undecodable(
                bytes, readAs: encoding, delimiters: delimiters, offset: encoding.firstInvalid(in: bytes) ?? 0)
        }
    }

    /// The header of a message that cannot be read, so that it can be answered.
    ///
    /// The MSH segment is taken byte for byte (as 8859/1), so that an answer built from it echoes the sender's own
    /// bytes, but for zero bytes. Where its delimiters are unusable, the usual ones stand in, so that MSH-10 is found all
    /// the same.
    ///
    /// - Returns: `nil` where there is no MSH segment.
    package static func headerAlone(of bytes: [UInt8]) -> HL7Message? {
        guard let line = HL7Lines(bytes).first(where: { $0.isSegment(named: "MSH") }),
            let text = try? HL7Encoding.latin1.decode(bytes[line.range].prefix(4_096).filter { $0 != 0 })
        else { return nil }
        let delimiters =
            (try? HL7Delimiters.declared(in: bytes[line.range]))
            ?? HL7Delimiters.standing(in: bytes[line.range.lowerBound + 3])
        return try? cut(text, delimiters: delimiters, encoding: .latin1, doubts: [])
    }

    private static func cut(
        _ bytes: [UInt8], delimiters: HL7Delimiters, encoding: HL7Encoding, doubts: [HL7Problem]
    ) throws -> HL7Message {
        let lines = try ranges(of: bytes, delimiters)
        let (text, ranges) = joined(bytes, lines.segments, delimiters)
        try checkRepetitions(in: text, delimiters: delimiters)
        var counts: [String: Int] = [:]
        var segments: [HL7Segment] = []
        for range in ranges {
            let name = String(decoding: text[range.prefix(3)], as: UTF8.self)
            if HL7Batch.isEnvelope(name) || (segments.isEmpty && name != "MSH") { continue }
            counts[name, default: 0] += 1
            let sequence = counts[name, default: 1]
            if let stray = text[range].first(where: { $0 == MLLPDecoder.start || $0 == MLLPDecoder.end || $0 == 0 }) {
                throw stray == 0 ? zeroByte(name, sequence) : framing(name, sequence)
            }
            let span = HL7Span(bytes: text, range: range, delimiters: delimiters, encoding: encoding)
            segments.append(HL7Segment(name: name, sequence: sequence, span: span))
        }
        guard let header = segments.first, header.name == "MSH" else { throw noHeader }
        guard counts["MSH"] == 1 else {
            throw Failure(
                "hl7.severalMessages", "there are \(counts["MSH", default: 0]) MSH segments in one message",
                remedy: "send each message in its own frame, or import the file as a batch")
        }
        try checkTexts(segments, hasReturns: bytes.contains(0x0D))
        return HL7Message(
            segments: segments, delimiters: delimiters, encoding: encoding, header: header,
            doubts: doubts + lines.foreign.map(foreignLine))
    }

    /// A field of millions of repetitions would take a hundred times its bytes as soon as somebody looks at it.
    private static func checkRepetitions(in text: [UInt8], delimiters: HL7Delimiters) throws {
        var count = 0
        for byte in text {
            if byte == delimiters.field || byte == 0x0D {
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

    /// Where the segments lie, and the names of those that hold lines of their own although they are no text.
    private static func ranges(
        of text: [UInt8], _ delimiters: HL7Delimiters
    ) throws -> (segments: [Range<Int>], foreign: Set<String>) {
        var ranges: [Range<Int>] = []
        var foreign: Set<String> = []
        for line in HL7Lines(text, ends: HL7Lines.ends(of: text)) {
            let indentation = line.indentation(separator: delimiters.field)
            let isSegment = indentation != nil || line.isSegment(separator: delimiters.field)
            guard !line.holdsSegment(separator: delimiters.field, isWhole: !isSegment) else { throw lineEnds }
            if isSegment {
                guard ranges.count < segmentLimit else {
                    throw Failure("hl7.tooManySegments", "the message has more than \(segmentLimit) segments")
                }
                ranges.append((line.range.lowerBound + (indentation ?? 0))..<line.range.upperBound)
            } else if let last = ranges.indices.last {
                let name = String(decoding: text[ranges[last].prefix(3)], as: UTF8.self)
                if !isText(name) { foreign.insert(name) }
                ranges[last] = ranges[last].lowerBound..<line.range.upperBound
            }
        }
        return (ranges, foreign)
    }

    /// Segments whose fields may be texts of several lines.
    private static func isText(_ name: String) -> Bool { ["OBX", "NTE", "ADD"].contains(name) || name.hasPrefix("Z") }

    /// Joins what ADD segments continue: the field after `ADD` goes on where the last field before it stopped.
    private static func joined(
        _ text: [UInt8], _ ranges: [Range<Int>], _ delimiters: HL7Delimiters
    ) -> ([UInt8], [Range<Int>]) {
        func isContinuation(_ range: Range<Int>) -> Bool { text[range].starts(with: "ADD".utf8) }
        guard ranges.contains(where: isContinuation) else { return (text, ranges) }
        var whole: [UInt8] = []
        whole.reserveCapacity(text.count)
        var places: [Range<Int>] = []
        for range in ranges {
            if isContinuation(range), let last = places.indices.last {
                whole += text[range].dropFirst(4)
                places[last] = places[last].lowerBound..<whole.count
            } else {
                let start = whole.count
                whole += text[range]
                places.append(start..<whole.count)
            }
        }
        return (whole, places)
    }
}
