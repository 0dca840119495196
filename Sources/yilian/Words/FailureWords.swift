import Effects
import VerbKit

/// What failures say with their particulars, in both languages; `{1}`, `{2}` stand for what they name.
///
/// The catalogue has what a code means in general, and what its failures say beyond that. Here stand the messages and
/// remedies of the program, of its client and of the operator's interface; those of a service's verbs stand beside them. A
/// test holds that none is missing.
enum FailureWords {
    /// A message or a remedy in Chinese: by the code's own words, or by those below; `nil` where neither has it.
    static func chinese(_ english: String, by definition: FailureDefinition) -> String? {
        for wording in [definition.sentence, definition.remedy] + definition.particulars + all {
            if let found = Template(wording.english).values(in: english[...]) {
                return Template(wording.chinese).filled(found)
            }
        }
        return nil
    }

    static let all = nodes + client + region + files + exchange + ServiceVerbList.words.flatMap(\.failures)

    private static let nodes: [Wording] = [
        Wording("there is no such data folder", "没有该数据目录"),
        Wording("{1} names it: correct it, or give --data", "它由 {1} 指定：请更正，或写 --data"),
        Wording("correct --data", "请更正 --data"),
        Wording(
            "name the data folder of a node with --data, or a running node with --url",
            "请用 --data 写节点的数据目录，或用 --url 写运行中的节点"),
        Wording(
            "the certificate is of node '{1}' of region '{2}', this is '{3}'",
            "证书属于区域 '{2}' 的节点 '{1}'，本节点是 '{3}'"),
        Wording("there is no PEM certificate", "没有 PEM 证书"),
        Wording("there is no certificate for the console", "控制台没有证书"),
        Wording("write 'certificate' and 'key' under 'console'", "请在 'console' 下写 'certificate' 和 'key'"),
        Wording("listening is not possible", "无法监听"),
        Wording("the authority of this file did not issue the node's certificate", "该文件的签发机构未签发节点的证书"),
        Wording(
            "bring the ca.crt of the region's authority, which lies beside the certificate that `yilian cert issue` wrote",
            "请带来区域签发机构的 ca.crt，它与 `yilian cert issue` 写出的证书放在一起"),
        Wording("this key is not the one of the certificate {1}", "该密钥与证书 {1} 不配"),
        Wording(
            "bring tls.key and tls.crt together, as one `yilian cert issue` or `cert renew` wrote them",
            "请把同一次 `yilian cert issue` 或 `cert renew` 写出的 tls.key 和 tls.crt 一起带来"),
        Wording("others than its owner may write in the data folder (mode {1})", "其他用户可写入数据目录（权限 {1}）"),
        Wording("run `chmod 700 {1}`, and think about who may have changed what", "请执行 `chmod 700 {1}`，并考虑可能被改动的内容"),
        Wording("this user cannot read and write this file of the ledger", "本用户不能读写账本的这个文件"),
        Wording(
            "look at its owner: a verb that ran as another user, such as root, may have made it; give it back with `chown`",
            "请查看其所有者：以其他用户（如 root）执行的命令可能生成了它；请用 `chown` 归还"),
        Wording("others than its owner may read or write the ledger (mode {1})", "其他用户可读写账本（权限 {1}）"),
        Wording("run `chmod 600 {1}`, and think about who may have read what", "请执行 `chmod 600 {1}`，并考虑谁可能读过什么"),
        Wording(
            "make it with mode 0700, and put into it what `yilian cert issue` wrote for this node",
            "请以 0700 权限建立，并放入 `yilian cert issue` 为本节点写出的内容"),
        Wording(
            "neighbours will not believe the certificate, which is from {1} to {2}: it does not hold that {3}",
            "邻居不会相信该证书（{1} 至 {2}）：不满足 {3}"),
        Wording(
            "bring one that `yilian cert renew` or `yilian cert issue` wrote",
            "请带来 `yilian cert renew` 或 `yilian cert issue` 写出的证书"),
        Wording("every ledger key of '{1}' that lies here has ended, or begins later", "此处 '{1}' 的账本密钥都已终止，或尚未开始"),
        Wording(
            "bring the ledger*.key files of `yilian cert renew DIR {1} --new-ledger-key`, and publish",
            "请带来 `yilian cert renew DIR {1} --new-ledger-key` 的 ledger*.key 文件，并发布"),
        Wording("this user cannot write in the data folder", "本用户不能写入数据目录"),
        Wording("the file cannot be written", "文件无法写入"),
        Wording("look at the folder's owner and the room on its disk", "请查看文件夹的所有者和磁盘的剩余空间"),
        Wording(
            "run it as the node's user; look at the folder's owner, and whether its disk is mounted read-only",
            "请以节点的用户运行；并查看文件夹的所有者，以及磁盘是否只读挂载"),
        Wording(
            "see `yilian node status --data {1}`; stop that one first",
            "请用 `yilian node status --data {1}` 查看，并先停止它"),
        Wording("the region configuration binds this ledger key to no node", "区域配置没有把这个账本密钥写给任何节点"),
        Wording(
            "bring a configuration that was published after `yilian cert issue`", "请带来在 `yilian cert issue` 之后发布的配置"),
        Wording("the node has {1} institutions, and none is named", "节点有 {1} 家机构，而没有写明哪一家"),
        Wording("give --institution, one of: {1}", "请写 --institution，为其中之一：{1}"),
    ]

