package import Effects

extension FailureDefinition {
    /// What can be wrong with whoever wrote about a case; what can be wrong with a case itself has the code of its workflow
    /// (``CaseFault``).
    package static let workflowKit: [FailureDefinition] = [
        FailureDefinition(
            "author.notHome", .forbidden, "the author is not the home of the request", "作者不是该申请的受理节点",
            remedy: .lookAtAuthor),
        FailureDefinition(
            "author.notOnTheSpot", .forbidden, "the author stated what happened at another node", "作者陈述了发生在其他节点的事项",
            remedy: .lookAtAuthor),
        FailureDefinition(
            "author.notRegistered", .forbidden, "no register had the practitioner who acted", "登记册中没有该操作者",
            remedy: Wording(
                "see access.practitioners in the region configuration", "请查看区域配置的 access.practitioners")),
        FailureDefinition(
            "author.notRequester", .forbidden, "a node wrote in place of the one that made the request",
            "节点代替申请方写了内容",
            remedy: .lookAtAuthor),
        FailureDefinition(
            "author.otherPatient", .forbidden, "a request's statement is about another patient than its header",
            "申请的访问声明与摘要不是同一患者",
            remedy: .lookAtAuthor),
        FailureDefinition(
            "author.otherTerms", .forbidden, "a request rests on terms that the region did not agree on",
            "申请所依据的条款未经区域约定",
            remedy: Wording("see what is agreed with `yilian region show`", "请用 `yilian region show` 查看约定")),
        FailureDefinition(
            "author.unsignedCommand", .forbidden, "an event has no command that its actor's node signed",
            "事件没有操作者节点签名的指令",
            remedy: .lookAtAuthor),
    ]
}
