package import Effects

extension AdverseService {
    package static let failures: [FailureDefinition] = AdverseWorkflow.failures(with: [
        FailureDefinition(
            "adverse.badActor", .invalid, "who acts is not named, or at too great a length", "未写明操作者，或写得过长",
            remedy: Wording("give the staff number", "请写工号"),
            particulars: [
                Wording("who reports is named at too great a length", "报告者写得过长")
            ]),
        FailureDefinition(
            "adverse.noPatient", .invalid, "more identifiers of the patient are given than one person has", "患者标识过多",
            remedy: Wording("give the identity number, or a number of the hospital's own", "请填写证件号，或医院自己的号码")),
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
            "adverse.unknownGrade", .invalid, "the region has agreed on no such grade of adverse events",
            "区域没有约定此级别的不良事件",
            remedy: Wording("see adverseLevels in the region configuration", "请查看区域配置的 adverseLevels")),
        FailureDefinition(
            "region.badController", .invalid, "quality controllers sit at a node that is not above their unit",
            "质控人员所在节点不是该机构的上级",
            remedy: .correctRegion),
    ])
}
