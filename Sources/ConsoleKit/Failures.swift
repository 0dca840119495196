package import Effects

extension FailureDefinition {
    /// What can be wrong with a page of the console.
    package static let consoleKit: [FailureDefinition] = [
        FailureDefinition(
            "page.failed", .broken, "the page could not be made", "页面无法生成",
            remedy: Wording("look for the number in the node's log", "请在节点日志中查找该编号")),
        FailureDefinition(
            "page.busy", .retry, "too many pages of this node listen", "本节点实时更新的页面太多",
            remedy: Wording("try again in a minute", "请一分钟后再试")),
        FailureDefinition(
            "page.gone", .absent, "what the page was about is not there any more", "页面所指的内容已经不在",
            remedy: Wording("look at the list again", "请重新查看列表")),
        FailureDefinition(
            "page.noPractitioner", .forbidden, "this account names no practitioner", "该账号没有对应的执业人员",
            remedy: Wording("ask the security administrator to name one", "请安全管理员写上执业人员编号")),
        FailureDefinition(
            "page.nobodyAsked", .invalid, "nobody was asked for", "还没有填写要查的人",
            remedy: Wording("enter the number again", "请重新填写证件号")),
        FailureDefinition(
            "page.otherPerson", .conflict, "somebody else was asked for since the page was shown; nothing was written",
            "页面显示之后又查了另一个人；什么也没有写",
            remedy: Wording(
                "ask for the person again, and look at who stands on the page", "请重新查此人，并核对页面上是谁")),
        FailureDefinition(
            "page.sentTwice", .conflict, "this form was sent before, and what it says is written once",
            "该表单已提交过，内容只写一次",
            remedy: Wording("look at the list; open the form anew for another one", "请查看列表；要另写一份请重新打开表单")),
        FailureDefinition(
            "page.tooMuch", .invalid, "the page was given more than it keeps", "提交的内容超出页面可保存的大小",
            remedy: .sendLess),
        FailureDefinition(
            "page.undeclared", .broken, "the page asks something that it does not declare", "该页面请求了未声明的内容",
            remedy: Wording("a mistake of this release: report it", "这是本版本的错误：请上报")),
    ]
}
