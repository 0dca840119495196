import Effects
import Testing

@testable import Recognition
@testable import Regions

/// One thing wrong with the sample rules, and the finding that it must make, wherever the configuration came from.
struct RuleMistake: Sendable, CustomTestStringConvertible {
    var name: String
    var code: Failure.Code
    /// The list, the position in it and the key, as the failure names its place.
    var place: String
    /// A part of the message: what a person must be told.
    var says: String
    var make: @Sendable (inout RecognitionRules) -> Void

    var testDescription: String { name }

    init(
        _ name: String, _ code: Failure.Code, at place: String, says: String,
        _ make: @escaping @Sendable (inout RecognitionRules) -> Void
    ) {
        self.name = name
        self.code = code
        self.place = "recognition." + place
        self.says = says
        self.make = make
    }

    static let all: [RuleMistake] = catalogue + measures + marks

    private static let catalogue: [RuleMistake] = [
        .init("overlapping versions", "region.overlappingVersions", at: "items.1.from", says: "L-GLU") {
            $0.items[0].to = WallTime(milliseconds: SampleRules.nextYear.milliseconds + 1)
        },
        .init("a version without end before another", "region.overlappingVersions", at: "items.1.from", says: "1 and 2")
        {
            $0.items[0].to = nil
        },
        .init("numbers against time", "region.versionOrder", at: "items.1.version", says: "version 1 of") {
            $0.items[0].version = 2
            $0.items[1].version = 1
        },
        .init("one number twice", "region.versionOrder", at: "items.1.version", says: "L-GLU") {
            $0.items[1].version = 1
        },
        .init("version zero", "region.version", at: "items.2.version", says: "version 0") { $0.items[2].version = 0 },
        .init("end before beginning", "region.badDates", at: "items.2.to", says: "L-K") {
            $0.items[2].to = SampleRules.day
        },
        .init("no window", "region.noWindow", at: "items.2.windowDays", says: "L-K") { $0.items[2].windowDays = 0 },
        .init("a window without end", "region.noWindow", at: "items.2.windowDays", says: "3651 days") {
            $0.items[2].windowDays = 3651
        },
        .init("unknown unit", "region.unknownReference", at: "items.2.unit", says: "mmol/l") {
            $0.items[2].unit = "mmol/l"
        },
        .init("unknown specimen", "region.unknownReference", at: "items.2.specimen", says: "is made from") {
            $0.items[2].specimen = "serums"
        },
        .init("a code with a blank", "region.badCode", at: "items.2.code", says: "L K") {
            $0.items[2].code = "L K"
            $0.panels = []
            $0.localCodes = []
        },
        .init("no name", "region.badItem", at: "items.2.name", says: "L-K") { $0.items[2].name = "" },
        .init("a negative price", "region.badPrice", at: "items.0.price", says: "L-GLU") {
            $0.items[0].price?.fen = -1
        },
        .init("a price of no list", "region.badPrice", at: "items.0.price", says: "L-GLU") {
            $0.items[0].price?.version = ""
        },
        .init("LOINC check digit", "region.badLOINC", at: "items.0.loinc", says: "14749-5") {
            $0.items[0].loinc = "14749-5"
        },
        .init("one LOINC for two items", "region.ambiguousCode", at: "items.2.loinc", says: "L-GLU") {
            $0.items[2].loinc = "14749-6"
        },
        .init("panel with an unknown item", "region.unknownReference", at: "panels.0.items", says: "P-TWO") {
            $0.panels[0].items.append("L-NA")
        },
        .init("panel with an item twice", "region.badPanel", at: "panels.0.items", says: "P-TWO") {
            $0.panels[0].items.append("L-K")
        },
        .init("panel without item", "region.badPanel", at: "panels.0.items", says: "P-TWO") { $0.panels[0].items = [] },
        .init("panel twice", "region.duplicateID", at: "panels.1.code", says: "P-TWO") {
            $0.panels.append($0.panels[0])
        },
        .init("a panel's code is an item's", "region.duplicateID", at: "panels.1.code", says: "L-K") {
            $0.panels.append(CataloguePanel(code: "L-K", name: "钾", englishName: "K", items: ["L-K"]))
        },
        .init("local code to nothing", "region.unknownReference", at: "localCodes.1.K", says: "'hospital' \"K\"") {
            $0.localCodes[1].item = "L-KA"
        },
        .init(
            "local code with two meanings", "region.ambiguousCode", at: "localCodes.4.K", says: "'L-K' and for 'L-GLU'"
        ) {
            var code = $0.localCodes[1]
            code.item = "L-GLU"
            $0.localCodes.append(code)
        },
        .init("local code of an unknown unit", "region.unknownReference", at: "localCodes.0.XT", says: "hill") {
            $0.localCodes[0].unit = OrgUnitID(rawValue: "hill")
        },
        .init("empty local code", "region.badCode", at: "localCodes.0", says: "hospital") {
            $0.localCodes[0].code = ""
        },
    ]

