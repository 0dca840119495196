package import Effects

extension FailureDefinition {
    /// What can be wrong with links between nodes.
    package static let links: [FailureDefinition] = [
        FailureDefinition(
            "link.addressInUse", .retry, "somebody listens on this address already", "该地址已被占用",
            remedy: .checkPort),
        FailureDefinition(
            "link.badAddress", .invalid, "an address of a link has no host or no port", "链路地址缺少主机或端口",
            remedy: Wording("write host:port, for example 10.1.2.3:7443", "请写 主机:端口，例如 10.1.2.3:7443")),
        FailureDefinition(
            "link.cannotListen", .retry, "the node cannot listen for its neighbours", "节点无法监听邻居的连接",
            remedy: .checkPort),
        FailureDefinition(
            "link.closed", .retry, "the connection is closed", "连接已关闭",
            remedy: Wording("the node dials again by itself", "节点会自动重连")),
        FailureDefinition(
            "link.unreachable", .retry, "nobody answers at the neighbour's address", "邻居的地址无人应答",
            remedy: Wording("check the address, the network and whether that node runs", "请检查地址、网络以及对方节点是否在运行")),
    ]
}
