package import ArgumentParser
package import Demo
import Effects
package import VerbKit

/// What referrals put on the command line: `yilian referral`.
package enum ReferralVerbList: ServiceVerbs {
    package static var nouns: [any ParsableCommand.Type] { [ReferralCommand.self] }
    package static var scene: (any DemoScene.Type)? { ReferralScene.self }

    package static let words = VerbWords(
        help: [
            Wording(
                "Refer a patient up, down or to a care home, and say what becomes of it.", "向上、向下或向养老机构转诊患者，并记录其经过。"),
            Wording("Write a referral at the node where the patient is.", "在患者所在的节点写转诊单。"),
            Wording(
                """
                Nobody is asked yet: offer it with `yilian referral act`. Needs the patient's --consent, or a reason \
                with --break-glass.
                """,
                "此时尚未询问任何一方：用 `yilian referral act` 发出。须有患者的 --consent，或用 --break-glass 写明理由。"),
            Wording(
                "A kind of the region's referralLevels; `region show` lists them.",
                "区域 referralLevels 中的种类；`region show` 列出它们。"),
            Wording(
                "A recognised result or an open request that belongs to it, by its entry.", "属于该转诊的互认结果或未结申请，写其条目编号。"),
            Wording(
                "Do something about a referral: offer it, answer, admit, discharge, hand back.",
                "对转诊作一项操作：发出、答复、收治、出院、转回。"),
            Wording(
                """
                The event is one of the workflow's: offered, rerouted, accepted, declined, questioned, answered, \
                arrived, admitted, discharged, downOffered, downTaken, downDeclined, followedUp, closed, withdrawn.
                """,
                """
                事件为流程中的一个：offered、rerouted、accepted、declined、questioned、answered、arrived、admitted、\
                discharged、downOffered、downTaken、downDeclined、followedUp、closed、withdrawn。
                """),
            Wording("The referral's id.", "转诊编号。"),
            Wording("The unit or node that is asked.", "被询问的机构或节点。"),
            Wording("What is held for the referral of an inventory.", "在某项资源中为该转诊预留的单位。"),
            Wording("The day of return, 2026-12-31.", "复诊日，如 2026-12-31。"),
            Wording("Show the referrals that concern a node, newest first.", "显示与节点有关的转诊，最新的在前。"),
            Wording("Only those that go up, down or to the side.", "只要向上、向下或横向的。"),
            Wording("Show what became of a referral; with --practitioner, open it.", "显示转诊的经过；用 --practitioner 时打开它。"),
            Wording(
                """
                Opening shows the patient's data to those who have a part in the referral, as long as it is not \
                closed, and is written to the audit ledger. Exit code 3: its content does not lie at this node.
                """,
                "打开时向参与该转诊者显示患者数据（结束后不再显示），并写入审计账本。退出码 3：其内容不在本节点。"),
        ])
}
