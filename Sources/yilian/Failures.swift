import Effects

extension FailureDefinition {
    /// What can be wrong with the commands of `yilian`.
    static let program: [FailureDefinition] = [
        FailureDefinition(
            "demo.noNodes", .broken, "the nodes of the demo are not to be found", "找不到演示的节点文件",
            remedy: Wording("run it in the checkout, or say --nodes DIR", "请在代码目录中运行，或写 --nodes DIR")),
        FailureDefinition(
            "demo.noProgram", .broken, "the path of this program is not known", "不知道本程序的路径",
            remedy: Wording("start it by its whole path", "请用完整路径启动")),
        FailureDefinition(
            "import.empty", .invalid, "the file is empty", "文件是空的",
            remedy: Wording("take it out of the folder", "请把它移出文件夹")),
        FailureDefinition(
            "import.loop", .invalid, "a link leads back to a folder above it", "链接指回上层文件夹",
            remedy: Wording("take the link away", "请删除该链接")),
        FailureDefinition(
            "import.noFiles", .invalid, "there is no file to import", "没有可导入的文件",
            remedy: Wording("name a file", "请指定文件")),
        FailureDefinition(
            "manual.unreadable", .broken, "the argument parser describes the program in an unknown form",
            "参数解析器以未知形式描述程序",
            remedy: .reportFault),
        FailureDefinition(
            "node.badFile", .broken, "a file of the node cannot be read", "节点的文件无法读取",
            remedy: .restoreBackup),
        FailureDefinition(
            "node.certificate", .broken, "neighbours will not believe the node's certificate", "邻居不会相信节点的证书",
            remedy: Wording("bring one that `yilian cert renew` wrote", "请带来 `yilian cert renew` 写出的证书")),
        FailureDefinition(
            "node.ledgerFile", .broken, "this user cannot read and write a file of the ledger",
            "本用户不能读写账本的某个文件",
            remedy: Wording(
                "look at its owner, and give it back with `chown`", "请查看文件的所有者，并用 `chown` 归还")),
        FailureDefinition(
            "node.noFolder", .broken, "there is no data folder", "没有数据目录",
            remedy: Wording(
                "make it with mode 0700, and put into it what `yilian cert issue` wrote",
                "请以 0700 权限建立，并放入 `yilian cert issue` 写出的内容")),
        FailureDefinition(
            "node.noLedger", .broken, "there is no ledger in this folder", "该文件夹中没有账本",
            remedy: Wording("name the node's data folder with --data", "请用 --data 指定节点的数据目录")),
        FailureDefinition(
            "node.openLedger", .broken, "others than its owner may read or write the ledger", "其他用户可读写账本",
            remedy: Wording(
                "run `chmod 600` on it, and think about who may have read what",
                "请对其执行 `chmod 600`，并考虑谁可能读过什么")),
        FailureDefinition(
            "node.openFolder", .broken, "others than its owner may write in the data folder", "其他用户可写入数据目录",
            remedy: Wording(
                "run `chmod 700` on it, and think about who may have changed what",
                "请对它执行 `chmod 700`，并考虑可能被改动的内容")),
        FailureDefinition(
            "node.otherAuthority", .broken, "the authority did not issue the node's certificate", "该签发机构未签发节点的证书",
            remedy: Wording("bring the ca.crt that lies beside the node's certificate", "请带来与节点证书放在一起的 ca.crt")),
        FailureDefinition(
            "node.otherCertificate", .broken, "the certificate is another node's", "证书属于另一个节点",
            remedy: Wording(
                "bring the certificate that `yilian cert issue` wrote for this node",
                "请带来 `yilian cert issue` 为本节点写出的证书")),
        FailureDefinition(
            "node.otherTLSKey", .broken, "the key is not the one of the certificate", "密钥与证书不配",
            remedy: Wording("bring tls.key and tls.crt together", "请把 tls.key 和 tls.crt 一起带来")),
        FailureDefinition(
            "node.running", .broken, "another process has this data folder open", "另一进程正在使用该数据目录",
            remedy: Wording("see `yilian node status`; stop that one first", "请用 `yilian node status` 查看，并先停止它")),
        FailureDefinition(
            "patientKey.badBeginning", .invalid, "an epoch begins from now on, and after the one before it",
            "纪元须从现在以后开始，且晚于前一个",
            remedy: Wording("give a later --from", "请写更晚的 --from")),
        FailureDefinition(
            "patientKey.badFile", .broken, "this is no patient key secret of this region and epoch",
            "这不是本区域该纪元的患者密钥秘密",
            remedy: Wording(
                "move it away, and take the right one back with `yilian cert epoch recover`",
                "请移开它，并用 `yilian cert epoch recover` 取回正确的")),
        FailureDefinition(
            "patientKey.missing", .broken, "the secret of a patient key epoch is missing", "缺少某个患者密钥纪元的秘密",
            remedy: Wording(
                "restore the file, or take it back with `yilian cert epoch recover`",
                "请恢复该文件，或用 `yilian cert epoch recover` 取回")),
        FailureDefinition(
            "patientKey.tooMany", .invalid, "a region has no more epochs of patient keys than this", "患者密钥纪元已达上限",
            remedy: Wording("go on with the one in force", "请继续使用现行纪元")),
        FailureDefinition(
            "queue.noPeer", .absent, "this node has no such neighbour", "本节点没有该邻居",
            remedy: Wording("`yilian peer list` names the neighbours", "请用 `yilian peer list` 查看邻居")),
        FailureDefinition(
            "region.keptUnusable", .broken, "the region configuration that this node kept cannot be used",
            "本节点保存的区域配置不可用",
            remedy: Wording(
                "bring the newest one that `yilian region publish` wrote",
                "请带来 `yilian region publish` 写出的最新配置")),
        FailureDefinition(
            "region.missing", .absent, "there is no region configuration", "没有区域配置",
            remedy: Wording(
                "bring the file that `yilian region publish` wrote",
                "请带来 `yilian region publish` 写出的文件")),
        FailureDefinition(
            "region.previousUnusable", .broken, "what was published before cannot be used", "先前发布的配置不可用",
            remedy: Wording("restore the file, or bring the newest one of a node", "请恢复该文件，或带来某个节点的最新配置")),
        FailureDefinition(
            "usage.unforeseen", .broken, "something went wrong that nobody foresaw", "发生了未预见的错误",
            remedy: .reportFault),
        FailureDefinition(
            "usage.wrong", .invalid, "the command line is not in order", "命令行用法不对",
            remedy: Wording("see the verb's --help", "请查看该命令的 --help")),
    ]
}
