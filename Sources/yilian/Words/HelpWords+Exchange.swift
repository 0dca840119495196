import Effects

extension HelpWords {
    /// Of `yilian queue`.
    static let queue: [Wording] = [
        Wording(
            "Show what waits for neighbours and hospitals' systems, and why; carry it by file.",
            "显示有什么在等待送往邻居和医院系统及原因；用文件运送。"),
        Wording("Show what waits for the neighbours and for hospitals' systems.", "显示有什么在等待送往邻居和医院系统。"),
        Wording("Let a message to a hospital's system go again.", "让发往医院系统的一条消息重新发送。"),
        Wording(
            """
            For one that `queue show` lists: it was refused or held, and what was wrong is mended. One that waits for its \
            next attempt is tried now.
            """,
            "用于 `queue show` 列出的消息：曾被拒绝或扣留，且问题已解决。正在等下一次尝试的，现在就试。"),
        Wording("Take a message to a hospital's system out for good.", "永久移除发往医院系统的一条消息。"),
        Wording(
            """
            The hospital does not get it; what waited behind it goes on. The report itself stays where it is. The reason \
            stays on record: `yilian audit acts`.
            """,
            "医院不会收到它；排在其后的继续发送。报告本身仍保留在原处。原因会留存：`yilian audit acts`。"),
        Wording("A message, as `queue show` names it.", "消息，按 `queue show` 所列的名称。"),
        Wording("A message, as `queue messages` names it.", "消息，按 `queue messages` 所列的名称。"),
        Wording("Why, in a few words; no patient's name.", "原因，几个字；不要写患者姓名。"),
        Wording("Keep a message to a hospital's system until somebody releases it.", "扣留发往医院系统的一条消息，直到有人放行。"),
        Wording(
            """
            The same patient's later messages wait behind it. One that is on its way at this moment may still arrive. The \
            reason stays on record: `yilian audit acts`.
            """,
            "同一患者后面的消息在它后面等。此刻正在途中的仍可能送到。原因会留存：`yilian audit acts`。"),
        Wording("Let a message go on that is held.", "放行被扣留的消息。"),
        Wording("List the messages to hospitals' systems one by one, the oldest first.", "逐条列出发往医院系统的消息，最久的在前。"),
        Wording(
            """
            What they say is not shown: it is about patients. Exit code 3: there are more; --after with the last place \
            shows them.
            """,
            "内容与患者有关，不显示。退出码 3：还有更多；用 --after 写上最后的位置即可显示。"),
        Wording("Only those for this destination of the node's file.", "只要发往节点文件中这个外发目标的。"),
        Wording("Only those that stand there: waiting, held or beside the queue.", "只要处于该状态的：等待、扣留或放在队列旁边。"),
        Wording("Only those that have waited at least so long.", "只要至少等了这么久的。"),
        Wording("Behind this place, as the list before named it.", "从前一次列表写出的位置之后开始。"),
        Wording(
            "With --wait it asks until nothing waits; exit code 3 where something still does then.",
            "用 --wait 时反复询问直到没有等待的；那时仍有等待的，退出码为 3。"),
        Wording("Say why each item waits.", "说明每一项为何等待。"),
        Wording("Without a name: of all of them.", "不写名称时：全部。"),
        Wording("A neighbour, or a destination of the node's file.", "邻居，或节点文件中的外发目标。"),
        Wording("Show what is refused, stopped, set aside or held, with the way out.", "显示被拒绝、停住、隔离或扣留的内容，以及出路。"),
        Wording(
            """
            `queue list` shows what waits for a link; this shows what a link alone does not move. Exit code 3: \
            something needs somebody; 1: the item that was named is not stuck here.
            """,
            "`queue list` 显示等待链路的内容；这里显示仅有链路也不会移动的内容。退出码 3：有需要人处理的；1：所指的内容没有停在这里。"),
        Wording("One entry, batch or chain alone.", "只看一个条目、批或链。"),
        Wording("Write what waits for a neighbour, or a stretch of a chain, into a file.", "把等待送往邻居的内容或一段链写入文件。"),
        Wording(
            """
            The same sealed bytes as on the wire; `queue import` at the neighbour acknowledges them. A file \
            holds up to about 50 MiB: export again after bringing the receipt back.
            """,
            "与线路上相同的封存字节；在邻居处用 `queue import` 确认。一个文件最多约 50 MiB：带回回执后再导出。"),
        Wording("The neighbour.", "邻居。"),
        Wording("One chain alone, as `queue list` shows it.", "只要一条链，如 `queue list` 所显示。"),
        Wording("The first batch, for --chain.", "第一个批，与 --chain 同用。"),
        Wording("How many batches at most.", "最多多少批。"),
        Wording("Take batches from a file, or the receipt of such a file.", "从文件接收批，或接收这种文件的回执。"),
        Wording(
            "Exit code 3: a batch was refused, or an entry was set aside: `yilian queue show` says what to do.",
            "退出码 3：有批被拒绝，或有条目被搁置：`yilian queue show` 写明如何处理。"),
        Wording("A file that `queue export` or --receipt wrote.", "`queue export` 或 --receipt 写出的文件。"),
        Wording("Where to write the acknowledgement for the sender.", "给发送方的回执写到哪里。"),
    ]

