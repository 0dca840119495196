package import Effects

extension FailureDefinition {
    /// What can be wrong with whoever wrote about a case; what can be wrong with a case itself has the code of its workflow
    /// (``CaseFault``).
    package static let workflowKit: [FailureDefinition] = [
        FailureDefinition(
            "author.notExpert", .forbidden, "no roster had the expert who acted", "名册中没有该操作的专家",
            remedy: Wording("publish a region configuration whose rosters have the expert", "请发布名册含该专家的区域配置"),
            particulars: [
                Wording("no roster of {1} had the expert at {2} who acted", "{1} 的名册中没有在 {2} 操作的该专家")
            ]),
        FailureDefinition(
            "author.notHome", .forbidden, "the author is not the home of the request", "作者不是该申请的受理节点",
            remedy: .lookAtAuthor,
            particulars: [
                Wording("a case is handed over to a node that does not take it", "业务单被移交给不承接它的节点"),
                Wording("the first home of a case is another node", "业务单的首个承接节点是另一个节点"),
                Wording("{1} took on a case of {2}, whose first home is another", "{1} 接下了 {2} 的业务单，而其首个承接节点是另一个"),
                Wording("an attempt begins that follows nothing", "派单没有写明承接什么"),
                Wording("an attempt begins that follows another case", "派单承接了另一业务单"),
                Wording("{1} wrote an event of a case whose home it is not", "{1} 为不由它承接的业务单写了事件"),
            ]),
        FailureDefinition(
            "author.notOnTheSpot", .forbidden, "the author stated what happened at another node", "作者陈述了发生在其他节点的事项",
            remedy: .lookAtAuthor,
            particulars: [
                Wording("{1} stated what it could not see", "{1} 写了它看不到的情况")
            ]),
        FailureDefinition(
            "author.notRegistered", .forbidden, "no register had the practitioner who acted", "登记册中没有该操作者",
            remedy: Wording(
                "see access.practitioners in the region configuration", "请查看区域配置的 access.practitioners"),
            particulars: [
                Wording("no register of a unit at {1} had the practitioner who acted", "{1} 各机构的名册中没有该操作者"),
                Wording(
                    "see access.practitioners in the region configuration with `yilian region show`",
                    "请用 `yilian region show` 查看区域配置中的 access.practitioners"),
            ]),
        FailureDefinition(
            "author.notRequester", .forbidden, "a node wrote in place of the one that made the request",
            "节点代替申请方写了内容",
            remedy: .lookAtAuthor,
            particulars: [
                Wording("{1} took note of another node's request", "{1} 确认了其他节点的申请"),
                Wording("{1} wrote another node's case", "{1} 写了其他节点的业务单"),
            ]),
        FailureDefinition(
            "author.otherPatient", .forbidden, "a request's statement is about another patient than its header",
            "申请的访问声明与摘要不是同一患者",
            remedy: .lookAtAuthor,
            particulars: [
                Wording(
                    "the access statement of a case is not about the patient whom its header names",
                    "业务单的访问声明与其摘要所指的不是同一患者")
            ]),
        FailureDefinition(
            "author.otherPlan", .forbidden, "a case says that another makes it, and that one does not",
            "业务单自称由另一业务单生成，而该单并不生成它",
            remedy: .lookAtAuthor),
        FailureDefinition(
            "author.otherTerms", .forbidden, "a request rests on terms that the region did not agree on",
            "申请所依据的条款未经区域约定",
            remedy: Wording("see what is agreed with `yilian region show`", "请用 `yilian region show` 查看约定"),
            particulars: [
                Wording("the terms of a case name another unit than the one that made it", "业务单条款所列机构与提出机构不同"),
                Wording("an event names other terms than the one that it follows", "事件所列条款与其前一事件不同"),
                Wording("{1} wrote a case on terms that the region did not agree on", "{1} 的业务单所用条款不是区域约定的"),
            ]),
        FailureDefinition(
            "author.unsignedCommand", .forbidden, "an event has no command that its actor's node signed",
            "事件没有操作者节点签名的指令",
            remedy: .lookAtAuthor,
            particulars: [
                Wording("nobody is commanded in the role of a home", "没有人以承接节点的身份受命"),
                Wording("what an event says is not what {1} signed", "事件所述并非 {1} 所签"),
                Wording("the command of an event is signed for a time after it", "事件的命令所签时间晚于事件"),
                Wording("{1} wrote in the name of an actor whose node did not sign that", "{1} 以某人名义书写，而其节点并未签名"),
            ]),
        FailureDefinition(
            "workflow.badDay", .broken, "the days on which a case makes another do not follow each other",
            "业务单生成下一单的日期未递增",
            remedy: .reportFault,
            particulars: [
                Wording("the days on which a {1} makes a case do not follow each other", "{1} 生成业务单的日期未递增")
            ]),
        FailureDefinition(
            "workflow.unmatched", .retry, "the home does not know since its start what its parent has of it",
            "受理节点启动后尚不知上级持有其多少内容",
            remedy: Wording(
                "try again when its link is up; `yilian peer list` shows it",
                "请在链路恢复后重试；`yilian peer list` 可查看"),
            particulars: [
                Wording("{1} has not heard since its start what {2} has of it{3}", "{1} 启动以来尚未得知 {2} 持有它的什么{3}")
            ]),
        FailureDefinition(
            "region.noExpert", .invalid, "no roster has an expert of the specialty", "名册中没有该专业的专家",
            remedy: .correctRegion),
        FailureDefinition(
            "region.badDay", .invalid, "a day of the working hours counts twice or not at all", "工作时间中的日期重复或无意义",
            remedy: .correctRegion,
            particulars: [
                Wording("{1} is a holiday and a workday", "{1} 既是假日又是工作日"),
                Wording("take it out of one of the two lists", "请从其中一个列表中去掉"),
                Wording("{1} counts without being named", "{1} 不写也算工作日"),
                Wording("name only the days of weekends on which people work", "只写周末中上班的日期"),
            ]),
    ]
}
