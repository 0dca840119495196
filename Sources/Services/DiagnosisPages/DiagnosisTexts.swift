import Diagnosis
import Effects
import WorkflowKit
import WorkflowPages

/// What states, events and lists of diagnoses are called, and which events are up to whom.
enum DiagnosisTexts {
    private static let states: [DiagnosisState: Wording] = [
        .requested: Wording("asked for", "待受理"), .opened: Wording("taken on", "已受理"),
        .offered: Wording("offered", "待接诊"), .claimed: Wording("being read", "诊断中"),
        .supplementing: Wording("something is missing", "待补充"), .preliminary: Wording("to be audited", "待审核"),
        .reported: Wording("reported", "已报告"), .acknowledged: Wording("taken note of", "已确认"),
        .recognised: Wording("answered by a prior report", "采用既往报告"), .escalated: Wording("passed on", "已升级"),
        .withdrawn: Wording("withdrawn", "已撤回"), .cancelled: Wording("cancelled", "已取消"),
        .voided: Wording("voided", "已作废"),
    ]

    private static let events: [DiagnosisEvent: Wording] = [
        .opened: Wording("Taken on", "受理"), .offered: Wording("Offered to experts", "派给专家"),
        .claimed: Wording("Claim", "接诊"), .handedBack: Wording("Hand back, with a reason", "退回，写明原因"),
        .supplementAsked: Wording("Ask for what is missing", "请补充资料"),
        .supplemented: Wording("Give what was missing", "补充资料"),
        .graded: Wording("Say how good the images or specimens are", "评价图像或标本质量"),
        .drafted: Wording("Write a draft for the second reader", "写初步报告"), .audited: Wording("Audit and sign", "审核签发"),
        .reported: Wording("Report", "出具报告"), .acknowledged: Wording("Take note", "确认报告"),
        .recognised: Wording("A prior report answers it", "采用既往报告"), .escalated: Wording("Passed on", "升级"),
        .withdrawn: Wording("Withdrawn", "撤回"), .cancelled: Wording("Cancel", "取消申请"),
        .voided: Wording("Void the report, with a reason", "作废报告，写明原因"),
        .collected: Wording("A specimen was taken", "采集标本"), .dispatched: Wording("A specimen is on its way", "送出标本"),
        .received: Wording("A specimen has come", "接收标本"), .rejected: Wording("Reject a specimen", "拒收标本"),
    ]

    private static let timers: [DiagnosisReason: Wording] = [
        .claimDeadline: Wording("to be claimed", "接诊时限"), .reportDeadline: Wording("to be reported", "报告时限"),
        .auditDeadline: Wording("to be audited", "审核时限"),
    ]

    /// What the words of lists in forms are called.
    private static let choices: [String: Wording] = [
        "none": Wording("none", "一致"), "minor": Wording("minor", "轻微"), "moderate": Wording("moderate", "中度"),
        "major": Wording("major", "重大"), "good": Wording("good", "优"), "usable": Wording("usable", "可用"),
        "poor": Wording("poor", "差"), "haemolysed": Wording("haemolysed", "溶血"), "clotted": Wording("clotted", "凝块"),
        "tooLittle": Wording("too little", "量不足"), "wrongTube": Wording("wrong tube", "容器错误"),
        "unlabelled": Wording("unlabelled", "无标识"), "tooOld": Wording("too old", "超时"), "other": Wording("other", "其他"),
    ]

    static let modalities: [DiagnosisModality: Wording] = [
        .imaging: Wording("imaging", "影像"), .ecg: Wording("ECG", "心电"), .ultrasound: Wording("ultrasound", "超声"),
        .laboratory: Wording("laboratory", "检验"), .pathology: Wording("pathology", "病理"),
    ]

    static let texts = CaseTexts(
        state: state, event: event,
        timer: { word in DiagnosisReason(rawValue: word).flatMap { timers[$0] } ?? Wording("due", "到期") },
        choice: { _, word in choices[word] })

    @Sendable static func state(_ word: String) -> Wording {
        DiagnosisState(rawValue: word).flatMap { states[$0] } ?? Wording(word, word)
    }

    @Sendable static func event(_ word: String) -> Wording {
        DiagnosisEvent(rawValue: word).flatMap { events[$0] } ?? Wording(word, word)
    }

    static func modality(_ word: String) -> Wording {
        DiagnosisModality(rawValue: word).flatMap { modalities[$0] } ?? Wording(word, word)
    }

    /// What somebody at a node may make happen now; whether a second reader is wanted says the level.
    static func events(of diagnosis: CaseInfo, by visitor: Visitor) -> [DiagnosisEvent] {
        let (isOrigin, holder) = (diagnosis.id.hasPrefix("\(visitor.node)."), holder(of: diagnosis))
        return DiagnosisWorkflow.table.transitions.filter { line in
            guard line.from.rawValue == diagnosis.state else { return false }
            switch line.role {
            case .requester: return visitor.isDoctor && isOrigin && !DiagnosisWorkflow.table.movesItems(line.event)
            case .reader:
                guard visitor.isExpert else { return false }
                if line.event == .claimed { return diagnosis.candidates.contains(visitor.practitioner) }
                let isPossible =
                    switch line.event {
                    case .drafted: visitor.isAudited
                    case .reported: !visitor.isAudited
                    default: true
                    }
                return isPossible && holder == visitor.practitioner
            case .auditor: return visitor.isExpert && visitor.mayAudit && holder != visitor.practitioner
            default: return false
            }
        }.map(\.event)
    }

    /// Who looks at a diagnosis.
    struct Visitor {
        var node: String
        var practitioner: String
        var isDoctor: Bool
        var isExpert: Bool
        var mayAudit: Bool
        /// Whether the region wants a second reader of this kind of diagnosis.
        var isAudited: Bool
    }

    /// Who reads it now, or has.
    static func holder(of diagnosis: CaseInfo) -> String? {
        let seat = diagnosis.steps.last { $0.event == "claimed" || $0.event == "handedBack" }
        return seat?.event == "claimed" ? seat?.actor : nil
    }
}
