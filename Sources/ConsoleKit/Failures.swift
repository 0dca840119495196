package import Effects

extension FailureDefinition {
    /// What can be wrong with a page of the console.
    package static let consoleKit: [FailureDefinition] = [
        FailureDefinition(
            "page.failed", .broken, "the page could not be made", "页面无法生成",
            remedy: Wording("look for the number in the node's log", "请在节点日志中查找该编号")),
        FailureDefinition(
            "page.undeclared", .broken, "the page asks something that it does not declare", "该页面请求了未声明的内容",
            remedy: Wording("a mistake of this release: report it", "这是本版本的错误：请上报")),
        FailureDefinition(
            "page.tooMuch", .invalid, "the page was given more than it keeps", "提交的内容超出页面可保存的大小",
            remedy: .sendLess),
    ]
}
