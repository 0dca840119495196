package import Effects

extension IndicatorsService {
    package static let failures: [FailureDefinition] = [
        FailureDefinition(
            "author.notParent", .forbidden, "a node sums figures of a unit that it did not manage",
            "节点汇总了不归它管理的机构的数字",
            remedy: .lookAtAuthor,
            particulars: [
                Wording("{1} sums figures of a unit that it did not manage at the period's end", "{1} 汇总了期末不由它管理的机构的数字")
            ]),
        FailureDefinition(
            "indicators.malformed", .invalid, "a submission of figures cannot be read", "上报的数字无法读取",
            remedy: .lookAtAuthor,
            particulars: [
                Wording("a histogram has a bucket or a count that cannot be", "直方图有不可能的区间或计数"),
                Wording("a submission contradicts its subject", "提交与其主题矛盾"),
                Wording("a submission names a unit twice", "提交把一个机构写了两次"),
                Wording("the submission cannot be read", "提交无法读取"),
            ]),
        FailureDefinition(
            "indicators.notAUnit", .invalid, "the dispatcher counts nothing and closes nothing", "调度节点不统计，也不结账",
            remedy: Wording("close the period at the city, a county or a township", "请在市、县或乡镇节点结束周期")),
        FailureDefinition(
            "indicators.notBegun", .invalid, "the period has not begun", "周期尚未开始",
            remedy: Wording("close a period that has begun", "请结束已开始的周期")),
        FailureDefinition(
            "indicators.notManaged", .invalid, "nobody managed this node at the end of the period", "周期结束时没有上级管理本节点",
            remedy: Wording("check the management tree with `yilian region show`", "请用 `yilian region show` 检查管理关系")),
        FailureDefinition(
            "indicators.overflow", .invalid, "the sum of an indicator is larger than a figure may be", "指标的合计超出允许范围",
            remedy: Wording(
                "find the unit whose part is impossible with `yilian indicator show`",
                "请用 `yilian indicator show` 找出数字异常的机构")),
    ]
}
