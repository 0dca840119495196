package import Effects
package import Regions

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
