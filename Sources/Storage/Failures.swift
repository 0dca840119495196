package import Effects

extension FailureDefinition {
    /// What can be wrong with databases.
    package static let storage: [FailureDefinition] = [
        FailureDefinition(
            "storage.broken", .retry, "the database failed, and the node stops", "数据库故障，节点停止",
            remedy: Wording(
                "check the disk, start the node again and run `yilian ledger verify`",
                "请检查磁盘，重启节点并执行 `yilian ledger verify`")),
        FailureDefinition(
            "storage.failed", .broken, "a statement of the database failed", "数据库语句失败",
            remedy: .reportFault),
        FailureDefinition(
            "storage.full", .retry, "the disk is full", "磁盘已满",
            remedy: Wording("make room on the node's disk", "请在节点磁盘上腾出空间")),
        FailureDefinition(
            "storage.newerSchema", .broken, "the database was written by a newer program", "数据库由更新的程序写成",
            remedy: Wording("start the newer program, or restore a backup made by this one", "请启动较新的程序，或恢复本程序的备份")),
        FailureDefinition(
            "storage.type", .broken, "the database holds a value that cannot be", "数据库中有不可能的值",
            remedy: Wording("run `yilian ledger verify`", "请执行 `yilian ledger verify`")),
        FailureDefinition(
            "storage.unavailable", .retry, "the database cannot work now", "数据库暂时无法工作",
            remedy: Wording(
                "try again; look at the machine's memory and at who else has the file open",
                "请稍后再试；并查看内存以及还有谁打开该文件")),
        FailureDefinition(
            "storage.unopenable", .broken, "the database cannot be opened", "数据库无法打开",
            remedy: .checkDisk),
    ]
}
