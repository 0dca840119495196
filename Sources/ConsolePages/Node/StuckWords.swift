import Console
import ConsoleKit
import Effects

extension StuckInfo.State {
    var mark: StateMark {
        switch self {
        case .stopped: .broken
        case .held: .waiting
        case .messageHeld: .held
        default: .attention
        }
    }

    /// What it is called, behind a number.
    var word: Wording {
        switch self {
        case .refused: Wording("refused by a neighbour", "被邻居拒收")
        case .stopped: Wording("stopped chain", "停住的链")
        case .setAside: Wording("set aside here", "在此搁置")
        case .quarantined: Wording("in quarantine here", "在此隔离")
        case .setAsideElsewhere: Wording("set aside elsewhere", "在别处搁置")
        case .quarantinedElsewhere: Wording("in quarantine elsewhere", "在别处隔离")
        case .held: Wording("waiting for another entry", "等前一条")
        case .messageRefused: Wording("message refused by a hospital's system", "报文被医院系统拒收")
        case .messageHeld: Wording("message held", "报文暂停")
        }
    }

    /// What it does to whom.
    var consequence: Wording {
        switch self {
        case .refused:
            Wording("The chain stands still behind it; nothing is lost.", "这条链停在它前面；什么也没有丢。")
        case .stopped:
            Wording(
                "Two batches carry one identity, or a header does not follow. Nothing more of that author is taken.",
                "两个批次用了同一身份，或者前后不衔接。暂不再接收该作者。")
        case .setAside, .setAsideElsewhere:
            Wording("It lies on disk and nothing is derived from it.", "已落盘，但没有据此生成任何内容。")
        case .quarantined, .quarantinedElsewhere:
            Wording("Its author may not have written it; nothing is derived from it.", "作者可能无权书写；没有据此生成任何内容。")
        case .held: Wording("It goes on when the other one comes.", "另一条到了就会继续。")
        case .messageRefused:
            Wording("The hospital's system said no for good. It lies beside the queue.", "医院系统明确不收。已放在队列旁边。")
        case .messageHeld:
            Wording(
                "The hospital's system failed over it; that patient's later messages wait.", "医院系统处理它时出错；同一患者后面的报文在等。")
        }
    }
}
