package import Effects
package import Regions
import Wire

/// Reads the lines of the catalogue out of a report, at its author.
///
/// The institution's own codes become the region's here, where they are known best; a mapping that is added later counts
/// for reports that are published later.
package struct ReportLines: Sendable {
    private let rules: RecognitionIndex
    private let marks: MarkReader

    package init(_ rules: RecognitionIndex) {
        self.rules = rules
        marks = MarkReader(rules.rules)
    }

    /// - Parameters:
    ///   - unit: the issuing institution, whose codes they are.
    ///   - moment: the report time; decides which versions of items are in force.
    package func lines(of content: ReportContent, issuedBy unit: OrgUnitID?, at moment: WallTime) -> [ReportLine] {
        let reportMarks = marks(of: content)
        let specimen = content.specimens.lazy.compactMap { specimen in
            Self.words(of: specimen).lazy.compactMap(rules.specimen(named:)).first
        }.first
        let stated = specimen ?? content.specimens.first?.display ?? ""
        var lines: [ReportLine] = []
        func add(_ line: ReportLine) {
            if let known = lines.firstIndex(where: { $0.item == line.item }) {
                lines[known].marks += line.marks.filter { !lines[known].marks.contains($0) }
                lines[known].isPreliminary = lines[known].isPreliminary || line.isPreliminary
            } else if lines.count < Limits.reportLines {
                lines.append(line)
            }
        }
        for observation in content.standingObservations where !LineStatus.isUnasked(observation.status) {
            guard let item = item(observation.code, unit, at: moment) else { continue }
            // A panel's note, or an analyte that was not measured, is no result that could spare one.
            if item.examinationClass == .laboratory, observation.value.isEmpty { continue }
            let own = marks.marks(in: observation.code.display) + observation.notes.flatMap(marks.marks(in:))
            add(
                ReportLine(
                    item: item.code, itemVersion: item.version, unit: self.unit(of: observation, item),
                    specimen: Self.stated(stated, item.specimen), method: observation.method?.nonEmpty,
                    marks: Self.unique(own.isEmpty ? reportMarks : own),
                    isPreliminary: LineStatus.isOpen(observation.status)))
        }
        if let item = item(content.service, unit, at: moment) {
            // The examination as a whole: an image or a curve, whose findings are lines of text without a unit.
            if item.examinationClass != .laboratory {
                add(ReportLine(item: item.code, itemVersion: item.version, marks: Self.unique(reportMarks)))
            }
        }
        return lines
    }

    private func marks(of content: ReportContent) -> [String] {
        let texts = [content.service.display, content.service.text ?? ""] + content.notes
        return Self.unique(texts.flatMap(marks.marks(in:)))
    }

    private func item(_ coding: Coding, _ unit: OrgUnitID?, at moment: WallTime) -> CatalogueItem? {
        let codes = coding.codes.map { (system: $0.system, code: $0.code) }
        guard let code = rules.resolve(codes: codes, unit: unit) else { return nil }
        return rules.item(code, at: moment)
    }

    private func unit(of observation: ReportedObservation, _ item: CatalogueItem) -> ReportLine.Stated {
        guard let expected = item.unit else { return .asCatalogue }
        guard let unit = observation.unit else { return .other("") }
        let known = Self.words(of: unit).lazy.compactMap(rules.unit(named:)).first
        return Self.stated(known ?? unit.display, expected)
    }

    private static func stated(_ text: String, _ expected: String?) -> ReportLine.Stated {
        expected == nil || expected == text ? .asCatalogue : .other(text)
    }

    private static func words(of coding: Coding) -> [String] {
        coding.codes.flatMap { [$0.code, $0.display] } + [coding.text ?? ""]
    }

    private static func unique(_ marks: [String]) -> [String] {
        var known: Set<String> = []
        return Array(marks.filter { known.insert($0).inserted }.prefix(Limits.marksPerLine))
    }
}

/// What the header of a report says about one item of the region's catalogue: enough to judge, nothing of the value.
///
/// Made by the author under the catalogue that is in force at its node (``ReportLines``). What agrees with the
/// catalogue's version is not written, so a usual line takes a dozen bytes.
package struct ReportLine: Sendable, Equatable {
    /// What a report says about unit or specimen.
    package enum Stated: Sendable, Equatable {
        /// The one that the catalogue's version names, or the item has none.
        case asCatalogue
        /// The region's code of another one, or the report's own word where the region does not know it; empty: none.
        case other(String)
    }

    /// The region's code of the item.
    package var item: String
    /// The catalogue's version under which the author read it.
    package var itemVersion: Int
    package var unit: Stated
    package var specimen: Stated
    package var method: String?
    /// Ids of the scopes whose marks stand on the line or on the report.
    package var marks: [String]
    /// The line is preliminary although the report may be final.
    package var isPreliminary: Bool

    package init(
        item: String, itemVersion: Int = 1, unit: Stated = .asCatalogue, specimen: Stated = .asCatalogue,
        method: String? = nil, marks: [String] = [], isPreliminary: Bool = false
    ) {
        self.item = item
        self.itemVersion = itemVersion
        self.unit = unit
        self.specimen = specimen
        self.method = method
        self.marks = marks
        self.isPreliminary = isPreliminary
    }

    private static let unitStated: UInt64 = 1
    private static let specimenStated: UInt64 = 2
    private static let preliminary: UInt64 = 4

    func write(to writer: inout ProtobufWriter) {
        var flags: UInt64 = isPreliminary ? Self.preliminary : 0
        writer.text(1, item)
        writer.integer(2, itemVersion == 1 ? 0 : UInt64(UInt32(clamping: itemVersion)))
        if case .other(let text) = unit {
            writer.text(3, text)
            flags |= Self.unitStated
        }
        if case .other(let text) = specimen {
            writer.text(4, text)
            flags |= Self.specimenStated
        }
        writer.text(5, method)
        for mark in marks { writer.element(6, mark) }
        writer.integer(7, flags)
    }

    init(_ reader: ProtobufReader) throws {
        var reader = reader
        self.init(item: "")
        var (unitText, specimenText, flags): (String, String, UInt64) = ("", "", 0)
        while let field = try reader.next() {
            switch field.number {
            case 1: item = try reader.text(field) ?? item
            case 2: itemVersion = try reader.count(field, atMost: Limits.versions, "an item's version") ?? itemVersion
            case 3: unitText = try reader.text(field) ?? unitText
            case 4: specimenText = try reader.text(field) ?? specimenText
            case 5: method = try reader.text(field)?.nonEmpty
            case 6: if let mark = try reader.text(field), marks.count < Limits.marksPerLine { marks.append(mark) }
            case 7: flags = PeerNumber.label(reader.integer(field)) ?? 0
            default: continue
            }
        }
        if flags & Self.unitStated != 0 { unit = .other(unitText) }
        if flags & Self.specimenStated != 0 { specimen = .other(specimenText) }
        isPreliminary = flags & Self.preliminary != 0
    }
}
