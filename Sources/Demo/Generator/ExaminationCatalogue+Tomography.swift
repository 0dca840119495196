extension ExaminationCatalogue {
    /// Computed tomography of chest and head.
    static let chestAndHead: [Examination] = [chestCT, headCT, sinusCT]

    /// Computed tomography of other regions, and magnetic resonance.
    static let otherSections: [Examination] = [abdomenCT, lumbarCT, enhancedCT, headMR, lumbarMR]

    private static let chestCT = Examination(
        "CT003", "CT胸部平扫", "CT", weight: 190, township: 0,
        [
            .init(
                450, "双肺纹理清晰，{左|右}肺{上|下}叶见实性小结节影，长径约{3-6}mm，边界清。气管及主支气管通畅。\n纵隔内未见肿大淋巴结。心脏不大，双侧胸腔未见积液。",
                "{左|右}肺{上|下}叶微小结节，建议12个月后复查。"),
            .init(300, "胸廓对称，双肺野透亮度正常，肺内未见异常密度影。支气管血管束走行自然。纵隔、肺门未见肿大淋巴结。", "胸部CT平扫未见明显异常。"),
            .init(
                180, "{左|右}肺下叶见片状磨玻璃密度影及实变影，边缘模糊，其内可见支气管充气征。{左|右}侧胸腔少量积液，深约{8-22}mm。",
                "1. {左|右}肺下叶炎症，治疗后复查；\n2. {左|右}侧胸腔少量积液。"),
            .init(
                30, "{左|右}肺上叶见分叶状软组织肿块，大小约{28-52}mm×{20-40}mm，边缘见毛刺，邻近胸膜牵拉。纵隔内见肿大淋巴结，短径约{11-18}mm。",
                "{左|右}肺上叶占位，考虑恶性可能，建议增强扫描及进一步检查。"),
        ])

    private static let headCT = Examination(
        "CT001", "CT颅脑平扫", "CT", weight: 130, township: 0,
        [
            .init(
                400, "双侧基底节区见点片状低密度影，边界欠清，CT值约{18-26}HU。脑室系统略扩大，脑沟裂增宽。中线结构居中。",
                "1. 双侧基底节区腔隙性脑梗死；\n2. 老年性脑改变。"),
            .init(400, "脑实质内未见异常密度影，脑室系统大小形态正常，中线结构居中，颅骨骨质完整。", "颅脑CT平扫未见明显异常。"),
            .init(
                40, "{左|右}侧基底节区见团块状高密度影，大小约{21-38}mm×{14-26}mm，CT值约{58-72}HU，周围见低密度水肿带，{左|右}侧侧脑室受压。",
                "{左|右}侧基底节区脑出血。危急值，已电话报告临床。"),
        ])

    private static let sinusCT = Examination(
        "CT007", "CT鼻窦平扫", "CT", weight: 20, township: 0,
        [
            .init(500, "双侧上颌窦黏膜增厚，厚约{3-7}mm，窦口通畅。鼻中隔向{左|右}侧偏曲。", "1. 双侧上颌窦炎；\n2. 鼻中隔偏曲。"),
            .init(300, "各组鼻窦透亮，窦壁骨质完整。", "鼻窦CT未见明显异常。"),
        ])

    private static let abdomenCT = Examination(
        "CT005", "CT上腹部平扫", "CT", weight: 70, township: 0,
        [
            .init(400, "肝实质密度弥漫性减低，CT值约{32-44}HU，低于脾脏。胆囊不大，壁不厚。胰腺、脾脏未见异常。", "脂肪肝。"),
            .init(300, "肝、胆、胰、脾及双肾形态密度未见异常，腹腔未见积液，腹膜后未见肿大淋巴结。", "上腹部CT平扫未见明显异常。"),
            .init(200, "{左|右}肾见囊状低密度影，直径约{9-34}mm，边缘光滑，CT值约{4-12}HU。余未见异常。", "{左|右}肾囊肿。"),
        ])

    private static let lumbarCT = Examination(
        "CT011", "CT腰椎间盘平扫", "CT", weight: 60, township: 0, ages: 15...150,
        [
            .init(
                600, "腰4/5、腰5/骶1椎间盘向后突出约{3-6}mm，硬膜囊前缘受压。椎体缘骨质增生，黄韧带不厚。", "腰4/5、腰5/骶1椎间盘突出。"),
            .init(200, "各层面椎间盘未见明显膨出及突出，椎管无狭窄。", "腰椎间盘CT未见明显异常。"),
        ])

    private static let enhancedCT = Examination(
        "CT021", "CT上腹部增强", "CT", weight: 25, township: 0, ages: 15...150,
        [
            .init(
                400, "肝{左|右}叶见类圆形低密度灶，直径约{8-26}mm，动脉期边缘结节样强化，门脉期及延迟期逐渐向心性填充。", "肝{左|右}叶血管瘤。"),
            .init(300, "肝、胆、胰、脾、肾各期强化均匀，未见异常强化灶。", "上腹部增强CT未见明显异常。"),
        ])

    private static let headMR = Examination(
        "MR001", "MR颅脑平扫+DWI", "NMR", weight: 35, township: 0,
        [
            .init(
                400, "双侧额顶叶皮层下见斑点状长T1长T2信号，FLAIR呈高信号，DWI未见弥散受限。", "双侧额顶叶缺血灶（Fazekas {1|2}级）。"),
            .init(120, "{左|右}侧放射冠见斑片状DWI高信号，ADC值减低，大小约{8-19}mm。", "{左|右}侧放射冠急性脑梗死。"),
        ])

    private static let lumbarMR = Examination(
        "MR011", "MR腰椎平扫", "NMR", weight: 25, township: 0, ages: 15...150,
        [
            .init(500, "腰3/4-腰5/骶1椎间盘T2信号减低，腰5/骶1椎间盘向{左|右}后突出约{4-7}mm，相应神经根受压。", "腰5/骶1椎间盘突出。")
        ])
}
