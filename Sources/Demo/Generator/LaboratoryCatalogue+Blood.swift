extension LaboratoryCatalogue {
    /// Blood cells and coagulation.
    static let blood: [LaboratoryPanel] = [bloodCount, coagulation, sedimentation, infection]

    private static let bloodCount = LaboratoryPanel(
        "BRT", "血常规（五分类）", "全血", weight: 330, township: 330,
        [
            .item(
                "WBC", "白细胞计数", "10^9/L", 3.5, 9.5, 2, critical: ReferenceRange(low: 1.5, high: 30)),
            .item("LYMPH%", "淋巴细胞百分比", "%", 20, 50, 1),
            .item("MONO%", "单核细胞百分比", "%", 3, 10, 1),
            .item("EO%", "嗜酸性粒细胞百分比", "%", 0.4, 8, 1),
            .item("BASO%", "嗜碱性粒细胞百分比", "%", 0, 1, 1),
            .item(
                "NEUT%", "中性粒细胞百分比", "%", 40, 75, 1,
                .remainder(of: 100, less: ["LYMPH%", "MONO%", "EO%", "BASO%"])),
            .item("NEUT#", "中性粒细胞绝对值", "10^9/L", 1.8, 6.3, 2, .product("WBC", "NEUT%", 0.01)),
            .item("LYMPH#", "淋巴细胞绝对值", "10^9/L", 1.1, 3.2, 2, .product("WBC", "LYMPH%", 0.01)),
            .item("MONO#", "单核细胞绝对值", "10^9/L", 0.1, 0.6, 2, .product("WBC", "MONO%", 0.01)),
            .item("EO#", "嗜酸性粒细胞绝对值", "10^9/L", 0.02, 0.52, 2, .product("WBC", "EO%", 0.01)),
            .item("BASO#", "嗜碱性粒细胞绝对值", "10^9/L", 0, 0.06, 2, .product("WBC", "BASO%", 0.01)),
            .bySex("RBC", "红细胞计数", "10^12/L", male: (4.3, 5.8), female: (3.8, 5.1), 2),
            .bySex(
                "HGB", "血红蛋白", "g/L", male: (130, 175), female: (115, 150), 0,
                critical: ReferenceRange(low: 60, high: 200)),
            .bySex("HCT", "红细胞压积", "%", male: (40, 50), female: (35, 45), 1),
            .item("MCV", "平均红细胞体积", "fL", 82, 100, 1),
            .item("MCH", "平均红细胞血红蛋白含量", "pg", 27, 34, 1),
            .item("MCHC", "平均红细胞血红蛋白浓度", "g/L", 316, 354, 0),
            .item("RDW-CV", "红细胞分布宽度变异系数", "%", 11.5, 14.5, 1),
            .item("PLT", "血小板计数", "10^9/L", 125, 350, 0, critical: ReferenceRange(low: 31, high: 999)),
            .item("MPV", "平均血小板体积", "fL", 7.4, 12.5, 1),
            .item("PDW", "血小板分布宽度", "fL", 9, 17, 1),
            .item("PCT", "血小板压积", "%", 0.1, 0.28, 2),
        ])

    private static let coagulation = LaboratoryPanel(
        "NXSX", "凝血功能", "枸橼酸抗凝血浆", weight: 55, township: 0,
        [
            .item("PT", "凝血酶原时间", "s", 9.4, 12.5, 1, critical: ReferenceRange(low: 5, high: 30)),
            .item("PT-INR", "国际标准化比值", "", 0.8, 1.2, 2),
            .item("APTT", "活化部分凝血活酶时间", "s", 25.1, 36.5, 1, critical: ReferenceRange(low: 12, high: 70)),
            .item("TT", "凝血酶时间", "s", 10.3, 16.6, 1),
            .item("FIB", "纤维蛋白原", "g/L", 2, 4, 2),
            .item("D-Dimer", "D-二聚体", "mg/L FEU", nil, 0.5, 2, limit: 0.05),
        ])

    private static let sedimentation = LaboratoryPanel(
        "ESR", "红细胞沉降率", "枸橼酸抗凝全血", weight: 20, township: 10,
        [.bySex("ESR", "血沉", "mm/h", male: (0, 15), female: (0, 20), 0)])

    private static let infection = LaboratoryPanel(
        "GRZB", "感染指标", "血清", weight: 40, township: 20,
        [
            .item("CRP", "C反应蛋白", "mg/L", nil, 10, 2, limit: 0.5),
            .item("hs-CRP", "超敏C反应蛋白", "mg/L", nil, 3, 2, limit: 0.1),
            .item("PROCT", "降钙素原", "ng/mL", nil, 0.05, 3, limit: 0.02),
            .item("SAA", "血清淀粉样蛋白A", "mg/L", nil, 10, 2, limit: 1),
        ])
}
