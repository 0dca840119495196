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

    /// Of `yilian record`.
    static let record: [Wording] = [
        Wording("Find, open, export and verify results.", "查找、打开、导出和验证结果。"),
        Wording(
            """
            Every question says who asks and why, and is written to the audit ledger of each node that serves \
            it.
            """,
            "每次提问都写明由谁提问、为何提问，并写入提供答复的每个节点的审计账本。"),
        Wording("Find a person's results, here and above.", "在本节点和上级查找一个人的结果。"),
        Wording(
            """
            `--citizen-id -` asks for the number, or reads it from standard input: on a command line others can \
            see it. Exit code 3: a node was not reached or refused, or there are more results than were wanted.
            """,
            "`--citizen-id -` 会询问号码，或从标准输入读取：命令行上的内容别人看得见。退出码 3：有节点未到达或拒绝，或结果多于所要的。"),
        Wording("The citizen identity number; - reads it from standard input.", "公民身份号码；- 表示从标准输入读取。"),
        Wording("Another identifier, with --type and --issuer; - reads it.", "另一种标识，与 --type 和 --issuer 同用；- 表示读取。"),
        Wording("The kind of --identifier, such as MR or EHC.", "--identifier 的种类，如 MR 或 EHC。"),
        Wording("Who issued --identifier.", "--identifier 由谁发放。"),
        Wording("Who asks, as the hospital names its staff.", "由谁提问，按医院对人员的称呼。"),
        Wording("The unit where the practitioner works; the node's first.", "医师所在的机构；不写时为节点的第一个。"),
        Wording("The order, encounter, request or review for which they ask.", "为哪个医嘱、就诊、申请或评查提问。"),
        Wording("The patient's consent.", "患者的同意。"),
        Wording("Why there is no consent; for an emergency.", "没有同意的原因；用于急救。"),
        Wording("How many results at most.", "最多多少份结果。"),
        Wording("Open one result where it lies, verify it and show it.", "在其所在处打开一份结果，验证并显示。"),
        Wording(
            """
            With --documents its documents are fetched from where they lie, checked, and written into that \
            folder with mode 0600. Exit code 3: a document has not come as far yet, or its holder cannot be \
            reached.
            """,
            "用 --documents 时从所在处取来文档，核对后以 0600 权限写入该文件夹。退出码 3：有文档尚未到达，或其持有者无法到达。"),
        Wording("The version to open, as `record find` shows it.", "要打开的版本，如 `record find` 所显示。"),
        Wording("A folder for the documents of the result.", "存放结果文档的文件夹。"),
        Wording("Write one result with its proof into a file.", "把一份结果连同证明写入文件。"),
        Wording(
            """
            The file holds a person's data and is made with mode 0600. `record verify` needs nothing but it and \
            the region's root public key.
            """,
            "文件含个人数据，以 0600 权限生成。`record verify` 只需要它和区域的根公钥。"),
        Wording("The file to write.", "要写的文件。"),
        Wording("Verify an exported result with the region's root public key alone.", "只用区域的根公钥验证导出的结果。"),
        Wording(
            "Works anywhere, without a node and without a network. Exit code 1 where the proof does not hold.",
            "在任何地方都可用，不需要节点和网络。退出码 1：证明不成立。"),
        Wording("A file that `record export` wrote.", "`record export` 写出的文件。"),
        Wording("The region's root public key.", "区域的根公钥。"),
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
    ]
}
