package import Effects

extension FailureDefinition {
    /// What can be wrong with bytes that travel and calls between nodes.
    package static let wire: [FailureDefinition] = [
        FailureDefinition(
            "call.cancelled", .retry, "the call was cancelled", "调用已取消",
            remedy: .tryAgain),
        FailureDefinition(
            "call.deadlineExceeded", .retry, "no answer came before the call's deadline", "对方节点未在时限内答复",
            remedy: .tryAgain,
            particulars: [
                Wording("the call that this one serves has passed its deadline", "本次调用所服务的调用已过时限"),
                Wording("the node above did not answer in time", "上级节点未及时答复"),
            ]),
        FailureDefinition(
            "call.internal", .broken, "something failed inside the node that was asked", "被问节点内部出错",
            remedy: Wording("look for the correlation id in that node's log", "请在该节点日志中查找关联编号")),
        FailureDefinition(
            "call.malformed", .broken, "a call or its answer cannot be read", "调用或其答复无法读取",
            remedy: .compareVersions,
            particulars: [
                Wording("the node's answer cannot be read", "节点的答复无法读取")
            ]),
        FailureDefinition(
            "call.notANeighbour", .absent, "the node is no neighbour of this one", "该节点不是本节点的邻居",
            remedy: Wording("ask a neighbour; `yilian peer list` names them", "请询问邻居；`yilian peer list` 列出它们"),
            particulars: [
                Wording("ask the desk of a neighbour; there is no call relay", "请询问邻居的服务台；调用不转发"),
                Wording("{1} is no neighbour of {2}", "{1} 不是 {2} 的邻居"),
            ]),
        FailureDefinition(
            "call.notEntitled", .forbidden, "this node is not entitled to the call", "本节点无权作此调用",
            remedy: Wording("see who manages whom with `yilian region show`", "请用 `yilian region show` 查看管理关系")),
        FailureDefinition(
            "call.notReachable", .retry, "the node cannot be reached now", "对方节点暂时无法到达",
            remedy: Wording("try again; `yilian peer list` says since when", "请稍后再试；`yilian peer list` 显示从何时起"),
            particulars: [
                Wording("the link has ended", "链路已结束"),
                Wording("there is no link to {1}: {2}", "与 {1} 没有链路：{2}"),
                Wording("this node has no links yet", "本节点还没有链路"),
            ]),
        FailureDefinition(
            "call.overloaded", .retry, "too many calls are under way", "同时进行的调用过多",
            remedy: .tryAgain,
            particulars: [
                Wording("too many calls wait for this node on lane {1}", "通道 {1} 上等待该节点的调用过多"),
                Wording("try again after {1} ms", "请在 {1} 毫秒后再试"),
            ]),
        FailureDefinition(
            "call.refusedByDesk", .broken, "the node refused without a reason", "对方节点拒绝，未说明原因",
            remedy: Wording("look for the correlation id in that node's log", "请在该节点日志中查找关联编号")),
        FailureDefinition(
            "call.tooLong", .invalid, "the call is larger than may be sent", "调用超过大小限制",
            remedy: .sendLess,
            particulars: [
                Wording("the call has {1} bytes; {2} are allowed", "调用有 {1} 字节，允许 {2} 字节")
            ]),
        FailureDefinition(
            "call.unknownMethod", .broken, "the node does not know this method", "对方节点不认识此方法",
            remedy: .compareVersions),
        FailureDefinition(
            "call.wrongActor", .broken, "the node has no such desk, or the desk no such method", "对方节点没有此服务台或此方法",
            remedy: .compareVersions),
        FailureDefinition(
            "wire.badCompression", .broken, "a compressed segment is damaged", "压缩分段已损坏",
            remedy: .lookAtAuthor,
            particulars: [
                Wording("a compressed segment {1}", "压缩的分段{1}")
            ]),
        FailureDefinition(
            "wire.badProtobuf", .broken, "the bytes are no message of protobuf's binary format", "字节不是 protobuf 报文",
            remedy: .compareVersions),
        FailureDefinition(
            "wire.badValue", .broken, "the bytes of a call are not what they should be", "调用的字节不符合要求",
            remedy: .compareVersions,
            particulars: [
                Wording("the bytes of a call are not {1}", "调用的字节不是 {1}")
            ]),
        FailureDefinition(
            "wire.compressionFailed", .broken, "the library refused to compress", "压缩库拒绝压缩",
            remedy: .reportFault,
            particulars: [
                Wording("the {1} library refused to compress", "{1} 库拒绝压缩")
            ]),
        FailureDefinition(
            "wire.decompressedTooLong", .broken, "a compressed segment holds more than it may", "解压后超过大小限制",
            remedy: .lookAtAuthor,
            particulars: [
                Wording("a compressed segment holds more than {1} bytes", "压缩的分段超过 {1} 字节")
            ]),
        FailureDefinition(
            "wire.frameTooLong", .broken, "the peer announced a frame that is too long", "对端的帧过长",
            remedy: .compareVersions,
            particulars: [
                Wording("the peer announced a frame of {1} bytes; {2} are allowed", "对方声明的帧有 {1} 字节，允许 {2} 字节")
            ]),
        FailureDefinition(
            "wire.frameTooShort", .broken, "the peer announced a frame shorter than its head", "对端的帧短于帧头",
            remedy: .compareVersions,
            particulars: [
                Wording("the peer announced a frame of {1} bytes, less than its head", "对方声明的帧有 {1} 字节，小于帧头")
            ]),
    ]
}