    private static let measures: [RuleMistake] = [
        .init("unit twice", "region.duplicateID", at: "units.9.code", says: "g/L") {
            $0.units.append(UnitOfMeasure(code: "g/L"))
        },
        .init("alias of two units", "region.ambiguousName", at: "units.5.aliases", says: "'umol/L' and '10*9/L'") {
            $0.units[5].aliases.append("µmol / L")
        },
        .init("alias of two specimens", "region.ambiguousName", at: "specimens.1.aliases", says: "'serum' and 'plasma'")
        {
            $0.specimens[1].aliases.append("血清")
        },
        .init("empty alias", "region.badName", at: "units.0.aliases", says: "mmol/L") { $0.units[0].aliases = [" "] },
        .init("specimen compares with nothing", "region.unknownReference", at: "specimens.0.comparable", says: "blood")
        {
            $0.specimens[0].comparable = ["blood"]
        },
        .init("specimen twice", "region.duplicateID", at: "specimens.2.code", says: "plasma") {
            $0.specimens.append($0.specimens[1])
        },
        .init("conversion from nowhere", "region.unknownReference", at: "conversions.0.from", says: "mg/dl") {
            $0.conversions[0].from = "mg/dl"
        },
        .init("conversion for nothing", "region.unknownReference", at: "conversions.0.item", says: "L-GLUC") {
            $0.conversions[0].item = "L-GLUC"
        },
        .init("conversion to itself", "region.badConversion", at: "conversions.1.to", says: "g/L") {
            $0.conversions[1].from = "g/L"
        },
        .init("conversion twice", "region.duplicateID", at: "conversions.2.from", says: "g/dL → g/L") {
            $0.conversions.append($0.conversions[1])
        },
    ]

    private static let marks: [RuleMistake] = [
        .init("scope twice", "region.duplicateID", at: "scopes.2.id", says: "east") {
            $0.scopes.append(RecognitionScope(id: "east", label: "东", englishLabel: "E", rank: 1, isNationwide: true))
        },
        .init("label of two scopes", "region.ambiguousName", at: "scopes.1.aliases", says: "全国") {
            $0.scopes[1].label = "全国ＨＲ"
        },
        .init("scope that is called none", "region.badName", at: "scopes.1.id", says: "none") {
            $0.scopes[1].id = "none"
        },
        .init("scope with an unknown unit", "region.unknownReference", at: "scopes.1.units", says: "hill") {
            $0.scopes[1].units += [OrgUnitID(rawValue: "hill")].compactMap { $0 }
        },
        .init("scope that covers nobody", "region.emptyScope", at: "scopes.1.divisions", says: "东县HR") {
            $0.scopes[1].divisions = []
            $0.scopes[1].units = []
        },
        .init("star of nothing", "region.unknownReference", at: "star", says: "nation") { $0.starScope = "nation" },
        .init("policy asks for an unknown scope", "region.unknownReference", at: "policy.0.scopes", says: "P01") {
            $0.policy[0].scopes = ["nationa"]
        },
        .init("policy row twice", "region.duplicateID", at: "policy.2.id", says: "P02") { $0.policy[2].id = "P02" },
        .init("row below a wider one", "region.unreachablePolicy", at: "policy.3.id", says: "P04") {
            $0.policy.append(RecognitionPolicyRow(id: "P04", issuers: [.primary], outcome: .not))
        },
        .init("row below two that cover it together", "region.unreachablePolicy", at: "policy.2.id", says: "P03") {
            $0.policy = [
                RecognitionPolicyRow(id: "P01", scopes: ["national", "none"], outcome: .recognised),
                RecognitionPolicyRow(id: "P02", scopes: ["east"], outcome: .recognised),
                RecognitionPolicyRow(id: "P03", issuers: [.primary], outcome: .not),
            ]
        },
        .init("reason of one digit", "region.badReason", at: "reasons.0.code", says: "\"1\"") {
            $0.reasons[0].code = "1"
        },
        .init("reason twice", "region.duplicateID", at: "reasons.1.code", says: "01") { $0.reasons[1].code = "01" },
        .init("98 counted", "region.badReason", at: "reasons.2.counted", says: "98") { $0.reasons[2].isCounted = true },
        .init("reason without name", "region.badReason", at: "reasons.0.name", says: "01") { $0.reasons[0].name = "" },
        .init("no reason with text", "region.badReason", at: "reasons", says: "no reason asks for text") {
            $0.reasons[1].needsText = false
        },
    ]
}

