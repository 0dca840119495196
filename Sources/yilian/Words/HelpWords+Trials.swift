import Effects

extension HelpWords {
    /// Of `yilian demo`.
    static let demo: [Wording] = [
        Wording(
            "Run a region on this machine: eight processes, a working day, a doctor.",
            "在本机运行一个区域：八个进程、一个工作日、一位医生。"),
        Wording(
            """
            Starts a part of Yangquan (Nodes/demo), imports hospital messages and a generated working day of two \
            counties through the real edges, plays a doctor, two ECG requests and the close of the day, and \
            stays up until Ctrl-C. While it is up, DIR/region.json says where every node listens.
            """,
            """
            启动阳泉的一部分（Nodes/demo），经真实的接口导入医院报文和生成的两县一个工作日的报文，扮演一位医生，提出两份心电诊断申请，结束当天的统计，并一直运行到 Ctrl-C。运行时 \
            DIR/region.json 写明每个节点在哪里监听。
            """),
        Wording("End when the show is over.", "演示结束后退出。"),
        Wording(
            "End with one line of JSON on standard output; the story goes to standard error.",
            "最后在标准输出写一行 JSON；过程写到标准错误。"),
        Wording("Keep the data in this folder.", "把数据保留在此文件夹。"),
        Wording(
            "Import these messages instead of the ones in Nodes/demo/messages.",
            "导入这些报文，代替 Nodes/demo/messages 中的。"),
        Wording("The folder with region.yaml and one yaml per node.", "含 region.yaml 和每个节点一个 yaml 的文件夹。"),
        Wording("The seed of the generated day.", "生成工作日所用的种子。"),
        Wording("The region's suite: ed25519 or sm2.", "区域的套件：ed25519 或 sm2。"),
        Wording("How much of the generated working day to send.", "发送生成的工作日的多少。"),
    ]

    /// Of `yilian simulate`.
    static let simulate: [Wording] = [
        Wording("Run a whole region on virtual time, with faults, from one seed.", "从一个种子在虚拟时间上运行带故障的整个区域。"),
        Wording(
            """
            The nodes are the production nodes; links, disks and clocks are simulated. While hospitals publish, \
            doctors ask and experts report, processes die, disks fail and links break as the seed says; at the \
            end independent checkers look whether everything that was acknowledged is where it must be. The last \
            line of each seed is `trace HASH events N faults N violations N`. Exit code 1 where anything was \
            violated, or where a seed tried too little to count.
            """,
            """
            节点是生产所用的节点；链路、磁盘和时钟是模拟的。医院发布、医师提问、专家报告的同时，进程终止、磁盘故障、链路中断，全由种子决定；最后由独立的检查器查看凡已回执的是否都在应在之处。\
            每个种子的最后一行为 `trace HASH events N faults N violations N`。退出码 1：有违反之处，或某个种子尝试得太少而不能算数。
            """),
        Wording("The first seed.", "第一个种子。"),
        Wording("How many seeds, one after the other.", "连续多少个种子。"),
        Wording("Virtual hours with faults; two and more count.", "带故障的虚拟小时数；两小时以上才算数。"),
        Wording("County groups.", "县级集团。"),
        Wording("Township health centres.", "乡镇卫生院。"),
        Wording(
            """
            A mistake to make on purpose: acknowledgeBeforeCommit, watermarkWithoutBatch, audienceSkipped, \
            foldedTwice, claimWithoutCheck, normalSynchronisation, lowerConfiguration, reusedIdentity, \
            authorNotAsked, sumWraps, pageStays, notGivenBack, clockStopped.
            """,
            """
            有意制造的错误：acknowledgeBeforeCommit、watermarkWithoutBatch、audienceSkipped、foldedTwice、\
            claimWithoutCheck、normalSynchronisation、lowerConfiguration、reusedIdentity、authorNotAsked、\
            sumWraps、pageStays、notGivenBack、clockStopped。
            """),
        Wording("Stop after the first seed in which something was violated.", "在第一个有违反之处的种子之后停止。"),
        Wording("Show what the nodes log.", "显示节点记录的日志。"),
        Wording("Write one line of JSON for each seed.", "每个种子写一行 JSON。"),
    ]
}
