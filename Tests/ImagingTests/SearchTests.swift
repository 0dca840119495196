import DICOM
import Effects
import ServiceKit
import Storage
import Testing

@testable import Imaging

@Suite("Images that are looked for")
struct SearchTests {
    /// Two patients: a study of two series with three instances, and one of one.
    private func fill(_ region: ImagingRegion) async throws {
        let files = [
            MadeFile(), MadeFile(instance: "1.2.3.1.2"),
            MadeFile(series: "1.2.3.2", instance: "1.2.3.2.1", modality: "SR"),
            MadeFile(
                study: "1.2.4", series: "1.2.4.1", instance: "1.2.4.1.1", modality: "CT", accession: "A-2",
                patientID: "P-2", name: "Li^Si=李^四", sex: "F", date: "20261130"),
        ]
        for file in files { #expect(try await region.store(file) == .stored) }
    }

    @Test("studies, series and instances are found by what they say, with the counts of what lies below")
    func levels() async throws {
        try await ImagingRegion.run { region in
            try await fill(region)
            let study = try #require(try await region.search(.study, [("PatientName", "张*")]).hits.first)
            #expect(study.studyUID == "1.2.3" && study.seriesUID == nil)
            #expect(study.dataset.texts(.modalitiesInStudy) == ["DR", "SR"])
            #expect(try await region.search(.study, [("ModalitiesInStudy", "SR")]).hits.map(\.studyUID) == ["1.2.3"])
            #expect(study.dataset.text(.instancesInStudy) == "3" && study.dataset.text(.seriesInStudy) == "2")
            #expect(try await region.search(.series, [("Modality", "SR")]).hits.map(\.seriesUID) == ["1.2.3.2"])
            let instances = try await region.search(.instance, exact: [.series: "1.2.3.1"]).hits
            #expect(instances.map(\.instanceUID) == ["1.2.3.1.1", "1.2.3.1.2"])
            #expect(try await region.search(.study, [("StudyDate", "20261201-")]).hits.map(\.studyUID) == ["1.2.3"])
            #expect(try await region.search(.study, exact: [.patientID: "P-2"]).hits.map(\.studyUID) == ["1.2.4"])
            #expect(try await region.search(.study, exact: [.sopInstance: "1.2.4.1.1"]).hits.count == 1)
            #expect(try await region.search(.study, exact: [.accessionNumber: "A-3"]).hits.isEmpty)
        }
    }

    @Test("pages of an answer join without a gap, and each says whether more follows")
    func pages() async throws {
        try await ImagingRegion.run { region in
            try await fill(region)
            var found: [String] = []
            for offset in 0..<4 {
                let page = try await region.search(.instance, offset: offset, limit: 1)
                #expect(page.isCut == (offset < 3))
                found += page.hits.compactMap(\.instanceUID)
            }
            #expect(Set(found).count == 4)
        }
    }

    @Test("each look is on record for each person, and nobody looks without a name or a ground")
    func audited() async throws {
        try await ImagingRegion.run { region in
            try await fill(region)
            _ = try await region.search(.study)
            _ = try await region.hill.open(study: "1.2.3", asking: .doctor)
            let actions = try await region.hill.context.ledger.read { sql in
                try sql.rows("SELECT action, practitioner FROM audit ORDER BY action", [])
                    .map { "\(try $0.text(0)) \(try $0.text(1))" }
            }
            #expect(actions == ["imaging.read D1", "imaging.search D1", "imaging.search D1"])
            for asking in [
                Asking(practitioner: " ", organizationUnit: "hill", purpose: .treatment, order: "R-1"),
                Asking(practitioner: "D1", organizationUnit: "hill", purpose: .treatment),
            ] {
                await #expect(throws: Failure.self) {
                    _ = try await region.hill.open(study: "1.2.3", asking: asking)
                }
            }
            await #expect { _ = try await region.hill.open(study: "1.2.9", asking: .doctor) } throws: {
                ($0 as? Failure)?.code == "imaging.notFound"
            }
        }
    }
}
