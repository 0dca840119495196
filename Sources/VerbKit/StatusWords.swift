import Console
package import Effects

/// Sentences about a node and its lists as verbs print them, in both languages; `{1}`, `{2}` stand for what they name.
///
/// A line of another form stands as it is: it may be data. A service's verbs say theirs with ``Terminal/say(_:_:)``.
package enum StatusWords {
    /// What needs a look at a node; the node says it in English.
    package static let concerns: [Wording] = [
        Wording("no link to the {1} '{2}': {3}", "与{1} '{2}' 没有链路：{3}"),
        Wording("the clock of '{1}' differs by {2} s", "'{1}' 的时钟相差 {2} 秒"),
        Wording("{1} forks are kept as evidence: see the log", "保留了 {1} 个分叉作为证据：请查看日志"),
        Wording("{1} entries are set aside: see `ledger verify`", "{1} 个条目被搁置：请执行 `ledger verify`"),
        Wording("{1} of them are in quarantine: their authors may not write them", "其中 {1} 个被隔离：其作者无权书写"),
        Wording("the node's certificate runs out at {1}", "节点的证书将于 {1} 到期"),
        Wording("the ledger key ends at {1}: bring the next one before", "账本密钥将于 {1} 终止：请在此之前带来下一个"),
        Wording(
            "ledger key {1} begins at {2}: until then nothing is sealed and nothing acknowledged",
            "账本密钥 {1} 从 {2} 起有效：在此之前不封存也不回执任何内容"),
        Wording(
            "the region configuration binds no ledger key of this node to it: nothing is sealed and nothing acknowledged",
            "区域配置没有把本节点的任何账本密钥写给它：不封存也不回执任何内容"),
        Wording("{1} MiB are free on the disk; make room for at least {2}", "磁盘剩余 {1} MiB；请至少腾出 {2} MiB"),
        Wording(
            "{1} keeps entry {2} in quarantine ({3}): its author may not write it", "{1} 隔离了条目 {2}（{3}）：其作者无权书写"),
        Wording(
            "{1} set entry {2} aside ({3}): upgrade {4}, or look into the entry",
            "{1} 搁置了条目 {2}（{3}）：请升级 {4}，或检查该条目"),
        Wording(
            "{1} keeps entry {2} of this node aside ({3}), which does not lie here: it went with a disk that was lost, or somebody else has this node's ledger key",
            "{1} 搁置了本节点的条目 {2}（{3}），而它不在此处：它随丢失的磁盘而去，或他人持有本节点的账本密钥"),
        Wording(
            "{1} has asked for more persons than may be since {2}, {3} times: see `audit list --alerts`",
            "{1} 自 {2} 起查询的人数超过限制 {3} 次：见 `audit list --alerts`"),
    ]

    package static let lists: [Wording] = [
        Wording("nothing waits", "没有等待的"), Wording("none", "无"),
        Wording("nothing changes", "没有变化"),
        Wording("this node has no neighbours", "本节点没有邻居"),
        Wording("more exist: these are the newest {1}; give a greater --limit", "还有更多：这是最新的 {1} 条；请把 --limit 写大"),
        Wording("more exist: the first of each state are shown", "还有更多：每种状态显示最前的"),
        Wording("`yilian message show MESSAGE` says everything about one", "`yilian message show MESSAGE` 显示一条报文的全部"),
        Wording("access statement {1}", "访问声明 {1}"), Wording("written to {1}", "已写入 {1}"),
        Wording("version {1} waits until {2}", "版本 {1} 等到 {2} 生效"),
        Wording("in force here since {1}", "在此自 {1} 起生效"), Wording("the node has version {1}", "节点的版本为 {1}"),
        Wording("handed to the node, which has version {1} now", "已交给节点，节点现为版本 {1}"),
        Wording("taken back: {1}", "已取回：{1}"),
        Wording("no secret is missing of the epochs that the node knows", "节点所知的纪元不缺少任何秘密"),
    ]

    private static let templates = (concerns + reasons + lists).map { (Template($0.english), Template($0.chinese)) }

    /// A line as people of a language read it; a mark that something needs a look stays before it.
    package static func shown(_ line: String, in language: Language) -> String {
        guard language == .chinese, !line.contains("\n") else { return line }
        let mark = "! "
        if line.hasPrefix(mark) { return mark + shown(String(line.dropFirst(mark.count)), in: language) }
        for (english, chinese) in templates {
            if let found = english.values(in: line[...]) {
                // What a sentence names can be a word, or a sentence again: the reason for a reason.
                return chinese.filled(found.mapValues { shown(TerminalWords.shown($0, in: language), in: language) })
            }
        }
        return line
    }
}
