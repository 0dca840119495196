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
