import Consultation
import Effects
import Testing
import WorkflowKit

@testable import Regions

/// One mistake in a region file, the code of the problem that it must make, and the line that it must name:
/// its number, or a text that stands on no other line.
struct RegionMistake: Sendable, CustomTestStringConvertible {
    var name: String
    var old: String
    var new: String
    var code: Failure.Code
    var onLine: String

    init(_ name: String, _ old: String, _ new: String, _ code: Failure.Code, on line: String) {
        self.name = name
        self.old = old
        self.new = new
        self.code = code
        onLine = line
    }

    var testDescription: String { name }

    static let all: [RegionMistake] = [
        .init("unknown key at the top", "version: 7", "verison: 7\nversion: 7", "config.unknownKey", on: "verison"),
        .init(
            "unknown key in a unit", "kind: authority", "kind: authority\n    level: 3", "config.unknownKey",
            on: "level"),
        .init("unknown key in a node", "id: root,", "id: root, port: 3,", "config.unknownKey", on: "id: root"),
        .init("missing key at the top", "name: 示例\n", "", "config.missingKey", on: "region: sample"),
        .init("missing key in a unit", "    name: 卫生院\n", "", "config.missingKey", on: "id: centre"),
        .init("missing key in an edge", "parent: root, ", "", "config.missingKey", on: "child: city"),
        .init("missing list", "nodes:\n", "knots:\n", "config.missingKey", on: "region: sample"),
        .init("a key without value", "name: 示例", "name:", "config.missingValue", on: "2"),
        .init("list where a value belongs", "name: 示例", "name: [a]", "config.wrongType", on: "name: [a]"),
        .init(
            "value where a list belongs", "specialties: [ecg]", "specialties: ecg", "config.wrongType", on: "ecg-one"),
        .init(
            "value where keys belong", "- {id: root, name: 调度, tier: dispatcher, unit: hq, division: 140300}",
            "- root", "config.wrongType", on: "- root"),
        .init("no YAML", "version: 7", "version: [7", "config.syntax", on: "validFrom"),
        .init("key twice", "version: 7", "version: 7\nversion: 8", "config.duplicateKey", on: "version: 7"),
        .init("version no number", "version: 7", "version: seven", "config.badValue", on: "version:"),
        .init("version zero", "version: 7", "version: 0", "config.badValue", on: "version:"),
        .init("unknown suite", "version: 7", "version: 7\nsuite: rsa", "region.suite", on: "suite:"),
        .init("bad region name", "region: sample", "region: Sample", "region.badName", on: "region:"),
        .init("bad node name", "id: west", "id: we_st", "region.badName", on: "we_st"),
        .init("unknown tier", "tier: city, unit", "tier: town, unit", "config.badValue", on: "33"),
        .init("unknown kind", "kind: authority", "kind: office", "config.badValue", on: "kind: office"),
        .init(
            "day that does not exist", "validFrom: 2026-01-01", "validFrom: 2026-02-29", "time.badText", on: "validFrom"
        ),
        .init(
            "time without offset", "validFrom: 2026-01-01", "validFrom: 2026-01-01T00:00:00", "time.badText",
            on: "validFrom"),
        .init("end before beginning", "to: 2026-07-01", "to: 2025-07-01", "region.badDates", on: "to: 2025"),
        .init(
            "malformed division", "division: 140321\n", "division: 1403\n", "code.divisionForm", on: "20"),
        .init("unknown division", "division: 140321\n", "division: 140399\n", "code.divisionUnknown", on: "20"),
        .init("institution code's check character", "YQ0000029", "YQ0000028", "code.institutionCheck", on: "YQ0000028"),
        .init(
            "institution code's division unknown", "YQ0000029140321", "YQ0000029140398", "code.divisionUnknown",
            on: "21"),
        .init("duplicate unit id", "id: centre", "id: hospital", "region.duplicateID", on: "25"),
        .init("duplicate node id", "{id: west", "{id: east", "region.duplicateID", on: "西县"),
        .init("duplicate expert id", "id: ecg-two", "id: ecg-one", "region.duplicateID", on: "乙"),
        .init("two parents at once", "to: 2026-07-01", "to: 2026-08-01", "region.twoParents", on: "parent: west"),
        .init("two parents, one without end", ", to: 2026-07-01", "", "region.twoParents", on: "parent: west"),
        .init(
            "parent not of the next tier", "{child: east, parent: city", "{child: east, parent: root", "region.badTier",
            on: "child: east"),
        .init(
            "the dispatcher managed", "- {child: city, parent: root", "- {child: root, parent: city", "region.badTier",
            on: "child: root"),
        .init("cycle", "{child: east, parent: city", "{child: east, parent: hill", "region.cycle", on: "41"),
        .init(
            "its own parent", "{child: east, parent: city", "{child: east, parent: east", "region.cycle",
            on: "39"),
        .init(
            "nobody manages a node", "  - {child: west, parent: city, from: 2026-01-01}\n", "", "region.noParent",
            on: "id: west"),
        .init("unknown parent", "parent: west", "parent: wst", "region.unknownReference", on: "parent: wst"),
        .init("unknown child", "{child: west", "{child: wst", "region.unknownReference", on: "child: wst"),
        .init("unknown unit of a node", "unit: centre", "unit: center", "region.unknownReference", on: "unit: center"),
        .init("unknown node of a unit", "node: hill", "node: hills", "region.unknownReference", on: "node: hills"),
        .init(
            "unknown node of an expert", "node: east, specialties: [ecg]", "node: est, specialties: [ecg]",
            "region.unknownReference", on: "node: est"),
        .init("unknown home of a roster", "home: east", "home: est", "region.unknownReference", on: "home: est"),
        .init(
            "no dispatcher", "tier: dispatcher, unit", "tier: city, unit", "region.dispatcherCount", on: "- {id: root"),
        .init(
            "two dispatchers", "name: 西县, tier: county", "name: 西县, tier: dispatcher", "region.dispatcherCount",
            on: "西县"),
        .init(
            "no expert for a request", "specialty: ecg", "specialty: skin", "region.noExpert", on: "specialty:"),
        .init("seconds no number", "claimSeconds: 300", "claimSeconds: 5min", "config.badValue", on: "5min"),
        .init("address without port", "10.0.0.1:7443", "10.0.0.1", "config.badAddress", on: "10.0.0.1"),
        .init("address with port 0", "10.0.0.1:7443", "10.0.0.1:0", "config.badAddress", on: "10.0.0.1"),
        .init(
            "indicator twice", "  - {id: results-published, name: 发布数}",
            "  - {id: turnaround, name: 一}\n  - {id: turnaround, name: 二}", "region.duplicateID", on: "二"),
    ]
}

