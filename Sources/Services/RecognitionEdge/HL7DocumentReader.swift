import EdgeKit
import HL7
import Recognition

/// Reads the documents of one report (ED values), also those that come in pieces.
///
/// Some systems cut a document and send the pieces as lines of one code, or as repetitions of one line. What begins
/// without the beginning of a document goes on with the one before it, where that has not ended; a document that does not
/// end then is refused: half a document is none.
struct HL7DocumentReader {
    struct Document {
        var attachment: ReportAttachment
        var segment: HL7Segment
    }

    private(set) var documents: [Document] = []
    /// Lines whose values are no documents; their text stays a value.
    private(set) var texts: Set<Int> = []
    private(set) var problems: [HL7Problem] = []
    private(set) var warnings: [HL7Problem] = []

    private struct Piece {
        var index: Int
        var segment: HL7Segment
        var repetition: HL7Repetition
    }

    init(_ segments: [HL7Segment]) {
        var open: [Piece] = []
        for (index, segment) in segments.enumerated() where Self.isDocument(segment) {
            if segment.field(5).isEmpty || segment.field(5).isNull, Self.isTakenBack(segment) {
                documents.append(Document(attachment: described(segment, type: "", bytes: []), segment: segment))
                continue
            }
            let pieces = segment.field(5).repetitions.map { Piece(index: index, segment: segment, repetition: $0) }
            guard areReadable(pieces) else { continue }
            for piece in pieces {
                if let last = open.last, Self.goesOn(last, piece), Self.isUnfinished(open) {
                    open.append(piece)
                } else {
                    close(open)
                    open = [piece]
                }
            }
        }
        close(open)
    }

    /// Whether a line is to be read here: a document, or a document that is taken back without being sent again.
    static func isDocument(_ segment: HL7Segment) -> Bool {
        guard segment.field(2).text.trimmed.uppercased() == "ED" else { return false }
        return !segment.field(5).isEmpty || isTakenBack(segment)
    }

    private static func isTakenBack(_ segment: HL7Segment) -> Bool { LineStatus.isWithdrawn(HL7Line.status(segment)) }

    private func described(_ segment: HL7Segment, type: String, bytes: [UInt8]) -> ReportAttachment {
        let code = HL7Coding.coding(segment.field(3).repetition(0))
        return ReportAttachment(
            contentType: type, title: code.display, bytes: bytes, code: code, subID: segment.field(4).value,
            status: HL7Line.status(segment))
    }

    /// Whether every piece of a line can be read; otherwise the whole line stays text.
    private mutating func areReadable(_ pieces: [Piece]) -> Bool {
        for piece in pieces {
            do { _ = try HL7Document.bytes(piece.repetition) } catch {
                texts.insert(piece.index)
                warnings.append(problem(piece.segment, error, severity: .warning))
                return false
            }
        }
        return true
    }

    private mutating func close(_ open: [Piece]) {
        guard let first = open.first else { return }
        do {
            let bytes = try HL7Document.bytes(open.map(\.repetition))
            if DocumentEnds.isCut(bytes) { try finish(first.segment, isOnly: open.count == 1) }
            let type = HL7Document.contentType(
                type: first.repetition.component(2).text.trimmed.lowercased(),
                subtype: first.repetition.component(3).text.trimmed.lowercased(), bytes: bytes)
            documents.append(
                Document(attachment: described(first.segment, type: type, bytes: bytes), segment: first.segment))
        } catch {
            guard open.count == 1 else {
                problems.append(problem(first.segment, error, severity: .error))
                return
            }
            texts.insert(first.index)
            warnings.append(problem(first.segment, error, severity: .warning))
        }
    }

    private func problem(
        _ segment: HL7Segment, _ refusal: HL7Document.Refusal, severity: HL7Problem.Severity
    ) -> HL7Problem {
        HL7Problem(
            .dataType, segment: "OBX", sequence: segment.sequence, field: 5, component: refusal.component,
            text: refusal.reason, severity: severity)
    }

    /// What a document lacks its end: one in pieces is refused, one that came whole is doubted.
    private mutating func finish(_ segment: HL7Segment, isOnly: Bool) throws(HL7Document.Refusal) {
        guard isOnly else {
            throw HL7Document.Refusal(component: 5, reason: "the pieces of the document are not all of it")
        }
        warnings.append(
            HL7Problem(
                .dataType, segment: "OBX", sequence: segment.sequence, field: 5, component: 5,
                text: "the document lacks its end; it may be a part of one", severity: .warning))
    }

    /// Whether a piece can go on with the document of another: the same code, the same kind of data, no beginning.
    private static func goesOn(_ last: Piece, _ next: Piece) -> Bool {
        let isOfOneCode = last.segment.field(3).raw == next.segment.field(3).raw
        let isOfOneKind = (2...4).allSatisfy { last.repetition.component($0).raw == next.repetition.component($0).raw }
        guard isOfOneCode, isOfOneKind else { return false }
        return !DocumentEnds.isBeginning(HL7Document.beginning(next.repetition))
    }

    /// Whether the pieces so far lack the end of their document, as far as the last of them tells.
    private static func isUnfinished(_ open: [Piece]) -> Bool {
        guard let first = open.first, let last = open.last,
            let mark = DocumentEnds.end(HL7Document.beginning(first.repetition)),
            let bytes = try? HL7Document.bytes(last.repetition)
        else { return false }
        return !DocumentEnds.has(mark, bytes)
    }
}

/// Tells by a document's own marks whether it begins and whether it ends.
enum DocumentEnds {
    private static let pairs: [(begin: [UInt8], end: [UInt8])] = [
        (Array("%PDF".utf8), Array("%%EOF".utf8)), ([0xFF, 0xD8, 0xFF], [0xFF, 0xD9]),
        ([0x89, 0x50, 0x4E, 0x47], Array("IEND".utf8)), (Array("{\\rtf".utf8), Array("}".utf8)),
        (Array("<?xml".utf8), Array(">".utf8)), (Array("<html".utf8), Array(">".utf8)),
        (Array("<!DOCTYPE".utf8), Array(">".utf8)),
    ]
    /// Where the mark of the end is looked for: some writers put line ends or a signature behind it.
    private static let tailBytes = 2_048

    static func isBeginning(_ bytes: [UInt8]) -> Bool { pairs.contains { bytes.starts(with: $0.begin) } }

    /// The mark that ends what begins so.
    static func end(_ beginning: [UInt8]) -> [UInt8]? { pairs.first { beginning.starts(with: $0.begin) }?.end }

    /// Whether a document of a known kind has begun and lacks its end.
    static func isCut(_ bytes: [UInt8]) -> Bool { end(bytes).map { !has($0, bytes) } ?? false }

    static func has(_ mark: [UInt8], _ bytes: [UInt8]) -> Bool {
        let tail = Array(bytes.suffix(tailBytes))
        guard tail.count >= mark.count else { return false }
        return (0...(tail.count - mark.count)).contains { tail[$0..<($0 + mark.count)].elementsEqual(mark) }
    }
}
