import Effects

/// How one attribute of a query is compared (PS3.4, C.2.2.2.1 to C.2.2.2.6).
enum DICOMMatch: Equatable, Sendable {
    /// Anything, and nothing as well.
    case universal
    /// One of these.
    case values([String])
    /// `*` stands for any characters, `?` for one.
    case wildcard(String)
    /// Digits from here to there; either may be open.
    case range(from: String?, to: String?)

    init(_ texts: [String], _ vr: DICOMVR, _ tag: DICOMTag) throws {
        let texts = texts.filter { !$0.isEmpty }
        guard let first = texts.first, texts != ["*"] else {
            self = .universal
            return
        }
        switch vr {
        case .da, .tm, .dt:
            guard texts.count == 1 else { throw DICOMQuery.bad(tag) }
            self = try Self.range(first, vr, tag)
        case .ui: self = .values(texts)
        case .ae, .cs, .lo, .lt, .pn, .sh, .st, .uc, .ur, .ut:
            let whole = vr.hasSeveralValues ? texts.joined(separator: "\\") : first
            self = whole.contains { $0 == "*" || $0 == "?" } ? .wildcard(whole) : .values([whole])
        default: self = .values(texts)
        }
    }

    private static func range(_ text: String, _ vr: DICOMVR, _ tag: DICOMTag) throws -> DICOMMatch {
        // Older systems write dates and times with points and colons.
        let plain = text.filter { !($0 == ":" || ($0 == "." && vr == .da)) }
        let parts = plain.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map(\.trimmed)
        let isKnown = parts.allSatisfy { part in part.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E } }
        guard isKnown, parts.contains(where: { !$0.isEmpty }) else { throw DICOMQuery.bad(tag) }
        let from = parts[0].isEmpty ? nil : parts[0]
        guard parts.count > 1 else { return .range(from: from, to: from) }
        return .range(from: from, to: parts[1].isEmpty ? nil : parts[1])
    }

    func takes(_ value: String, _ vr: DICOMVR) -> Bool {
        switch self {
        case .universal: return true
        case .range(let from, let to):
            let plain = value.filter { !($0 == ":" || ($0 == "." && vr == .da)) }
            guard !plain.isEmpty else { return false }
            // An end that says the hour alone takes the whole hour.
            return (from.map { $0 <= plain } ?? true) && (to.map { plain.prefix($0.count) <= $0 } ?? true)
        case .values(let wanted):
            guard vr == .pn else { return wanted.contains(value) }
            return Self.names(value).contains { name in
                wanted.contains { Self.names($0).contains(name) }
            }
        case .wildcard(let pattern):
            guard vr == .pn else { return Self.matches(Array(value.unicodeScalars), Array(pattern.unicodeScalars)) }
            let wanted = Array(Self.plain(pattern[...]).unicodeScalars)
            return Self.names(value).contains { Self.matches(Array($0.unicodeScalars), wanted) }
        }
    }

    /// The ways in which a name is written, and all of them together, without what does not count.
    private static func names(_ text: String) -> [String] {
        let groups = text.split(separator: "=").map { plain($0) }.filter { !$0.isEmpty }
        return groups.count > 1 ? groups + [groups.joined(separator: "=")] : groups
    }

    private static func plain(_ name: Substring) -> String {
        var text = name.lowercased()
        while text.hasSuffix("^") || text.hasSuffix(" ") || text.hasSuffix("=") { text.removeLast() }
        return text
    }

    /// Goes back to the last `*` alone, so that no pattern takes more steps than value and pattern have together, squared.
    static func matches(_ value: [Unicode.Scalar], _ pattern: [Unicode.Scalar]) -> Bool {
        var (index, place) = (0, 0)
        var star: (place: Int, index: Int)?
        while index < value.count {
            if place < pattern.count, pattern[place] == "*" {
                star = (place, index)
                place += 1
            } else if place < pattern.count, pattern[place] == "?" || pattern[place] == value[index] {
                index += 1
                place += 1
            } else if let last = star {
                star = (last.place, last.index + 1)
                place = last.place + 1
                index = last.index + 1
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == "*" }
    }
}
