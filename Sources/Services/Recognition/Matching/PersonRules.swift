import ServiceKit

/// Whether a result is of the person who is ordered for, as far as two descriptions can contradict each other.
enum PersonRules {
    /// - Parameter person: what the order says, as this report's header would have it.
    /// - Returns: nothing where nothing can be compared.
    static func step(
        _ fields: ReportFields, _ person: DemographicMarks, _ people: DemographicContradictions
    ) -> TrailStep? {
        let contradicted = fields.marks.contradictions(person)
        guard contradicted.isEmpty else {
            return doubt(
                contradicted, "与开单患者的%不一致，请核对是否为同一人。",
                "the report's % is another one than the ordered patient's: compare the persons.")
        }
        let among = people.fields(of: fields)
        guard among.isEmpty else {
            return doubt(
                among, "同一标识下的报告%不一致，请核对是否为同一人。", "reports under this identifier name another %: compare the persons.")
        }
        guard fields.marks.meets(person) else { return nil }
        return TrailStep(.demographics, .passed, input: "agree", "患者信息一致。", "what is said of the patient agrees.")
    }

    /// Whether the report names the person by an identifier that is in use.
    ///
    /// - Returns: nothing where it does.
    static func identifier(_ fields: ReportFields, _ keys: Set<PatientKeyReference>) -> TrailStep? {
        guard fields.isOnlyFormerly(of: keys) else { return nil }
        return TrailStep(
            .demographics, .doubt, input: "identifier", "报告仅以已停用的标识指明患者，请核对是否为同一人。",
            "the report names the patient by an identifier alone that is no longer in use: compare the persons.")
    }

    private static func doubt(
        _ fields: [DemographicSketch.Field], _ chinese: String, _ english: String
    ) -> TrailStep {
        TrailStep(
            .demographics, .doubt, input: fields.map(\.rawValue).joined(separator: ","),
            chinese.replacing("%", with: fields.map(\.chinese).joined(separator: "、")),
            english.replacing("%", with: fields.map(\.english).joined(separator: ", ")))
    }
}

/// Which results that were found under one identifier contradict one another about the person.
package struct DemographicContradictions: Sendable {
    private var found: [PatientKeyReference: Set<DemographicSketch.Field>] = [:]

    package init(_ summaries: [ReportSummary]) {
        var known: [PatientKeyReference: DemographicMarks] = [:]
        for summary in summaries where !summary.isVoid {
            // The digests are made under the first key, and are compared under that one only.
            guard let key = summary.fields.patientKeys.first else { continue }
            let marks = summary.fields.marks
            guard var standing = known[key] else {
                known[key] = marks
                continue
            }
            found[key, default: []].formUnion(standing.contradictions(marks))
            for field in DemographicSketch.Field.allCases where standing[field] == 0 { standing[field] = marks[field] }
            known[key] = standing
        }
    }

    package func fields(of fields: ReportFields) -> [DemographicSketch.Field] {
        let found = fields.patientKeys.first.flatMap { self.found[$0] } ?? []
        return DemographicSketch.Field.allCases.filter { found.contains($0) && fields.marks[$0] != 0 }
    }
}
