import Effects
import Regions
import Storage

extension RecognitionTally {
    /// X20: how many of an institution's results carry a mark that a certificate covered at report time.
    mutating func countMarks() throws {
        let certificates = Dictionary(
            grouping: try CertificateTable.all(limit: Limits.certificatesListed, in: sql), by: \.unit)
        var counts: [String: RecognitionFigure] = [:]
        try sql.forEach(
            """
            SELECT fields, author_time FROM report_version
            WHERE version = 1 AND author_time >= $1 AND author_time < $2 ORDER BY entry
            """, [from.milliseconds, to.milliseconds]
        ) { row in
            let fields = try ReportFields(bytes: try row.bytes(0))
            guard !fields.lines.isEmpty, let unit = RecognitionMatcher.issuer(of: fields, in: configuration) else {
                return true
            }
            let stated = (fields.issuedTime ?? fields.observedTime).flatMap(ReportTime.moment)
            let time = try stated ?? WallTime(milliseconds: row.integer(1))
            let isMarked = fields.lines.contains { line in
                guard let item = rules.item(line.item, version: line.itemVersion) else { return false }
                return (certificates[unit.id] ?? []).contains {
                    line.marks.contains($0.scope) && $0.covers(item) && $0.isInForce(at: time)
                }
            }
            let count = counts[unit.id.rawValue] ?? RecognitionFigure()
            counts[unit.id.rawValue] = count + RecognitionFigure(isMarked ? 1 : 0, of: 1)
            return true
        }
        for (unit, count) in counts { update(unit) { $0.markCoverage = $0.markCoverage + count } }
    }

    /// X21: items with a certificate in force at the end of the period, by the reach of its scope.
    mutating func countCertificates() throws {
        let last = to.advanced(byMilliseconds: -1)
        let all = try CertificateTable.all(limit: Limits.certificatesListed, in: sql).filter { $0.isInForce(at: last) }
        for (unit, own) in Dictionary(grouping: all, by: \.unit) {
            var items: [Reach: Set<String>] = [:]
            var hasImaging = false
            for certificate in own {
                let covered = rules.rules.items.filter { $0.isInForce(at: last) && certificate.covers($0) }
                items[reach(of: certificate), default: []].formUnion(covered.map(\.code))
                hasImaging = hasImaging || covered.contains { Self.imaging.contains($0.examinationClass) }
            }
            update(unit.rawValue) { statistics in
                statistics.nationalCertificates += items[.nation]?.count ?? 0
                statistics.provincialCertificates += items[.province]?.count ?? 0
                statistics.otherCertificates += items[.other]?.count ?? 0
                statistics.hasImagingCertificate = statistics.hasImagingCertificate || hasImaging
            }
        }
    }

    private enum Reach { case nation, province, other }

    private func reach(of certificate: QualityCertificate) -> Reach {
        guard let scope = rules.rules.scope(certificate.scope) else { return .other }
        if scope.isNationwide { return .nation }
        return scope.divisions.contains { $0.level == .province } ? .province : .other
    }

    private static let imaging: Set<ExaminationClass> = [
        .radiography, .computedTomography, .magneticResonance, .ultrasound, .nuclear,
    ]
}