    private static let client: [Wording] = [
        Wording("the node gave no document {1}", "节点没有给出文档 {1}"),
        Wording("the path of the socket cannot be used", "套接字的路径不能用"),
        Wording(
            "the path of the node's socket has {1} bytes, and the system takes {2}", "节点套接字的路径有 {1} 字节，系统最多 {2} 字节"),
        Wording("the authority's certificate cannot be read", "签发机构的证书无法读取"),
        Wording("the node cannot be reached ({1})", "无法到达节点（{1}）"),
        Wording("the node answered with HTTP status {1}", "节点以 HTTP 状态 {1} 答复"),
        Wording("the node answered with something else than batches", "节点答复的不是批"),
        Wording("the answer is not what the endpoint declares: {1}", "答复与接口的声明不符：{1}"),
        Wording("two types of the interface have the name {1}", "接口有两个类型名为 {1}"),
        Wording("listening is not possible: {1}", "无法监听：{1}"), Wording("listening is not possible", "无法监听"),
        Wording("see whether another program has it, and whether this user may", "请查看是否被别的程序占用，以及本用户是否有权"),
        Wording("the operator's interface has no such route", "操作员接口没有该地址"),
        Wording("an operator's token has fewer than {1} bytes", "操作员令牌不足 {1} 字节"),
        Wording(
            "write 32 random bytes in hexadecimal into the file: openssl rand -hex 32",
            "请在文件中以十六进制写入 32 个随机字节：openssl rand -hex 32"),
        Wording("this request carries no operator's token", "该请求没有操作员令牌"),
        Wording("the token of this request is none that this node takes", "本节点不认该请求的令牌"),
        Wording(
            "take the one of operator.token in the node's data folder; a changed file holds after SIGHUP",
            "请使用节点数据目录中 operator.token 的令牌；改动的文件在 SIGHUP 之后生效"),
        Wording(
            "as many connections as there may be at a time are open with this token", "该令牌同时打开的连接已达上限"),
        Wording("the request is larger than {1} bytes", "请求大于 {1} 字节"),
        Wording("the body is not in the form that the request's headers say", "正文的形式与请求头所写不符"),
        Wording("did you mean '{1}'? choose one of: {2}", "是否指 '{1}'？请选其一：{2}"),
        Wording("choose one of: {1}", "请选其一：{1}"), Wording("none is known yet", "尚无已知的"),
    ]