    /// Of `yilian peer`.
    static let peer: [Wording] = [
        Wording("Look at a node's neighbours, test, pause and resume its links.", "查看节点的邻居，测试、暂停和恢复链路。"),
        Wording("Try the way to a neighbour step by step, and say what helps.", "逐步测试到邻居的链路，并说明怎么办。"),
        Wording(
            """
            Address, connection, TLS and certificate, handshake, configuration, clock. A link that is up is not disturbed. \
            Children dial: of them is said what is known here. Exit code 3: something is not as it should be.
            """,
            "依次为地址、连接、TLS 与证书、握手、配置、时钟。已通的链路不受影响。下级由其自己拨号：只说明本节点所知。退出码 3：有不正常的。"),
        Wording("Keep the link to a neighbour down until somebody resumes it.", "暂停与邻居的链路，直到有人恢复。"),
        Wording(
            """
            It stays paused over a restart. What is written waits on disk; look-ups across the link are refused meanwhile. \
            Everybody who asks why is told who paused it and why; the reason stays on record: `yilian audit acts`.
            """,
            "重启后仍然暂停。写下的在盘上等；经该链路的调阅暂时被拒绝。问起原因的人都会看到是谁、为什么暂停；原因会留存：`yilian audit acts`。"),
        Wording("Let a link come up again that was paused.", "恢复被暂停的链路。"),
        Wording("Show every neighbour and its link.", "显示每个邻居及其链路。"),
        Wording("Exit code 3: a link is not up, or something is wrong with it.", "退出码 3：有链路未连通，或有问题。"),
    ]

