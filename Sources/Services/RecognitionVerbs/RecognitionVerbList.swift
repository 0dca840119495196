package import ArgumentParser
package import Demo
import Effects
package import VerbKit

/// What results and their mutual recognition put on the command line: `yilian record` and `yilian recognition`.
package enum RecognitionVerbList: ServiceVerbs {
    package static var nouns: [any ParsableCommand.Type] { [RecordCommand.self, RecognitionCommand.self] }
    package static var scene: (any DemoScene.Type)? { RecognitionScene.self }

    package static let words = VerbWords(
        help: record + recognition,
        complaints: [
            Wording(
                "Say --recognised, or give the --reason for repeating.", "请写 --recognised，或用 --reason 写重复检查的理由。"),
            Wording("--out goes with --format csv or html.", "--out 与 --format csv 或 html 同用。"),
        ],
        failures: [
            Wording("the file is no list of certificates", "文件不是证书列表"),
            Wording(
                "write a JSON array as `yilian recognition certificates --json` prints it",
                "请按 `yilian recognition certificates --json` 的形式写 JSON 数组"),
        ])

    private static let record: [Wording] = [
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

    private static let recognition: [Wording] = [
        Wording(
            "Mutual recognition: match, decide, alerts, certificates, the monthly table.",
            "结果互认：匹配、决定、提醒、证书、月报表。"),
        Wording(
            "The catalogue, marks, policy and reasons are region configuration: see `yilian region check`.",
            "目录、标识、策略和理由属于区域配置：见 `yilian region check`。"),
        Wording("Which existing results might spare what is ordered, and why.", "哪些已有结果可免去所开项目，以及原因。"),
        Wording(
            """
            Codes are the region's, the unit's own, or LOINC; items or panels. Exit code 3: a node above was not \
            reached, or refused; or a code is none.
            """,
            "代码可以是区域的、机构自己的或 LOINC；项目或组合。退出码 3：有上级节点未到达或拒绝，或某个代码不存在。"),
        Wording("List what can be ordered and matched, and the reasons for repeating.", "列出可开单匹配的项目，以及重复检查的理由。"),
        Wording(
            "As the region's configuration has it now: panels first, then items, then reasons.",
            "按区域现行配置：先组合，后项目，再理由。"),
        Wording("What is ordered.", "所开的项目。"),
        Wording("The hospital's number of the order.", "医院的申请单号。"),
        Wording("Shows every rule that was applied.", "显示所用的每条规则。"),
        Wording("Write down that a result is recognised, or why the examination is repeated.", "写下结果被互认，或重复检查的理由。"),
        Wording(
            "The same decision again changes nothing; another one changes it once.",
            "再次作同样的决定不改变什么；另一个决定只能更改一次。"),
        Wording("The match, as `recognition match` names it.", "匹配编号，如 `recognition match` 所写。"),
        Wording("The catalogue's code of the item.", "目录中项目的代码。"),
        Wording("The version of the result that was offered.", "所提供结果的版本。"),
        Wording("The result is recognised.", "互认该结果。"),
        Wording("Why the examination is repeated.", "重复检查的理由。"),
        Wording("In words, for a reason that needs them.", "文字说明，用于需要说明的理由。"),
        Wording("Who decides.", "由谁决定。"),
        Wording("List decisions that this node knows, the newest first.", "列出本节点所知的决定，最新的在前。"),
        Wording("Exit code 3: there are more than --limit.", "退出码 3：多于 --limit。"),
        Wording("List results that were opened or recognised here and have changed since.", "列出在此调阅或互认之后又有变化的结果。"),
        Wording(
            "An alert stays until somebody takes note of it. Exit code 3: there are some.",
            "提醒一直保留，直到有人确认。退出码 3：有提醒。"),
        Wording("Take note of an alert; it closes.", "确认一条提醒；提醒随之关闭。"),
        Wording("The version that the alert is about.", "提醒所涉的版本。"),
        Wording("The unit whose doctor had read the result; the node's first.", "其医师读过该结果的机构；不写时为节点的第一个。"),
        Wording("Who takes note.", "由谁确认。"),
        Wording("List openings without consent, for review.", "列出未经同意的调阅，供评查。"),
        Wording(
            "The reasons stand in the audit ledger of the node that opened: `yilian audit`.",
            "理由在调阅者所在节点的审计账本中：`yilian audit`。"),
        Wording("How far back.", "往前多少天。"),
        Wording("Publish quality certificates from the dispatcher to the whole region.", "从调度节点向全区域发布质评证书。"),
        Wording(
            """
            A file holds a JSON array: number, unit, item or classes, scope, from, to, programme. The same \
            number again with other dates takes the place of what was published before.
            """,
            "文件为 JSON 数组：number、unit、item 或 classes、scope、from、to、programme。同一编号写不同日期时，取代先前发布的。"),
        Wording("The file with the certificates.", "含证书的文件。"),
        Wording("List the quality certificates that this node knows.", "列出本节点所知的质评证书。"),
        Wording("The statistics of a period: the monthly table.", "一个周期的统计：月报表。"),
        Wording("The period; this month where it is not given.", "周期；不写时为本月。"),
        Wording("text, csv or html.", "text、csv 或 html。"),
        Wording("Writes csv or html into a file.", "把 csv 或 html 写入文件。"),
    ]
}
