package import ArgumentParser
import Effects
package import VerbKit

/// What adverse events put on the command line: `yilian adverse`.
package enum AdverseVerbList: ServiceVerbs {
    package static var nouns: [any ParsableCommand.Type] { [AdverseCommand.self] }

    package static let words = VerbWords(
        help: [
            Wording("Report adverse events, and say what becomes of them.", "报告不良事件，并记录其处理经过。"),
            Wording("Report an adverse event at the node of the unit where it happened.", "在发生机构所在的节点报告不良事件。"),
            Wording(
                """
                Nobody needs to say who they are, nor whom it happened to: both stay at this node. The words of the report \
                hold no names and no numbers of persons.
                """,
                "报告者无须写明自己是谁，也无须写明涉及的患者：两者都只留在本节点。报告的文字中不写姓名和号码。"),
            Wording(
                "A grade of the region's adverseLevels; `region show` lists them.",
                "区域 adverseLevels 中的级别；`region show` 列出它们。"),
            Wording("What kind of thing happened, such as medication or fall.", "发生了哪类事件，如 medication、fall。"),
            Wording("The unit where it happened; the node's first.", "发生的机构；不写时为节点的第一个。"),
            Wording("Who reports; left out where they do not say.", "报告者；匿名时不写。"),
            Wording("The patient's number in the hospital; - reads it.", "患者在医院的号码；- 表示读取。"),
            Wording("The name of the patient it happened to.", "涉及患者的姓名。"),
            Wording("The hospital system's own number of the event.", "医院系统自己的事件编号。"),
            Wording("Do something about an adverse event, as a quality controller of its unit.", "以该机构质控人员的身份处理不良事件。"),
            Wording(
                "The event is one of the workflow's: accepted, dismissed, analysed, planned, closed, notified.",
                "事件为流程中的一个：accepted、dismissed、analysed、planned、closed、notified。"),
            Wording("The adverse event's id.", "不良事件编号。"),
            Wording("Who does it, as the region names its quality controllers.", "由谁操作，按区域对质控人员的称呼。"),
            Wording("The day by which the measures are to be done, 2026-12-31.", "改进措施的完成日，如 2026-12-31。"),
            Wording("Show the adverse events that a node knows, newest first; no persons.", "显示节点所知的不良事件，最新的在前；不含任何人。"),
            Wording("Only those of a kind, such as medication or fall.", "只要某一类的，如 medication、fall。"),
            Wording(
                "Show what became of an adverse event; with --practitioner, open it.",
                "显示不良事件的经过；用 --practitioner 时打开它。"),
            Wording(
                """
                Opening asks the node where it happened, shows what was written to a quality controller of its unit as long \
                as the event is not closed, and is written to the audit ledger. The patient and who reported are shown at \
                that node alone.
                """,
                "打开时向发生节点询问，把所写内容显示给该机构的质控人员（结束后不再显示），并写入审计账本。患者和报告者只在该节点显示。"),
        ],
        complaints: [
            Wording("Give --citizen-id or --record-number, not both.", "--citizen-id 与 --record-number 只写一个。")
        ])
}
