extension LaboratoryCatalogue {
    /// Hormones, tumour markers and viral serology with numbers.
    static let hormonesAndMarkers: [LaboratoryPanel] = [thyroid, tumourMarkers, prostate, hepatitisB]

    private static let thyroid = LaboratoryPanel(
        "JG5", "甲状腺功能五项", "血清", weight: 45, township: 0,
        [
            .item("TSH", "促甲状腺激素", "mIU/L", 0.27, 4.2, 3, limit: 0.005),
            .item("FT3", "游离三碘甲状腺原氨酸", "pmol/L", 3.1, 6.8, 2),
            .item("FT4", "游离甲状腺素", "pmol/L", 12, 22, 2),
            .item("TgAb", "抗甲状腺球蛋白抗体", "IU/mL", nil, 115, 1, limit: 10),
            .item("TPOAb", "抗甲状腺过氧化物酶抗体", "IU/mL", nil, 34, 1, limit: 5),
        ])

    private static let tumourMarkers = LaboratoryPanel(
        "ZLBZW", "肿瘤标志物", "血清", weight: 28, township: 0,
        [
            .item("AFP", "甲胎蛋白", "ng/mL", nil, 7, 2, limit: 0.6),
            .item("CEA", "癌胚抗原", "ng/mL", nil, 5, 2, limit: 0.2),
            .item("CA125", "糖类抗原125", "U/mL", nil, 35, 2, limit: 0.6),
            .item("CA19-9", "糖类抗原19-9", "U/mL", nil, 27, 2, limit: 0.6),
            .item("CA72-4", "糖类抗原72-4", "U/mL", nil, 6.9, 2, limit: 0.2),
            .item("NSE", "神经元特异性烯醇化酶", "ng/mL", nil, 16.3, 2, limit: 0.05),
        ])

    private static let prostate = LaboratoryPanel(
        "PSA", "前列腺特异性抗原", "血清", weight: 12, township: 0, onlySex: .male,
        [
            .item("tPSA", "总前列腺特异性抗原", "ng/mL", nil, 4, 3, limit: 0.006),
            .item("fPSA", "游离前列腺特异性抗原", "ng/mL", nil, 0.93, 3, limit: 0.01),
        ])

    private static let hepatitisB = LaboratoryPanel(
        "YGDL", "乙肝五项定量", "血清", weight: 30, township: 0,
        [
            .item("HBsAg", "乙肝表面抗原", "IU/mL", nil, 0.05, 2, limit: 0.05),
            .item("HBsAb", "乙肝表面抗体", "mIU/mL", nil, 10, 2, limit: 2),
            .item("HBeAg", "乙肝e抗原", "S/CO", nil, 1, 3, limit: 0.01),
            .item("HBeAb", "乙肝e抗体", "S/CO", 1, nil, 2),
            .item("HBcAb", "乙肝核心抗体", "S/CO", nil, 1, 2, limit: 0.05),
        ])
}
