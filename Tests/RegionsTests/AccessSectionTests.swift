import Effects
import ServiceKit
import Testing

@testable import Regions

@Suite("The section 'access' of region.yaml") struct AccessSectionTests {
    private static let sections = ConfigurationSections(
        region: SampleRegion.sections.region + [AccessRules.self], purposes: PurposeList().words)

    private static func check(
        _ section: String
    ) -> (configuration: RegionConfiguration?, problems: [ConfigurationProblem]) {
        RegionFile.check(
            SampleRegion.text + "\n" + section, fileName: "r.yaml", sections: sections)
    }

    @Test func `what is written is carried to every node, and an empty list stays one`() throws {
        let (read, problems) = Self.check(
            """
            access:
              purposes:
                - {purpose: treatment, grounds: [order]}
                - {purpose: ownRecord, grounds: []}
              rates: {system: 900, miss: 2}
              practitioners:
                - {unit: hospital, ids: [dr-li, 张医生]}
                - {unit: hospital, ids: [dr-shen], purposes: [ownRecord]}

            """)
        #expect(problems == [])
        let configuration = try #require(read)
        #expect(configuration.access.grounds == ["treatment": [.order], "ownRecord": []])
        #expect(configuration.access.rates == AccessRates(system: 900, miss: 2))
        #expect(configuration.access.registers.map(\.practitioners) == [["dr-li", "张医生"], ["dr-shen"]])
        #expect(configuration.access.registers.map(\.purposes) == [[], ["ownRecord"]])
        let carried = try RegionConfiguration(
            wireBytes: configuration.wireBytes(), sections: Self.sections.region)
        #expect(carried.access == configuration.access)
        var before = configuration
        before.access = .standard
        let changes = RegionDifference(from: before, to: configuration).changes.map(\.description)
        #expect(changes.count == 6, "\(changes)")
        for words in [["purpose ownRecord", "nobody"], ["ten minutes", "900"], ["dr-shen of hospital", "ownRecord"]] {
            #expect(changes.contains { change in words.allSatisfy { change.contains($0) } }, "\(words)")
        }
    }

    @Test(arguments: [
        ("purposes: [{purpose: curiosity, grounds: [order]}]", "config.unknownName"),
        ("purposes: [{purpose: treatment, grounds: [whim]}]", "config.badValue"),
        ("purposes: [{purpose: treatment}]", "config.missingKey"),
        ("purposes: [{purpose: emergency, grounds: [order]}]", "config.badValue"),
        ("purposes: [{purpose: treatment, grounds: []}, {purpose: treatment, grounds: []}]", "config.duplicateName"),
        ("purpose: treatment", "config.unknownKey"), ("rates: {practitioner: 0}", "config.badValue"),
        ("rates: {hospital: 9}", "config.unknownKey"),
        ("practitioners: [{unit: hospitl, ids: [x]}]", "region.unknownReference"),
        ("practitioners: [{unit: hospital, ids: []}]", "config.missingValue"),
        ("practitioners: [{unit: hospital, ids: [x], purposes: []}]", "config.missingValue"),
        ("practitioners: [{unit: hospital, ids: [x], purposes: [whim]}]", "config.unknownName"),
    ]) func `what cannot be meant is a problem with its place`(_ line: String, _ code: String) throws {
        let (read, problems) = Self.check("access:\n  \(line)\n")
        #expect(read == nil)
        #expect(problems.map(\.code.rawValue).contains(code), "\(problems)")
    }
}
