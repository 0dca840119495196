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
            remedy: .lookAtAuthor,
            particulars: [
                Wording("a parcel came without the grant that it rests on", "送来的摘录没有所依据的授予"),
                Wording("the grant does not name this entry for this recipient", "授予没有为该接收者列出该条目"),
                Wording("{1} may not grant an entry that it was not given", "{1} 未得到该条目，不可授予"),
            ]),
        FailureDefinition(
            "courier.noRecipient", .broken, "what came is for a node that this one does not know",
            "到达的内容是给本节点不认识的节点的",
            remedy: Wording("bring this node the newest region configuration", "请给本节点最新的区域配置"),
            particulars: [
                Wording("a parcel is for a node that this one does not know", "摘录的接收节点不为本节点所知")
            ]),
        FailureDefinition(
            "courier.notEntitled", .forbidden, "the neighbour may not deliver or fetch this", "邻居无权送交或取走它",
            remedy: Wording(
                "check who manages whom in region.yaml, and publish it again",
                "请检查 region.yaml 中的管理关系并重新发布"),
            particulars: [
                Wording("a node is given back its own chains only", "只向节点归还它自己的链"),
                Wording("check the management tree in the region configuration", "请检查区域配置中的管理关系"),
                Wording("the sender may not bring batches of {1}", "发送者不可送来 {1} 的批"),
            ]),
        FailureDefinition(
            "courier.positions", .broken, "the neighbour's list of its chains has no end", "邻居的链列表没有结尾",
            remedy: Wording("look at that neighbour", "请检查该邻居")),
        FailureDefinition(
            "courier.tooMany", .broken, "a call names more than it may", "一次调用的内容过多",
            remedy: Wording("look at that neighbour", "请检查该邻居"),
            particulars: [
                Wording("a call names more than {1} attachments", "一次调用所列附件超过 {1} 个"),
                Wording("a delivery holds more than {1} batches", "一次送批所含的批超过 {1} 个"),
                Wording("more than {1} parcels in one call", "一次调用的摘录超过 {1} 份"),
            ]),
        FailureDefinition(
            "ledger.blocked", .broken, "what this author writes to bulk is stopped here", "该作者的批量通道在此停住",
            remedy: Wording(
                "find out whether the node runs twice; then `yilian ledger unblock`",
                "请查明该节点是否重复运行，再执行 `yilian ledger unblock`"),
            particulars: [
                Wording("the author's chain is stopped ({1})", "作者的链已停止（{1}）")
            ]),
        FailureDefinition(
            "ledger.brokenChain", .broken, "the batch does not follow from the header before it", "该批与前一批头不相接",
            remedy: Wording("it is sent again by itself; if it stays, look at its author", "会自动重发；若持续，请检查作者节点")),
        FailureDefinition(
            "ledger.fork", .broken, "two batches carry the same identity", "两个批使用同一编号（分叉）",
            remedy: Wording(
                "find out whether the node runs twice; then `yilian ledger unblock`",
                "请查明该节点是否重复运行，再执行 `yilian ledger unblock`"),
            particulars: [
                Wording(
                    "two batches carry this identity; both are kept, the author's bulk stops",
                    "两个批的身份相同；两者都保留，该作者的 bulk 停止")
            ]),
    ]
}
