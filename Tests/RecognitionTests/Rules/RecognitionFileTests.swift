import Effects
import Testing

@testable import Recognition
@testable import Regions

@Suite struct RecognitionFileTests {
    static let rules = """
        edition: 2026-01
        from: 2026-01-01
        priceVersion: 示例-2026
        units:
          - {code: mmol/L, aliases: [毫摩尔/升]}
          - {code: mg/dL}
        conversions:
          - {from: mg/dL, to: mmol/L, factor: 0.05551, item: L-GLU}
        specimens:
          - {code: serum, name: 血清, aliases: [SER]}
        items:
          - {code: L-GLU, name: 葡萄糖, english: Glucose, class: laboratory, specimen: serum, unit: mmol/L,
             windowDays: 30, window: published, price: 4.5, loinc: 14749-6, to: 2027-01-01}
          - {code: L-GLU, version: 2, name: 葡萄糖, english: Glucose, class: laboratory, specimen: serum, unit: mmol/L,
             windowDays: 14, price: 5, priceVersion: 示例-2027, from: 2027-01-01}
          - {code: CT-CHEST, name: 胸部CT, english: Chest CT, class: ct, windowDays: 30}
        panels:
          - {code: P-GLU, name: 血糖, english: Glucose, items: [L-GLU]}
        """
    static let marks = """
        scopes:
          - {id: national, label: 全国HR, english: National HR, rank: 100, nationwide: true}
          - {id: east, label: 东县HR, english: East HR, rank: 40, divisions: [140321], units: [bureau]}
        star: east
        policy:
          - {id: P01, scopes: [national], outcome: recognised}
          - {id: P02, issuers: ["1", "0"], receivers: [3A, 3B], scopes: [none], outcome: not}
          - {id: P03, outcome: discretion}
        reasons:
          - {code: 01, name: 病情变化, english: Condition changed}
          - {code: 08, name: 其他, english: Other, text: true}
          - {code: 98, name: 未收到, english: Not received, counted: false}
        localCodes:
          - units: [hospital, centre]
            system: L
            codes: {XT: P-GLU, CT003: CT-CHEST}
          - codes:
              XT: L-GLU
        """
    static let region = SampleRegion.changed(
        "validFrom: 2026-01-01", "validFrom: 2026-01-01\nrecognition: [a.yaml, b.yaml]"
    )
    .replacing("    kind: hospital\n", with: "    kind: hospital\n    grade: 2A\n    private: true\n")

    static func check(
        _ region: String = region, _ files: [String: String] = ["a.yaml": rules, "b.yaml": marks]
    ) -> (configuration: RegionConfiguration?, problems: [ConfigurationProblem]) {
        RegionFile.check(region, fileName: "Nodes/x/region.yaml", sections: SampleRegion.sections) { name in
            guard let text = files[name] else { throw Failure("disk.notFound", "there is no file \(name)") }
            return text
        }
    }

    static func problems(a: String = rules, b: String = marks) -> [ConfigurationProblem] {
        check(region, ["a.yaml": a, "b.yaml": b]).problems
    }

