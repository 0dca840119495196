package import Effects

extension DestinationsService {
    package static let failures: [FailureDefinition] = [
        FailureDefinition(
            "destination.badPlace", .invalid, "this is no place in a list of messages", "这不是报文列表中的位置",
            remedy: Wording("begin at the list's first page", "请从列表第一页开始")),
        FailureDefinition(
            "destination.certificate", .invalid, "the authority's certificate of a destination cannot be read",
            "无法读取外发目标的签发机构证书",
            remedy: Wording(
                "bring the PEM file of the CA that signed the system's certificate", "请放入签发该系统证书的 CA 的 PEM 文件"),
            particulars: [
                Wording("a destination's files cannot be used", "外发目标的文件不能用")
            ]),
        FailureDefinition(
            "destination.noMessage", .absent, "no such message waits or lies beside a queue here", "本节点没有该外发消息",
            remedy: Wording("`yilian queue show` lists them", "请用 `yilian queue show` 查看")),
        FailureDefinition(
            "destination.heldByHand", .conflict, "an operator holds the message", "操作员扣留了该报文",
            remedy: Wording("release it with `yilian queue release`", "请用 `yilian queue release` 放行")),
        FailureDefinition(
            "destination.notWaiting", .conflict, "the message does not stand where this could be done to it",
            "该报文目前的状态不能这样处理",
            remedy: Wording("look at it with `yilian queue messages`", "请用 `yilian queue messages` 查看"),
            particulars: [
                Wording("only a message that waits can be held", "只能扣留正在等待的报文"),
                Wording("only a message that is held can be released", "只能放行被扣留的报文"),
            ]),
        FailureDefinition(
            "destination.replaced", .conflict,
            "a later version of the same was delivered: this one would take its place",
            "同一内容的较新版本已送达，重发将以旧代新",
            remedy: Wording(
                "drop it: the hospital's system has the later version", "请删除该消息：医院系统已有较新版本")),
        FailureDefinition(
            "destination.tooLarge", .invalid, "a message to a hospital's system is larger than it may be",
            "发往医院系统的消息超过大小限制",
            remedy: .lookAtAuthor),
        FailureDefinition(
            "destination.tooOld", .tooLate, "a message waited longer than its destination keeps one",
            "消息等待时间超过该外发目标的保留期限",
            remedy: Wording(
                "mend what kept it; then `yilian queue resend`", "请先排除故障，再用 `yilian queue resend` 重发")),
        FailureDefinition(
            "destination.notNamed", .conflict, "the node's file names no such destination any more",
            "节点文件中已没有该外发目标",
            remedy: Wording("name it again, or drop its messages", "请重新写入该目标，或删除其消息")),
    ]
}
