extension LaboratoryCatalogue {
    /// Urine, stool, blood groups and tests whose results are mostly words.
    static let qualitative: [LaboratoryPanel] = [urine, stool, preoperative, bloodGroup]

    private static let grades = ["±", "1+", "2+", "3+"]

    private static let urine = LaboratoryPanel(
        "NCG", "尿常规+沉渣", "尿液", weight: 145, township: 200,
        [
            .words("U-COL", "颜色", "淡黄色", ["黄色", "深黄色", "淡红色"], perMille: 250),
            .words("U-CLA", "透明度", "清晰", ["微浑", "浑浊"], perMille: 120),
            .item("U-SG", "比重", "", 1.003, 1.03, 3, readable: 1...1.05),
            .item("U-PH", "酸碱度", "", 4.5, 8, 1, readable: 4.5...9),
            .words("U-PRO", "尿蛋白", "阴性", grades, perMille: 110),
            .words("U-GLU", "尿糖", "阴性", grades, perMille: 90),
            .words("U-KET", "酮体", "阴性", grades, perMille: 60),
            .words("U-BIL", "胆红素", "阴性", ["1+", "2+"], perMille: 20),
            .words("U-URO", "尿胆原", "阴性", ["1+", "2+"], perMille: 20),
            .words("U-BLD", "隐血", "阴性", grades, perMille: 120),
            .words("U-NIT", "亚硝酸盐", "阴性", ["阳性"], perMille: 40),
            .words("U-LEU", "白细胞酯酶", "阴性", grades, perMille: 110),
            .item("U-RBC", "红细胞（镜检）", "/μL", 0, 17, 0),
            .item("U-WBC", "白细胞（镜检）", "/μL", 0, 28, 0),
        ])

    private static let stool = LaboratoryPanel(
        "DBCG", "便常规+隐血", "粪便", weight: 30, township: 30,
        [
            .words("F-COL", "颜色", "黄褐色", ["黄色", "黑色", "绿色"], perMille: 150),
            .words("F-CON", "性状", "软便", ["稀便", "水样便", "硬便"], perMille: 180),
            .words("F-MUC", "粘液", "无", ["有"], perMille: 50),
            .words("F-WBC", "白细胞", "0/HP", ["0-2/HP", "3-5/HP", "10-15/HP"], perMille: 90),
            .words("F-RBC", "红细胞", "0/HP", ["0-1/HP", "4-6/HP"], perMille: 50),
            .words("F-OVA", "寄生虫卵", "未检出", ["检出蛔虫卵"], perMille: 3),
            .words("F-OB", "隐血试验", "阴性", ["弱阳性", "阳性"], perMille: 80),
        ])

    private static let preoperative = LaboratoryPanel(
        "SQ4", "术前四项", "血清", weight: 35, township: 0,
        [
            .item("HCV-Ab", "丙肝抗体", "S/CO", nil, 1, 2, limit: 0.02),
            .words("HIV-Ag/Ab", "人免疫缺陷病毒抗原抗体", "阴性", ["待复检"], perMille: 2),
            .words("TP-Ab", "梅毒螺旋体抗体", "阴性", ["阳性"], perMille: 10),
            .words("RPR", "梅毒快速血浆反应素试验", "阴性", ["阳性(1:2)", "阳性(1:8)"], perMille: 6),
        ])

    private static let bloodGroup = LaboratoryPanel(
        "XX", "血型鉴定", "EDTA抗凝全血", weight: 14, township: 10,
        [
            .words("ABO", "ABO血型", "B型", ["A型", "O型", "AB型"], perMille: 680),
            .words("RhD", "Rh(D)血型", "阳性", ["阴性"], perMille: 4),
        ])
}