@Suite struct RecognitionCheckTests {
    @Test func nothingIsSaidOfTheSample() throws {
        #expect(RegionChecker.findings(in: try SampleRules.configuration()) == [])
    }

    @Test(arguments: RuleMistake.all)
    func everyMistakeIsFoundAndRefusedFromBytesToo(_ mistake: RuleMistake) throws {
        var region = try SampleRules.configuration()
        mistake.make(&region.recognition)
        let found = RegionChecker.findings(in: region)
        let finding = try #require(
            found.first { $0.code == mistake.code && $0.failure.place == mistake.place }, "got \(found)")
        #expect(finding.message.contains(mistake.says), "\(finding.message)")
        #expect(!finding.remedy.isEmpty)
        let bytes = try region.wireBytes()
        #expect(throws: Failure.self) {
            try RegionConfiguration(wireBytes: bytes, sections: SampleRegion.sections.region)
        }
    }

    @Test(arguments: ["0", "-1", "1e3", "1,5", "", ".5", "5.", "1.2.3", "０.5", "0.0", "abc"])
    func aFactorThatIsNoPositiveDecimalIsFound(_ factor: String) throws {
        var region = try SampleRules.configuration()
        region.recognition.conversions[0].factor = factor
        #expect(RegionChecker.findings(in: region).map(\.code) == ["region.badConversion"])
    }

    @Test func aRowThatIsPartlyCoveredIsReached() throws {
        var region = try SampleRules.configuration()
        region.recognition.policy = [
            RecognitionPolicyRow(id: "P01", scopes: ["none"], outcome: .not),
            RecognitionPolicyRow(id: "P02", scopes: ["east"], outcome: .recognised),
            RecognitionPolicyRow(id: "P03", issuers: [.primary], outcome: .recognised),
        ]
        #expect(RegionChecker.findings(in: region) == [])
    }

    @Test func tooManyRowsOrScopesAreRefusedWithoutBeingComparedWithEachOther() throws {
        var region = try SampleRules.configuration()
        region.recognition.policy = (0...Limits.recognitionPolicyRows).map {
            RecognitionPolicyRow(id: "P\($0)", outcome: .not)
        }
        #expect(RegionChecker.findings(in: region).map(\.code) == ["region.tooMany"])
    }

    @Test func theRemedyOfAMisspellingIsTheRightName() throws {
        var region = try SampleRules.configuration()
        region.recognition.items[2].unit = "mmol/l"
        region.recognition.localCodes[1].item = "L-KK"
        region.recognition.scopes[1].units = [try OrgUnitID("nobody")]
        let remedies = RegionChecker.findings(in: region).map(\.remedy)
        #expect(remedies[0] == "did you mean 'mmol/L'?")
        #expect(remedies[1] == "did you mean 'L-K'?")
        #expect(remedies[2] == "correct the name, or add it under 'units'")
    }

    @Test func theCheckDigitOfLOINCIsChecked() {
        for code in ["2823-3", "14749-6", "718-7", "4548-4", "89579-7"] { #expect(LOINCForm.accepts(code)) }
        for code in ["2823-4", "2823", "28233", "-3", "2a23-3", "", "2823-33", "123456789-1"] {
            #expect(!LOINCForm.accepts(code))
        }
    }

    @Test func pricesAreExactToTheFen() {
        let read = [("12.50", 1250), ("12.5", 1250), ("12", 1200), ("0.05", 5), ("0", 0)]
        for (text, fen) in read { #expect(CatalogueForm.fen(text) == fen) }
        for text in ["12.505", "-1", "1,50", "", ".5", "5.", "12.5.0", "1e2", "12345678901"] {
            #expect(CatalogueForm.fen(text) == nil)
        }
    }
}