    private static let region: [Wording] = [
        Wording(
            "region.yaml names the suite '{1}', the region's key is of '{2}'", "region.yaml 写的是套件 '{1}'，区域的密钥属于 '{2}'"),
        Wording(
            "a region keeps its suite for ever; correct 'suite' in region.yaml", "区域的套件永不改变；请更正 region.yaml 中的 suite"),
        Wording("the authority is of region '{1}'", "签发机构属于区域 '{1}'"),
        Wording("use the authority's folder of region '{1}'", "请使用区域 '{1}' 的签发机构文件夹"),
        Wording("the record of node '{1}' holds a key that is not hexadecimal", "节点 '{1}' 的记录中有密钥不是十六进制"),
        Wording(
            "the list of revocations holds a serial number that is not hexadecimal", "吊销列表中有序列号不是十六进制"),
        Wording("restore it from a backup", "请从备份恢复"),
        Wording("a region has at most {1} epochs of patient keys", "一个区域最多 {1} 个患者密钥纪元"),
        Wording("move files away that no epoch of the region has", "请移走不属于区域任何纪元的文件"),
        Wording(
            "this is another secret than the one that was published for epoch {1}", "这不是为纪元 {1} 发布的秘密"),
        Wording("move it away, and take the right one back: {1}", "请移开它，并取回正确的：{1}"),
        Wording(
            "the secret of patient key epoch {1} is missing ({2}); without it nobody finds the results of its time",
            "缺少患者密钥纪元 {1} 的秘密（{2}）；没有它，谁也找不到该时期的结果"),
        Wording("restore the file from a backup, or take it back: {1}", "请从备份恢复该文件，或取回：{1}"),
        Wording("what was published before cannot be used: {1}", "先前发布的配置不可用：{1}"),
        Wording(
            "restore the file, or bring the newest one of a node (region.accepted in its data folder)",
            "请恢复该文件，或带来某个节点的最新配置（其数据目录中的 region.accepted）"),
        Wording("what the node gave is not the secret that was published", "节点给出的不是所发布的秘密"),
        Wording("ask another node", "请询问另一节点"), Wording("take another node", "请换一个节点"),
        Wording("there is no region configuration in this folder", "该文件夹中没有区域配置"),
        Wording("this node's configuration gives it no secret of epoch {1}", "本节点的配置没有给它纪元 {1} 的秘密"),
        Wording("version {1} was published with another content: {2}", "版本 {1} 已以另外的内容发布：{2}"),
        Wording(
            "publish this under version {1}: count 'version' in region.yaml up",
            "请以版本 {1} 发布：把 region.yaml 的 version 加一"),
        Wording("the region configuration that this node kept cannot be used: {1}", "本节点保存的区域配置不可用：{1}"),
        Wording(
            "bring the newest file that `yilian region publish` wrote as {1}, move this one away, and start again",
            "请把 `yilian region publish` 写出的最新文件作为 {1} 带来，移开这一个，然后重新启动"),
        Wording("the file is of region '{1}', this node is of another", "文件属于区域 '{1}'，本节点属于另一区域"),
    ]

    private static let files: [Wording] = [
        Wording("there is no such file", "没有该文件或文件夹"),
        Wording("folders lie too deep here", "此处文件夹层次过深"), Wording("take it out of the folder", "请把它移出文件夹"),
        Wording("the name leads to no file", "该名称不指向任何文件"),
        Wording(
            "a link leads nowhere, or the name is not UTF-8: give the file another name",
            "链接没有目标，或名称不是 UTF-8：请给文件另起名称"),
        Wording(
            "neither Nodes/demo nor PREFIX/share/yilian/Nodes/demo is to be found from here",
            "从此处找不到 Nodes/demo，也找不到 PREFIX/share/yilian/Nodes/demo"),
        Wording(
            "the argument parser describes the program in a form that is not known: {1}", "参数解析器以未知形式描述程序：{1}"),
        Wording("the file is damaged: {1}", "文件已损坏：{1}"), Wording("the file is empty", "文件是空的"),
        Wording("give a file with a message in it", "请给出含有报文的文件"), Wording("not readable", "无法读取"),
    ]

    private static let exchange: [Wording] = [
        Wording("this node gave nothing on that statement", "本节点未依据该声明给出内容"),
        Wording(
            "ask at the nodes that `record find` named; `yilian audit list` shows what this one gave",
            "请询问 `record find` 所列的节点；`yilian audit list` 显示本节点给出了什么"),
        Wording("this is not stuck here", "此处没有卡住的这一项"),
        Wording(
            "`yilian queue show` lists what is; `yilian trace` says where an entry is",
            "`yilian queue show` 列出卡住的内容；`yilian trace` 说明条目在哪里"),
        Wording("this node has no such neighbour and no such destination", "本节点没有该邻居，也没有该外发目标"),
        Wording("this node knows no message with that id", "本节点没有该编号的报文"),
        Wording("`yilian message list` shows those that came last", "`yilian message list` 显示最近到达的报文"),
        Wording("no such system has asked for anything that this node gave", "没有该系统向本节点要过内容"),
        Wording("'{1}' is no neighbour of this node", "'{1}' 不是本节点的邻居"),
        Wording("there is nothing to export for '{1}'", "没有要为 '{1}' 导出的内容"),
        Wording("`yilian queue list` shows what waits", "`yilian queue list` 显示等待的内容"),
        Wording("this chain does not lie here", "该链不在此处"),
        Wording("`yilian ledger verify` names the chains that do", "`yilian ledger verify` 列出此处的链"),
        Wording("this is neither a file of batches nor a receipt", "这既不是批文件，也不是回执"),
        Wording(
            "take a file that `yilian queue export` or `yilian queue import --receipt` wrote",
            "请使用 `yilian queue export` 或 `yilian queue import --receipt` 写出的文件"),
        Wording("the receipt is of '{1}', which is no neighbour", "回执来自 '{1}'，它不是邻居"),
        Wording("the file is meant for node '{1}', not for this one", "文件是给节点 '{1}' 的，不是给本节点的"),
        Wording("use the `yilian` of the same release as the node", "请使用与节点同版本的 `yilian`"),
    ]
}