    @Test func twoFilesTogetherAreTheRules() throws {
        let (configuration, problems) = Self.check()
        #expect(problems == [])
        let region = try #require(configuration)
        let rules = region.recognition
        #expect(rules.edition == "2026-01" && rules.starScope == "east")
        let start = try WallTime(text: "2026-01-01")
        let glucose = try #require(rules.item("L-GLU", at: start))
        #expect(glucose.price == PriceReference(fen: 450, version: "示例-2026"))
        #expect(glucose.windowSource == .published && glucose.windowDays == 30 && glucose.from == start)
        #expect(rules.items[1].price == PriceReference(fen: 500, version: "示例-2027"))
        #expect(rules.items[1].windowSource == .region && rules.items[2].price == nil && rules.items[2].unit == nil)
        #expect(
            rules.policy[1].issuers == [.primary, .unrated] && rules.policy[1].receivers == [.tertiaryA, .tertiaryB])
        #expect(rules.reasons.map(\.code) == ["01", "08", "98"])
        #expect(rules.reasons.map(\.isCounted) == [true, true, false])
        #expect(rules.localCodes.count == 5 && rules.localCodes[4].unit == nil && rules.localCodes[4].system.isEmpty)
        #expect(rules.localCodes[2].unit?.rawValue == "centre" && rules.localCodes[2].system == "L")
        #expect(region.organizationUnits[2].grade == .secondaryA && region.organizationUnits[2].isPrivate)
        #expect(region.organizationUnits[3].grade == .unrated && !region.organizationUnits[3].isPrivate)
        #expect(
            try RegionConfiguration(wireBytes: region.wireBytes(), sections: SampleRegion.sections.region) == region)
    }

    @Test func oneFileMayBeNamedWithoutAList() {
        let region = Self.region.replacing("[a.yaml, b.yaml]", with: "all.yaml")
        let (configuration, problems) = Self.check(region, ["all.yaml": Self.rules + "\n" + Self.marks])
        #expect(problems == [] && configuration?.recognition.items.count == 3)
    }

    @Test(arguments: [
        ("unknown class", "a", "class: ct", "class: xray", "config.badValue", "CT-CHEST"),
        ("unknown key", "a", "windowDays: 30}", "windowDays: 30, days: 3}", "config.unknownKey", "CT-CHEST"),
        ("no window", "a", ", windowDays: 30}", "}", "region.noWindow", "CT-CHEST"),
        ("window of no day", "a", "windowDays: 30}", "windowDays: 0}", "region.noWindow", "CT-CHEST"),
        ("window no number", "a", "windowDays: 30}", "windowDays: 30d}", "config.badValue", "CT-CHEST"),
        ("missing name", "a", "name: 胸部CT, ", "", "config.missingKey", "CT-CHEST"),
        ("price with three decimals", "a", "price: 4.5", "price: 4.505", "config.badValue", "4.505"),
        (
            "unknown unit", "a", "unit: mmol/L,\n     windowDays: 14", "unit: mol/L,\n     windowDays: 14",
            "region.unknownReference", "unit: mol/L"
        ),
        ("overlap", "a", ", to: 2027-01-01", "", "region.overlappingVersions", "from: 2027"),
        ("alias of two units", "a", "mg/dL}", "mg/dL, aliases: [mmol / L]}", "region.ambiguousName", "mmol / L"),
        ("panel of nothing", "a", "[L-GLU]}", "[L-GLUC]}", "region.unknownReference", "L-GLUC"),
        ("factor", "a", "0.05551", "1/18", "region.badConversion", "1/18"),
        ("local code of nothing", "b", "CT003: CT-CHEST", "CT003: CT-CHST", "region.unknownReference", "CT-CHST"),
        (
            "local code of nobody", "b", "[hospital, centre]", "[hospital, center]", "region.unknownReference",
            "XT: P-GLU"
        ),
        ("division", "b", "[140321]", "[140399]", "code.divisionUnknown", "140399"),
        ("grade", "b", "[3A, 3B]", "[3A, 3X]", "config.badValue", "3X"),
        ("outcome", "b", "outcome: not", "outcome: no", "config.badValue", "outcome: no}"),
        ("reason", "b", "counted: false", "counted: true", "region.badReason", "未收到"),
        ("no text", "b", ", text: true", "", "region.badReason", "{code: 01"),
        ("flag", "b", "counted: false", "counted: no", "config.badValue", "counted: no"),
        ("star", "b", "star: east", "star: west", "region.unknownReference", "star: west"),
        ("shadow", "b", "{id: P01, scopes: [national], o", "{id: P01, o", "region.unreachablePolicy", "P02"),
        ("empty group", "b", "[hospital, centre]", "[]", "config.missingValue", "units: []"),
        ("second edition", "b", "star: east", "star: east\nedition: 2", "config.duplicateKey", "edition: 2"),
    ])
    func everyMistakeIsReportedWithItsFileAndLine(
        _ mistake: (name: String, file: String, old: String, new: String, code: Failure.Code, line: String)
    ) throws {
        let isFirst = mistake.file == "a"
        let original = isFirst ? Self.rules : Self.marks
        let text = original.replacing(mistake.old, with: mistake.new, maxReplacements: 1)
        #expect(text != original)
        let problems = isFirst ? Self.problems(a: text) : Self.problems(b: text)
        let problem = try #require(problems.first { $0.code == mistake.code }, "got \(problems)")
        #expect(problem.file == "Nodes/x/\(mistake.file).yaml")
        #expect(problem.line == SampleRegion.line(of: mistake.line, in: text), "\(problem)")
        #expect(!problem.message.isEmpty && !problem.remedy.isEmpty)
    }

    @Test func whatIsMissingAtTheTopIsMissedAtEachItem() {
        let noDate = Self.rules.replacing("from: 2026-01-01\n", with: "")
        let codes = Self.problems(a: noDate).map(\.code)
        #expect(codes.allSatisfy { $0 == "config.missingKey" } && codes.count == 2)
        let noList = Self.problems(a: Self.rules.replacing("priceVersion: 示例-2026\n", with: ""))
        #expect(noList.map(\.code) == ["config.missingKey"])
        let noEdition = Self.problems(a: Self.rules.replacing("edition: 2026-01\n", with: ""))
        #expect(noEdition.map(\.code) == ["config.missingKey"])
    }

    @Test func mistakesOfAllFilesAreReportedAtOnce() {
        let region = Self.region.replacing("version: 7", with: "version: x")
        let problems = Self.check(
            region,
            [
                "a.yaml": Self.rules.replacing("class: ct", with: "class: x"),
                "b.yaml": Self.marks.replacing("rank: 40", with: "rank: -"),
            ]
        ).problems
        #expect(problems.map(\.file) == ["Nodes/x/a.yaml", "Nodes/x/b.yaml", "Nodes/x/region.yaml"])
        #expect(problems.map(\.code) == ["config.badValue", "config.badValue", "config.badValue"])
    }

    @Test func aFileThatIsMissingOrNoYAMLIsOneProblemAndNotAsManyAsItHasNames() {
        let missing = Self.check(Self.region, ["b.yaml": Self.marks]).problems
        #expect(missing.map(\.code) == ["disk.notFound"])
        #expect(missing.first?.line == SampleRegion.line(of: "recognition:", in: Self.region))
        let broken = Self.problems(a: "items: [")
        #expect(broken.map(\.code) == ["config.syntax"])
        #expect(broken.first?.file == "Nodes/x/a.yaml")
        let alone = RegionFile.check(Self.region, fileName: "region.yaml", sections: SampleRegion.sections).problems
        #expect(alone.map(\.code) == ["disk.notFound", "disk.notFound"])
    }

    @Test(arguments: ["../a.yaml", "/etc/passwd", "b/a.yaml", ".hidden", "a\\b", "[a.yaml, a.yaml]"])
    func onlyPlainNamesOfFilesBesideItAreRead(_ name: String) {
        let region = Self.region.replacing("[a.yaml, b.yaml]", with: name)
        var asked: [String] = []
        let problems = RegionFile.check(region, fileName: "region.yaml", sections: SampleRegion.sections) { name in
            asked.append(name)
            return Self.rules
        }.problems
        #expect(problems.contains { $0.code == "config.badFileName" })
        #expect(asked.allSatisfy { $0 == "a.yaml" } && asked.count <= 1)
    }

    @Test func textsCutAnywhereAreReadOrRefusedWithoutATrap() {
        for text in [Self.rules, Self.marks] {
            let characters = Array(text)
            for length in stride(from: 0, to: characters.count, by: 11) {
                let cut = String(characters[..<length])
                let (configuration, problems) = Self.check(Self.region, ["a.yaml": cut, "b.yaml": Self.marks])
                #expect((configuration == nil) == !problems.isEmpty)
            }
        }
    }
}
