package import ArgumentParser
package import Demo
import Effects
package import VerbKit

/// What consultations put on the command line: `yilian consult`.
package enum ConsultationVerbList: ServiceVerbs {
    package static var nouns: [any ParsableCommand.Type] { [ConsultCommand.self] }
    package static var scene: (any DemoScene.Type)? { ConsultationScene.self }

    package static let words = VerbWords(
        help: [
            Wording("Ask for a remote diagnosis, claim a request, report on it.", "提出远程诊断申请，接收申请，出具报告。"),
            Wording("Make a request at the node where the patient is.", "在患者所在的节点提出申请。"),
            Wording(
                """
                Needs the patient's --consent, or a reason with --break-glass. The same --order-number with the same \
                content gives the same request.
                """,
                "须有患者的 --consent，或用 --break-glass 写明理由。同一 --order-number 且内容相同，得到同一份申请。"),
            Wording(
                "A kind of the region's service levels; `region show` lists them.", "区域服务水平中的种类；`region show` 列出它们。"),
            Wording("What is the matter.", "病情。"),
            Wording("What is asked.", "所问的问题。"),
            Wording("A document to send along; may be repeated.", "随申请发送的文档；可重复。"),
            Wording("Show the requests that concern a node, newest first.", "显示与节点有关的申请，最新的在前。"),
            Wording("Only those of a specialty, such as ecg.", "只要某一专业的，如 ecg。"),
            Wording("Show what became of a request; with --practitioner, open it.", "显示申请的经过；用 --practitioner 时打开它。"),
            Wording(
                """
                Opening shows the patient's data to those who are entitled to it, and is written to the audit \
                ledger. With --documents the request's documents are written into that folder with mode 0600. Exit \
                code 3: they do not lie at this node, or nobody works on the request.
                """,
                "打开时向有权者显示患者数据，并写入审计账本。用 --documents 时把申请的文档以 0600 权限写入该文件夹。退出码 3：文档不在本节点，或无人处理该申请。"),
            Wording("The request's id.", "申请编号。"),
            Wording("Open it as this expert or practitioner.", "以此专家或医师的身份打开。"),
            Wording(
                "A folder for the documents of the request; needs --practitioner.", "存放申请文档的文件夹；须有 --practitioner。"),
            Wording("Claim a request for an expert of the roster, at the expert's node.", "在专家所在的节点，由名册中的专家接收申请。"),
            Wording("One claim at most succeeds; the others are told who has it.", "最多一人接收成功；其他人会得知由谁接收。"),
            Wording("The attempt; the newest where it is not given.", "第几次派单；不写时为最新的。"),
            Wording("The expert's id of the roster.", "名册中的专家编号。"),
            Wording("Report on a request that the expert has claimed.", "对专家已接收的申请出具报告。"),
            Wording("Another text later is a new version; both are kept.", "以后的不同文字是新的版本；两者都保留。"),
            Wording("What is seen.", "所见。"),
            Wording("What it means.", "结论。"),
            Wording("Take note of a report, at the node where the request was made.", "在提出申请的节点确认报告。"),
            Wording("Who takes note, as the hospital names its staff.", "由谁确认，按医院对人员的称呼。"),
        ],
        complaints: [
            Wording(
                "--documents opens the request: say with --practitioner who opens it.",
                "--documents 会打开申请：请用 --practitioner 写明由谁打开。"),
            Wording("Give --findings, --conclusion or both.", "请写 --findings、--conclusion 或两者。"),
        ])
}
