package import DICOM
import Effects
import ServiceKit
import Storage

/// A search for studies, series or instances: the parameters of QIDO-RS, or the identifier of a C-FIND.
package struct ImagingSearch: Sendable {
    package var level: ImagingSummary.Level
    package var query: DICOMQuery
    /// In which study and series, where the address says so.
    package var studyUID: String?
    package var seriesUID: String?
    /// What the query asks for by one exact value; they are looked up, and compared all the same.
    package var exact: [DICOMTag: String]
    package var offset: Int
    package var limit: Int

    package init(
        _ level: ImagingSummary.Level, _ query: DICOMQuery, studyUID: String? = nil, seriesUID: String? = nil,
        exact: [DICOMTag: String] = [:], offset: Int = 0, limit: Int = Limits.imagingAnswers
    ) {
        self.level = level
        self.query = query
        self.studyUID = studyUID ?? exact[.study]
        self.seriesUID = seriesUID ?? exact[.series]
        self.exact = exact
        self.offset = max(0, offset)
        self.limit = max(0, min(limit, Limits.imagingAnswers))
    }

    /// One thing that was found.
    package struct Hit: Sendable {
        package var studyUID: String
        package var seriesUID: String?
        package var instanceUID: String?
        package var owner: ImagingTable.Owner
        /// Everything that is known of it at its level and above.
        package var dataset: DICOMDataset
    }

    package struct Answer: Sendable {
        package var hits: [Hit]
        /// Whether there are more.
        package var isCut: Bool
    }

    /// Looks for what matches, the latest study first.
    func run(in sql: any SQLTransaction) throws -> Answer {
        var run = Run(search: self)
        try run.studies(in: sql)
        return run.answer
    }

    /// A search while it goes through the tables: studies by the narrowest key that there is, and what lies below each.
    private struct Run {
        let search: ImagingSearch
        var answer = Answer(hits: [], isCut: false)
        private var read = 0
        private var skipped = 0

        init(search: ImagingSearch) {
            self.search = search
        }

        mutating func studies(in sql: any SQLTransaction) throws {
            let (text, arguments) = search.candidates
            try sql.forEach(text, arguments) { row in
                let study = try Study(row)
                if let uid = search.studyUID, uid != study.uid { return true }
                switch search.level {
                case .study: return try take(try study.hit(modalities: try modalities(of: study, in: sql)))
                case .series: return try series(of: study, in: sql)
                case .instance: return try instances(of: study, in: sql)
                }
            }
        }

        private func modalities(of study: Study, in sql: any SQLTransaction) throws -> [String] {
            try sql.rows(
                """
                SELECT DISTINCT modality FROM imaging_series WHERE study = $1 AND modality <> '' ORDER BY modality
                """, [study.uid]
            ).map { try $0.text(0) }
        }

        private mutating func series(of study: Study, in sql: any SQLTransaction) throws -> Bool {
            var goesOn = true
            try sql.forEach(
                "SELECT series, instances, summary FROM imaging_series WHERE study = $1 ORDER BY series", [study.uid]
            ) { row in
                let series = try row.text(0)
                if let uid = search.seriesUID, uid != series { return true }
                goesOn = try take(
                    try study.hit(series: series, instances: Int(try row.integer(1)), summary: try row.bytes(2)))
                return goesOn
            }
            return goesOn
        }

        private mutating func instances(of study: Study, in sql: any SQLTransaction) throws -> Bool {
            var goesOn = true
            try sql.forEach(
                """
                SELECT i.series, r.instances, i.summary, i.instance FROM imaging_series r
                JOIN imaging_instance i ON i.study = r.study AND i.series = r.series
                WHERE r.study = $1 AND ($2 = '' OR r.series = $2) ORDER BY r.series, i.instance
                """, [study.uid, search.seriesUID ?? ""]
            ) { row in
                goesOn = try take(
                    try study.hit(
                        series: try row.text(0), instances: Int(try row.integer(1)), summary: try row.bytes(2),
                        instance: try row.text(3)))
                return goesOn
            }
            return goesOn
        }

        /// - Returns: whether there is room for more.
        private mutating func take(_ hit: Hit) throws -> Bool {
            read += 1
            guard read <= Limits.imagingRowsRead else {
                answer.isCut = true
                return false
            }
            guard search.query.matches(hit.dataset) else { return true }
            if skipped < search.offset {
                skipped += 1
                return true
            }
            guard answer.hits.count < search.limit else {
                answer.isCut = true
                return false
            }
            answer.hits.append(hit)
            return true
        }
    }

    /// The studies that can hold what is looked for, by the narrowest key.
    private var candidates: (text: SQLText, arguments: [any SQLConvertible]) {
        if let studyUID {
            return (
                """
                SELECT study, unit, person, series, instances, summary FROM imaging_study WHERE study = $1
                """, [studyUID]
            )
        }
        if let instance = exact[.sopInstance] {
            return (
                """
                SELECT s.study, s.unit, s.person, s.series, s.instances, s.summary FROM imaging_instance i
                JOIN imaging_study s ON s.study = i.study WHERE i.instance = $1
                """, [instance]
            )
        }
        if let seriesUID {
            return (
                """
                SELECT s.study, s.unit, s.person, s.series, s.instances, s.summary FROM imaging_series r
                JOIN imaging_study s ON s.study = r.study WHERE r.series = $1 ORDER BY s.since DESC, s.study
                """, [seriesUID]
            )
        }
        if let accession = exact[.accessionNumber] {
            return (
                """
                SELECT study, unit, person, series, instances, summary FROM imaging_study WHERE accession = $1
                ORDER BY since DESC, study
                """, [accession]
            )
        }
        if let patient = exact[.patientID] {
            return (
                """
                SELECT study, unit, person, series, instances, summary FROM imaging_study WHERE patient = $1
                ORDER BY since DESC, study
                """, [patient]
            )
        }
        return (
            """
            SELECT study, unit, person, series, instances, summary FROM imaging_study ORDER BY since DESC, study
            """, []
        )
    }

    /// A study that may be what is looked for, or hold it.
    private struct Study {
        let uid: String
        private let owner: ImagingTable.Owner
        private let series: Int64
        private let instances: Int64
        private let summary: [UInt8]

        init(_ row: SQLRow) throws {
            uid = try row.text(0)
            owner = try ImagingTable.owner(try row.text(1), try row.bytes(2))
            series = try row.integer(3)
            instances = try row.integer(4)
            summary = try row.bytes(5)
        }

        func hit(modalities: [String]) throws -> Hit {
            hit(
                .study, try ImagingSummary.dataset(summary),
                counted: [.text(.modalitiesInStudy, modalities.joined(separator: "\\"), vr: .cs)])
        }

        func hit(series: String, instances: Int, summary: [UInt8], instance: String? = nil) throws -> Hit {
            var hit = self.hit(
                instance == nil ? .series : .instance, try ImagingSummary.dataset(summary),
                counted: [.text(.instancesInSeries, "\(instances)", vr: .is)])
            (hit.seriesUID, hit.instanceUID) = (series, instance)
            return hit
        }

        private func hit(
            _ level: ImagingSummary.Level, _ summary: DICOMDataset, counted: [DICOMElement]
        ) -> Hit {
            let levels = ImagingSummary.Level.allCases.prefix { $0 != level } + [level]
            let tags = Set(levels.flatMap(\.own) + [.characterSet])
            let counted =
                counted + [
                    .text(.seriesInStudy, "\(series)", vr: .is), .text(.instancesInStudy, "\(instances)", vr: .is),
                ]
            return Hit(
                studyUID: uid, seriesUID: nil, instanceUID: nil, owner: owner,
                dataset: DICOMDataset(
                    summary.elements.filter { tags.contains($0.tag) } + counted, characterSet: summary.characterSet))
        }
    }
}
