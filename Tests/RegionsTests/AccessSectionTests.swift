import Effects
import Testing

@testable import Regions

@Suite("The section 'access' of region.yaml") struct AccessSectionTests {
    private static let vocabulary = RegionVocabulary(purposes: ["treatment", "ownRecord", "emergency"])

    private static func check(
        _ section: String
    ) -> (configuration: RegionConfiguration?, problems: [ConfigurationProblem]) {
        RegionFile.check(SampleRegion.text + "\n" + section, fileName: "r.yaml", vocabulary: vocabulary)
    }

    @Test func `what is written is carried to every node, and an empty list stays one`() throws {
        let (read, problems) = Self.check(
            """
            access:
              purposes:
                - {purpose: treatment, grounds: [order]}
                - {purpose: ownRecord, grounds: []}

            """)
        #expect(problems == [])
        let configuration = try #require(read)
        #expect(configuration.access.grounds == ["treatment": [.order], "ownRecord": []])
        let carried = try RegionConfiguration(wireBytes: configuration.wireBytes())
        #expect(carried.access == configuration.access)
        var before = configuration
        before.access = .standard
        let changes = RegionDifference(from: before, to: configuration).changes.map(\.description)
        #expect(changes.count == 2 && changes.contains { $0.contains("purpose ownRecord") && $0.contains("nobody") })
    }

    @Test(arguments: [
        ("purposes: [{purpose: curiosity, grounds: [order]}]", "config.unknownName"),
        ("purposes: [{purpose: treatment, grounds: [whim]}]", "config.badValue"),
        ("purposes: [{purpose: treatment}]", "config.missingKey"),
        ("purposes: [{purpose: emergency, grounds: [order]}]", "config.badValue"),
        ("purposes: [{purpose: treatment, grounds: []}, {purpose: treatment, grounds: []}]", "config.duplicateName"),
        ("purpose: treatment", "config.unknownKey"),
    ]) func `what cannot be meant is a problem with its place`(_ line: String, _ code: String) throws {
        let (read, problems) = Self.check("access:\n  \(line)\n")
        #expect(read == nil)
        #expect(problems.map(\.code.rawValue).contains(code), "\(problems)")
    }
}
