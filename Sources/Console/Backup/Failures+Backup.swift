import Effects

extension FailureDefinition {
    /// What can be wrong with backups.
    static let backup: [FailureDefinition] = [
        FailureDefinition(
            "backup.absent", .absent, "there is no such backup", "没有该备份",
            remedy: Wording("`yilian backup list` names them", "请用 `yilian backup list` 查看"),
            particulars: [
                Wording("there is no such backup of this node", "本节点没有该备份"),
                Wording("there is no backup in this folder", "该文件夹中没有备份"),
                Wording("name the folder that `yilian backup create` made", "请写 `yilian backup create` 所做的文件夹"),
            ]),
        FailureDefinition(
            "backup.damaged", .broken, "the backup is not sound", "备份已损坏",
            remedy: Wording("take another one; `yilian backup list` names them", "请换一份；用 `yilian backup list` 查看"),
            particulars: [
                Wording("the backup is not sound: {1}", "备份已损坏：{1}")
            ]),
        FailureDefinition(
            "backup.exists", .conflict, "a backup of this second is there", "这一秒已有备份",
            remedy: .tryAgain),
        FailureDefinition(
            "backup.malformed", .broken, "the backup's list of files cannot be read", "备份的文件清单无法读取",
            remedy: Wording("take another backup", "请换一份备份")),
        FailureDefinition(
            "backup.newer", .conflict, "a newer program made the backup", "备份由更新的程序做成",
            remedy: Wording("use the program of that release", "请使用那个版本的程序")),
        FailureDefinition(
            "backup.noRoom", .retry, "there is no room for a backup where backups lie", "备份所在磁盘空间不足",
            remedy: Wording(
                "make room there, or name another folder under 'backups' in the node's file",
                "请在那里腾出空间，或在节点文件的 backups 下写另一个文件夹"),
            particulars: [
                Wording(
                    "the ledger takes {1} MiB, and {2} MiB are free where backups lie",
                    "账本占 {1} MiB，备份所在磁盘剩余 {2} MiB")
            ]),
        FailureDefinition(
            "backup.otherNode", .conflict, "the backup is of another node", "备份属于另一个节点",
            remedy: Wording("take a backup of this node", "请使用本节点的备份"),
            particulars: [
                Wording("the backup is of node '{1}'", "备份属于节点 '{1}'")
            ]),
        FailureDefinition(
            "backup.running", .retry, "a backup is being made or verified", "正在做备份或核验备份",
            remedy: Wording("wait until it is done", "请等它完成")),
        FailureDefinition(
            "backup.unfinished", .conflict, "a backup was being put in place, and that did not come to its end",
            "恢复备份没有做完",
            remedy: Wording(
                "put it in place again with `yilian backup restore`", "请用 `yilian backup restore` 再恢复一次")),
        FailureDefinition(
            "backup.unsigned", .forbidden, "the backup is not signed by a key of this node that is known here",
            "备份不是由本节点的已知密钥签名的",
            remedy: Wording("take a backup that this node made", "请使用本节点做的备份")),
    ]
}
