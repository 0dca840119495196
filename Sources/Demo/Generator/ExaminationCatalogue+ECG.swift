extension ExaminationCatalogue {
    /// Electrocardiography.
    static let electrocardiography: [Examination] = [resting, eighteenLeads, ambulatory]

    private static let intervals: [Examination.Measurement] = [
        .init("PR", "PR间期", "ms", "{128-212}", 120, 200), .init("QRSD", "QRS时限", "ms", "{76-118}", 60, 110),
        .init("QT", "QT间期", "ms", "{348-452}", nil, 440), .init("RV5", "RV5电压", "mV", "{0.62-2.60}", nil, 2.5),
        .init("SV1", "SV1电压", "mV", "{0.40-1.45}", nil, 1.5),
    ]

    private static let rate = Examination.Measurement("HR", "心率", "次/分", "{48-112}", 60, 100)

    private static let readings: [Examination.Reading] = [
        .init(480, "窦性P波规律出现，心率{48-112}次/分，PR间期{128-212}ms，QRS时限{76-118}ms，ST段未见偏移，T波直立。", "窦性心律，大致正常心电图。"),
        .init(160, "窦性P波，心率{48-112}次/分，Ⅱ、Ⅲ、aVF、V{4|5}-V6导联ST段水平型下移{0.05-0.15}mV，T波低平。", "1. 窦性心律；\n2. ST-T改变。"),
        .init(90, "P波消失，代之以大小不等的f波，RR间期绝对不等，平均心室率{48-112}次/分。", "心房颤动。"),
        .init(90, "窦性心律中见提前出现的宽大畸形QRS波群，其前无相关P波，代偿间歇完全。", "1. 窦性心律；\n2. 室性早搏{|（偶发）|（频发）}。"),
        .init(60, "窦性P波，V1导联呈rsR'型，Ⅰ、V5导联S波增宽，QRS时限{76-118}ms。", "1. 窦性心律；\n2. {不完全性|完全性}右束支传导阻滞。"),
        .init(12, "窦性P波，V1-V4导联ST段弓背向上抬高{0.20-0.45}mV，T波高耸。", "急性前壁心肌梗死可能。危急值，已电话报告临床。"),
    ]

    private static let resting = Examination(
        "ECG01", "常规十二导联心电图", "EC", weight: 800, township: 950, measurements: [rate] + intervals, readings)

    private static let eighteenLeads = Examination(
        "ECG02", "十八导联心电图", "EC", weight: 120, township: 50, ages: 18...150, measurements: [rate] + intervals,
        readings)

    private static let ambulatory = Examination(
        "ECG05", "24小时动态心电图", "EC", weight: 80, township: 0, ages: 10...150,
        measurements: [
            .init("HR-AVG", "平均心率", "次/分", "{58-88}", 60, 100), .init("HR-MAX", "最快心率", "次/分", "{102-158}", nil, nil),
            .init("HR-MIN", "最慢心率", "次/分", "{38-57}", nil, nil), .init("PVC", "室性早搏总数", "次", "{0-2600}", nil, nil),
            .init("PAC", "房性早搏总数", "次", "{0-900}", nil, nil),
        ],
        [
            .init(
                500, "全程记录23小时{10-58}分，基础心律为窦性，平均心率{58-88}次/分。室性早搏共{0-2600}次，房性早搏共{0-900}次，未见长间歇。",
                "1. 窦性心律；\n2. 室性早搏；\n3. 房性早搏。")
        ])
}
