import Effects

extension HelpWords {
    /// Of the program itself.
    static let program: [Wording] = [
        Wording("A regional exchange of medical data: 医联.", "区域医疗数据交换：医联。"),
        Wording(
            """
            Every verb has --help with an example, and --json. With --language zh, or LANG=zh_CN.UTF-8, they \
            speak Chinese. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but degraded, 4 node not \
            reachable.
            """,
            """
            每个命令都有带示例的 --help，以及 --json。用 --language zh 或 LANG=zh_CN.UTF-8 时说中文。退出码：0 完成，1 失败，2 用法不对，3 \
            完成但需要查看，4 无法到达节点。
            """),
        Wording("Show the version.", "显示版本。"),
        Wording("Show help information.", "显示帮助。"),
    ]

    /// Of `yilian node`.
    static let node: [Wording] = [
        Wording("Start a node, or look at one.", "启动节点，或查看节点。"),
        Wording("Run a node until SIGTERM or Ctrl-C.", "运行节点，直到 SIGTERM 或 Ctrl-C。"),
        Wording(
            """
            Reads the node's yaml file (`yilian config show` names its keys) and writes addresses.json into its \
            data folder once everything listens. The log goes to standard error, one line of JSON per event. SIGHUP loads the \
            certificates of links and listeners, ledger keys, token, region file and destinations again. Exit code 74: \
            the disk failed; check it, start again, run `yilian ledger verify`.
            """,
            """
            读取节点的 yaml 文件（`yilian config show` 列出其键），全部开始监听后把 addresses.json 写入数据目录。日志写到标准错误，每个事件一行 JSON。SIGHUP \
            重新读取链路和监听的证书、账本密钥、令牌、区域文件和 `destinations`。退出码 74：磁盘故障；请检查磁盘，重新启动，并执行 `yilian ledger verify`。
            """),
        Wording("The node's yaml file.", "节点的 yaml 文件。"),
        Wording("Another data folder than the file says.", "代替文件所写的数据目录。"),
        Wording("The parent's address, before those of the region; may be repeated.", "上级的地址，先于区域中所写的；可重复。"),
        Wording("Where children dial in, instead of what the file says.", "下级连入的地址，代替文件所写的。"),
        Wording("Write addresses.json to this file too.", "另把 addresses.json 写入此文件。"),
        Wording(
            "The process that starts this one: stop when it has ended; for demos and tests.",
            "启动本进程的进程：它结束时停止；用于演示和测试。"),
        Wording("Show how a running node is.", "显示运行中节点的状况。"),
        Wording(
            """
            Exit code 0: all is well; 3: something needs a look, and the last lines say what; 4: not reachable. \
            With --wait it asks until all is well, such as after a start.
            """,
            "退出码 0：一切正常；3：有需要查看的，最后几行写明是什么；4：无法到达。用 --wait 时反复询问直到一切正常，例如在启动之后。"),
    ]

    /// Of `yilian config`.
    static let config: [Wording] = [
        Wording("Check and show a node's yaml file.", "检查和显示节点的 yaml 文件。"),
        Wording(
            """
            `yilian config show` names every key with its value and the line that set it; `yilian demo --keep \
            DIR` writes the files of eight nodes as an example.
            """,
            "`yilian config show` 列出每个键、它的值和写它的那一行；`yilian demo --keep DIR` 写出八个节点的文件作为示例。"),
        Wording("Look at a node's file and change nothing.", "查看节点的文件，不作任何改动。"),
        Wording(
            """
            With --files also at everything in the data folder that `node start` will look at: region, keys, \
            certificate, tokens, who may read them, and whether they belong to this node; and \
            into its ledger.db, whose it is and whether this program can open it, also while the node runs. Run \
            it as the node's user.
            """,
            "用 --files 时也查看 `node start` 要看的数据目录中的一切：区域、密钥、证书、令牌、谁可读取它们、是否属于本节点；并查看其 ledger.db 属于谁、本程序能否打开，节点运行时也可。请以节点的用户运行。"
        ),
        Wording("The node's file.", "节点的文件。"),
        Wording("Also hold it against this region.", "另与此区域对照。"),
        Wording("Also look at the files that the node needs to start.", "另查看节点启动所需的文件。"),
        Wording("Show every value of a node's file and the line that set it.", "显示节点文件的每个值，以及写它的那一行。"),
    ]

    /// Of `yilian log`.
    static let log: [Wording] = [
        Wording("Read a node's log as a person, or change how much it says.", "以便于阅读的形式查看节点的日志，或更改其详细程度。"),
        Wording(
            "Write a node's log lines for people: local time, level, what happened.",
            "把节点的日志行写成便于阅读的形式：当地时间、级别、发生了什么。"),
        Wording(
            """
            Reads a file, or standard input where none is named, as it comes. Lines that are no log lines pass \
            as they are. `log.format: text` in the node's file makes the node write this form itself.
            """,
            "读取文件；不写时读取标准输入，随到随读。不是日志的行原样通过。节点文件中的 `log.format: text` 使节点自己写成这种形式。"),
        Wording("A file with the log.", "含日志的文件。"),
        Wording(
            "Only this level and above: trace, debug, info, notice, warning, error or critical.",
            "只要此级别及以上：trace、debug、info、notice、warning、error 或 critical。"),
        Wording("Say from which level on a running node logs, or change it.", "显示运行中的节点从哪个级别起记录日志，或更改它。"),
        Wording(
            "A change holds until the node is started again or SIGHUP lets it read `log.level` of its file.",
            "更改持续到节点重新启动，或 SIGHUP 使它读取其文件的 `log.level`。"),
        Wording(
            "trace, debug, info, notice, warning or error; none: only say it.",
            "trace、debug、info、notice、warning 或 error；不写时只显示。"),
    ]

    /// Of `yilian manual`.
    static let manual: [Wording] = [
        Wording("Write the manual page of every verb, for man(1).", "写出每个命令的手册页，供 man(1) 使用。"),
        Wording(
            """
            Scripts/install puts it where man finds it. With --json: every verb, its arguments and options, for \
            programs.
            """,
            "Scripts/install 把它放到 man 能找到的地方。用 --json：写出每个命令及其参数和选项，供程序使用。"),
    ]
}
