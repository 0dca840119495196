import Effects

/// A line of a report, of whatever kind: it can be replaced by a line of the same code and sub-id.
protocol MergeableLine: SendableMetatype {
    var lineKey: LineKey { get }
    /// OBX-1; empty where the kind has none.
    var setID: String { get }
    /// OBX-14, where it tells lines of one key apart.
    var collected: WallTime? { get }
    var status: String { get set }
    /// Kept from the version before.
    var isInherited: Bool { get set }
    var hasValue: Bool { get }
    /// Whether several of one key are one text, whose lines belong together.
    var isText: Bool { get }
    /// Whether both have the same value.
    func says(_ other: Self) -> Bool
    /// The line with what another one adds that brings its status alone.
    func noting(_ line: Self) -> Self
}

/// OBX-3 and OBX-4: what a line is about.
struct LineKey: Hashable, Sendable {
    var code: String
    var subID: String

    init(_ code: Coding?, subID: String?) {
        self.code = code.map { $0.code.isEmpty ? $0.display : $0.code } ?? ""
        self.subID = subID ?? ""
    }
}

/// Replaces lines by lines of the same key; nothing that is not spoken of is lost.
///
/// Several lines of one key (a curve, say) are told apart by their times where each has one of its own, else by OBX-1.
enum LineMerge {
    static func merged<Line: MergeableLine>(_ base: [Line], _ update: [Line]) -> [Line] {
        var result = base.map { [$0.inherited] }
        let places = Dictionary(grouping: base.indices) { base[$0].lineKey }
        let groups = Dictionary(grouping: update, by: \.lineKey)
        var done: Set<LineKey> = []
        for line in update where done.insert(line.lineKey).inserted {
            let new = groups[line.lineKey] ?? []
            guard let old = places[line.lineKey] else {
                result.append(new.map(settled))
                continue
            }
            for (place, lines) in zip(old, group(old.map { base[$0] }, new)) { result[place] = lines }
        }
        return result.flatMap { $0 }
    }

    /// Whether an update speaks of some lines of one key, and only OBX-1 says of which.
    static func isUnclear<Line: MergeableLine>(_ base: [Line], _ update: [Line]) -> Bool {
        let old = Dictionary(grouping: base, by: \.lineKey)
        return Dictionary(grouping: update, by: \.lineKey).contains { key, new in
            guard let old = old[key], old.count > 1, new.count < old.count else { return false }
            let isOfAll = new.allSatisfy { !$0.hasValue } && Set(new.map(\.setID)).isDisjoint(with: old.map(\.setID))
            return !isOfAll && !new.allSatisfy(\.isText) && times(old, new) == nil
        }
    }

    /// The times of the lines of one key, where they tell them apart.
    private static func times<Line: MergeableLine>(_ old: [Line], _ new: [Line]) -> (old: [String], new: [String])? {
        let (times, newTimes) = (old.compactMap(\.collected), new.compactMap(\.collected))
        guard old.count > 1, times.count == old.count, newTimes.count == new.count,
            Set(times).count == times.count, Set(newTimes).count == newTimes.count
        else { return nil }
        return (times.map { "\($0.milliseconds)" }, newTimes.map { "\($0.milliseconds)" })
    }

    /// What becomes of the lines of one key: at each place of an old line what stands there now.
    private static func group<Line: MergeableLine>(_ old: [Line], _ new: [Line]) -> [[Line]] {
        let isText = new.allSatisfy(\.isText) && new.contains(where: \.hasValue)
        if !isText, let times = times(old, new), old.count != new.count || Set(times.old) == Set(times.new) {
            return numbered(old, times.old, new, times.new)
        }
        let (ids, newIDs) = (old.map(\.setID), new.map(\.setID))
        let areTold = Set(ids).count == ids.count && Set(newIDs).count == newIDs.count
        let areSame = areTold && Set(ids) == Set(newIDs)
        // As many as before are the same ones, whatever numbers they have this time.
        if old.count == new.count, !areSame { return zip(old, new).map { [replaced($0, $1)] } }
        let isOneForAll = !areTold || new.count == 1 && !ids.contains(newIDs[0])
        if isOneForAll, new.allSatisfy({ !$0.hasValue }), let line = new.last {
            // A status for lines that it does not tell apart is one for all of them.
            return old.map { [$0.hasValue ? replaced($0, line) : settled(restated($0, line))] }
        }
        // A text says all of itself.
        guard areTold, areSame || !isText else { return [new.map(settled)] + old.dropFirst().map { _ in [] } }
        return numbered(old, ids, new, newIDs)
    }

