import Effects
import Ledgers
import Regions
import ServiceKit
import Storage

/// Counts the tables of a node for one period.
struct RecognitionTally {
    let from: WallTime
    let to: WallTime
    let configuration: RegionConfiguration
    let rules: RecognitionIndex
    let sql: any SQLTransaction
    private var found: [String: InstitutionStatistics] = [:]
    private var results = PersonResults()

    init(
        from: WallTime, to: WallTime, rules: RecognitionIndex, _ configuration: RegionConfiguration,
        sql: any SQLTransaction
    ) {
        self.from = from
        self.to = to
        self.rules = rules
        self.configuration = configuration
        self.sql = sql
    }

    static func statistics(
        from: WallTime, to: WallTime, rules: RecognitionIndex, _ configuration: RegionConfiguration,
        in sql: any SQLTransaction
    ) throws -> [String: InstitutionStatistics] {
        var tally = RecognitionTally(from: from, to: to, rules: rules, configuration, sql: sql)
        try tally.countMatches()
        try tally.countExisting()
        try tally.countDecisions()
        try tally.countOpenings()
        try tally.countRepeats()
        try tally.countMarks()
        try tally.countCertificates()
        return tally.found
    }

    mutating func update(_ unit: String, _ change: (inout InstitutionStatistics) -> Void) {
        change(&found[unit, default: InstitutionStatistics(unit: unit)])
    }

    private var span: [any SQLConvertible] { [from.milliseconds, to.milliseconds] }

    private mutating func countMatches() throws {
        for row in try sql.rows(
            "SELECT unit, COUNT(*) FROM recognition_match WHERE at >= $1 AND at < $2 GROUP BY unit ORDER BY unit", span)
        {
            let count = Int(try row.integer(1))
            update(try row.text(0)) { $0.orders.addSaturated(count) }
        }
        for row in try sql.rows(
            """
            SELECT m.unit, COUNT(*), SUM(CASE WHEN i.recognisable > 0 THEN 1 ELSE 0 END), SUM(i.candidates),
                SUM(i.expired)
            FROM recognition_match m JOIN recognition_match_item i ON i.entry = m.entry
            WHERE m.at >= $1 AND m.at < $2 GROUP BY m.unit ORDER BY m.unit
            """, span)
        {
            let numbers = try (1...4).map { Int(try row.integer($0)) }
            update(try row.text(0)) { statistics in
                statistics.orderedItems.addSaturated(numbers[0])
                statistics.matchCoverage = statistics.matchCoverage + RecognitionFigure(numbers[1], of: numbers[0])
                statistics.expiredShare = statistics.expiredShare + RecognitionFigure(numbers[3], of: numbers[2])
            }
        }
    }

    /// The denominator of X01: each existing result of the patients who came once, however often they came.
    private mutating func countExisting() throws {
        for row in try sql.rows(
            """
            SELECT m.unit, COUNT(DISTINCT r.report) FROM recognition_match m
            JOIN recognition_match_report r ON r.entry = m.entry
            WHERE m.at >= $1 AND m.at < $2 AND r.item = '' GROUP BY m.unit ORDER BY m.unit
            """, span)
        {
            let count = Int(try row.integer(1))
            update(try row.text(0)) { $0.nationalRate.denominator.addSaturated(count) }
        }
    }

    private mutating func countDecisions() throws {
        var recognised: [String: Set<String>] = [:]
        var decisions: [DecisionRecord] = []
        try DecisionTable.counted(from: from, to: to, in: sql) { decisions.append($0) }
        for record in decisions {
            let decision = byCatalogue(record)
            if decision.isRecognised { recognised[decision.unit, default: []].insert(decision.reportKey) }
            update(decision.unit) { Self.count(decision, in: &$0) }
        }
        for (unit, reports) in recognised { update(unit) { $0.nationalRate.numerator += reports.count } }
    }

