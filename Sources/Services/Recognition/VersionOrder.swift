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
        /// When it was issued, as exactly as that can be read: a day alone is all of its moments.
        ///
        /// What lies further in the future than clocks differ is no time.
        var issued: ClosedRange<WallTime>?

        init(status: ReportStatus, issuedTime: String?, authorTime: WallTime) {
            self.status = status
            let latest = authorTime.advanced(byMilliseconds: Limits.issuedAheadMilliseconds)
            issued = issuedTime.flatMap(ReportTime.moments).flatMap { $0.lowerBound <= latest ? $0 : nil }
        }
    }

    /// In the order of arrival at the author.
    let marks: [Mark]
    /// When each counts as issued.
    ///
    /// What says less exactly when it was issued than what came before it counts as late as that; what does not say it
    /// counts as late as anything that came before. So the order is one, whatever else comes.
    private let moments: [WallTime]

    /// The place of the version that stands; of a void result, of the void.
    let standing: Int?
    let isVoid: Bool

    init(_ marks: [Mark]) {
        self.marks = marks
        let moments = Self.moments(marks)
        self.moments = moments
        let order = Comparison(marks: marks, moments: moments)
        let voids = marks.indices.filter { marks[$0].status == .void }
        let lifting = marks.indices.filter { marks[$0].status == .final || marks[$0].status == .corrected }
        // A void holds until something final or corrected is issued after it.
        let holding = voids.filter { void in !lifting.contains { order.lifts($0, void) } }
        isVoid = !holding.isEmpty
        if isVoid {
            standing = Self.last(of: holding, by: order.isAfter)
        } else {
            let contents = marks.indices.filter { marks[$0].status != .void }
            // What was lifted stands anew; what was withdrawn before does not come back by its rank.
            let later = contents.filter { content in voids.allSatisfy { order.lifts(content, $0) } }
            standing = Self.last(of: later.isEmpty ? contents : later, by: order.follows)
        }
    }

    /// The place of the version on which the last to arrive builds: what would stand if only what comes before it in the
    /// order were known.
    ///
    /// - Returns: `nil` where there is none, or where everything before was withdrawn.
    var baseOfLast: Int? {
        guard let last = marks.indices.last, marks[last].status != .void else { return nil }
        let order = comparison
        let voids = marks.indices.filter { marks[$0].status == .void && order.lifts(last, $0) }
        return Self.last(
            of: marks.indices.dropLast().filter { index in
                marks[index].status != .void && order.follows(last, index)
                    && voids.allSatisfy { order.lifts(index, $0) }
            }, by: order.follows)
    }

    /// The places as a history shows them: each version behind those that it follows.
    var history: [Int] {
        let order = comparison
        var ordered: [Int] = []
        for index in marks.indices {
            var place = ordered.endIndex
            while place > 0, !order.follows(index, ordered[place - 1]) { place -= 1 }
            ordered.insert(index, at: place)
        }
        return ordered
    }

    private var comparison: Comparison { Comparison(marks: marks, moments: moments) }

    private static func moments(_ marks: [Mark]) -> [WallTime] {
        var moments: [WallTime] = []
        var latest = WallTime(milliseconds: .min)
        for mark in marks {
            var moment = latest
            if let issued = mark.issued {
                moment = moments.lazy.filter(issued.contains).max() ?? issued.lowerBound
            }
            moments.append(moment)
            latest = max(latest, moment)
        }
        return moments
    }

    /// Of two versions, by their places.
    private struct Comparison {
        let marks: [Mark]
        let moments: [WallTime]

        /// Whether a version takes the place of another.
        func follows(_ new: Int, _ old: Int) -> Bool {
            let (left, right) = (marks[new].status, marks[old].status)
            if left == right { return isAfter(new, old) }
            if right == .void { return lifts(new, old) }
            if left == .void { return !lifts(old, new) }
            return left.rawValue > right.rawValue
        }

        /// Whether a content was issued after a void.
        ///
        /// Where what both say may be one moment, the void is the later: it withdraws what it overtook.
        func lifts(_ content: Int, _ void: Int) -> Bool {
            if let issued = marks[content].issued, let withdrawn = marks[void].issued, issued.overlaps(withdrawn) {
                return false
            }
            return isAfter(content, void)
        }

        /// Whether a version was issued later; where that is one moment, whether it arrived later.
        func isAfter(_ left: Int, _ right: Int) -> Bool { (moments[left], left) > (moments[right], right) }
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
