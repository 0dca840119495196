extension ExaminationCatalogue {
    /// Ultrasound of the abdomen.
    static let abdominalUltrasound: [Examination] = [abdomen, urinaryTract, gynaecology, pregnancy]

    /// Ultrasound of heart, vessels and small parts.
    static let otherUltrasound: [Examination] = [thyroid, breast, heart, carotid, legVeins]

    private static let abdomen = Examination(
        "US001", "肝胆胰脾彩超", "RUS", weight: 150, township: 260,
        [
            .init(
                400,
                "肝脏大小正常，右肝斜径{118-138}mm，包膜光滑，实质回声增强，后方回声衰减。胆囊{58-76}mm×{20-30}mm，壁不厚，腔内透声好。\n胰腺显示部分未见异常，脾厚{28-38}mm。",
                "脂肪肝（{轻|中}度）。"),
            .init(350, "肝胆胰脾大小形态正常，实质回声均匀，管道结构清晰，肝内外胆管无扩张，门静脉内径{9-12}mm。", "肝胆胰脾声像图未见明显异常。"),
            .init(200, "胆囊腔内见强回声团，大小约{6-19}mm，后伴声影，随体位改变移动。余脏器未见异常。", "胆囊结石。"),
        ])

    private static let urinaryTract = Examination(
        "US004", "泌尿系彩超", "RUS", weight: 70, township: 110,
        [
            .init(300, "双肾大小形态正常，集合系统未见分离。{左|右}肾内见强回声，大小约{4-9}mm，后伴声影。膀胱充盈好，壁光滑。", "{左|右}肾结石。"),
            .init(400, "双肾、双侧输尿管、膀胱声像图未见异常。", "泌尿系未见明显异常。"),
        ])

    private static let gynaecology = Examination(
        "US006", "子宫附件彩超", "RUS", weight: 65, township: 70, onlySex: .female, ages: 16...80,
        [
            .init(
                350, "子宫{前|后}位，大小约{48-60}mm×{40-52}mm×{35-46}mm，肌层见低回声结节，大小约{12-33}mm，边界清。内膜厚{5-10}mm。双侧附件区未见异常。",
                "子宫肌瘤。"),
            .init(400, "子宫大小形态正常，肌层回声均匀，内膜厚{5-10}mm。双侧卵巢大小正常，盆腔未见积液。", "子宫附件未见明显异常。"),
        ])

    private static let pregnancy = Examination(
        "US008", "产科彩超", "RUS", weight: 30, township: 20, onlySex: .female, ages: 20...44,
        [
            .init(
                500, "宫内单胎，胎位头位，胎心率{132-156}次/分。双顶径{70-92}mm，股骨长{52-70}mm，羊水指数{90-160}mm，胎盘位于{前|后}壁，成熟度{Ⅰ|Ⅱ}级。",
                "宫内妊娠，单活胎。")
        ])

    private static let thyroid = Examination(
        "US010", "甲状腺彩超", "RUS", weight: 80, township: 60,
        [
            .init(
                500, "甲状腺{左|右}叶见低回声结节，大小约{3-9}mm×{2-6}mm，边界清，形态规则，CDFI未见明显血流信号。双颈部未见肿大淋巴结。",
                "甲状腺{左|右}叶结节，C-TIRADS {3|4A}类，建议定期复查。"),
            .init(300, "甲状腺大小形态正常，峡部厚{2-3}mm，实质回声均匀，血流分布正常。", "甲状腺声像图未见明显异常。"),
        ])

    private static let breast = Examination(
        "US012", "乳腺彩超", "RUS", weight: 50, township: 50, onlySex: .female, ages: 16...85,
        [
            .init(500, "双侧乳腺腺体层增厚，结构紊乱，回声不均。{左|右}乳{1-12}点方向见低回声结节，大小约{4-11}mm，边界清。", "{左|右}乳结节，BI-RADS 3类。"),
            .init(350, "双侧乳腺腺体回声尚均匀，导管未见扩张，双腋下未见异常淋巴结。", "双侧乳腺未见明显占位，BI-RADS 1类。"),
        ])

    private static let heart = Examination(
        "US020", "心脏彩超", "RUS", weight: 75, township: 0,
        measurements: [
            .init("LVEF", "左室射血分数", "%", "{52-70}", 50, 70), .init("LVDd", "左室舒张末内径", "mm", "{42-55}", 35, 55),
            .init("LA", "左房内径", "mm", "{30-42}", 19, 40), .init("IVS", "室间隔厚度", "mm", "{8.0-12.5}", 6, 11),
        ],
        [
            .init(
                500, "左室舒张末内径{42-55}mm，左房内径{30-42}mm，室间隔厚{8.0-12.5}mm。各瓣膜形态及启闭可，二尖瓣口血流E/A<1。左室射血分数{52-70}%。",
                "1. 左室舒张功能减低；\n2. 二尖瓣、三尖瓣少量反流。"),
            .init(400, "各房室腔大小正常，室壁运动协调，各瓣膜启闭良好，左室射血分数{52-70}%。", "心脏结构及功能未见明显异常。"),
        ])

    private static let carotid = Examination(
        "US022", "颈动脉彩超", "RUS", weight: 55, township: 30, ages: 30...150,
        [
            .init(
                600, "双侧颈动脉内中膜增厚，厚约{1.0-1.4}mm。{左|右}侧颈总动脉分叉处见{低|混合}回声斑块，大小约{6-14}mm×{1.8-3.2}mm，管腔未见明显狭窄。",
                "1. 双侧颈动脉硬化；\n2. {左|右}侧颈动脉斑块形成。"),
            .init(250, "双侧颈动脉走行正常，内中膜不厚，血流充盈好。", "双侧颈动脉未见明显异常。"),
        ])

    private static let legVeins = Examination(
        "US024", "下肢静脉彩超", "RUS", weight: 25, township: 0,
        [
            .init(500, "{左|右}下肢深静脉管腔清晰，压之可闭合，血流充盈好，Valsalva试验未见反流。", "{左|右}下肢深静脉未见血栓。"),
            .init(100, "{左|右}侧{股|腘}静脉管腔增宽，内见低回声充填，压之不闭合，CDFI未见血流信号。", "{左|右}侧{股|腘}静脉血栓形成。危急值，已电话报告临床。"),
        ])
}
