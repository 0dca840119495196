import Effects
import Foundation
import NodeRuntime
import Testing

@testable import Recognition
@testable import Regions

/// The catalogue that comes with the program: physicians read it.
@Suite struct ShippedCatalogueTests {
    static func region(_ folder: String) throws -> RegionConfiguration {
        let path = NodesFolderTests.folder.appending(path: folder + "/region.yaml").path
        return try RegionFile.read(at: path, on: SystemDisk(), sections: ServiceList.sections)
    }

    private let region: RegionConfiguration
    private let rules: RecognitionRules
    private let index: RecognitionIndex

    init() throws {
        region = try Self.region("demo")
        rules = region.recognition
        index = RecognitionIndex(rules)
    }

    @Test func theDemoAndTheWholeOfYangquanGoByOneCatalogue() throws {
        let whole = try Self.region("yangquan").recognition
        #expect(whole.items == rules.items && whole.policy == rules.policy && whole.reasons == rules.reasons)
        #expect(Set(rules.scopes.map(\.label)).isSubset(of: Set(whole.scopes.map(\.label))))
        #expect(RegionChecker.findings(in: region) == [])
    }

    @Test func itHasAtLeastSixtyLaboratoryItemsAndFortyOthersOfEveryClass() {
        #expect(rules.items.filter { $0.examinationClass == .laboratory }.count >= 60)
        #expect(rules.items.filter { $0.examinationClass != .laboratory }.count >= 40)
        #expect(Set(rules.items.map(\.examinationClass)) == Set(ExaminationClass.known))
    }

    @Test func theWindowsOfTheVerifiedListAreExactlyThosePublished() {
        let published: [String: Int] = [
            "L-TP": 30, "L-ALB": 30, "L-FERR": 30, "L-GLU": 30, "L-TC": 30, "L-TG": 30, "L-HDL": 30, "L-LDL": 30,
            "L-APOA1": 30, "L-APOB": 30, "L-TBIL": 30, "L-DBIL": 30, "L-HBA1C": 60, "L-K": 7, "L-NA": 7, "L-CL": 7,
            "L-CA": 7, "L-MG": 7, "L-FE": 7, "L-TIBC": 7, "L-P": 7, "L-LI": 7,
        ]
        let found = rules.items.filter { $0.windowSource == .published }.map { ($0.code, $0.windowDays) }
        #expect(Dictionary(found) { first, _ in first } == published)
    }

    @Test func everyItemSaysWhatAPhysicianNeeds() {
        for item in rules.items {
            #expect(!item.name.isEmpty && !item.englishName.isEmpty)
            #expect(item.price?.version == "示例-2026", "\(item.code)")
            #expect((item.specimen != nil) == (item.examinationClass == .laboratory), "\(item.code)")
        }
        // Acute findings are looked at again the next day.
        for code in ["ECG-12", "L-HSTNI", "L-PROCT", "DR-ABDOMEN"] {
            #expect(index.item(code, version: 1)?.windowDays == 1, "\(code)")
        }
    }

    @Test func unitsAreFoundAsTheLaboratoriesOfTheDemoWriteThem() {
        let spellings = [
            "10^9/L": "10*9/L", "10^12/L": "10*12/L", "μmol/L": "umol/L", "mg/L FEU": "mg/L{FEU}", "/μL": "/uL",
            "mIU/L": "mIU/L", "ng/mL": "ng/mL", "S/CO": "S/CO", "mm/h": "mm/h", "s": "s", "fL": "fL", "%": "%",
            "g/L": "g/L", "IU/mL": "IU/mL", "pg/mL": "pg/mL", "mIU/mL": "mIU/mL", "U/mL": "U/mL", "IU/L": "IU/L",
            "×10⁹/L": "10*9/L", "g/l": "g/L", "u/l": "U/L",
        ]
        for (spelling, code) in spellings { #expect(index.unit(named: spelling) == code, "\(spelling)") }
        for (name, code) in [("血清", "serum"), ("全血", "blood-edta"), ("末梢血", "blood-capillary"), ("尿液", "urine")] {
            #expect(index.specimen(named: name) == code)
        }
    }

    @Test func policyFollowsLevelsAndTheWiderMarks() throws {
        let national = try #require(rules.policy.first { $0.scopes.contains("national") })
        #expect(national.outcome == .recognised && rules.policy.first == national)
        // Whatever two institutions and whatever mark: some row holds.
        #expect(rules.policy.last.map { $0.issuers.isEmpty && $0.receivers.isEmpty && $0.scopes.isEmpty } == true)
        #expect(index.reason("98")?.isCounted == false && index.reason("99")?.isCounted == false)
        #expect(index.reason("08")?.needsText == true)
    }

    @Test func scopesHoldTheUnitsThatTheyAreNamedFor() throws {
        let county = try #require(index.scope(label: "平定县HR"))
        let group = try #require(index.scope(label: "平定县医疗集团HR"))
        let province = try #require(index.scope(label: "山西省HR"))
        let expected: [(unit: String, county: Bool, group: Bool)] = [
            ("jucheng-wsy", true, true), ("pingding-renmin", true, true), ("yuxian-renmin", false, false),
            ("yangquan-renmin", false, false),
        ]
        for (id, isInCounty, isInGroup) in expected {
            let unit = try #require(region.organizationUnit(try OrgUnitID(id)))
            #expect(county.contains(unit) == isInCounty, "\(id)")
            #expect(group.contains(unit) == isInGroup, "\(id)")
            #expect(province.contains(unit), "\(id)")
        }
        #expect(rules.starScope == "shanxi")
    }
}
