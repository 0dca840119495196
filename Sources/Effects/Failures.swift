extension FailureDefinition {
    /// What can be wrong with files, processes and what a peer may count.
    package static let effects: [FailureDefinition] = [
        FailureDefinition(
            "disk.forbidden", .forbidden, "the system does not permit this file or folder", "系统不允许访问该文件或文件夹",
            remedy: Wording("run this as the user to whom it belongs, or let this one have it", "请以其所有者运行，或授权当前用户")),
        FailureDefinition(
            "disk.notAFile", .invalid, "this is a pipe, a socket or a device, not a file", "这是管道、套接字或设备，不是文件",
            remedy: Wording("name a file", "请指定文件")),
        FailureDefinition(
            "disk.notFound", .absent, "there is no such file or folder", "没有该文件或文件夹",
            remedy: Wording("check the path", "请检查路径")),
        FailureDefinition(
            "disk.notText", .invalid, "the file is not UTF-8 text", "文件不是 UTF-8 文本",
            remedy: Wording("save it as UTF-8", "请另存为 UTF-8")),
        FailureDefinition(
            "disk.tooLarge", .invalid, "the file is larger than it may be", "文件超过大小限制",
            remedy: Wording("is this the right file?", "请核对文件是否正确")),
        FailureDefinition(
            "disk.unreadable", .broken, "the file or folder cannot be read", "文件或文件夹无法读取",
            remedy: .checkDisk),
        FailureDefinition(
            "disk.unsynced", .broken, "what was written cannot be made safe on the disk", "写入的内容无法落盘",
            remedy: .checkDisk),
        FailureDefinition(
            "disk.unwritable", .broken, "the file or folder cannot be written", "文件或文件夹无法写入",
            remedy: .checkDisk),
        FailureDefinition(
            "node.failed", .broken, "something went wrong in the node", "节点内部出错",
            remedy: Wording("look for the correlation id in its log", "请在节点日志中查找关联编号")),
        FailureDefinition(
            "process.notStarted", .broken, "the program cannot be started", "程序无法启动",
            remedy: .checkPath),
        FailureDefinition(
            "wire.outOfRange", .broken, "a number from a peer is outside of what it can be", "对端给出的数超出允许范围",
            remedy: .lookAtAuthor),
    ]
}
