import Effects
import Referral
import WorkflowKit

/// What states, events and directions of referrals are called, and which events are up to a node.
enum ReferralTexts {
    private static let states: [ReferralState: Wording] = [
        .drafted: Wording("written", "已写"), .offered: Wording("offered", "待答复"),
        .questioned: Wording("asked back", "退回补充"), .declined: Wording("declined", "不接收"),
        .accepted: Wording("accepted", "已接收"), .arrived: Wording("arrived", "已到院"),
        .notArrived: Wording("did not come", "未到院"), .admitted: Wording("admitted", "已入院"),
        .discharged: Wording("discharged", "已出院"), .downOffered: Wording("offered down", "转下待接"),
        .downTaken: Wording("taken down", "已接回"), .followedUp: Wording("followed up", "已随访"),
        .lost: Wording("not seen by the day", "逾期未访"), .closed: Wording("closed", "已结束"),
        .withdrawn: Wording("withdrawn", "已撤回"),
    ]

    private static let events: [ReferralEvent: Wording] = [
        .offered: Wording("Ask somebody to take the patient", "请求接收"),
        .rerouted: Wording("Ask somebody else", "改请另一家"), .accepted: Wording("Accept", "接收"),
        .declined: Wording("Decline, with a reason", "不接收，写明原因"), .questioned: Wording("Ask back", "退回补充"),
        .answered: Wording("Answer", "答复"), .arrived: Wording("The patient is there", "患者已到"),
        .notArrived: Wording("The patient did not come", "患者未到"), .admitted: Wording("Admit", "收入院"),
        .discharged: Wording("Discharge, with a plan", "出院并写计划"), .downOffered: Wording("Offer it down", "请求接回"),
        .downTaken: Wording("Take the patient back", "接回患者"),
        .downDeclined: Wording("Not take the patient back", "不接回，写明原因"),
        .followedUp: Wording("The patient was seen", "已随访"), .lost: Wording("Not seen by the day", "逾期未访"),
        .closed: Wording("Close", "结束"), .withdrawn: Wording("Take it back", "撤回"),
    ]

    /// What the words of lists in forms are called.
    private static let choices: [String: Wording] = [
        "noBed": Wording("no bed", "无床位"), "notOurField": Wording("not our field", "非本院专业"),
        "notNeeded": Wording("not needed", "无需转诊"), "elsewhere": Wording("better elsewhere", "建议转往别处"),
        "incomplete": Wording("something is missing", "资料不全"), "other": Wording("other", "其他"),
    ]

    static func choice(_ field: String, _ word: String) -> Wording? { choices[word] }

    /// What the region calls a kind of referral; its code where it has no such kind any more.
    static func kind(_ code: String, _ levels: [ReferralLevelInfo]) -> String {
        levels.first { $0.kind == code }?.name ?? code
    }

    static func state(_ word: String) -> Wording {
        ReferralState(rawValue: word).flatMap { states[$0] } ?? Wording(word, word)
    }

    static func event(_ word: String) -> Wording {
        ReferralEvent(rawValue: word).flatMap { events[$0] } ?? Wording(word, word)
    }

    static func direction(_ word: String) -> Wording {
        switch ReferralDirection(rawValue: word) {
        case .up: Wording("up", "转上")
        case .down: Wording("down", "转下")
        default: Wording("sideways", "平级")
        }
    }

    /// The events that somebody at a node may make happen now, by the workflow's own table.
    static func events(of referral: CaseInfo, at node: String) -> [ReferralEvent] {
        let open = ReferralWorkflow.table.transitions.filter { line in
            guard line.from.rawValue == referral.state else { return false }
            return switch line.role {
            case .keeper: referral.home == node
            case .receiver: referral.candidates.first == node
            default: false
            }
        }
        return open.map(\.event)
    }
}