@Suite struct RegionFileTests {
    @Test func theSampleIsReadWithoutProblem() throws {
        let (configuration, problems) = RegionFile.check(
            SampleRegion.text, fileName: "region.yaml", sections: SampleRegion.sections)
        #expect(problems == [])
        let region = try #require(configuration)
        #expect(region.version == 7)
        #expect(region.suite == "ed25519")
        #expect(region.nodes.map(\.id.rawValue) == ["root", "city", "east", "west", "hill"])
        #expect(region.nodes[1].addresses == [NetworkAddress(host: "10.0.0.1", port: 7443)])
        #expect(region.validFrom.description == "2025-12-31T16:00:00.000Z")
        #expect(region.rosters[0].experts(for: "imaging").map(\.id) == ["ecg-two"])
        #expect(region.serviceLevel("ecg-emergency")?.reportSeconds == 600)
    }

    @Test(arguments: RegionMistake.all)
    func everyMistakeIsReportedWithItsLine(_ mistake: RegionMistake) throws {
        let text = SampleRegion.changed(mistake.old, mistake.new)
        #expect(text != SampleRegion.text && !text.isEmpty)
        let (configuration, problems) = RegionFile.check(text, fileName: "region.yaml", sections: SampleRegion.sections)
        #expect(configuration == nil)
        let problem = try #require(
            problems.first { $0.code == mistake.code }, "expected \(mistake.code), got \(problems)")
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let found = lines.indices.filter { lines[$0].contains(mistake.onLine) }.map { $0 + 1 }
        let expected = Int(mistake.onLine).map { [$0] } ?? found
        #expect(expected == [problem.line], "\(problem)")
        #expect(problem.file == "region.yaml" && problem.column >= 1)
        #expect(!problem.message.isEmpty && !problem.remedy.isEmpty)
    }

    @Test func everyMistakeOfAFileIsReportedAtOnceInTheOrderOfLines() {
        var text = SampleRegion.changed("version: 7", "version: x")
        for (old, new) in [
            ("kind: authority", "kind: office"), ("node: hill", "node: hills"), ("home: east", "hme: east"),
        ] {
            guard let range = text.range(of: old) else { continue }
            text = text.replacingCharacters(in: range, with: new)
        }
        let problems = RegionFile.check(text, fileName: "r", sections: SampleRegion.sections).problems
        let codes = problems.map(\.code.rawValue)
        #expect(
            codes == [
                "config.badValue", "config.badValue", "region.unknownReference", "config.missingKey",
                "config.unknownKey",
            ])
        #expect(problems.map(\.line) == problems.map(\.line).sorted())
        #expect(throws: RegionProblems.self) {
            try RegionFile.read(text, fileName: "r", sections: SampleRegion.sections)
        }
    }

    @Test func aMentionOfAnItemThatIsItselfWrongIsNotReportedAgain() {
        let text = SampleRegion.changed("{id: west, name: 西县, tier: county", "{id: west, name: 西县, tier: wrong")
        let problems = RegionFile.check(text, fileName: "r", sections: SampleRegion.sections).problems
        #expect(problems.map(\.code) == ["config.badValue"])
    }

    @Test func aMisspeltKeyIsAnsweredWithTheRightOne() {
        let problems = RegionFile.check(
            SampleRegion.changed("version: 7", "verison: 7"), fileName: "r", sections: SampleRegion.sections
        ).problems
        #expect(problems.contains { $0.remedy == "did you mean 'version'?" })
    }

    @Test func aColumnIsNamed() {
        let text = SampleRegion.changed("{child: west, parent: city", "{child: west, parent: cty")
        let problems = RegionFile.check(text, fileName: "r", sections: SampleRegion.sections).problems
        #expect(problems.map(\.column) == [27])
    }

    @Test func aRegionAddsDivisionsThatTheTableLacks() throws {
        let unknown = SampleRegion.changed("division: 140321\n", "division: 110105\n")
        #expect(
            RegionFile.check(unknown, fileName: "r", sections: SampleRegion.sections).problems.map(\.code) == [
                "code.divisionUnknown"
            ])
        let added = unknown + "\ndivisions:\n  - {code: 110105, name: 朝阳区}\n"
        let region = try RegionFile.read(added, fileName: "r", sections: SampleRegion.sections)
        #expect(region.divisionTable[try DivisionCode("110105")]?.name == "朝阳区")
    }

    @Test(arguments: ["", "# nothing", "- a\n- b\n", "text", "a: &x [*x]", "\u{0}", "? [a]\n: b", "!!binary x: y"])
    func textsThatAreNoRegionAreRefusedWithoutATrap(_ text: String) {
        let (configuration, problems) = RegionFile.check(text, fileName: "r", sections: SampleRegion.sections)
        #expect(configuration == nil)
        #expect(!problems.isEmpty)
    }

    @Test func deepNestingIsRefusedWithoutATrap() {
        let text = "region: " + String(repeating: "[", count: 100_000)
        #expect(
            RegionFile.check(text, fileName: "r", sections: SampleRegion.sections).problems.map(\.code) == [
                "config.syntax"
            ])
    }

    @Test func aFileCutAnywhereIsReadOrRefusedWithoutATrap() {
        let characters = Array(SampleRegion.text)
        for length in stride(from: 0, to: characters.count, by: 7) {
            let (configuration, problems) = RegionFile.check(
                String(characters[..<length]), fileName: "r", sections: SampleRegion.sections)
            #expect((configuration == nil) == !problems.isEmpty)
        }
    }

    @Test func aFileFullOfMistakesIsCutOff() {
        let text = "region: sample\n" + (0..<1000).map { "key\($0): x\n" }.joined()
        #expect(
            RegionFile.check(text, fileName: "r", sections: SampleRegion.sections).problems.count
                <= YAMLReader.problemLimit)
    }
}
