import Effects

extension HelpWords {
    /// Of `yilian import`.
    static let importing: [Wording] = [
        Wording("Take HL7 v2 and FHIR files in through a node.", "经节点接收 HL7 v2 和 FHIR 文件。"),
        Wording(
            """
            Folders are gone through in the order of their names. Ends with a table of what was accepted, what \
            was here already, what was refused and why, and what was taken with a warning: something that the \
            message says and that is not carried on, or not as it stands. --check only looks: nothing is \
            published. Exit code 3: something was refused.
            """,
            "文件夹按名称的顺序处理。最后给出一张表：接收了什么，什么已有，什么被拒绝及原因，什么接收时带有警告，即报文所写而未带入或未原样带入的内容。--check 只查看，不发布。退出码 3：有被拒绝的。"),
        Wording("Files and folders.", "文件和文件夹。"),
        Wording("Only look; publish nothing.", "只查看，不发布。"),
        Wording("Whose results they are: a unit of the node, or its code.", "是谁的结果：节点的机构，或其代码。"),
        Wording("hl7v2 or fhir; by the look of each file where it is not given.", "hl7v2 或 fhir；不写时按每个文件的样子判断。"),
    ]

    /// Of `yilian message`.
    static let message: [Wording] = [
        Wording("Look up what became of a hospital system's message.", "查询医院系统的报文的经过。"),
        Wording("List the messages that came last, the newest first.", "列出最近到达的报文，最新的在前。"),
        Wording(
            """
            What was taken is remembered as long as `messages.retentionDays` says, what was refused since the \
            node's start: its sender has it still, and was told. Exit code 3: there are more than --limit.
            """,
            "已接收的按 `messages.retentionDays` 所写保留，被拒绝的保留到节点启动时：发送方仍有它，并已得知。退出码 3：多于 --limit。"),
        Wording("Only those that were refused or could not be kept.", "只要被拒绝或无法保存的。"),
        Wording(
            "Show what became of the messages with a control id, and what was answered.",
            "显示某控制编号的报文的经过，以及答复了什么。"),
        Wording(
            """
            A line that begins with `!` is a warning: the message was taken, and something in it was not, or not \
            as it stands. Exit code 1: this node knows no message with that id.
            """,
            "以 `!` 开头的行是警告：报文已接收，其中有内容未接收或未原样接收。退出码 1：本节点没有该编号的报文。"),
        Wording("MSH-10, or the identifier of a FHIR Bundle.", "MSH-10，或 FHIR Bundle 的标识。"),
    ]

    /// Of `yilian audit`.
    static let audit: [Wording] = [
        Wording("Look into a node's audit ledger.", "查看节点的审计账本。"),
        Wording(
            "List who looked at whose data at this node, why and when, the newest first.",
            "列出谁在何时为何在本节点看过谁的数据，最新的在前。"),
        Wording(
            """
            Every node that serves a question has a record of it. With --citizen-id or --identifier: who looked \
            at this person's data, under whichever of their identifiers that this node knows; that is a look of \
            its own and stands in the audit ledger from then on. With --alerts: who asked for more persons than \
            the region lets them; each once until they stopped for ten minutes. Exit code 3: there are more; an \
            earlier --to shows them.
            """,
            """
            提供答复的每个节点都有记录。用 --citizen-id 或 --identifier：谁看过此人的数据，包括本节点所知的其各个标识；这本身也是一次查看，从此记入审计账本。用 \
            --alerts：谁查询的人数超过区域允许；每次记一条，直到停止十分钟。退出码 3：还有更多；把 --to 写得更早可显示。
            """),
        Wording("The patient's citizen identity number; - reads it.", "患者的公民身份号码；- 表示读取。"),
        Wording(
            "The patient by another identifier: TYPE|ISSUER|VALUE, such as MR|city-hospital|4711; - reads it.",
            "患者的另一标识：TYPE|ISSUER|VALUE，如 MR|city-hospital|4711；- 表示读取。"),
        Wording("Who asks who looked at the patient's data; else 'operator'.", "由谁查问谁看过患者的数据；不写时为 operator。"),
        Wording("Who looked, as the hospital names its staff.", "由谁查看，按医院对人员的称呼。"),
        Wording("The hospital's system that asked, as its node's file calls it.", "提问的医院系统，按其节点文件中的名称。"),
        Wording("The node where they sat.", "他们所在的节点。"),
        Wording("Only where somebody asked for too many persons.", "只要查询人数过多的。"),
        Wording("From 2026-11-21 or 2026-11-21T08:00:00+08:00 on.", "从 2026-11-21 或 2026-11-21T08:00:00+08:00 起。"),
        Wording("Before this moment.", "此刻之前。"),
        Wording("Show what a node gave on one access statement.", "显示节点依据一份访问声明给出了什么。"),
        Wording(
            """
            `record find` and `record show` say the statement's id; every node that served it has a record. Exit \
            code 1: this node gave nothing on it.
            """,
            "`record find` 和 `record show` 写明声明的编号；提供答复的每个节点都有记录。退出码 1：本节点未依据它给出内容。"),
        Wording("The id of an access statement.", "访问声明的编号。"),
        Wording(
            "List what was opened without consent at this node, and what was found about it.",
            "列出本节点的紧急打开及复核结论。"),
        Wording(
            """
            An opening is what somebody looked at on one reason. It waits until an auditor has written a finding, and \
            waits anew for what comes after it. Exit code 3: some wait, or there are more than --limit.
            """,
            "一次紧急打开是凭一个理由所看的全部。它等待审计员写下结论；之后又有的查看须再复核。退出码 3：有待复核的，或多于 --limit。"),
        Wording("Only those that no finding covers.", "只要没有复核结论的。"),
        Wording("Write down what an auditor found about an opening without consent.", "写下审计员对一次紧急打开的复核结论。"),
        Wording(
            """
            The finding is appended to the audit ledger and never changed; a later one stands beside it. Nobody \
            reviews what they opened themselves.
            """,
            "结论追加到审计账本，不再更改；以后的结论与它并列。不能复核自己的紧急打开。"),
        Wording("The opening, as `audit openings` names it.", "紧急打开的编号，如 `audit openings` 所写。"),
        Wording("justified or unjustified.", "justified（正当）或 unjustified（不正当）。"),
        Wording("Why, in one line and without names.", "理由，一行，不写姓名。"),
        Wording("The auditor.", "审计员。"),
        Wording("The auditor as a unit's register has them, where it does.", "审计员在机构登记中的编号（如有）。"),
        Wording("List what a practitioner looked at from this node, the newest first.", "列出一名执业人员从本节点查看过什么，最新的在前。"),
        Wording(
            "Whom it was about stands in no list. Exit code 3: there are more; an earlier --to shows them.",
            "列表中不写是关于谁的。退出码 3：还有更多；把 --to 写得更早可显示。"),
        Wording("The unit where they work; every unit of the node where none is named.", "所在机构；不写时为节点的全部机构。"),
    ]
}
