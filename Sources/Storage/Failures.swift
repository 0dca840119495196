package import Effects

extension FailureDefinition {
    /// What can be wrong with databases.
    package static let storage: [FailureDefinition] = [
        FailureDefinition(
            "storage.broken", .retry, "the database failed, and the node stops", "数据库故障，节点停止",
            remedy: Wording(
                "check the disk, start the node again and run `yilian ledger verify`",
                "请检查磁盘，重启节点并执行 `yilian ledger verify`"),
            particulars: [
                Wording("the database failed (SQLite code {1}: {2})", "数据库出错（SQLite 代码 {1}：{2}）"),
                Wording("the process has ended", "进程已结束"),
            ]),
        FailureDefinition(
            "storage.copy", .broken, "the database cannot be copied, or a copy cannot be read", "数据库无法复制，或副本无法读取",
            remedy: Wording("look at the room and the rights on that disk", "请查看该磁盘的空间和权限"),
            particulars: [
                Wording("the database cannot be copied: {1}", "数据库无法复制：{1}"),
                Wording("the copy cannot be read: {1}", "副本无法读取：{1}"),
            ]),
        FailureDefinition(
            "storage.failed", .broken, "a statement of the database failed", "数据库语句失败",
            remedy: .reportFault,
            particulars: [
                Wording("a reader tried to write", "有读者试图写入"),
                Wording("a savepoint gave no result", "保存点没有结果"),
                Wording("the store has no readers", "存储没有读连接"),
                Wording("a statement failed (SQLite code {1}: {2})", "语句失败（SQLite 代码 {1}：{2}）"),
                Wording("a statement has another number of arguments than it was given", "语句的参数个数与所给的不同"),
            ]),
        FailureDefinition(
            "storage.full", .retry, "the disk is full", "磁盘已满",
            remedy: Wording("make room on the node's disk", "请在节点磁盘上腾出空间")),
        FailureDefinition(
            "storage.newerSchema", .broken, "the database was written by a newer program", "数据库由更新的程序写成",
            remedy: Wording("start the newer program, or restore a backup made by this one", "请启动较新的程序，或恢复本程序的备份"),
            particulars: [
                Wording("the database has step {1} of {2}, this program knows {3}", "数据库的 {2} 已到第 {1} 步，本程序到第 {3} 步")
            ]),
        FailureDefinition(
            "storage.type", .broken, "the database holds a value that cannot be", "数据库中有不可能的值",
            remedy: Wording("run `yilian ledger verify`", "请执行 `yilian ledger verify`"),
            particulars: [
                Wording("a chain has a lane that does not exist", "有链的通道不存在"),
                Wording("an attachment has a name that is no digest", "有附件的名称不是摘要值"),
                Wording("an attachment has an audience that does not exist", "有附件的受众不存在"),
                Wording("an outgoing message has a state that cannot be", "有外发报文的状态不可能存在"),
                Wording("an operator's act has an action that cannot be", "有操作记录的动作不可能存在"),
                Wording("column {1} does not hold {2}", "列 {1} 中不是 {2}"),
                Wording("what is to go out has a kind that cannot be", "待外发内容的种类不可能存在"),
            ]),
        FailureDefinition(
            "storage.unavailable", .retry, "the database cannot work now", "数据库暂时无法工作",
            remedy: Wording(
                "try again; look at the machine's memory and at who else has the file open",
                "请稍后再试；并查看内存以及还有谁打开该文件"),
            particulars: [
                Wording("the database cannot work now (SQLite code {1}: {2})", "数据库目前不能工作（SQLite 代码 {1}：{2}）")
            ]),
        FailureDefinition(
            "storage.unopenable", .broken, "the database cannot be opened", "数据库无法打开",
            remedy: .checkDisk,
            particulars: [
                Wording("check the folder's permissions and the disk", "请检查文件夹的权限和磁盘"),
                Wording(
                    "bring the right ledger.db into the data folder, or move this one away",
                    "请把正确的 ledger.db 放入数据目录，或移开这一个"),
                Wording("full synchronisation is not in force", "完全同步没有生效"),
                Wording("the database cannot be opened: {1}", "数据库无法打开：{1}"),
                Wording("the database cannot be read: {1}", "数据库无法读取：{1}"),
                Wording("this database is no ledger", "该数据库不是账本"),
            ]),
    ]
}
