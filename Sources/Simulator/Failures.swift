package import Effects

extension FailureDefinition {
    /// What can be wrong with simulations.
    package static let simulator: [FailureDefinition] = [
        FailureDefinition(
            "simulate.badPlan", .invalid, "a simulation cannot have this many hours, counties or townships",
            "模拟的时长、县或乡镇数超出范围",
            remedy: Wording(
                "give --hours, --counties and --townships within the bounds",
                "请在范围内填写 --hours、--counties 和 --townships"),
            particulars: [
                Wording("no service of this simulation can make the mistake '{1}'", "本次模拟的服务都不能犯错误 '{1}'"),
                Wording(
                    "a simulation has up to 168 hours, 1 to 20 counties and as many townships or more, up to 100",
                    "模拟最多 168 小时，县 1 至 20 个，乡镇不少于县，最多 100 个"),
                Wording(
                    "give --hours, --counties and --townships within these bounds",
                    "请在此范围内写 --hours、--counties 和 --townships"),
                Wording("run it with the services that a node has", "请与节点所有的服务一起运行"),
            ]),
        FailureDefinition(
            "simulate.noConfiguration", .broken, "the simulated node has no region configuration", "模拟节点没有区域配置",
            remedy: .reportFault,
            particulars: [
                Wording("the node has no region configuration", "节点没有区域配置")
            ]),
        FailureDefinition(
            "simulate.noDisk", .broken, "the simulated disk cannot be set up", "模拟磁盘无法建立",
            remedy: .reportFault,
            particulars: [
                Wording("SQLite does not take the simulated disk", "SQLite 不接受模拟的磁盘"),
                Wording("SQLite has no file system of its own", "SQLite 没有自己的文件系统"),
            ]),
    ]
}
