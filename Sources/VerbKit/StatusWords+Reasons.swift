import Console
package import Effects

extension StatusWords {
    /// Why something waits or does not go, and what helps; pages and verbs show it as the node says it.
    package static let reasons =
        linkReasons + linkEndings + queueReasons + stuckReasons + hospitalReasons
        + PeerTestInfo.words + BackupManifest.words + quoted

    /// A sentence with its reason's word behind it, and one that the other side said.
    private static let quoted: [Wording] = [
        Wording("the peer says: {1}", "对方说：{1}"), Wording("{1} [{2}]", "{1} [{2}]"),
    ]

    private static let linkReasons: [Wording] = [
        Wording("{1}; last time: {2}", "{1}；上次：{2}"), Wording("dialling", "正在拨号"),
        Wording("waiting before the next attempt", "等待下一次尝试"),
        Wording("this node has not dialled it yet", "本节点尚未拨号"),
        Wording(
            "no address of the parent is known: name it under 'addresses' in region.yaml, or under 'link.parents' in this node's file",
            "不知道上级的地址：请写在 region.yaml 的 addresses 或本节点文件的 link.parents 下"),
        Wording(
            "the node has not dialled us yet; it may be stopped, or its way to us may be cut",
            "该节点尚未拨入；它可能已停止，或到本节点的网络不通"),
        Wording(
            "two processes show this node's identity, from {1}, since {2}: stop the one that is a copy; a stolen certificate is revoked with `yilian cert revoke`",
            "有两个进程使用该节点的身份，来自 {1}，始于 {2}：请停掉其中的副本；证书被盗则用 `yilian cert revoke` 吊销"),
        Wording("'{1}': {2}", "'{1}'：{2}"),
        Wording("paused by '{1}' since {2}: {3}", "由 '{1}' 自 {2} 起暂停：{3}"),
    ]

    private static let linkEndings: [Wording] = [
        Wording("TLS failed: {1}", "TLS 失败：{1}"), Wording("{1} is no neighbour of {2}", "{1} 不是 {2} 的邻居"),
        Wording("{1} is no neighbour of {2} any more", "{1} 不再是 {2} 的邻居"),
        Wording("{1} was dialled, and {2} answered", "拨的是 {1}，应答的是 {2}"),
        Wording("{1} opened a newer link", "{1} 建立了更新的链路"), Wording("accepting a link failed", "接受链路失败"),
        Wording("nothing arrived for {1} ms", "{1} 毫秒内没有收到任何内容"),
        Wording("the certificate of {1} has been revoked", "{1} 的证书已被吊销"),
        Wording("the connection broke while TLS was being set up", "建立 TLS 时连接中断"),
        Wording("the connection is closed", "连接已关闭"), Wording("the connection was lost", "连接丢失"),
        Wording("the door is closed", "不再接受连接"),
        Wording("the handshake took longer than {1} ms", "握手超过 {1} 毫秒"),
        Wording("the node is stopping", "节点正在停止"),
        Wording("the peer answered on another lane than it was asked on", "对方在另一条通道上作答"),
        Wording("the peer began a message twice", "对方把一条消息开始了两次"),
        Wording("the peer belongs to another region than {1}", "对方不属于区域 {1}"),
        Wording("the peer chose link protocol {1}", "对方选择了链路协议 {1}"),
        Wording("the peer does not speak {1}", "对方不支持 {1}"),
        Wording("the peer ended the connection in the middle of the handshake", "对方在握手途中结束了连接"),
        Wording("the peer ended the connection", "对方结束了连接"),
        Wording("the peer gave back more credit than was used", "对方退还的额度多于已用"),
        Wording("the peer lets too many answers wait on lane {1}", "对方在通道 {1} 上积压了过多应答"),
        Wording("the peer sends less than {1} bytes a second", "对方每秒发送少于 {1} 字节"),
        Wording("the peer sent a {1} in the middle of the handshake", "对方在握手途中发来 {1}"),
        Wording("the peer sent a first fragment without a head", "对方发来的首个片段没有开头"),
        Wording("the peer sent a fragment of a message that it did not begin", "对方发来未曾开始的消息的片段"),
        Wording("the peer sent a second handshake", "对方再次发来握手"),
        Wording("the peer sent credit that cannot be read", "对方发来的额度无法读取"),
        Wording("the peer sent more on lane {1} than it had credit for", "对方在通道 {1} 上发送超过额度"),
        Wording("the peer sent on an unknown lane", "对方使用了未知的通道"),
        Wording("the peer showed no certificate", "对方没有出示证书"),
        Wording("an operator has paused this link", "操作员已暂停这条链路"),
        Wording("this was a test of the link", "这只是一次链路测试"),
        Wording("the peer used a call id twice", "对方把一个调用编号用了两次"),
        Wording("the peer's {1} cannot be read", "对方的 {1} 无法读取"),
        Wording("the peer's certificate is of another region than {1}", "对方的证书不属于区域 {1}"),
        Wording("the peer's certificate names no node: {1}", "对方的证书没有写明节点：{1}"),
        Wording("the peer's hello lists too much", "对方的问候列得过多"),
        Wording("the peer's message has another length than it announced", "对方的消息长度与所说不符"),
        Wording("the place of {1} in the tree has changed", "{1} 在管理树中的位置已变"),
        Wording(
            "the certificate belongs to {1}, and the peer claims to be another", "证书属于 {1}，而对方自称是另一个"),
        Wording("{1} claims another tier than {2}, which it has", "{1} 自称的层级不是它的层级 {2}"),
        Wording(
            "the peer speaks link protocols {1} to {2}; this node speaks {3}", "对方支持链路协议 {1} 至 {2}；本节点支持 {3}"),
        Wording("the peer announced a message of {1} bytes; {2} are allowed", "对方要发 {1} 字节的消息；最多 {2} 字节"),
        Wording("the peer began more than {1} messages on {2}", "对方在 {2} 上同时开始的消息超过 {1} 条"),
        Wording(
            "the connection broke without a goodbye: the peer's process was killed, or the way to it was cut",
            "连接未经告别就中断：对方进程被终止，或网络中断"),
    ]

