package import ArgumentParser
import Effects
package import VerbKit

/// What diagnoses put on the command line: `yilian diagnosis`.
package enum DiagnosisVerbList: ServiceVerbs {
    package static var nouns: [any ParsableCommand.Type] { [DiagnosisCommand.self] }

    package static let words = VerbWords(
        help: [
            Wording(
                "Have a centre read what was examined here, read for others, and say where specimens are.",
                "请诊断中心出具诊断，为他人诊断，并记录标本的去向。"),
            Wording("Ask for a diagnosis at the node where the patient is.", "在患者所在的节点申请诊断。"),
            Wording(
                """
                The county group offers it to its experts by itself. Needs the patient's --consent, or a reason with \
                --break-glass.
                """,
                "县域集团会自动派给其专家。须有患者的 --consent，或用 --break-glass 写明理由。"),
            Wording(
                "A kind of the region's diagnosisLevels; `region show` lists them.",
                "区域 diagnosisLevels 中的种类；`region show` 列出它们。"),
            Wording("A prior result that belongs to it, by its entry.", "属于该申请的既往结果，写其条目编号。"),
            Wording(
                "Do something about a diagnosis: claim, read, audit, take note, scan a specimen.",
                "对诊断申请作一项操作：接诊、诊断、审核、确认、扫描标本。"),
            Wording(
                """
                The event is one of the workflow's: claimed, handedBack, supplementAsked, supplemented, graded, drafted, \
                audited, reported, acknowledged, recognised, cancelled, voided; of specimens: collected, dispatched, \
                received, rejected.
                """,
                """
                事件为流程中的一个：claimed、handedBack、supplementAsked、supplemented、graded、drafted、audited、reported、\
                acknowledged、recognised、cancelled、voided；标本的：collected、dispatched、received、rejected。
                """),
            Wording("The diagnosis's id.", "诊断申请编号。"),
            Wording("Who does it: an expert of the roster, or whoever the hospital names.", "由谁操作：名册中的专家，或医院所称的人员。"),
            Wording("A specimen by its barcode; may be repeated.", "标本的条码；可重复。"),
            Wording("Show the diagnoses that concern a node, newest first.", "显示与节点有关的诊断申请，最新的在前。"),
            Wording(
                "Only those of a modality: imaging, ecg, ultrasound, laboratory, pathology.",
                "只要某一类检查的：imaging、ecg、ultrasound、laboratory、pathology。"),
            Wording(
                "Show what became of a diagnosis; with --practitioner, open it.", "显示诊断申请的经过；用 --practitioner 时打开它。"),
            Wording(
                """
                Opening shows the patient's data to those at the node that asked, to experts to whom it is offered here \
                and to whoever reads it here, and is written to the audit ledger. Exit code 3: its content does not lie \
                at this node.
                """,
                "打开时向申请节点的人员、本节点被派的专家和接诊者显示患者数据，并写入审计账本。退出码 3：其内容不在本节点。"),
            Wording(
                "Show the experts of the rosters: who is on duty, how much each has to do.", "显示名册中的专家：谁在班，各有多少待办。"),
        ])
}