    /// A decision with the price, the class and the weight that the region's tables give it: its author's word for them
    /// is not taken.
    private func byCatalogue(_ record: DecisionRecord) -> DecisionFields {
        var decision = record.fields
        let item = rules.item(decision.item, at: record.time)
        decision.price = item?.price
        if let item { decision.examinationClass = item.examinationClass }
        decision.isCounted = decision.reason.flatMap { rules.rules.reason($0)?.isCounted } ?? true
        return decision
    }

    private static func count(_ decision: DecisionFields, in statistics: inout InstitutionStatistics) {
        if decision.isCounted {
            statistics.orderRate =
                statistics.orderRate + RecognitionFigure(decision.isRecognised ? 1 : 0, of: 1)
        }
        guard decision.isRecognised else {
            statistics.repeatedByReason[decision.reason ?? "", default: 0] += 1
            return
        }
        var count = statistics.byClass[decision.examinationClass] ?? InstitutionStatistics.ClassCount()
        count.recognised += 1
        if let price = decision.price {
            count.savedFen.addSaturated(price.fen)
            statistics.priceVersions.insert(price.version)
        }
        statistics.byClass[decision.examinationClass] = count
        statistics.recognisedByItem[decision.item, default: 0] += 1
    }

    private mutating func countOpenings() throws {
        for row in try sql.rows(
            """
            SELECT o.unit, o.report_entry, COUNT(*), v.fields FROM recognition_opening o
            LEFT JOIN report_version v ON v.entry = o.report_entry
            WHERE o.at >= $1 AND o.at < $2 GROUP BY o.unit, o.report_entry, v.fields ORDER BY o.unit, o.report_entry
            """, span)
        {
            let count = Int(try row.integer(2))
            update(try row.text(0)) { $0.retrievals.addSaturated(count) }
            // Whose result it was, the result says; where it does not lie, nobody's word is taken for it.
            guard let bytes = row.optionalBytes(3) else { continue }
            let fields = try ReportFields(bytes: bytes, reportKey: "")
            let issuer = RecognitionMatcher.issuer(of: fields, in: configuration)?.id.rawValue ?? fields.institution
            update(issuer) { $0.retrievedByOthers.addSaturated(count) }
        }
    }

    /// X07: of the items for which a recognisable result was offered, those that the same institution did again for the
    /// same patient within the item's window, without recognising the result and without giving a reason.
    ///
    /// What a person has is read once, however often the person was matched.
    private mutating func countRepeats() throws {
        let rows = try sql.rows(
            """
            SELECT m.unit, i.item, m.entry, m.at, EXISTS (
                SELECT 1 FROM recognition_decision d
                WHERE d.match_id = m.match_id AND d.author = m.author AND d.item = i.item)
            FROM recognition_match m JOIN recognition_match_item i ON i.entry = m.entry
            WHERE m.at >= $1 AND m.at < $2 AND i.recognisable > 0 ORDER BY m.entry, i.item
            """, span)
        for row in rows {
            let (unit, item) = (try row.text(0), try row.text(1))
            var isRepeated = false
            if try row.integer(4) == 0, let window = rules.item(item, at: to)?.windowDays {
                let at = WallTime(milliseconds: try row.integer(3))
                isRepeated = try isDoneAgain(
                    item, by: unit, match: try row.text(2), from: at, to: ReportTime.endOfDay(window, after: at))
            }
            update(unit) { $0.repeatRate = $0.repeatRate + RecognitionFigure(isRepeated ? 1 : 0, of: 1) }
        }
    }

    private mutating func isDoneAgain(
        _ item: String, by unit: String, match: String, from: WallTime, to: WallTime
    ) throws -> Bool {
        try results.ofPerson(inMatch: match, in: sql, configuration: configuration).contains { result in
            // By its own word: a result that is uploaded late was not done late.
            result.unit == unit && result.authorTime > from && result.time > from && result.time <= to
                && result.items.contains(item)
        }
    }
}
