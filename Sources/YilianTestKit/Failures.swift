package import Effects

extension FailureDefinition {
    /// What can be wrong with test regions.
    package static let testKit: [FailureDefinition] = [
        FailureDefinition(
            "test.noProgram", .broken, "the program is not beside the tests", "测试旁边没有程序",
            remedy: Wording("run `swift build --build-tests` first", "请先执行 `swift build --build-tests`")),
        FailureDefinition(
            "testkit.ended", .broken, "the region has been stopped", "测试区域已停止",
            remedy: Wording("start what you need before it is stopped", "请在停止之前启动")),
        FailureDefinition(
            "testkit.noDispatcher", .broken, "a region begins with its dispatcher", "测试区域须以调度节点开始",
            remedy: Wording("write .dispatcher(…) { … }", "请写 .dispatcher(…) { … }")),
        FailureDefinition(
            "testkit.noListener", .broken, "the node's listeners did not open", "节点的监听未打开",
            remedy: Wording("look at the node's log", "请查看节点日志")),
        FailureDefinition(
            "testkit.noNode", .broken, "the region has no such node", "测试区域没有该节点",
            remedy: Wording("name one that it has", "请写其中的节点")),
        FailureDefinition(
            "testkit.noOutcome", .broken, "the node took a report and said nothing of it", "节点接收了报告但未答复",
            remedy: Wording("look at the node's log", "请查看节点日志")),
        FailureDefinition(
            "testkit.otherNode", .broken, "this is a copy of another node's folder", "这是另一节点文件夹的副本",
            remedy: Wording("give the node its own copy", "请使用该节点自己的副本")),
        FailureDefinition(
            "testkit.stopped", .broken, "the node is stopped", "节点已停止",
            remedy: Wording("start it first", "请先启动")),
        FailureDefinition(
            "testkit.timeout", .broken, "the test waited in vain", "测试等待超时",
            remedy: Wording("look at what the message names as trouble", "请查看消息所列的问题")),
    ]
}
