import Effects
import Ledgers

/// The one order of the versions of a result: how far a report is, then when it was issued, then when it arrived.
///
/// Whatever shows one version of a result as the one that counts asks here: the index, its answers and their merging,
/// matches, alerts, the history over FHIR. A version that arrives late never takes the place of one that is further or
/// was issued later. All are kept.
struct VersionOrder {
    /// What the order looks at.
    struct Mark: Equatable {
        var status: ReportStatus
        /// When it was issued, where that can be read; what lies further in the future than clocks differ is no time.
        var issued: WallTime?

        init(status: ReportStatus, issuedTime: String?, authorTime: WallTime) {
            self.status = status
            let latest = authorTime.advanced(byMilliseconds: Limits.issuedAheadMilliseconds)
            issued = issuedTime.flatMap(ReportTime.moment).flatMap { $0 <= latest ? $0 : nil }
        }
    }

    /// In the order of arrival at the author.
    let marks: [Mark]

    /// The place of the version that stands; of a void result, of the void.
    let standing: Int?
    let isVoid: Bool

    init(_ marks: [Mark]) {
        self.marks = marks
        let voids = marks.indices.filter { marks[$0].status == .void }
        let lifting = marks.indices.filter { marks[$0].status == .final || marks[$0].status == .corrected }
        // A void holds until something final or corrected is issued after it.
        let holding = voids.filter { void in !lifting.contains { Self.lifts($0, void, in: marks) } }
        isVoid = !holding.isEmpty
        if isVoid {
            standing = Self.last(of: holding) { Self.isAfter($0, $1, in: marks) }
        } else {
            let contents = marks.indices.filter { marks[$0].status != .void }
            // What was lifted stands anew; what was withdrawn before does not come back by its rank.
            let later = contents.filter { content in voids.allSatisfy { Self.lifts(content, $0, in: marks) } }
            standing = Self.newest(of: later.isEmpty ? contents : later, in: marks)
        }
    }

    /// The place of the version on which the last to arrive builds: what would stand if only what comes before it in the
    /// order were known.
    ///
    /// - Returns: `nil` where there is none, or where everything before was withdrawn.
    var baseOfLast: Int? {
        guard let last = marks.indices.last, marks[last].status != .void else { return nil }
        let voids = marks.indices.filter { marks[$0].status == .void && Self.lifts(last, $0, in: marks) }
        return Self.newest(
            of: marks.indices.dropLast().filter { index in
                marks[index].status != .void && Self.follows(last, index, in: marks)
                    && voids.allSatisfy { Self.lifts(index, $0, in: marks) }
            }, in: marks)
    }

    /// The places as a history shows them: each version behind those that it follows.
    var history: [Int] {
        var ordered: [Int] = []
        for index in marks.indices {
            var place = ordered.endIndex
            while place > 0, !Self.follows(index, ordered[place - 1], in: marks) { place -= 1 }
            ordered.insert(index, at: place)
        }
        return ordered
    }

    /// Whether a version takes the place of another.
    private static func follows(_ new: Int, _ old: Int, in marks: [Mark]) -> Bool {
        let (left, right) = (marks[new].status, marks[old].status)
        if left == right { return isAfter(new, old, in: marks) }
        if right == .void { return lifts(new, old, in: marks) }
        if left == .void { return !lifts(old, new, in: marks) }
        return left.rawValue > right.rawValue
    }

    /// Whether a content was issued after a void.
    ///
    /// Of one moment, the void is the later: it withdraws what it overtook.
    private static func lifts(_ content: Int, _ void: Int, in marks: [Mark]) -> Bool {
        marks[content].issued != marks[void].issued || marks[void].issued == nil
            ? isAfter(content, void, in: marks) : false
    }

    /// Whether a version was issued later; where one of the two does not say when, whether it arrived later.
    private static func isAfter(_ left: Int, _ right: Int, in marks: [Mark]) -> Bool {
        guard let first = marks[left].issued, let second = marks[right].issued, first != second else {
            return left > right
        }
        return first > second
    }

    private static func newest(of places: [Int], in marks: [Mark]) -> Int? {
        last(of: places) { follows($0, $1, in: marks) }
    }

    private static func last(of places: [Int], by follows: (Int, Int) -> Bool) -> Int? {
        places.reduce(nil) { best, place in best.map { follows(place, $0) ? place : $0 } ?? place }
    }
}

extension VersionOrder {
    init(_ versions: [ReportTable.Version]) {
        self.init(versions.map { Mark($0.fields, at: $0.authorTime) })
    }

    /// Whether what one node answers about a result is newer than what another does.
    ///
    /// An index never loses a version, so who knows more of them knows better; where both know as many, the order of
    /// versions decides.
    static func isNewer(_ left: ReportSummary, than right: ReportSummary) -> Bool {
        if left.versionCount != right.versionCount { return left.versionCount > right.versionCount }
        guard left.entry != right.entry else { return false }
        let isLater =
            (left.fields.version, left.authorTime, left.entry) > (right.fields.version, right.authorTime, right.entry)
        let marks = [left, right].map { Mark($0.fields, at: $0.authorTime) }
        return VersionOrder(isLater ? marks.reversed() : marks).standing == (isLater ? 1 : 0)
    }
}

extension VersionOrder.Mark {
    init(_ fields: ReportFields, at authorTime: WallTime) {
        self.init(status: fields.status, issuedTime: fields.issuedTime, authorTime: authorTime)
    }
}
