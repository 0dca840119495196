/// A line of a report, of whatever kind: it can be replaced by a line of the same code and sub-id.
protocol MergeableLine: SendableMetatype {
    var lineKey: LineKey { get }
    /// OBX-1; empty where the kind has none.
    var setID: String { get }
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

    /// What becomes of the lines of one key: at each place of an old line what stands there now.
    private static func group<Line: MergeableLine>(_ old: [Line], _ new: [Line]) -> [[Line]] {
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
        let isText = new.allSatisfy(\.isText) && new.contains(where: \.hasValue)
        guard areTold, areSame || !isText else { return [new.map(settled)] + old.dropFirst().map { _ in [] } }
        return numbered(old, new)
    }

    /// Lines of one key that their numbers tell apart; what has a number of its own is added.
    private static func numbered<Line: MergeableLine>(_ old: [Line], _ new: [Line]) -> [[Line]] {
        let byID = Dictionary(new.map { ($0.setID, $0) }, uniquingKeysWith: { first, _ in first })
        let known = Set(old.map(\.setID))
        let others = new.filter { !known.contains($0.setID) }
        // What is taken back under another number is known by what it says; a few at a time.
        var back = others.filter(\.isWithdrawn)
        if back.count > withdrawnCompared { back = [] }
        var used: Set<String> = []
        var lines = old.map { line in
            if let same = byID[line.setID] { return [replaced(line, same)] }
            guard let place = back.firstIndex(where: { $0.says(line) }) else { return [line.inherited] }
            let withdrawal = back.remove(at: place)
            used.insert(withdrawal.setID)
            return [replaced(line, withdrawal)]
        }
        lines[lines.count - 1] += others.filter { !used.contains($0.setID) }.map(settled)
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
    var hasValue: Bool { !value.isEmpty || valueCoding != nil || details.contains { $0.name == "dataAbsentReason" } }
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
    var hasValue: Bool { sizeBytes > 0 }
    var isText: Bool { false }

    func says(_ other: ReportAttachment) -> Bool { bytes == other.bytes && manifest == other.manifest }

    func noting(_ line: ReportAttachment) -> ReportAttachment { self }
}