    /// Lines of one key that numbers tell apart, theirs or those of their times; what has one of its own is added.
    private static func numbered<Line: MergeableLine>(
        _ old: [Line], _ ids: [String], _ new: [Line], _ newIDs: [String]
    ) -> [[Line]] {
        let byID = Dictionary(zip(newIDs, new), uniquingKeysWith: { first, _ in first })
        let known = Set(ids)
        let others = zip(newIDs, new).filter { !known.contains($0.0) }
        // What is taken back under another number is known by what it says; a few at a time.
        var back = others.filter(\.1.isWithdrawn)
        if back.count > withdrawnCompared { back = [] }
        var used: Set<String> = []
        var lines = zip(ids, old).map { id, line in
            if let same = byID[id] { return [replaced(line, same)] }
            guard let place = back.firstIndex(where: { $0.1.says(line) }) else { return [line.inherited] }
            let (withdrawn, withdrawal) = back.remove(at: place)
            used.insert(withdrawn)
            return [replaced(line, withdrawal)]
        }
        lines[lines.count - 1] += others.filter { !used.contains($0.0) }.map { settled($0.1) }
        return lines
    }

    private static let withdrawnCompared = 64

    /// A line without a value, as another one without a value says it; it stays the line that it is.
    private static func restated<Line: MergeableLine>(_ old: Line, _ new: Line) -> Line {
        var line = old.noting(new)
        (line.status, line.isInherited) = (new.status, false)
        return line
    }

    /// A line that replaces none: U says of a line that it is final now.
    private static func settled<Line: MergeableLine>(_ line: Line) -> Line {
        var line = line
        if line.status == "U" { line.status = "F" }
        return line
    }

    /// An old line, as a new one of the same key says it.
    private static func replaced<Line: MergeableLine>(_ old: Line, _ new: Line) -> Line {
        guard !new.hasValue, old.hasValue else { return settled(new) }
        // Without a value, a line changes no value: it says how far the old one is, or takes it back.
        var line = old.noting(new)
        line.isInherited = !new.isWithdrawn
        switch new.status {
        case "": break
        case "U": line.status = old.isWithdrawn ? old.status : "F"
        case _ where new.isWithdrawn: line.status = new.status
        case _ where LineStatus.isOpen(new.status) || LineStatus.isUnasked(new.status):
            if LineStatus.isOpen(old.status) { line.status = new.status }
        default: if !old.isWithdrawn { line.status = new.status }
        }
        return line
    }
}

extension MergeableLine {
    var isWithdrawn: Bool { LineStatus.isWithdrawn(status) }

    /// The line of a report that is final as a whole.
    var finished: Self {
        guard LineStatus.isOpen(status), hasValue else { return inherited }
        var line = inherited
        line.status = "F"
        return line
    }

    var inherited: Self {
        var line = self
        line.isInherited = true
        return line
    }
}

extension ReportedObservation: MergeableLine {
    var lineKey: LineKey { LineKey(code, subID: subID) }
    var collected: WallTime? { observedTime.flatMap(ReportTime.moment) }
    var hasValue: Bool { showsKind || details.contains { $0.name == "dataAbsentReason" } }
    /// Whether what the line says tells of which kind it is: a value, not only that there is none.
    var showsKind: Bool { !value.isEmpty || valueCoding != nil }
    var isText: Bool { valueType == "TX" || valueType == "FT" }

    func says(_ other: ReportedObservation) -> Bool { value == other.value && valueCoding == other.valueCoding }

    func noting(_ line: ReportedObservation) -> ReportedObservation {
        var noted = self
        if !line.notes.isEmpty { noted.notes = line.notes }
        return noted
    }
}

extension ReportAttachment: MergeableLine {
    /// A document that no line names is known by its title.
    var lineKey: LineKey {
        code == nil ? LineKey(Coding(codes: [], text: title), subID: subID) : LineKey(code, subID: subID)
    }
    var setID: String { "" }
    var collected: WallTime? { nil }
    var hasValue: Bool { sizeBytes > 0 }
    var isText: Bool { false }

    func says(_ other: ReportAttachment) -> Bool { bytes == other.bytes && manifest == other.manifest }

    func noting(_ line: ReportAttachment) -> ReportAttachment { self }
}
