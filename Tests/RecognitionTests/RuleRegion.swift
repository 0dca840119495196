import Effects
import Regions

@testable import Recognition

/// A region with two county groups, a city hospital and a small catalogue, for judging by.
enum RuleRegion {
    static let configuration: RegionConfiguration = {
        do { return try make() } catch { preconditionFailure("the test's region is wrong: \(error)") }
    }()

    static let rules = RecognitionIndex(configuration.recognition)
    static let start = time("2026-01-01")

    static func time(_ text: String) -> WallTime {
        do { return try WallTime(text: text) } catch { preconditionFailure("no time: \(text)") }
    }

    static func unit(_ id: String) -> OrganizationUnit {
        guard let unit = configuration.organizationUnits.first(where: { $0.id.rawValue == id }) else {
            preconditionFailure("no unit \(id)")
        }
        return unit
    }

    private static func make() throws -> RegionConfiguration {
        var configuration = RegionConfiguration(
            region: try RegionID("test"), name: "测试区域", version: 7, validFrom: .epoch)
        for (node, tier, parent) in [
            ("root", Tier.dispatcher, nil), ("shi", .city, "root"), ("east", .county, "shi"), ("lake", .county, "shi"),
            ("hill", .township, "east"), ("dale", .township, "east"), ("shore", .township, "lake"),
        ] as [(String, Tier, String?)] {
            configuration.nodes.append(
                RegionNode(
                    id: try NodeID(node), name: node, tier: tier, organizationUnit: try OrgUnitID("u-" + node),
                    division: try DivisionCode("140300")))
            if let parent {
                configuration.management.append(
                    ManagementEdge(child: try NodeID(node), parent: try NodeID(parent), from: .epoch))
            }
        }
        configuration.organizationUnits = try [
            unit("city-hospital", "市医院", "140302", "shi", .tertiaryA),
            unit("city-second", "市二院", "140303", "shi", .secondaryA),
            unit("east-hospital", "东县医院", "140321", "east", .secondaryA),
            unit("east-tcm", "东县中医院", "140321", "east", .secondaryB),
            unit("hill-centre", "山镇卫生院", "140321107", "hill", .primary),
            unit("dale-centre", "谷镇卫生院", "140321103", "dale", .primary),
            unit("lake-hospital", "湖县医院", "140322", "lake", .secondaryA),
            unit("lake-private", "湖县民营医院", "140322", "lake", .secondaryB, isPrivate: true),
            unit("shore-centre", "岸镇卫生院", "140322107", "shore", .primary),
        ]
        configuration.recognition = try recognition()
        return configuration
    }

    private static func unit(
        _ id: String, _ name: String, _ division: String, _ node: String, _ grade: InstitutionGrade,
        isPrivate: Bool = false
    ) throws -> OrganizationUnit {
        OrganizationUnit(
            id: try OrgUnitID(id), name: name, division: try DivisionCode(division), tier: .county, kind: .hospital,
            node: try NodeID(node), grade: grade, isPrivate: isPrivate)
    }

