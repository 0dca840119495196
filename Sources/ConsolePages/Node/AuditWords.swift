import ConsoleKit
import Effects
import ServiceKit

extension AuditRecord.Outcome {
    var mark: StateMark {
        switch self {
        case .served, .forwarded, .duplicate, .notFound: .ok
        case .refused: .broken
        case .alert: .attention
        }
    }

    func word(answered: Int) -> Wording {
        switch self {
        case .served: Wording("answered, \(answered)", "给出 \(answered) 条")
        case .forwarded: Wording("asked the next node", "转问下一节点")
        case .notFound: Wording("nothing there", "没有")
        case .duplicate: Wording("stood already", "已有")
        case .refused: Wording("refused (no ground)", "拒绝（没有依据）")
        case .alert: Wording("passed a limit", "超过限度")
        }
    }
}