    private static let queueReasons: [Wording] = [
        Wording("no link: {1}", "没有链路：{1}"), Wording("granted entries are on their way", "被授予的条目正在途中"),
        Wording(
            "the neighbour fetches them one after the other, behind the reports", "邻居在报告之后逐个来取"),
        Wording("on their way", "正在途中"), Wording("on its way", "正在途中"),
        Wording("the courier is starting", "递送正在启动"),
        Wording("refused by {1} since {2}: {3} [{4}]", "自 {2} 起被 {1} 拒收：{3} [{4}]"),
    ]

    private static let stuckReasons: [Wording] = [
        Wording("this release does not know its kind", "本版本不认识这种条目"), Wording("it could not be folded", "无法处理"),
        Wording("its author '{1}' may not write it; nothing is derived from it", "作者 '{1}' 无权书写；没有据此生成任何内容"),
        Wording("'{1}' holds that its author may not write it", "'{1}' 认为其作者无权书写"),
        Wording("'{1}' could not fold it", "'{1}' 无法处理它"), Wording("it waits for {1}", "它在等 {1}"),
        Wording(
            "find out whether somebody runs '{1}' twice or changed its ledger; then `yilian ledger unblock {2}`",
            "请查明是否有人把 '{1}' 运行了两份或改动了它的账本；然后执行 `yilian ledger unblock {2}`"),
        Wording("start a newer release: it folds it by itself", "请启动更新的版本：它会自行处理"),
        Wording(
            "`yilian trace` says whose it is; ask its author, or look for the code in the docs; after an upgrade `yilian ledger refold` tries again",
            "`yilian trace` 说明它是谁的；请询问作者，或在文档中查找代码；升级后用 `yilian ledger refold` 再试"),
        Wording("{1}; else ask who works at '{2}'", "{1}；否则请查问谁在 '{2}' 工作"),
        Wording("{1}; else find out who wrote it with this node's key", "{1}；否则请查明谁用本节点的密钥写了它"),
        Wording(
            "where region.yaml says it wrongly (deliveries, delegations, experts, management), correct and publish it: the entry is asked again by itself",
            "若 region.yaml 写错（报送、代写、专家、管理关系），请更正并发布：该条目会自动重新核对"),
        Wording("upgrade '{1}': it folds it by itself then", "请升级 '{1}'：它随后会自行处理"),
        Wording("look into the entry; then tell '{1}'", "请检查该条目；然后告知 '{1}'"),
        Wording(
            "it goes on when that comes; `yilian trace` at the author's node says where it is",
            "那一条到了就会继续；在作者节点执行 `yilian trace` 可知它在哪里"),
        Wording(
            "find out whether this node runs twice; then `yilian ledger unblock` there",
            "请查明本节点是否运行了两份；然后在那边执行 `yilian ledger unblock`"),
        Wording(
            "the key that sealed it had ended: `yilian cert prolong` in the authority's folder, then `yilian region publish`",
            "封存它的密钥当时已终止：请在签发机构的文件夹执行 `yilian cert prolong`，再执行 `yilian region publish`"),
        Wording(
            "the region must know the key that sealed it: `yilian cert list` in the authority's folder names each node's keys; then `yilian region publish`",
            "区域须知道封存它的密钥：在签发机构的文件夹用 `yilian cert list` 查看各节点的密钥；再执行 `yilian region publish`"),
        Wording("check who manages whom in region.yaml, and publish it again", "请检查 region.yaml 中的管理关系，并重新发布"),
        Wording("correct what the reason says; the courier sends it again by itself", "请按原因更正；会自动重新递送"),
    ]