    private static func recognition() throws -> RecognitionRules {
        RecognitionRules(
            edition: "2026-01", items: try items(),
            panels: [
                CataloguePanel(code: "LIPID", name: "血脂", englishName: "lipids", items: ["TC", "TG"])
            ],
            localCodes: try [
                LocalCode(unit: OrgUnitID("lake-hospital"), system: "99LAB", code: "0077", item: "GLU"),
                LocalCode(code: "XT", item: "GLU"),
                LocalCode(unit: OrgUnitID("hill-centre"), code: "XT", item: "K"),
            ],
            units: [
                UnitOfMeasure(code: "mmol/L", aliases: ["mmol/l", "毫摩尔/升"]),
                UnitOfMeasure(code: "mg/dL", aliases: ["mg/dl"]),
                UnitOfMeasure(code: "%"), UnitOfMeasure(code: "g/L"),
            ],
            conversions: [UnitConversion(from: "mg/dL", to: "mmol/L", factor: "0.05551", item: "GLU")],
            specimens: [
                SpecimenType(code: "serum", name: "血清", aliases: ["SER"], comparable: ["plasma"]),
                SpecimenType(code: "plasma", name: "血浆", aliases: ["PLAS"]),
                SpecimenType(code: "blood", name: "全血", aliases: ["BLD", "WB"]),
                SpecimenType(code: "urine", name: "尿液", aliases: ["UR"]),
            ],
            scopes: try [
                RecognitionScope(
                    id: "national", label: "全国HR", englishLabel: "national HR", rank: 5, isNationwide: true),
                RecognitionScope(
                    id: "province", label: "山西省HR", englishLabel: "Shanxi HR", rank: 4,
                    divisions: [DivisionCode("140000")]),
                RecognitionScope(
                    id: "city", label: "阳泉市HR", englishLabel: "Yangquan HR", rank: 3,
                    divisions: [DivisionCode("140300")]),
                RecognitionScope(
                    id: "east", label: "东县HR", englishLabel: "East HR", rank: 2, divisions: [DivisionCode("140321")],
                    units: [OrgUnitID("city-second")]),
            ], starScope: "city",
            policy: [
                RecognitionPolicyRow(id: "P01", scopes: ["national", "province"], outcome: .recognised),
                RecognitionPolicyRow(
                    id: "P02", issuers: [.tertiaryA, .secondaryA], receivers: [.tertiaryA, .secondaryA, .secondaryB],
                    scopes: ["city", "east"], outcome: .recognised),
                RecognitionPolicyRow(id: "P03", issuers: [.primary], receivers: [.tertiaryA], outcome: .not),
                RecognitionPolicyRow(
                    id: "P04", issuers: [.tertiaryA, .secondaryA], receivers: [.primary, .secondaryB],
                    scopes: [RecognitionPolicyRow.noMark, "city"], outcome: .recognised),
                RecognitionPolicyRow(
                    id: "P05", issuers: [.secondaryA, .secondaryB, .primary],
                    scopes: [RecognitionPolicyRow.noMark, "city"],
                    outcome: .discretion),
            ],
            reasons: [
                RepeatReason(code: "01", name: "病情变化", englishName: "condition changed"),
                RepeatReason(code: "08", name: "其他", englishName: "other", needsText: true),
                RepeatReason(code: "98", name: "未收到影像", englishName: "images not received", isCounted: false),
                RepeatReason(code: "99", name: "连续监测", englishName: "continuous monitoring", isCounted: false),
            ])
    }

    private static func items() throws -> [CatalogueItem] {
        func item(
            _ code: String, _ name: String, _ kind: ExaminationClass, specimen: String? = nil, unit: String? = nil,
            method: String? = nil, days: Int, version: Int = 1, from: WallTime = start, to: WallTime? = nil
        ) -> CatalogueItem {
            CatalogueItem(
                code: code, version: version, name: name, englishName: code, examinationClass: kind, specimen: specimen,
                unit: unit, methodGroup: method, windowDays: days, price: PriceReference(fen: 500, version: "示例-2026"),
                loinc: code == "GLU" ? "14749-6" : nil, from: from, to: to)
        }
        return [
            item("GLU", "葡萄糖", .laboratory, specimen: "serum", unit: "mmol/L", days: 30),
            item("TC", "总胆固醇", .laboratory, specimen: "serum", unit: "mmol/L", days: 30),
            item("TG", "甘油三酯", .laboratory, specimen: "serum", unit: "mmol/L", days: 30),
            item("K", "钾", .laboratory, specimen: "serum", unit: "mmol/L", days: 7),
            item("HBA1C", "糖化血红蛋白", .laboratory, specimen: "blood", unit: "%", method: "HPLC", days: 60),
            item("ALB", "白蛋白", .laboratory, specimen: "serum", unit: "g/L", days: 30, to: time("2026-03-01")),
            item(
                "ALB", "白蛋白", .laboratory, specimen: "serum", unit: "g/L", days: 14, version: 2,
                from: time("2026-03-01")),
            item("DR-CHEST", "胸部DR", .radiography, days: 30), item("ECG12", "十二导联心电图", .electrocardiogram, days: 7),
        ]
    }
}
