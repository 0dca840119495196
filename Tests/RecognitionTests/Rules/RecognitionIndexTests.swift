import Effects
import Testing

@testable import Recognition
@testable import Regions

@Suite struct RecognitionIndexTests {
    private let index: RecognitionIndex

    init() throws {
        index = RecognitionIndex(try SampleRules.rules())
    }

    @Test func aVersionIsInForceFromItsFirstMomentToBeforeItsEnd() {
        let before = WallTime(milliseconds: SampleRules.day.milliseconds - 1)
        let last = WallTime(milliseconds: SampleRules.nextYear.milliseconds - 1)
        #expect(index.item("L-GLU", at: before) == nil)
        #expect(index.item("L-GLU", at: SampleRules.day)?.version == 1)
        #expect(index.item("L-GLU", at: last)?.version == 1)
        #expect(index.item("L-GLU", at: SampleRules.nextYear)?.version == 2)
        #expect(index.item("L-GLU", version: 2)?.windowDays == 14)
        #expect(index.item("L-GLU", version: 3) == nil)
        #expect(index.item("L-NOT", at: SampleRules.day) == nil)
    }

    @Test func aPanelStandsForItsItemsAndAnItemForItself() {
        #expect(index.panel("P-TWO")?.items == ["L-GLU", "L-K"])
        #expect(index.items(behind: "P-TWO") == ["L-GLU", "L-K"])
        #expect(index.items(behind: "CT-CHEST") == ["CT-CHEST"])
        #expect(index.items(behind: "L-NOT") == [])
    }

    @Test func theInstitutionsOwnMappingComesFirstThenEverybodysThenLOINCThenTheRegions() throws {
        let hospital = try OrgUnitID("hospital")
        let centre = try OrgUnitID("centre")
        #expect(index.resolve(codes: [("L", "XT")], unit: hospital) == "L-GLU")
        #expect(index.resolve(codes: [("L", "XT")], unit: centre) == "P-TWO")
        #expect(index.resolve(codes: [("L", "XT")], unit: nil) == "P-TWO")
        // Another system than the one that the hospital's mapping names.
        #expect(index.resolve(codes: [("99LAB", "XT")], unit: hospital) == "P-TWO")
        #expect(index.resolve(codes: [("99LAB", "K")], unit: hospital) == "L-K")
        #expect(index.resolve(codes: [("99LAB", "K")], unit: centre) == nil)
        for system in ["LN", "http://loinc.org"] {
            #expect(index.resolve(codes: [(system, "14749-6")], unit: centre) == "L-GLU")
        }
        #expect(index.resolve(codes: [("L", "14749-6")], unit: centre) == nil)
        #expect(index.resolve(codes: [("YL", "CT-CHEST")], unit: centre) == "CT-CHEST")
        #expect(index.resolve(codes: [("urn:yilian:catalogue", "P-TWO")], unit: nil) == "P-TWO")
        #expect(index.resolve(codes: [("YL", "L-NOT")], unit: nil) == nil)
        #expect(index.resolve(codes: [("YL", "L-K"), ("LN", "14749-6"), ("L", "XT")], unit: hospital) == "L-GLU")
        #expect(index.resolve(codes: [("YL", "L-K"), ("LN", "14749-6"), ("L", "XT")], unit: centre) == "P-TWO")
        #expect(index.resolve(codes: [("", ""), ("YL", "L-K"), ("LN", "14749-6")], unit: centre) == "L-GLU")
        #expect(index.resolve(codes: [], unit: hospital) == nil)
    }

    @Test(arguments: [
        ("mmol/L", "mmol/L"), ("ｍｍｏｌ／Ｌ", "mmol/L"), ("mmol / L", "mmol/L"), ("MMOL/L", "mmol/L"),
        ("μmol/L", "umol/L"), ("µmol/L", "umol/L"), ("umol/l", "umol/L"), ("10⁹/L", "10*9/L"), ("×10⁹/L", "10*9/L"),
        ("10*9/l", "10*9/L"), ("mg％", "mg/dL"), ("％", "%"), ("mU/L", "mU/L"), ("MU/L", "MU/L"), ("g∕L", "g/L"),
    ])
    func aUnitIsFoundHoweverItIsWritten(_ spelling: String, _ code: String) {
        #expect(index.unit(named: spelling) == code)
    }

    @Test(arguments: ["", " ", "mol/L", "109/L", "mu/l", "mmol"])
    func aSpellingThatIsUnknownOrStandsForTwoUnitsIsNone(_ spelling: String) {
        #expect(index.unit(named: spelling) == nil)
    }

    @Test func specimensAreFoundByCodeNameAndAliasAndCompareOneWay() {
        for spelling in ["serum", "血清", "SER", "ser", " 血清 "] { #expect(index.specimen(named: spelling) == "serum") }
        #expect(index.specimen(named: "尿液") == nil)
        #expect(index.compares(specimen: "serum", with: "serum"))
        #expect(index.compares(specimen: "plasma", with: "serum"))
        #expect(!index.compares(specimen: "serum", with: "plasma"))
    }

    @Test func aConversionOfTheItemComesBeforeOneForAll() throws {
        var rules = try SampleRules.rules()
        rules.conversions.append(UnitConversion(from: "mg/dL", to: "mmol/L", factor: "0.1"))
        let index = RecognitionIndex(rules)
        #expect(index.conversion(from: "mg/dL", to: "mmol/L", item: "L-GLU")?.factor == "0.05551")
        #expect(index.conversion(from: "mg/dL", to: "mmol/L", item: "L-K")?.factor == "0.1")
        #expect(index.conversion(from: "g/dL", to: "g/L", item: "L-GLU")?.factor == "10")
        #expect(index.conversion(from: "g/L", to: "g/dL", item: nil) == nil)
    }

    @Test func scopesAreFoundByTheirLabels() {
        for label in ["全国HR", "全国ＨＲ", "全国 hr", "National HR"] {
            #expect(index.scope(label: label)?.id == "national")
        }
        #expect(index.scope(label: "西县HR") == nil)
        #expect(index.scope(id: "east")?.label == "东县HR")
        #expect(index.reason("08")?.needsText == true && index.reason("99") == nil)
    }

    @Test func emptyRulesAnswerNothing() {
        let empty = RecognitionIndex(.none)
        #expect(empty.item("L-GLU", at: SampleRules.day) == nil)
        #expect(empty.resolve(codes: [("YL", "L-GLU")], unit: nil) == nil)
        #expect(empty.unit(named: "mmol/L") == nil && empty.scope(label: "全国HR") == nil)
    }
}
