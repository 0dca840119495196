import Effects
import Recognition

/// A group of items that is reported together.
struct LaboratoryPanel: Sendable {
    var service: Coding
    var specimen: Coding
    var items: [LaboratoryItem]

    init(_ code: String, _ name: String, _ specimen: String, _ items: [LaboratoryItem]) {
        service = Coding(codes: [Coding.Code(code: code, display: name, system: "99LAB")])
        self.specimen = Coding(codes: [], text: specimen)
        self.items = items
    }
}

/// One item: what all of its results share, and how its values are spread.
struct LaboratoryItem: Sendable {
    private let code: Coding
    private let unit: Coding
    private let range: String
    private let low: Double
    private let high: Double
    private let decimals: Int

    init(_ code: String, _ name: String, _ unit: String, _ low: Double, _ high: Double, _ decimals: Int) {
        self.code = Coding(codes: [Coding.Code(code: code, display: name, system: "99LAB")])
        self.unit = Coding(codes: [Coding.Code(code: unit)])
        self.low = low
        self.high = high
        self.decimals = decimals
        range = Self.text(low, decimals) + "-" + Self.text(high, decimals)
    }

    /// A result around the reference range: seven of eight lie within.
    func observation(_ position: Int, _ random: SeededRandom) -> ReportedObservation {
        let first = Double(random.number(below: 1 << 20)) / Double(1 << 20)
        let second = Double(random.number(below: 1 << 20)) / Double(1 << 20)
        let value = max(0, (low + high) / 2 + (first + second - 1) * (high - low) * 0.78)
        return ReportedObservation(
            setID: String(position), code: code, valueType: "NM", value: Self.text(value, decimals), unit: unit,
            referenceRange: range, flags: value > high ? ["H"] : value < low ? ["L"] : [])
    }

    private static func text(_ value: Double, _ decimals: Int) -> String {
        let scale = [1, 10, 100, 1_000][decimals]
        let whole = Int((value * Double(scale)).rounded())
        guard decimals > 0 else { return String(whole) }
        return String(whole / scale) + "." + LaboratoryReports.padded(whole % scale, decimals)
    }
}

/// Panels as county laboratories report them.
enum LaboratoryPanels {
    static let all = [blood, liver, kidney, urine]

    private static let blood = LaboratoryPanel(
        "BRT", "血常规", "全血",
        [
            LaboratoryItem("WBC", "白细胞计数", "10^9/L", 3.5, 9.5, 2),
            LaboratoryItem("NEUT%", "中性粒细胞百分比", "%", 40, 75, 1),
            LaboratoryItem("LYMPH%", "淋巴细胞百分比", "%", 20, 50, 1),
            LaboratoryItem("RBC", "红细胞计数", "10^12/L", 3.8, 5.8, 2),
            LaboratoryItem("HGB", "血红蛋白", "g/L", 115, 175, 0),
            LaboratoryItem("HCT", "红细胞压积", "%", 35, 50, 1),
            LaboratoryItem("MCV", "平均红细胞体积", "fL", 82, 100, 1),
            LaboratoryItem("MCHC", "平均红细胞血红蛋白浓度", "g/L", 316, 354, 0),
            LaboratoryItem("PLT", "血小板计数", "10^9/L", 125, 350, 0),
            LaboratoryItem("CRP", "C反应蛋白", "mg/L", 0, 10, 2),
        ])

    private static let liver = LaboratoryPanel(
        "GGN", "肝功能", "血清",
        [
            LaboratoryItem("ALT", "丙氨酸氨基转移酶", "U/L", 9, 50, 0),
            LaboratoryItem("AST", "天门冬氨酸氨基转移酶", "U/L", 15, 40, 0),
            LaboratoryItem("GGT", "γ-谷氨酰转移酶", "U/L", 10, 60, 0),
            LaboratoryItem("ALP", "碱性磷酸酶", "U/L", 45, 125, 0),
            LaboratoryItem("TP", "总蛋白", "g/L", 65, 85, 1),
            LaboratoryItem("ALB", "白蛋白", "g/L", 40, 55, 1),
            LaboratoryItem("TBIL", "总胆红素", "μmol/L", 3.4, 20.5, 1),
            LaboratoryItem("DBIL", "直接胆红素", "μmol/L", 0, 6.8, 1),
            LaboratoryItem("TBA", "总胆汁酸", "μmol/L", 0, 10, 1),
            LaboratoryItem("CHE", "胆碱酯酶", "U/L", 5_000, 12_000, 0),
        ])

    private static let kidney = LaboratoryPanel(
        "SGN", "肾功能、血糖、血脂", "血清",
        [
            LaboratoryItem("UREA", "尿素", "mmol/L", 3.1, 8, 2),
            LaboratoryItem("CREA", "肌酐", "μmol/L", 57, 97, 0),
            LaboratoryItem("UA", "尿酸", "μmol/L", 208, 428, 0),
            LaboratoryItem("GLU", "葡萄糖", "mmol/L", 3.9, 6.1, 2),
            LaboratoryItem("TC", "总胆固醇", "mmol/L", 2.8, 5.2, 2),
            LaboratoryItem("TG", "甘油三酯", "mmol/L", 0.56, 1.7, 2),
            LaboratoryItem("HDL-C", "高密度脂蛋白胆固醇", "mmol/L", 1.04, 1.55, 2),
            LaboratoryItem("LDL-C", "低密度脂蛋白胆固醇", "mmol/L", 1.9, 3.4, 2),
            LaboratoryItem("K", "钾", "mmol/L", 3.5, 5.3, 2),
            LaboratoryItem("NA", "钠", "mmol/L", 137, 147, 1),
        ])

    private static let urine = LaboratoryPanel(
        "NCG", "尿沉渣定量", "尿液",
        [
            LaboratoryItem("SG", "比重", "", 1.003, 1.03, 3),
            LaboratoryItem("PH", "酸碱度", "", 4.5, 8, 1),
            LaboratoryItem("URBC", "红细胞", "/μL", 0, 25, 1),
            LaboratoryItem("UWBC", "白细胞", "/μL", 0, 25, 1),
            LaboratoryItem("EC", "上皮细胞", "/μL", 0, 10, 1),
            LaboratoryItem("CAST", "管型", "/μL", 0, 1, 2),
            LaboratoryItem("BACT", "细菌", "/μL", 0, 100, 1),
            LaboratoryItem("COND", "电导率", "mS/cm", 5, 38, 1),
            LaboratoryItem("ACR", "尿白蛋白肌酐比", "mg/g", 0, 30, 1),
            LaboratoryItem("UCR", "尿肌酐", "mmol/L", 3.5, 25, 2),
        ])
}
