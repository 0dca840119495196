import Effects

/// Reads a body of several parts (RFC 2046, section 5.1) as its bytes come; holds no more of it than a line of its own.
///
/// What is of a part is handed on in pieces, without what ends it.
struct MultipartReader {
    enum Event: Equatable {
        /// A part begins; its header fields by lower-case name.
        case part([String: String])
        case bytes(ArraySlice<UInt8>)
        case partEnd
    }

    private enum State {
        case preamble
        case head
        case content
        case epilogue
    }

    private var state = State.preamble
    /// What has come and is neither handed on nor known to be no delimiter.
    private var held: [UInt8]
    private let delimiter: [UInt8]
    private var parts = 0

    /// - Parameter boundary: as the request's type names it.
    init(boundary: String) {
        delimiter = Array("\r\n--\(boundary)".utf8)
        // The first delimiter may stand at the very beginning.
        held = [0x0D, 0x0A]
    }

    /// Takes the next bytes.
    ///
    /// - Throws: `imaging.multipart`.
    mutating func feed(_ bytes: [UInt8]) throws -> [Event] {
        if case .epilogue = state { return [] }
        held += bytes
        var events: [Event] = []
        while try step(&events) {}
        return events
    }

    /// - Throws: `imaging.multipart` where the last delimiter has not come.
    func checkEnd() throws {
        guard case .epilogue = state else { throw Self.malformed }
    }

    static let malformed = Failure(
        "imaging.multipart", "the body is not of several parts with the boundary that its type names",
        remedy: "send multipart/related with a boundary, and application/dicom in each part")

    /// - Returns: whether there may be more to be done with what is held.
    private mutating func step(_ events: inout [Event]) throws -> Bool {
        switch state {
        case .epilogue: return false
        case .preamble, .content:
            guard let place = find(delimiter) else {
                handOn(held.count - delimiter.count + 1, &events)
                return false
            }
            guard let end = try lineEnd(after: place + delimiter.count) else {
                handOn(place, &events)
                return false
            }
            guard end > 0 else {
                // Bytes that only begin as a delimiter does.
                handOn(place + 1, &events)
                return true
            }
            let isLast = held[(place + delimiter.count)..<end].starts(with: Self.hyphens)
            handOn(place, &events)
            if case .content = state { events.append(.partEnd) }
            held.removeFirst(end - place)
            state = isLast ? .epilogue : .head
            return true
        case .head:
            guard let end = find(Self.blankLine) else {
                try checkHead(held.count)
                return false
            }
            try checkHead(end)
            parts += 1
            guard parts <= Limits.imagingParts else { throw Self.malformed }
            events.append(.part(Self.fields(held[..<end])))
            held.removeFirst(end + Self.blankLine.count)
            state = .content
            return true
        }
    }

    private static let hyphens: [UInt8] = [0x2D, 0x2D]
    private static let blankLine: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]

    /// Hands on what is of a part; of what stands before the first delimiter nothing is kept.
    private mutating func handOn(_ count: Int, _ events: inout [Event]) {
        guard count > 0 else { return }
        if case .content = state { events.append(.bytes(ArraySlice(Array(held[..<count])))) }
        held.removeFirst(count)
    }

    /// Where a delimiter's line ends, or behind its two hyphens; `nil` while that has not come, 0 where it is none.
    ///
    /// The line end belongs to the head, so that an empty one has its blank line.
    private func lineEnd(after place: Int) throws -> Int? {
        let rest = held[place...]
        guard rest.count >= Self.hyphens.count else { return nil }
        if rest.starts(with: Self.hyphens) { return place + Self.hyphens.count }
        guard let end = rest.firstIndex(where: { $0 != 0x20 && $0 != 0x09 }) else {
            try checkHead(rest.count)
            return nil
        }
        guard held[end] == 0x0D else { return 0 }
        guard end + 1 < held.count else { return nil }
        return held[end + 1] == 0x0A ? end : 0
    }

    private func checkHead(_ count: Int) throws {
        guard count <= Limits.imagingPartHeadBytes else { throw Self.malformed }
    }

    /// The first place of a pattern that begins with a carriage return.
    private func find(_ pattern: [UInt8]) -> Int? {
        guard held.count >= pattern.count else { return nil }
        return held.withUnsafeBufferPointer { bytes in
            var index = 0
            while index <= bytes.count - pattern.count {
                if bytes[index] == pattern[0], (1..<pattern.count).allSatisfy({ bytes[index + $0] == pattern[$0] }) {
                    return index
                }
                index += 1
            }
            return nil
        }
    }

    private static func fields(_ bytes: ArraySlice<UInt8>) -> [String: String] {
        var fields: [String: String] = [:]
        for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let name = parts[0].filter { !$0.isWhitespace }.lowercased()
            if fields[name] == nil { fields[name] = parts[1].trimmingPrefix { $0.isWhitespace }.description }
        }
        return fields
    }
}
