import Effects

@testable import Recognition
@testable import Regions

/// Small recognition rules of which nothing can be said, with something of everything.
enum SampleRules {
    static let day = WallTime(milliseconds: 1_767_196_800_000)
    static let nextYear = WallTime(milliseconds: 1_798_732_800_000)

    static func rules() throws -> RecognitionRules {
        RecognitionRules(
            edition: "2026-01", items: items, panels: [panel], localCodes: try localCodes(), units: units,
            conversions: [
                UnitConversion(from: "mg/dL", to: "mmol/L", factor: "0.05551", item: "L-GLU"),
                UnitConversion(from: "g/dL", to: "g/L", factor: "10"),
            ],
            specimens: [
                SpecimenType(code: "serum", name: "血清", aliases: ["SER"], comparable: ["plasma"]),
                SpecimenType(code: "plasma", name: "血浆", aliases: ["PLAS"]),
            ],
            scopes: try scopes(), starScope: "national",
            policy: [
                RecognitionPolicyRow(id: "P01", scopes: ["national"], outcome: .recognised),
                RecognitionPolicyRow(
                    id: "P02", issuers: [.primary, .unrated], receivers: [.tertiaryA, .tertiaryB],
                    scopes: [RecognitionPolicyRow.noMark], outcome: .not),
                RecognitionPolicyRow(id: "P03", outcome: .discretion),
            ],
            reasons: [
                RepeatReason(code: "01", name: "病情变化", englishName: "condition changed"),
                RepeatReason(code: "08", name: "其他", englishName: "other", needsText: true),
                RepeatReason(code: "98", name: "未收到外院影像", englishName: "images not received", isCounted: false),
            ])
    }

    static let items: [CatalogueItem] = [
        CatalogueItem(
            code: "L-GLU", name: "葡萄糖", englishName: "Glucose", examinationClass: .laboratory, specimen: "serum",
            unit: "mmol/L", methodGroup: "hexokinase", windowDays: 30, windowSource: .published,
            price: PriceReference(fen: 600, version: "示例-2026"), loinc: "14749-6", from: day, to: nextYear),
        CatalogueItem(
            code: "L-GLU", version: 2, name: "葡萄糖", englishName: "Glucose", examinationClass: .laboratory,
            specimen: "serum", unit: "mmol/L", windowDays: 14, from: nextYear),
        CatalogueItem(
            code: "L-K", name: "钾", englishName: "Potassium", examinationClass: .laboratory, specimen: "serum",
            unit: "mmol/L", windowDays: 7, windowSource: .published, from: day),
        CatalogueItem(
            code: "CT-CHEST", name: "胸部CT平扫", englishName: "Chest CT, plain", examinationClass: .computedTomography,
            windowDays: 30, price: PriceReference(fen: 24_000, version: "示例-2026"), from: day),
    ]

    static let panel = CataloguePanel(
        code: "P-TWO", name: "两项", englishName: "Two items", items: ["L-GLU", "L-K"])

    static let units: [UnitOfMeasure] = [
        UnitOfMeasure(code: "mmol/L"), UnitOfMeasure(code: "umol/L"), UnitOfMeasure(code: "g/L"),
        UnitOfMeasure(code: "mg/dL", aliases: ["mg%"]), UnitOfMeasure(code: "g/dL"),
        UnitOfMeasure(code: "10*9/L", aliases: ["10^9/L", "×10^9/L"]), UnitOfMeasure(code: "mU/L"),
        UnitOfMeasure(code: "MU/L"), UnitOfMeasure(code: "%"),
    ]

    static func localCodes() throws -> [LocalCode] {
        [
            LocalCode(unit: try OrgUnitID("hospital"), system: "L", code: "XT", item: "L-GLU"),
            LocalCode(unit: try OrgUnitID("hospital"), code: "K", item: "L-K"),
            LocalCode(code: "XT", item: "P-TWO"),
            LocalCode(system: "L", code: "CT03", item: "CT-CHEST"),
        ]
    }

    static func scopes() throws -> [RecognitionScope] {
        [
            RecognitionScope(
                id: "national", label: "全国HR", englishLabel: "National HR", rank: 100, isNationwide: true),
            RecognitionScope(
                id: "east", label: "东县HR", englishLabel: "East County HR", rank: 20,
                divisions: [try DivisionCode("140321")], units: [try OrgUnitID("bureau")]),
        ]
    }

    /// The sample region with these rules, a graded hospital and a private centre.
    static func configuration() throws -> RegionConfiguration {
        var region = try SampleRegion.configuration()
        region.recognition = try rules()
        region.organizationUnits[2].grade = .secondaryA
        region.organizationUnits[3].isPrivate = true
        return region
    }
}
