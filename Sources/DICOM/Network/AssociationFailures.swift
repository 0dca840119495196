import Effects

extension FailureDefinition {
    private static let lookAtPeer = Wording(
        "look at the system at the other end, and at what stands between", "请检查对端系统以及中间的网络设备")

    /// What can be wrong with an association of DICOM's own protocol.
    static let association: [FailureDefinition] = [
        FailureDefinition(
            "dimse.aborted", .retry, "the peer broke the association off", "对端中断了 DICOM 连接", remedy: .tryAgain),
        FailureDefinition(
            "dimse.command", .invalid, "a command is malformed", "DICOM 命令的格式不正确", remedy: lookAtPeer),
        FailureDefinition(
            "dimse.commandTooLong", .invalid, "a command is longer than it may be", "DICOM 命令超过长度限制",
            remedy: lookAtPeer,
            particulars: [Wording("a command is longer than {1} bytes", "命令超过 {1} 字节")]),
        FailureDefinition(
            "dimse.contextUnknown", .invalid, "a message names a context that was not agreed on", "报文使用了未协商的表示上下文",
            remedy: lookAtPeer),
        FailureDefinition(
            "dimse.datasetTooLong", .invalid, "a message's data set is longer than it may be", "报文的数据集超过长度限制",
            remedy: .sendLess,
            particulars: [Wording("a message's data set is longer than {1} bytes", "报文的数据集超过 {1} 字节")]),
        FailureDefinition(
            "dimse.disconnected", .retry, "the peer ended the connection", "对端断开了连接", remedy: .tryAgain),
        FailureDefinition(
            "dimse.malformed", .invalid, "a unit of the association is malformed", "DICOM 协议数据单元格式不正确",
            remedy: lookAtPeer),
        FailureDefinition(
            "dimse.outOfTurn", .invalid, "a unit comes where it has no place", "收到的协议数据单元不符合当前状态",
            remedy: lookAtPeer),
        FailureDefinition(
            "dimse.tooManyContexts", .invalid, "an association has too many contexts", "表示上下文过多",
            remedy: lookAtPeer,
            particulars: [Wording("an association has more than {1} contexts", "表示上下文超过 {1} 个")]),
        FailureDefinition(
            "dimse.unitTooLong", .invalid, "a unit is longer than was agreed on", "协议数据单元超过约定的长度",
            remedy: lookAtPeer,
            particulars: [Wording("a unit has {1} bytes; the limit is {2}", "协议数据单元有 {1} 字节，上限为 {2}")]),
        FailureDefinition(
            "dimse.unitTooShort", .invalid, "the peer takes less at a time than a command needs", "对端一次接收的长度不足以容纳命令",
            remedy: lookAtPeer),
        FailureDefinition(
            "dimse.unknownUnit", .invalid, "a unit is of no type that there is", "协议数据单元的类型不存在",
            remedy: Wording("this port speaks DICOM; see who calls it", "此端口使用 DICOM 协议，请查看是谁在连接")),
    ]
}
