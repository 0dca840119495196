package import Effects

extension FailureDefinition {
    /// What can be wrong with the operator's interface.
    package static let console: [FailureDefinition] = asking + backup

    private static let asking: [FailureDefinition] = [
        FailureDefinition(
            "audit.noOpening", .absent, "no opening without consent has this record at this node", "本节点没有这条紧急打开的记录",
            remedy: Wording("list the openings again", "请重新查看紧急打开列表"),
            particulars: [
                Wording("list them with `yilian audit openings`", "请用 `yilian audit openings` 列出")
            ]),
        FailureDefinition(
            "audit.ownOpening", .forbidden, "nobody reviews what they opened themselves", "不能复核自己的紧急打开",
            remedy: Wording("let another auditor review it", "请由另一位审计员复核")),
        FailureDefinition(
            "console.badAnswer", .broken, "the node's answer cannot be read", "节点的答复无法读取",
            remedy: Wording("use the `yilian` of the same release as the node", "请使用与节点同版本的 `yilian`"),
            particulars: [
                Wording("a line of the node's events has no end", "节点事件流中有一行没有结尾"),
                Wording("the node's events end at once", "节点的事件流立刻结束"),
            ]),
        FailureDefinition(
            "console.badFile", .invalid, "the file is damaged or another one", "文件已损坏或不是所需文件",
            remedy: Wording("export it again, and bring the new one", "请重新导出并带来新文件")),
        FailureDefinition(
            "console.badRequest", .invalid, "the request cannot be read", "请求无法读取",
            remedy: Wording("correct what the message names", "请按提示更正"),
            particulars: [
                Wording("an attachment is not base 64", "有附件不是 base 64"),
                Wording("this is no event's id", "这不是事件编号"),
                Wording("give the id of the last event, or leave it out", "请写最后一个事件的编号，或不写"),
                Wording("the date of birth is no day", "出生日期不是日期"),
                Wording("this takes no parameters", "此处不接受参数"),
                Wording("write it as 1970-01-31", "请写成 1970-01-31"),
                Wording("give --to", "请写 --to"),
                Wording(
                    "another unit's period is closed where it is due, and never earlier", "其他机构的周期到期才结束，不能提前"),
                Wording("leave --force out, or close it at that node", "请去掉 --force，或在该节点结束"),
                Wording("nobody is named to whom they go", "没有写明给谁"),
                Wording("enter the number again", "请重新输入号码"),
                Wording("nobody was asked for", "没有写明查询谁"),
                Wording("look for a person first", "请先查找患者"),
            ]),
        FailureDefinition(
            "console.badURL", .invalid, "an operator's interface is reached over https only", "操作员接口只能经 https 访问",
            remedy: Wording("write https://host:port", "请写 https://主机:端口")),
        FailureDefinition(
            "console.cannotListen", .broken, "the operator's interface cannot listen", "操作员接口无法监听",
            remedy: .checkPort),
        FailureDefinition(
            "console.internal", .broken, "the node could not do this", "节点未能完成",
            remedy: Wording("look for the correlation id in its log", "请在节点日志中查找关联编号"),
            particulars: [
                Wording("the finding was written and is not there", "复核结论已写入，却读不到")
            ]),
        FailureDefinition(
            "console.listenerEnded", .broken, "a listener ended by itself", "监听自行停止",
            remedy: Wording(
                "see how many files the process may have open, and start the node again",
                "请查看进程可打开的文件数，并重启节点")),
        FailureDefinition(
            "console.noSuchRoute", .absent, "there is nothing at this address", "该地址下没有内容",
            remedy: Wording("use the `yilian` of the same release as the node", "请使用与节点同版本的 `yilian`")),
        FailureDefinition(
            "console.notHere", .absent, "what was named is not at this node", "所指内容不在本节点",
            remedy: Wording("list what there is", "请先列出已有内容"),
            particulars: [
                Wording("look at the queue again", "请重新查看队列"),
                Wording("no such message waits any more", "该报文已不再等待"),
            ]),
        FailureDefinition(
            "console.notReachable", .retry, "the node cannot be reached", "无法到达节点",
            remedy: Wording(
                "see whether it runs, and whether --data or --url names the right one",
                "请查看节点是否在运行，--data 或 --url 是否正确")),
        FailureDefinition(
            "console.otherReceiver", .invalid, "the file is meant for another node", "文件是给另一个节点的",
            remedy: Wording("import it there", "请在那个节点导入")),
        FailureDefinition(
            "console.overloaded", .retry, "too many connections are open with this token", "该令牌打开的连接过多",
            remedy: Wording("close some of them", "请关闭一些"),
            particulars: [
                Wording("more of this node's events are listened to than may be", "监听本节点事件的连接过多"),
                Wording("end one of those who listen, or wait until the node runs again", "请结束其中一个监听，或等节点重新运行"),
            ]),
        FailureDefinition(
            "console.socketMode", .broken, "the socket cannot be kept from others", "无法限制他人访问套接字",
            remedy: .checkPath),
        FailureDefinition(
            "console.socketPath", .invalid, "the path of the node's socket cannot be used", "节点套接字的路径不能用",
            remedy: Wording("choose a data folder with a shorter path", "请选用路径较短的数据目录")),
        FailureDefinition(
            "console.stopping", .retry, "the node is stopping", "节点正在停止",
            remedy: .tryAgain),
        FailureDefinition(
            "console.tooLarge", .invalid, "the request is too large", "请求过大",
            remedy: .sendLess),
        FailureDefinition(
            "console.undeclared", .broken, "an answer is not what its endpoint declares", "答复与接口的声明不符",
            remedy: Wording(
                "a mistake of this release: report it, and unset YILIAN_CHECK_ANSWERS to go on",
                "这是本版本的错误：请上报；要继续，请取消 YILIAN_CHECK_ANSWERS")),
        FailureDefinition(
            "console.unauthorised", .forbidden, "the request carries no valid operator's token", "请求没有有效的操作员令牌",
            remedy: Wording("give the token's file with --token-file", "请用 --token-file 指定令牌文件")),
        FailureDefinition(
            "console.weakToken", .invalid, "an operator's token is too short", "操作员令牌过短",
            remedy: Wording(
                "write 32 random bytes into the file: openssl rand -hex 32",
                "请在文件中写入 32 个随机字节：openssl rand -hex 32")),
        FailureDefinition(
            "console.wrongTokens", .forbidden, "too many wrong tokens come from this address", "该地址发来的错误令牌过多",
            remedy: Wording(
                "wait a minute; take the token of operator.token in the node's data folder",
                "请等一分钟；使用节点数据目录中 operator.token 的令牌")),
        FailureDefinition(
            "identity.evidence", .invalid, "there is no such evidence", "没有该依据代码",
            remedy: Wording("choose one of those that are listed", "请选择所列代码之一")),
        FailureDefinition(
            "proof.malformed", .invalid, "this is no proof of a result", "这不是结果的证明",
            remedy: Wording("take the file that `yilian record show` wrote", "请使用 `yilian record show` 写出的文件")),
        FailureDefinition(
            "log.unknownLevel", .invalid, "there is no such level of a log", "没有该日志级别",
            remedy: Wording("choose one of those that are listed", "请选择所列级别之一")),
    ]
}
