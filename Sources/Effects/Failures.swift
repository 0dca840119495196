extension FailureDefinition {
    /// What can be wrong with files, processes and what a peer may count.
    package static let effects: [FailureDefinition] = [
        FailureDefinition(
            "disk.forbidden", .forbidden, "the system does not permit this file or folder", "系统不允许访问该文件或文件夹",
            remedy: Wording("run this as the user to whom it belongs, or let this one have it", "请以其所有者运行，或授权当前用户"),
            particulars: [
                Wording(
                    "run this as the user to whom it belongs, or let this one have it; `namei -l {1}` shows whose it is on the whole way",
                    "请以其所属用户运行，或让本用户拥有它；`namei -l {1}` 显示沿途各级的归属"),
                Wording("{1}: permission denied", "{1}：没有权限"),
            ]),
        FailureDefinition(
            "disk.notAFile", .invalid, "this is a pipe, a socket or a device, not a file", "这是管道、套接字或设备，不是文件",
            remedy: Wording("name a file", "请指定文件")),
        FailureDefinition(
            "disk.notFound", .absent, "there is no such file or folder", "没有该文件或文件夹",
            remedy: Wording("check the path", "请检查路径"),
            particulars: [
                Wording("put it into the same folder, or correct the name", "请把它放入同一文件夹，或更正名称"),
                Wording("there is no file {1} beside this one", "本文件旁没有文件 {1}"),
            ]),
        FailureDefinition(
            "disk.notText", .invalid, "the file is not UTF-8 text", "文件不是 UTF-8 文本",
            remedy: Wording("save it as UTF-8", "请另存为 UTF-8"),
            particulars: [
                Wording("save it as UTF-8{1}", "请以 UTF-8 保存{1}"),
                Wording("this is not UTF-8 text{1}", "这不是 UTF-8 文本{1}"),
            ]),
        FailureDefinition(
            "disk.tooLarge", .invalid, "the file is larger than it may be", "文件超过大小限制",
            remedy: Wording("is this the right file?", "请核对文件是否正确"),
            particulars: [
                Wording("the file is larger than {1} bytes", "文件大于 {1} 字节")
            ]),
        FailureDefinition(
            "disk.unreadable", .broken, "the file or folder cannot be read", "文件或文件夹无法读取",
            remedy: .checkDisk),
        FailureDefinition(
            "disk.unsynced", .broken, "what was written cannot be made safe on the disk", "写入的内容无法落盘",
            remedy: .checkDisk),
        FailureDefinition(
            "disk.unwritable", .broken, "the file or folder cannot be written", "文件或文件夹无法写入",
            remedy: .checkDisk,
            particulars: [
                Wording("a file stands where a directory is wanted", "需要文件夹的地方是一个文件"),
                Wording("the process has ended", "进程已结束"),
            ]),
        FailureDefinition(
            "node.failed", .broken, "something went wrong in the node", "节点内部出错",
            remedy: Wording("look for the correlation id in its log", "请在节点日志中查找关联编号")),
        FailureDefinition(
            "process.notStarted", .broken, "the program cannot be started", "程序无法启动",
            remedy: .checkPath,
            particulars: [
                Wording("the program cannot be started again: {1}", "程序无法重新启动：{1}"),
                Wording("the program cannot be started: {1}", "程序无法启动：{1}"),
            ]),
        FailureDefinition(
            "wire.outOfRange", .broken, "a number from a peer is outside of what it can be", "对端给出的数超出允许范围",
            remedy: .lookAtAuthor,
            particulars: [
                Wording("{1} is outside of what it can be", "{1} 超出可能的范围")
            ]),
    ]
}
