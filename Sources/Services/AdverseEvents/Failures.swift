package import Effects

extension AdverseService {
    package static let failures: [FailureDefinition] = [
        FailureDefinition(
            "adverse.badActor", .invalid, "who acts is not named, or at too great a length", "未写明操作者，或写得过长",
            remedy: Wording("give the staff number", "请写工号"),
            particulars: [
                Wording("who reports is named at too great a length", "报告者写得过长")
            ]),
        FailureDefinition(
            "adverse.badContent", .invalid, "what is written is not what the form wants", "填写的内容不符合表单要求",
            remedy: Wording("see the fields with `yilian adverse forms`", "请用 `yilian adverse forms` 查看各字段")),
        FailureDefinition(
            "adverse.badID", .invalid, "this is not the id of an adverse event", "这不是不良事件编号",
            remedy: Wording("copy it from `yilian adverse list`", "请从 `yilian adverse list` 中复制")),
        FailureDefinition(
            "adverse.badPatient", .invalid, "more identifiers of the patient are given than one person has", "患者标识过多",
            remedy: Wording("give the identity number, or a number of the hospital's own", "请填写证件号，或医院自己的号码")),
        FailureDefinition(
            "adverse.changed", .conflict, "the adverse event has changed since it was looked at", "该不良事件在查看之后已有变化",
            remedy: Wording("look at it again, and decide anew", "请重新查看后再操作")),
        FailureDefinition(
            "adverse.malformed", .invalid, "a command or content of an adverse event cannot be read", "不良事件的指令或内容无法读取",
            remedy: .compareVersions,
            particulars: [
                Wording("the terms of an adverse event cannot be read", "不良事件的条款无法读取")
            ]),
        FailureDefinition(
            "adverse.namesPerson", .invalid, "the report names a person among its words", "报告的文字中写有人名或号码",
            remedy: Wording("write what happened without a name or number", "请只写经过，不写姓名和号码"),
            particulars: [
                Wording("the report names the patient, or who reports, among its words", "报告的文字中写有患者或报告者的姓名或号码"),
                Wording(
                    "write what happened without a name or number; controllers of others read it, too",
                    "请只写经过，不写姓名和号码；其他机构的质控人员也会读到"),
            ]),
        FailureDefinition(
            "adverse.noHome", .invalid, "no node takes adverse events of this node", "没有可处理本节点不良事件的节点",
            remedy: Wording("report it at the node of the unit where it happened", "请在发生机构所在的节点报告")),
        FailureDefinition(
            "adverse.noUnit", .invalid, "an adverse event names the unit where it happened", "不良事件须写明发生的机构",
            remedy: Wording("give the unit's id as the region configuration has it", "请写区域配置中的机构编号")),
        FailureDefinition(
            "adverse.notAController", .forbidden, "whoever acts is no quality controller of the unit at this node",
            "操作者不是该机构在本节点的质控人员",
            remedy: Wording("see adverseControllers in the region configuration", "请查看区域配置的 adverseControllers"),
            particulars: [
                Wording("nobody named this one a quality controller of the unit, at {1}", "此人未被列为该机构在 {1} 的质控人员"),
                Wording(
                    "see adverseControllers in the region configuration with `yilian region show`",
                    "请用 `yilian region show` 查看区域配置中的 adverseControllers"),
            ]),
        FailureDefinition(
            "adverse.notEntitled", .forbidden, "the adverse event is not open to this reader, or it is closed",
            "该不良事件不对此人开放，或已结束",
            remedy: Wording("read it at the node where it happened, as its quality controller", "请由质控人员在发生节点阅读")),
        FailureDefinition(
            "adverse.notHere", .absent, "what was written about the adverse event is not to be had", "不良事件的内容无法取得",
            remedy: Wording("restore the node where it happened from its backup", "请从备份恢复发生节点")),
        FailureDefinition(
            "adverse.notItsHome", .conflict, "another node decides about the adverse event", "该不良事件由另一节点决定",
            remedy: Wording("look at it with `yilian adverse show`", "请用 `yilian adverse show` 查看")),
        FailureDefinition(
            "adverse.notOffered", .absent, "nothing is known of the adverse event's course here", "本节点尚不知该不良事件的进程",
            remedy: Wording("wait until it arrives", "请等待到达")),
        FailureDefinition(
            "adverse.notTheHolder", .forbidden, "somebody else has this part of the adverse event", "该环节由他人负责",
            remedy: Wording("look at it with `yilian adverse show`", "请用 `yilian adverse show` 查看")),
        FailureDefinition(
            "adverse.numberUsed", .conflict, "the number reported another event before", "该编号已用于另一起事件",
            remedy: Wording("report it under a number of its own", "请用新的编号报告")),
        FailureDefinition(
            "adverse.taken", .conflict, "somebody else has taken this part of the adverse event", "该环节已由他人接下",
            remedy: Wording("look at it with `yilian adverse show`", "请用 `yilian adverse show` 查看")),
        FailureDefinition(
            "adverse.tooLarge", .invalid, "the adverse event is larger than it may be", "不良事件超过大小限制",
            remedy: Wording("shorten it", "请缩短")),
        FailureDefinition(
            "adverse.tooLate", .tooLate, "it was due before", "已过时限",
            remedy: Wording("look at it with `yilian adverse show`", "请用 `yilian adverse show` 查看")),
        FailureDefinition(
            "adverse.tooMany", .invalid, "more was written about the adverse event than anybody needs to",
            "关于该不良事件的内容过多",
            remedy: .lookAtAuthor),
        FailureDefinition(
            "adverse.unknown", .absent, "this node knows no such adverse event", "本节点没有该不良事件",
            remedy: Wording("look at what it knows with `yilian adverse list`", "请用 `yilian adverse list` 查看")),
        FailureDefinition(
            "adverse.unknownGrade", .invalid, "the region has agreed on no such grade of adverse events",
            "区域没有约定此级别的不良事件",
            remedy: Wording("see adverseLevels in the region configuration", "请查看区域配置的 adverseLevels")),
        FailureDefinition(
            "adverse.unsigned", .forbidden, "the command is not signed by the node where its actor sits",
            "指令未由操作者所在节点签名",
            remedy: Wording("send it from that node", "请从该节点发送")),
        FailureDefinition(
            "adverse.wrongState", .conflict, "the adverse event is in a state that does not allow this",
            "不良事件当前的状态不允许此操作",
            remedy: Wording("look at it with `yilian adverse show`", "请用 `yilian adverse show` 查看")),
        FailureDefinition(
            "region.badController", .invalid, "quality controllers sit at a node that is not above their unit",
            "质控人员所在节点不是该机构的上级",
            remedy: .correctRegion),
    ]
}
