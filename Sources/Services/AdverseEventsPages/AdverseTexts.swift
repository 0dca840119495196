import AdverseEvents
import Effects

/// What states, events, kinds and the words of forms of adverse events are called.
enum AdverseTexts {
    private static let states: [AdverseState: Wording] = [
        .reported: Wording("reported", "待受理"), .escalated: Wording("escalated", "已升级"),
        .accepted: Wording("accepted", "已受理"), .analysed: Wording("analysed", "已分析"),
        .acting: Wording("measures under way", "改进中"), .closed: Wording("closed", "已结案"),
        .dismissed: Wording("dismissed", "不受理"),
    ]

    private static let events: [AdverseAction: Wording] = [
        .accepted: Wording("Accept it", "受理"), .escalated: Wording("Escalated", "升级"),
        .dismissed: Wording("Dismiss it, with a reason", "不受理，写明原因"),
        .analysed: Wording("Write why it happened", "写下原因分析"),
        .planned: Wording("Write what is done about it, by a day", "写下改进措施和期限"),
        .closed: Wording("Close it: what came of it", "结案，写明效果"),
        .notified: Wording("The authority was told", "已上报主管部门"),
    ]

    private static let kinds: [AdverseClass: Wording] = [
        .medication: Wording("medication", "用药"), .transfusion: Wording("transfusion", "输血"),
        .surgery: Wording("surgery", "手术"), .anaesthesia: Wording("anaesthesia", "麻醉"),
        .fall: Wording("fall", "跌倒坠床"), .pressureInjury: Wording("pressure injury", "压力性损伤"),
        .tube: Wording("tube", "管路"), .infection: Wording("infection", "院内感染"), .device: Wording("device", "医疗器械"),
        .specimen: Wording("specimen", "标本"), .examination: Wording("examination", "检查"),
        .identification: Wording("identification", "身份识别"), .information: Wording("information system", "信息系统"),
        .security: Wording("security", "治安"), .other: Wording("other", "其他"),
    ]

    private static let choices: [String: [String: Wording]] = [
        "harm": [
            "none": Wording("none", "无"), "mild": Wording("mild", "轻度"), "moderate": Wording("moderate", "中度"),
            "severe": Wording("severe", "重度"), "death": Wording("death", "死亡"),
        ],
        "why": [
            "noEvent": Wording("no adverse event", "不属于不良事件"), "duplicate": Wording("reported before", "重复报告"),
            "reportedAnew": Wording("reported anew under another grade", "已按另一级别重新报告"), "other": Wording("other", "其他"),
        ],
        "factor": [
            "people": Wording("people", "人员"), "procedure": Wording("procedure", "流程"),
            "equipment": Wording("equipment", "设备"), "environment": Wording("environment", "环境"),
            "management": Wording("management", "管理"), "patient": Wording("patient", "患者"),
            "other": Wording("other", "其他"),
        ],
    ]

    private static let timers: [String: Wording] = [
        "accept": Wording("to be looked at", "受理期限"), "analysis": Wording("why it happened", "分析期限"),
        "measures": Wording("measures", "改进期限"), "law": Wording("to tell the authority", "法定上报期限"),
    ]

    static func state(_ word: String) -> Wording {
        AdverseState(rawValue: word).flatMap { states[$0] } ?? Wording(word, word)
    }

    static func event(_ word: String) -> Wording {
        AdverseAction(rawValue: word).flatMap { events[$0] } ?? Wording(word, word)
    }

    static func kind(_ word: String) -> Wording {
        AdverseClass(rawValue: word).flatMap { kinds[$0] } ?? Wording(word, word)
    }

    static func timer(_ name: String) -> Wording { timers[name] ?? Wording(name, name) }

    static func choice(_ field: String, _ word: String) -> Wording? { choices[field]?[word] }

    /// What a controller may do in a state, by the workflow's own table.
    static func events(in state: String) -> [AdverseAction] {
        AdverseWorkflow.table.transitions.filter { $0.from.rawValue == state && $0.role == .controller }.map(\.event)
    }
}
