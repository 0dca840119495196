package import Effects

extension FailureDefinition {
    /// What can be wrong with the demo.
    package static let demo: [FailureDefinition] = [
        FailureDefinition(
            "demo.abandoned", .broken, "a part of the show was given up before it was over", "演示的一部分未完成就放弃了",
            remedy: .seeDemoLogs),
        FailureDefinition(
            "demo.badAddress", .broken, "a node wrote an address without a port", "节点写出的地址没有端口",
            remedy: .seeDemoLogs),
        FailureDefinition(
            "demo.commandFailed", .broken, "a command of the show failed", "演示中的命令失败",
            remedy: .seeDemoLogs,
            particulars: [
                Wording("`yilian {1}` ended with code {2}: {3}", "`yilian {1}` 以代码 {2} 结束：{3}")
            ]),
        FailureDefinition(
            "demo.folderInUse", .broken, "the folder holds a region already", "该文件夹中已有一个区域",
            remedy: Wording("name another folder, or remove this one", "请换一个文件夹，或删除它")),
        FailureDefinition(
            "demo.incomplete", .broken, "not everything arrived in the show", "演示中的内容未全部到达",
            remedy: .seeDemoLogs,
            particulars: [
                Wording(
                    "accepted {1}, at the counties {2}, at the city {3}; the doctor's result was {4}verified; recognised {5}, in the month's table {6}",
                    "已接收 {1}，到达各县 {2}，到达市 {3}；医生的结果{4}核验；互认 {5}，月表中 {6}")
            ]),
        FailureDefinition(
            "demo.lost", .broken, "a request was lost", "一份申请丢失", remedy: .seeDemoLogs),
        FailureDefinition(
            "demo.noAnswer", .broken, "the MLLP listener closed before it answered", "MLLP 监听未答复就关闭",
            remedy: .seeDemoLogs),
        FailureDefinition(
            "demo.noListener", .broken, "the node lacks a listener that the show needs", "节点缺少演示所需的监听",
            remedy: Wording("use Nodes/demo as it is", "请原样使用 Nodes/demo"),
            particulars: [
                Wording("the node has no HTTPS listener", "节点没有 HTTPS 监听"),
                Wording("the node has no MLLP listener", "节点没有 MLLP 监听"),
            ]),
        FailureDefinition(
            "demo.noMessages", .broken, "the folder holds no messages", "该文件夹中没有报文",
            remedy: Wording("give a folder with .hl7, .json or .fhir files", "请指定含 .hl7、.json 或 .fhir 文件的文件夹")),
        FailureDefinition(
            "demo.noNode", .broken, "region.yaml lacks a node that the show needs", "region.yaml 缺少演示所需的节点",
            remedy: Wording("use Nodes/demo as it is", "请原样使用 Nodes/demo"),
            particulars: [
                Wording("the demo's region has no node {1}", "演示区域没有节点 {1}"),
                Wording("region.yaml has no dispatcher", "region.yaml 没有调度节点"),
                Wording("region.yaml has no node {1}", "region.yaml 没有节点 {1}"),
                Wording("yuxian does not listen for HTTPS", "yuxian 没有监听 HTTPS"),
            ]),
        FailureDefinition(
            "demo.notStarted", .broken, "a node did not start", "节点未能启动",
            remedy: .seeDemoLogs,
            particulars: [
                Wording("node {1} did not start: {2}", "节点 {1} 没有启动：{2}")
            ]),
        FailureDefinition(
            "demo.refused", .broken, "a node refused a request of the show", "节点拒绝了演示的请求",
            remedy: .seeDemoLogs,
            particulars: [
                Wording("{1} answered {2}: {3}", "{1} 答复 {2}：{3}")
            ]),
        FailureDefinition(
            "demo.tooLate", .broken, "something did not happen in time", "未在时限内完成",
            remedy: .seeDemoLogs,
            particulars: [
                Wording("{1} did not happen within {2} s", "{1} 未在 {2} 秒内发生")
            ]),
    ]
}
