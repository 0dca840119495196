package import Effects
package import Links

/// What was found when the way to a neighbour was tried.
package struct PeerTestInfo: Codable, Sendable, Equatable {
    /// One step and what it came to.
    package struct Finding: Codable, Sendable, Equatable {
        package var step: LinkTrial.Step
        package var outcome: LinkTrial.Outcome
        package var text: String

        package init(step: LinkTrial.Step, outcome: LinkTrial.Outcome, text: String) {
            self.step = step
            self.outcome = outcome
            self.text = text
        }
    }

    package var node: String
    package var at: String
    package var isWell: Bool
    /// In the order in which they were tried.
    package var findings: [Finding]
    /// The one thing to do; none where all is well.
    package var remedy: String?

    package init(node: String, at: String, isWell: Bool, findings: [Finding], remedy: String? = nil) {
        self.node = node
        self.at = at
        self.isWell = isWell
        self.findings = findings
        self.remedy = remedy
    }
}

extension PeerTestInfo {
    init(_ trial: LinkTrial, of node: String, at time: WallTime) {
        self.init(
            node: node, at: time.description, isWell: trial.isWell,
            findings: trial.findings.map { Finding(step: $0.step, outcome: $0.outcome, text: $0.text) },
            remedy: trial.problem?.remedy.english)
    }

    /// Everything that a test may say, in both languages.
    package static let words: [Wording] =
        LinkReason.remedies.map(\.1) + [
            LinkTrial.Problem.remedyOfOthers, LinkTrial.Problem.noAddress.remedy, LinkTrial.Problem.notDialled.remedy,
            LinkTrial.Problem.noListener.remedy, LinkTrial.Problem.clock.remedy,
            Wording("nobody keeps the link down", "没有人暂停这条链路"),
            Wording("no address of the parent is known", "不知道上级的地址"),
            Wording("this node dials it: {1}", "由本节点拨号：{1}"),
            Wording("{1} answered after {2} ms", "{1} 在 {2} 毫秒后应答"),
            Wording("it is {1}, and its certificate holds", "它是 {1}，证书有效"),
            Wording("this node listens for nobody", "本节点没有监听任何地址"),
            Wording("it dials this node, which listens on {1}", "由它拨号，本节点监听 {1}"),
            Wording("it is linked from {1}", "它从 {1} 连来"),
            Wording("not tried: it needs what comes before it", "没有试：前一步没有成功"),
            Wording("link protocol {1}, release {2}, {3} methods", "链路协议 {1}，版本 {2}，{3} 个方法"),
            Wording("both have version {1}", "两边都是第 {1} 版"),
            Wording(
                "it has version {1}, this node has {2}; the newer one goes over by itself",
                "它是第 {1} 版，本节点是第 {2} 版；较新的会自己送到"),
            Wording("its clock differs by {1} ms", "它的时钟相差 {1} 毫秒"),
        ]
}

extension LinkReason {
    /// What helps, by why a link was refused or ended.
    fileprivate static let remedies: [(LinkReason, Wording)] = [
        (
            .paused,
            Wording(
                "resume it: `yilian peer resume` where it was paused, this node or the other one",
                "请恢复它：在暂停它的一方（本节点或对方）执行 `yilian peer resume`")
        ),
        (
            .unreachable,
            Wording(
                "look whether the other node runs, whether its address is right, and whether a firewall is in the way",
                "请查看对方节点是否在运行、地址是否正确、防火墙是否放行")
        ),
        (
            .notAuthenticated,
            Wording(
                "compare both nodes' ca.crt and the end of both certificates: `yilian cert list`; then `yilian cert renew`",
                "请核对两边的 ca.crt 和证书期限：`yilian cert list`；再执行 `yilian cert renew`")
        ),
        (
            .otherNode,
            Wording(
                "another node answers at this address: correct it in region.yaml, or under 'link.parents' in the node's file",
                "这个地址上应答的是另一个节点：请更正 region.yaml 或节点文件的 link.parents")
        ),
        (
            .wrongRegion,
            Wording(
                "the other node belongs to another region: correct the address", "对方属于另一个区域：请更正地址")
        ),
        (
            .revoked,
            Wording(
                "the certificate is revoked: issue a new one with `yilian cert renew`, and bring it to the node",
                "证书已被吊销：请用 `yilian cert renew` 重新签发，并送到该节点")
        ),
        (
            .notANeighbour,
            Wording(
                "the two sides know different trees: publish the region again, and bring it to both with `yilian region accept`",
                "两边的管理树不同：请重新发布区域配置，并用 `yilian region accept` 送到两边")
        ),
        (
            .protocolVersion,
            Wording(
                "the releases are too far apart: upgrade the older node", "两边的版本相差太远：请升级较旧的节点")
        ),
        (
            .tooManyLinks,
            Wording(
                "the other node lets nobody more in now: look at its `node status`", "对方暂时不再接受连接：请看它的 `node status`")
        ),
    ]
}

extension LinkTrial.Problem {
    fileprivate static let remedyOfOthers = Wording(
        "look into the other node's log at this time: it names the reason", "请看对方节点此刻的日志：其中有原因")

    /// The one thing to do.
    var remedy: Wording {
        switch self {
        case .link(let reason): LinkReason.remedies.first { $0.0 == reason }?.1 ?? Self.remedyOfOthers
        case .noAddress:
            Wording(
                "name its address under 'addresses' in region.yaml, or under 'link.parents' in this node's file",
                "请在 region.yaml 的 addresses 或本节点文件的 link.parents 下写上它的地址")
        case .notDialled:
            Wording(
                "test from there: only it can dial; `yilian peer test` on its machine says why it does not come",
                "请在那边测试：只有它能拨号；在它的机器上执行 `yilian peer test` 可知为什么连不上")
        case .noListener:
            Wording(
                "write 'link.listen' into this node's file, and start it again", "请在本节点文件中写 link.listen，并重新启动")
        case .clock:
            Wording(
                "set both clocks right: `timedatectl`, `chronyc tracking`", "请校准两边的时钟：`timedatectl`、`chronyc tracking`")
        }
    }
}
