extension LaboratoryCatalogue {
    /// Clinical chemistry.
    static let chemistry: [LaboratoryPanel] = [
        liver, renal, lipids, electrolytes, glucose, glycatedHaemoglobin, cardiac, iron,
    ]

    private static let liver = LaboratoryPanel(
        "GGN", "肝功能", "血清", weight: 165, township: 100,
        [
            .bySex("ALT", "丙氨酸氨基转移酶", "U/L", male: (9, 50), female: (7, 40), 1),
            .bySex("AST", "天门冬氨酸氨基转移酶", "U/L", male: (15, 40), female: (13, 35), 1),
            .item("AST/ALT", "谷草/谷丙", "", 0.8, 1.5, 2, .ratio("AST", "ALT")),
            .bySex("GGT", "γ-谷氨酰转移酶", "U/L", male: (10, 60), female: (7, 45), 1),
            .bySex("ALP", "碱性磷酸酶", "U/L", male: (45, 125), female: (35, 100), 1),
            .item("TP", "总蛋白", "g/L", 65, 85, 1),
            .item("ALB", "白蛋白", "g/L", 40, 55, 1),
            .item("GLB", "球蛋白", "g/L", 20, 40, 1, .difference("TP", ["ALB"])),
            .item("A/G", "白球比", "", 1.2, 2.4, 2, .ratio("ALB", "GLB")),
            .item("TBIL", "总胆红素", "μmol/L", 3, 23, 2),
            .item("DBIL", "直接胆红素", "μmol/L", 0.5, 4, 2),
            .item("IBIL", "间接胆红素", "μmol/L", 3, 17, 2, .difference("TBIL", ["DBIL"])),
            .item("TBA", "总胆汁酸", "μmol/L", nil, 10, 2, limit: 0.2),
            .item("CHE", "胆碱酯酶", "U/L", 5000, 12_000, 0),
        ])

    private static let renal = LaboratoryPanel(
        "SGN", "肾功能", "血清", weight: 95, township: 60,
        [
            .item("UREA", "尿素", "mmol/L", 3.1, 8, 2, critical: ReferenceRange(low: 0.1, high: 36)),
            .bySex("CREA", "肌酐", "μmol/L", male: (57, 97), female: (41, 73), 1),
            .bySex("UA", "尿酸", "μmol/L", male: (208, 428), female: (155, 357), 0),
            .item("CysC", "胱抑素C", "mg/L", 0.54, 1.25, 2),
            .item("β2-MG", "β2-微球蛋白", "mg/L", 1, 3, 2),
            .item("CO2CP", "二氧化碳结合力", "mmol/L", 21, 31, 1),
        ])

    private static let lipids = LaboratoryPanel(
        "XZ", "血脂", "血清", weight: 75, township: 80,
        [
            .item("TC", "总胆固醇", "mmol/L", nil, 5.2, 2),
            .item("TG", "甘油三酯", "mmol/L", nil, 1.7, 2),
            .item("HDL-C", "高密度脂蛋白胆固醇", "mmol/L", 1.04, nil, 2),
            .item("LDL-C", "低密度脂蛋白胆固醇", "mmol/L", nil, 3.4, 2),
            .item("ApoA1", "载脂蛋白A1", "g/L", 1.2, 1.6, 2),
            .item("ApoB", "载脂蛋白B", "g/L", 0.6, 1.1, 2),
            .item("Lp(a)", "脂蛋白(a)", "mg/L", nil, 300, 0, limit: 10),
        ])

    private static let electrolytes = LaboratoryPanel(
        "DJZ", "电解质", "血清", weight: 85, township: 40,
        [
            .item("K", "钾", "mmol/L", 3.5, 5.3, 2, critical: ReferenceRange(low: 2.8, high: 6.2)),
            .item("Na", "钠", "mmol/L", 137, 147, 1, critical: ReferenceRange(low: 120, high: 160)),
            .item("Cl", "氯", "mmol/L", 99, 110, 1),
            .item("Ca", "钙", "mmol/L", 2.11, 2.52, 2, critical: ReferenceRange(low: 1.6, high: 3.5)),
            .item("Mg", "镁", "mmol/L", 0.75, 1.02, 2),
            .item("P", "无机磷", "mmol/L", 0.85, 1.51, 2),
        ])

    private static let glucose = LaboratoryPanel(
        "XT", "血糖", "血清", weight: 20, township: 70,
        [.item("GLU", "葡萄糖（空腹）", "mmol/L", 3.9, 6.1, 2, critical: ReferenceRange(low: 2.5, high: 22.2))])

    private static let glycatedHaemoglobin = LaboratoryPanel(
        "THXHDB", "糖化血红蛋白", "EDTA抗凝全血", weight: 30, township: 20,
        [
            .item("HbA1c", "糖化血红蛋白A1c", "%", 4, 6, 1),
            .item("eAG", "估算平均血糖", "mmol/L", 3.8, 7, 1, .linear("HbA1c", 1.59, -2.59)),
        ])

    private static let cardiac = LaboratoryPanel(
        "XJM", "心肌损伤标志物", "血清", weight: 45, township: 0,
        [
            .bySex("CK", "肌酸激酶", "U/L", male: (50, 310), female: (40, 200), 0),
            .item("CK-MB", "肌酸激酶同工酶", "U/L", nil, 24, 1, limit: 2),
            .item("LDH", "乳酸脱氢酶", "U/L", 120, 250, 0),
            .item("α-HBDH", "α-羟丁酸脱氢酶", "U/L", 72, 182, 0),
            .item("hs-cTnI", "高敏肌钙蛋白I", "ng/mL", nil, 0.04, 3, limit: 0.01),
            .item("MYO", "肌红蛋白", "ng/mL", nil, 110, 1, limit: 5),
            .item("NT-proBNP", "N末端B型钠尿肽原", "pg/mL", nil, 300, 0, limit: 10),
        ])

    private static let iron = LaboratoryPanel(
        "TDX", "铁代谢", "血清", weight: 12, township: 0,
        [
            .bySex("Fe", "血清铁", "μmol/L", male: (10.6, 36.7), female: (7.8, 32.2), 1),
            .item("TIBC", "总铁结合力", "μmol/L", 50, 77, 1),
            .bySex("FERR", "铁蛋白", "ng/mL", male: (30, 400), female: (13, 150), 1),
            .item("TRF", "转铁蛋白", "g/L", 2, 3.6, 2),
        ])
}
