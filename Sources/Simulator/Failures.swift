package import Effects

extension FailureDefinition {
    /// What can be wrong with simulations.
    package static let simulator: [FailureDefinition] = [
        FailureDefinition(
            "simulate.badPlan", .invalid, "a simulation cannot have this many hours, counties or townships",
            "模拟的时长、县或乡镇数超出范围",
            remedy: Wording(
                "give --hours, --counties and --townships within the bounds",
                "请在范围内填写 --hours、--counties 和 --townships")),
        FailureDefinition(
            "simulate.noConfiguration", .broken, "the simulated node has no region configuration", "模拟节点没有区域配置",
            remedy: .reportFault),
        FailureDefinition(
            "simulate.noDisk", .broken, "the simulated disk cannot be set up", "模拟磁盘无法建立",
            remedy: .reportFault),
    ]
}