    /// Of `yilian backup`.
    static let backup: [Wording] = [
        Wording("Make, verify and restore backups of a node.", "做、核验和恢复节点的备份。"),
        Wording("Make a backup while the node works, and verify it.", "在节点运行时做备份，并核验。"),
        Wording(
            """
            It holds the ledger, all of one moment, and the region's configuration, in a folder of its own that the node \
            signs; never a key. 'backups.folder' in the node's file says where: best on another disk. Seven are kept.
            """,
            "内含同一时刻的账本和区域配置，放在单独的文件夹中，由节点签名；从不含密钥。位置由节点文件的 backups.folder 指定：最好在另一块磁盘上。保留七份。"),
        Wording("List the backups of a node, the newest first.", "列出节点的备份，最新的在前。"),
        Wording("Read a backup again, and say whether it is sound.", "重新读取备份，并说明是否完好。"),
        Wording(
            "The node's signature, the digest of every file, and the database's own check. Exit code 1: it is not sound.",
            "核对节点的签名、每个文件的摘要和数据库自检。退出码 1：不完好。"),
        Wording("A backup, as `backup list` names it.", "备份，按 `backup list` 所列的名称。"),
        Wording("Put a backup into the data folder of a stopped node.", "把备份放入已停止节点的数据目录。"),
        Wording(
            """
            The folder needs the node's keys, which no backup holds: ledger.key, box.key, tls.key, tls.crt, ca.crt and \
            region.pub. A backup that none of its ledger keys signed, or that is not sound, is refused and nothing is \
            changed. The ledger that lay there is kept beside the new one. At its next start the node goes on under a new \
            incarnation and takes back from its parent what the backup does not have.
            """,
            "该目录须有节点的密钥（备份从不含密钥）：ledger.key、box.key、tls.key、tls.crt、ca.crt 和 region.pub。不是由其账本密钥签名的、或不完好的备份会被拒绝，什么也不改动。原来的账本保留在新账本旁边。下次启动时，节点以新的化身继续，并从上级取回备份中没有的内容。"
        ),
        Wording("The folder of a backup.", "备份的文件夹。"),
        Wording("The data folder of the stopped node.", "已停止节点的数据目录。"),
    ]

    /// Of `yilian audit acts`.
    static let acts: [Wording] = [
        Wording("List what operators did to messages, links and backups, and why.", "列出操作员对报文、链路和备份做了什么、为什么。"),
        Wording(
            """
            The newest first; kept for 200 days. Whoever works on the node's own machine is 'node'. Exit code 3: there \
            are more; --before with the last number shows them.
            """,
            "最新的在前；保存 200 天。在节点机器上操作的人写作 'node'。退出码 3：还有更多；用 --before 写上最后的编号即可显示。"),
        Wording("Before this one, as the list before named it.", "在此编号之前，如前一次列表所写。"),
    ]

    /// Of `yilian trace`.
    static let trace: [Wording] = [
        Wording("Follow one entry from a node upward, hop by hop.", "从节点向上逐跳跟踪一个条目。"),
        Wording(
            "Exit code 3: a hop could not be reached, or holds the entry back or set it aside; 1: no hop has it.",
            "退出码 3：有一跳无法到达，或扣留、隔离了该条目；1：没有一跳有它。"),
        Wording("The entry's id.", "条目编号。"),
    ]

    /// Of `yilian ledger`.
    static let ledger: [Wording] = [
        Wording("Verify a node's ledger, or fold it again.", "验证节点的账本，或重新折算。"),
        Wording("Check every seal, every segment and every chain of headers.", "检查每个封存、每个分段和每条批头链。"),
        Wording(
            """
            Asks the node where one runs; else opens the data folder itself, which needs the files with which \
            the node runs. Exit code 1 where something does not hold; 3 where forks are kept or entries are set \
            aside.
            """,
            "节点在运行时询问节点；否则自行打开数据目录，这需要节点运行所用的文件。退出码 1：有不成立的；3：保留有分叉，或有条目被隔离。"),
        Wording("The node's yaml file, where its file names are not the usual ones.", "节点的 yaml 文件，用于文件名不是通常名称的情形。"),
        Wording("Drop what was derived from the ledger and derive it again.", "丢弃由账本折算的内容，并重新折算。"),
        Wording(
            """
            Nothing sealed is touched. What cannot be read any more is left out and named; the exit code is 3 \
            then.
            """,
            "封存的内容不动。无法再读取的会略去并列出；此时退出码为 3。"),
        Wording("Let an author's bulk go on after its fork was looked into.", "查明分叉后，放行一个作者的批量通道。"),
        Wording(
            """
            Two batches with one identity stop an author's bulk: somebody runs the node twice, or rewrote its \
            ledger. Find out which before you go on. Both batches stay as evidence.
            """,
            "同一编号的两个批会停住作者的批量通道：有人重复运行了该节点，或改写了其账本。请先查明是哪一种。两个批都作为证据保留。"),
        Wording("The author whose bulk is stopped.", "批量通道被停住的作者。"),
    ]
}
