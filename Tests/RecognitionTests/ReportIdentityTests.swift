import Testing

@testable import Recognition

@Suite("Which result a report is") struct ReportIdentityTests {
    @Test(
        "times of collection are one where they are one moment, or one says less exactly the same",
        arguments: [
            ("20261128081500", "20261128081500", CollectionTime.Relation.same),
            ("20261128081500+0800", "20261128081500", .same), ("20261128001500+0000", "20261128081500+0800", .same),
            ("20261128", "20261128081500", .same), ("202611280815", "20261128081500", .same),
            ("2026-11-28T08:15:00+08:00", "20261128081500+0800", .same),
            ("20261128081500", "20261128091500", .other), ("20261128", "20261129", .other),
            ("", "20261128", .unknown), ("morning", "20261128", .other),
            ("20261128 08:15:00", "20261128 10:30:00", .other), ("2026年11月28日 8时15分", "20261128081500", .same),
            ("2026/11/28 8:15", "2026-11-28 08:15:30", .same), ("2026-11-28T08:15-05:00", "20261128081500", .same),
        ])
    func times(_ left: String, _ right: String, _ relation: CollectionTime.Relation) {
        #expect(CollectionTime(left).relation(to: CollectionTime(right)) == relation)
        #expect(CollectionTime(right).relation(to: CollectionTime(left)) == relation)
    }

    @Test("reports of one message that share number and service are counted, others are not")
    func occurrences() {
        func content(_ number: String?, _ service: String) -> ReportContent {
            ReportContent(
                institution: "i", patient: PatientDemographics(identifiers: []), fillerOrderNumber: number,
                service: Coding(codes: [.init(code: service)]), status: .final, category: .laboratory)
        }
        let found = RecognitionService.occurrences([
            content("F1", "CBC"), content("F1", "CRP"), content("F1", "CBC"), content("F2", "CBC"),
        ])
        #expect(found.map(\.index) == [0, 0, 1, 0])
        #expect(found.map(\.count) == [2, 1, 2, 1])
    }
}
