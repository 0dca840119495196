package import Effects

extension FailureDefinition {
    /// What can be wrong with what nodes say of themselves.
    package static let nodeReports: [FailureDefinition] = [
        FailureDefinition(
            "nodeReport.clock", .invalid, "a node's clock differs too far for its report", "节点时钟相差太大，其状态不予采用",
            remedy: Wording("set the clocks of the nodes by one source", "请让各节点使用同一时间源")),
        FailureDefinition(
            "nodeReport.malformed", .invalid, "a node's report cannot be read", "节点状态无法读取",
            remedy: Wording("compare the releases of both nodes", "请核对两个节点的版本")),
        FailureDefinition(
            "nodeReport.notBelow", .forbidden, "a node speaks of one that is not below it", "节点报告了不在其下的节点",
            remedy: Wording("look at the management tree of the region configuration", "请核对区域配置中的管理关系"),
            particulars: [Wording("the call came without a caller", "调用没有写明调用方")]),
        FailureDefinition(
            "nodeReport.tooOften", .retry, "a node is not listened to for a while", "暂不听取该节点",
            remedy: Wording("try again in ten seconds", "请十秒后再试")),
        FailureDefinition(
            "nodeReport.unsigned", .forbidden, "a report is not signed by the node that it is of", "状态未由其所属节点签名",
            remedy: Wording("look at the node's keys in the region configuration", "请核对区域配置中该节点的密钥")),
    ]
}
