package import Effects

extension FailureDefinition {
    /// What can be wrong with starting a node.
    package static let nodeRuntime: [FailureDefinition] = [
        FailureDefinition(
            "node.noService", .absent, "this node does not run the service", "本节点不运行该服务",
            remedy: Wording("ask a node that runs it", "请询问运行该服务的节点"),
            particulars: [
                Wording("this node does not run {1}", "本节点不运行 {1}")
            ]),
        FailureDefinition(
            "node.otherBoxKey", .broken, "the region configuration binds another box key to the node",
            "区域配置为该节点写的是另一个信箱密钥",
            remedy: Wording("restore the right box.key", "请恢复正确的 box.key"),
            particulars: [
                Wording("the region configuration binds another box key to '{1}': {2}", "区域配置写给 '{1}' 的是另一个盒密钥：{2}"),
                Wording(
                    "restore the right box.key: without it the node can make no patient keys",
                    "请恢复正确的 box.key：没有它，节点不能生成患者密钥"),
            ]),
        FailureDefinition(
            "node.otherKey", .broken, "the region configuration binds another ledger key to the node",
            "区域配置为该节点写的是另一个账本密钥",
            remedy: Wording(
                "restore the right ledger.key, or publish with the node's new one",
                "请恢复正确的 ledger.key，或发布节点的新密钥"),
            particulars: [
                Wording("the region configuration binds another ledger key to '{1}': {2}", "区域配置写给 '{1}' 的是另一个账本密钥：{2}")
            ]),
        FailureDefinition(
            "node.unknown", .absent, "the region configuration does not know the node or its key", "区域配置中没有该节点或其密钥",
            remedy: Wording("publish a configuration that has it", "请发布含该节点的配置"),
            particulars: [
                Wording(
                    "publish a configuration that has it, or correct 'node' in the node's yaml",
                    "请发布含该节点的配置，或更正节点 yaml 中的 node"),
                Wording("the region configuration knows no node {1}", "区域配置没有节点 {1}"),
            ]),
    ]
}
