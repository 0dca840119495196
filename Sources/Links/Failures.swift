package import Effects

extension FailureDefinition {
    /// What can be wrong with links between nodes.
    package static let links: [FailureDefinition] = [
        FailureDefinition(
            "link.addressInUse", .retry, "somebody listens on this address already", "该地址已被占用",
            remedy: .checkPort,
            particulars: [
                Wording("somebody listens on {1} already", "{1} 已有人监听")
            ]),
        FailureDefinition(
            "link.badAddress", .invalid, "an address of a link has no host or no port", "链路地址缺少主机或端口",
            remedy: Wording("write host:port, for example 10.1.2.3:7443", "请写 主机:端口，例如 10.1.2.3:7443"),
            particulars: [
                Wording(
                    "write host:port, for example 10.1.2.3:7443 or [fd00::1]:7443",
                    "请写 host:port，例如 10.1.2.3:7443 或 [fd00::1]:7443")
            ]),
        FailureDefinition(
            "link.cannotListen", .retry, "the node cannot listen for its neighbours", "节点无法监听邻居的连接",
            remedy: .checkPort,
            particulars: [
                Wording("listening on {1} is not possible", "无法在 {1} 监听")
            ]),
        FailureDefinition(
            "link.closed", .retry, "the connection is closed", "连接已关闭",
            remedy: Wording("the node dials again by itself", "节点会自动重连")),
        FailureDefinition(
            "link.noNeighbour", .absent, "this node has no such neighbour", "本节点没有该邻居",
            remedy: Wording("`yilian peer list` names them", "请用 `yilian peer list` 查看"),
            particulars: [
                Wording("{1} is no neighbour of {2}", "{1} 不是 {2} 的邻居")
            ]),
        FailureDefinition(
            "link.notPaused", .conflict, "nobody keeps this link down", "该链路没有被暂停",
            remedy: Wording("`yilian peer list` says how it is", "请用 `yilian peer list` 查看")),
        FailureDefinition(
            "link.pausedAlready", .conflict, "somebody keeps this link down already", "该链路已被暂停",
            remedy: Wording("`yilian peer list` says who and why", "请用 `yilian peer list` 查看是谁、为什么")),
        FailureDefinition(
            "link.trialRunning", .retry, "another link is being tested", "正在测试另一条链路",
            remedy: Wording("wait until it has ended", "请等它结束")),
        FailureDefinition(
            "link.unreachable", .retry, "nobody answers at the neighbour's address", "邻居的地址无人应答",
            remedy: Wording("check the address, the network and whether that node runs", "请检查地址、网络以及对方节点是否在运行"),
            particulars: [
                Wording("nobody listens on {1}", "{1} 无人监听"),
                Wording("the process has ended", "进程已结束"),
                Wording("the way to {1} is cut", "通往 {1} 的路已中断"),
                Wording("{1} cannot be reached", "无法到达 {1}"),
            ]),
    ]
}
