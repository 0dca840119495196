import Effects

extension HelpWords {
    /// Of `yilian region`.
    static let region: [Wording] = [
        Wording("Check, compare, publish, bring and show the region's configuration.", "检查、比较、发布、送达和显示区域配置。"),
        Wording(
            """
            `yilian region check` names every mistake of region.yaml with its line; `yilian demo --keep DIR` \
            writes a whole region's files as an example.
            """,
            "`yilian region check` 指出 region.yaml 的每个错误及其行号；`yilian demo --keep DIR` 写出一个完整区域的文件作为示例。"),
        Wording("Look at a region.yaml and change nothing.", "查看 region.yaml，不作任何改动。"),
        Wording("Shows every problem with its file and line, and what the file holds.", "显示每个问题及其文件和行，以及文件的内容。"),
        Wording("The file.", "文件。"),
        Wording(
            "Say what the configuration in force changed, and what the one that waits will change.",
            "说明生效中的配置改变了什么，等待生效的将改变什么。"),
        Wording("Against the version before it that lies at the node.", "与节点上它之前的版本相比。"),
        Wording("Say in words what changes from one region configuration to another.", "用文字说明从一份区域配置到另一份有何变化。"),
        Wording(
            """
            Each may be a signed file, of `region publish` or from a node's data folder, or a region.yaml. A \
            yaml holds no keys, revocations and epochs: beside a signed file they are left out.
            """,
            "每一份可以是签名文件（`region publish` 写出的或节点数据目录中的），或 region.yaml。yaml 不含密钥、吊销和纪元：与签名文件比较时不计这些。"),
        Wording("What was.", "原来的。"),
        Wording("What is to be.", "将来的。"),
        Wording("The region's root public key: the signatures are checked too.", "区域的根公钥：同时核对签名。"),
        Wording(
            "Sign a region.yaml with what the authority has on record, and hand it out.",
            "以签发机构的记录签名 region.yaml，并发出。"),
        Wording(
            """
            Attaches the nodes' keys, the revocations and the patient key epochs of the authority's folder, \
            signs, and writes the file that every node reads. With --data or --url it is handed to the \
            dispatcher, from where it goes to everybody. Refused where the secret of a published epoch is \
            missing. What was published and the folder has not on record any more stays: revocations, and the \
            keys of nodes. Exit code 3: published, but a node of region.yaml has no keys yet, or something \
            stays that the folder lost.
            """,
            """
            附上签发机构文件夹中的节点密钥、吊销和患者密钥纪元，签名，并写出每个节点读取的文件。用 --data 或 --url 时交给调度节点，由它送到所有节点。已发布纪元的秘密缺失时拒绝。\
            已发布而文件夹中不再有的内容保留：吊销，以及节点的密钥。退出码 3：已发布，但 region.yaml 中有节点还没有密钥，或有文件夹已丢失的内容被保留。
            """),
        Wording("The region's file.", "区域的文件。"),
        Wording("Where to write it too, beside the authority's folder.", "除签发机构的文件夹外，另写到哪里。"),
        Wording("Bring a signed configuration to a running node by hand.", "人工把签名的配置送到运行中的节点。"),
        Wording(
            """
            For a node that was down while it was moved, and for a configuration that was signed on a machine \
            without a network. The node checks it against the region's root public key, refuses a lower version \
            than its own, keeps it, and offers it to its neighbours. One whose validFrom lies ahead waits until \
            then.
            """,
            "用于移动期间停机的节点，以及在没有网络的机器上签名的配置。节点用区域的根公钥核对，拒绝低于自己的版本，保存它，并提供给邻居。validFrom 在将来的会等到那时。"),
        Wording("The file that `region publish` wrote.", "`region publish` 写出的文件。"),
        Wording("Show how a node and every node below it is.", "显示本节点及其下每个节点的状况。"),
        Wording(
            """
            What nodes say of themselves goes up every ten seconds. Below a node that is away everything is unknown since \
            its last word. Exit code 3: a node is not up.
            """,
            "各节点每十秒向上报告自己的状况。失联节点之下的一切，自其最后一次消息起为未知。退出码 3：有节点不正常。"),
        Wording("Show the configuration in force at a node, or the one in a signed file.", "显示节点上现行的配置，或签名文件中的配置。"),
        Wording("A file is verified against the region's root public key.", "文件用区域的根公钥核对。"),
        Wording("A signed configuration, instead of a node.", "签名的配置，代替节点。"),
        Wording("The region's root public key, for --file.", "区域的根公钥，与 --file 同用。"),
        Wording("List the divisions that region.yaml may name, with their codes.", "列出 region.yaml 可以写的行政区划及其代码。"),
        Wording(
            "Those that come with the program, and those that a region.yaml adds. Exit code 1: none of them fits.",
            "程序自带的，以及 region.yaml 加入的。退出码 1：没有相符的。"),
        Wording("The beginning of a code, or a part of a name.", "代码的开头，或名称的一部分。"),
        Wording("A region.yaml whose own divisions are listed too.", "一并列出其自有区划的 region.yaml。"),
    ]
}
