package import Effects

extension FailureDefinition {
    /// What can be wrong with starting a node.
    package static let nodeRuntime: [FailureDefinition] = [
        FailureDefinition(
            "node.noService", .absent, "this node does not run the service", "本节点不运行该服务",
            remedy: Wording("ask a node that runs it", "请询问运行该服务的节点")),
        FailureDefinition(
            "node.otherBoxKey", .broken, "the region configuration binds another box key to the node",
            "区域配置为该节点写的是另一个信箱密钥",
            remedy: Wording("restore the right box.key", "请恢复正确的 box.key")),
        FailureDefinition(
            "node.otherKey", .broken, "the region configuration binds another ledger key to the node",
            "区域配置为该节点写的是另一个账本密钥",
            remedy: Wording(
                "restore the right ledger.key, or publish with the node's new one",
                "请恢复正确的 ledger.key，或发布节点的新密钥")),
        FailureDefinition(
            "node.unknown", .absent, "the region configuration does not know the node or its key", "区域配置中没有该节点或其密钥",
            remedy: Wording("publish a configuration that has it", "请发布含该节点的配置")),
    ]
}