    private static let hospitalReasons: [Wording] = [
        Wording("the node's file names no destination '{1}' any more", "节点文件不再写有目的系统 '{1}'"),
        Wording("{1}; full since {2}, more stays at its source", "{1}；自 {2} 起已满，后来的留在来源处"),
        Wording("not reached since {1}: {2} [{3}], tried again at {4}", "自 {1} 起无法到达：{2} [{3}]，将于 {4} 再试"),
        Wording("everything waits behind messages that are held", "都在等被扣留的报文"),
        Wording("everything waits behind messages that are held: {1}, {2} [{3}]", "都在等被扣留的报文：{1}，{2} [{3}]"),
        Wording(
            "the system failed over {1} {2} times: {3} [{4}], tried again at {5}",
            "系统处理 {1} 时已 {2} 次出错：{3} [{4}]，将于 {5} 再试"),
        Wording(
            "{1} {2} for hospitals' systems came here long after they were written and are not sent: see `queue show`",
            "有 {1} 条给医院系统的 {2} 在写出很久之后才到达，未发送：见 `queue show`"),
        Wording("the queue of '{1}' is full since {2}: what comes stays at its source", "'{1}' 的队列自 {2} 起已满：后来的留在来源处"),
        Wording("the hospital's system '{1}' is not reached since {2} [{3}]", "自 {2} 起无法到达医院系统 '{1}' [{3}]"),
        Wording(
            "{1} messages to '{2}' were tried often and not taken: see `queue why`",
            "给 '{2}' 的 {1} 条报文多次尝试未被接收：见 `queue why`"),
        Wording("{1} messages to '{2}' are held: see `queue show`", "给 '{2}' 的 {1} 条报文被扣留：见 `queue show`"),
        Wording(
            "{1} messages to '{2}' lie beside its queue: see `queue show`", "给 '{2}' 的 {1} 条报文放在队列旁边：见 `queue show`"),
        Wording("messages wait for '{1}', which the node's file does not name", "有报文在等 '{1}'，而节点文件没有写它"),
        Wording("{1}; the patient's later messages wait behind it", "{1}；该患者后面的报文在它后面等"),
        Wording(
            "mend what the reason says, then `yilian queue resend`; or `yilian queue drop`",
            "请按原因处理，再执行 `yilian queue resend`；或执行 `yilian queue drop`"),
        Wording(
            "it could not be made: mend what the reason says, then `yilian queue resend`, or start the node again, makes it anew; or `yilian queue drop`",
            "无法生成：请按原因处理，再执行 `yilian queue resend` 或重新启动节点来重新生成；或执行 `yilian queue drop`"),
        Wording(
            "{1}, written {2} to {3}, came here long after: they may have been sent before this node was made anew",
            "{1}，写于 {2} 至 {3}，很久之后才到达：本节点重建之前可能已经发送过"),
        Wording(
            "`yilian queue resend {1}` sends all, `…/{2}` what was written since that day; `yilian queue drop` takes them out",
            "`yilian queue resend {1}` 全部发送，`…/{2}` 只发该日起写出的；`yilian queue drop` 则取出"),
        Wording("TLS failed", "TLS 失败"),
        Wording("nobody listens there, or the way is blocked", "那里没有监听，或网络不通"),
        Wording("the system cannot be reached", "无法到达该系统"),
        Wording("a character cannot be written as {1}", "有字符无法用 {1} 书写"),
        Wording("it has {1} bytes", "它有 {1} 字节"), Wording("it waited longer than {1} days", "等待超过 {1} 天"),
        Wording("{1}; the last reason was {2}", "{1}；最后的原因是 {2}"),
        Wording("its source has it no more", "来源处已没有它"),
        Wording("no acknowledgement came within {1} seconds", "{1} 秒内没有收到确认"),
        Wording("the acknowledgement has no code that is known", "确认中没有已知的代码"),
        Wording("the answer is no HTTP", "应答不是 HTTP"), Wording("the answer is no acknowledgement", "应答不是确认"),
        Wording("the connection ended before the acknowledgement", "连接在确认之前结束"),
        Wording("the program failed over it: see the node's log", "程序处理它时出错：请看节点日志"),
        Wording("the token's file cannot be read", "令牌文件无法读取"),
    ]
}
