package import Effects

extension FailureDefinition {
    /// What can be wrong with what couriers bring.
    package static let couriers: [FailureDefinition] = [
        FailureDefinition(
            "courier.malformed", .broken, "the name of an attachment cannot be read", "附件名称无法读取",
            remedy: .lookAtAuthor),
        FailureDefinition(
            "courier.noCaller", .broken, "the call came without a caller", "调用没有调用方",
            remedy: .reportFault),
        FailureDefinition(
            "courier.noGrant", .broken, "what came rests on no grant that counts", "到达的内容没有有效的授予依据",
            remedy: .lookAtAuthor),
        FailureDefinition(
            "courier.noRecipient", .broken, "what came is for a node that this one does not know",
            "到达的内容是给本节点不认识的节点的",
            remedy: Wording("bring this node the newest region configuration", "请给本节点最新的区域配置")),
        FailureDefinition(
            "courier.notEntitled", .forbidden, "the neighbour may not deliver or fetch this", "邻居无权送交或取走它",
            remedy: Wording(
                "check who manages whom in region.yaml, and publish it again",
                "请检查 region.yaml 中的管理关系并重新发布")),
        FailureDefinition(
            "courier.positions", .broken, "the neighbour's list of its chains has no end", "邻居的链列表没有结尾",
            remedy: Wording("look at that neighbour", "请检查该邻居")),
        FailureDefinition(
            "courier.tooMany", .broken, "a call names more than it may", "一次调用的内容过多",
            remedy: Wording("look at that neighbour", "请检查该邻居")),
        FailureDefinition(
            "ledger.blocked", .broken, "what this author writes to bulk is stopped here", "该作者的批量通道在此停住",
            remedy: Wording(
                "find out whether the node runs twice; then `yilian ledger unblock`",
                "请查明该节点是否重复运行，再执行 `yilian ledger unblock`")),
        FailureDefinition(
            "ledger.brokenChain", .broken, "the batch does not follow from the header before it", "该批与前一批头不相接",
            remedy: Wording("it is sent again by itself; if it stays, look at its author", "会自动重发；若持续，请检查作者节点")),
        FailureDefinition(
            "ledger.fork", .broken, "two batches carry the same identity", "两个批使用同一编号（分叉）",
            remedy: Wording(
                "find out whether the node runs twice; then `yilian ledger unblock`",
                "请查明该节点是否重复运行，再执行 `yilian ledger unblock`")),
    ]
}
