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
            "For one that `queue show` lists: it was refused or held, and what was wrong is mended.",
            "用于 `queue show` 列出的消息：曾被拒绝或扣留，且问题已解决。"),
        Wording("Take a message to a hospital's system out for good.", "永久移除发往医院系统的一条消息。"),
        Wording(
            "The hospital does not get it; what waited behind it goes on. The report itself stays where it is.",
            "医院不会收到它；排在其后的继续发送。报告本身仍保留在原处。"),
        Wording("A message, as `queue show` names it.", "消息，按 `queue show` 所列的名称。"),
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
        Wording("Look at a node's neighbours.", "查看节点的邻居。"),
        Wording("Show every neighbour and its link.", "显示每个邻居及其链路。"),
        Wording("Exit code 3: a link is not up, or something is wrong with it.", "退出码 3：有链路未连通，或有问题。"),
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
