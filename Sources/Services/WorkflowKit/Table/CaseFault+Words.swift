package import Effects

extension CaseFault {
    /// What the kit's failures of this fault and their remedies say, in both languages, about cases of a noun.
    package func particulars(_ noun: Wording) -> [Wording] {
        let (a, it) = (noun.english, noun.chinese)
        return aboutWriting(a, it) + aboutDeciding(a, it) + aboutReaders(a, it)
    }

    private func aboutWriting(_ a: String, _ it: String) -> [Wording] {
        switch self {
        case .badID:
            return [
                Wording("this is not the id of a \(a)", "这不是\(it)编号"),
                Wording("a \(a)'s id looks like {1}", "\(it)编号如 {1}"),
            ]
        case .unknownCase:
            return [
                Wording("this node knows no \(a) {1}", "本节点没有\(it) {1}"),
                Wording("this institution has no \(a) {1}", "本机构没有\(it) {1}"),
                Wording("look at what it knows with `{1}`", "请用 `{1}` 查看已有的"),
            ]
        case .malformed:
            return [
                Wording("the header of an entry about a \(a) cannot be read", "\(it)条目的摘要无法读取"),
                Wording("the command says nothing that this node knows", "指令所说的本节点都不认识"),
                Wording("the receipt cannot be read", "回执无法读取"),
                Wording("the signed command cannot be read", "签名的指令无法读取"),
                Wording("what came of the \(a) is not what was signed", "收到的\(it)内容与所签不符"),
            ]
        case .badActor:
            return [
                Wording("who acts is named in 1 to {1} bytes", "操作者以 1 至 {1} 字节写明"),
                Wording(
                    "give the expert's id of the roster, or the practitioner's staff number", "请写名册中的专家编号，或医师的工号"),
            ]
        case .noUnit:
            return [
                Wording("a \(a) names the unit that makes it, in 1 to {1} bytes", "\(it)须以 1 至 {1} 字节写明提出的机构"),
                Wording("give the unit's id as the region configuration has it", "请写区域配置中的机构编号"),
            ]
        case .noPatient:
            return [
                Wording("a \(a) needs 1 to {1} identifiers of the patient", "\(it)须有 1 至 {1} 个患者标识"),
                Wording("give the identity number, or a number of the hospital's own", "请填写证件号，或医院自己的号码"),
            ]
        case .tooLarge:
            return [
                Wording("a reason is one word, and a case has few lines", "原因为一个词，明细不应过多"),
                Wording("shorten it", "请缩短"),
                Wording("the attachments have more than {1} bytes together", "附件合计超过 {1} 字节"),
                Wording("send the PDF, or a compressed waveform", "请发送 PDF，或压缩的波形"),
                Wording("'{1}' may have {2} bytes", "'{1}' 最多 {2} 字节"),
                Wording("send a longer text as an attachment", "较长的文字请作为附件发送"),
            ]
        case .badContent: return Self.contentParticulars
        case .tooMany:
            return [
                Wording("the author has written more about the \(a) than anybody needs to", "作者就该\(it)所写的内容超过需要")
            ]
        default: return []
        }
    }

    private func aboutDeciding(_ a: String, _ it: String) -> [Wording] {
        switch self {
        case .noHome:
            return [
                Wording("nobody decides about a \(a) of this node", "没有节点受理本节点的\(it)"),
                Wording("check the management tree in the region configuration", "请检查区域配置中的管理关系"),
                Wording("no way leads to the \(a)'s home {1}", "没有通往\(it)受理节点 {1} 的路径"),
                Wording("no way leads to {1}, which made the \(a)", "没有通往提出该\(it)的 {1} 的路径"),
            ]
        case .notOffered:
            return [
                Wording("no home has taken the \(a) on yet", "尚无节点受理该\(it)"),
                Wording("wait a moment; `yilian queue why` says what does not arrive", "请稍等；`yilian queue why` 说明哪里未到"),
            ]
        case .unknownAttempt:
            return [
                Wording("this node is not the home of attempt {1}", "本节点不受理第 {1} 次派单"),
                Wording("look where it is with `{1}`", "请用 `{1}` 查看它在哪里"),
            ]
        case .wrongState:
            return [
                Wording(
                    "the \(a) is {1}, it cannot be {2} by this {3}", "该\(it)当前为 {1}，不能由 {3} 进行 {2}"),
                Wording("look at the \(a) with `{1}`", "请用 `{1}` 查看该\(it)"),
                Wording("nobody does this, it comes by itself when a time has run out", "此事由时限到期自动发生，无人可操作"),
            ]
        case .tooLate: return [Wording("it was due to be {1} by {2}", "{1} 的时限为 {2}")]
        case .changed:
            return [
                Wording("the \(a) has changed since: it is {1} now", "该\(it)此后已有变化：现为 {1}"),
                Wording("the \(a) has changed since: it is {1} now{2}", "该\(it)此后已有变化：现为 {1}{2}"),
                Wording("look at it again, and decide anew", "请重新查看后再操作"),
            ]
        case .seatTaken:
            return [
                Wording("{1} has another part in the \(a)", "{1} 在该\(it)中另有身份"),
                Wording("the \(a) is {1} by {2}", "该\(it)已由 {2} 进行 {1}"),
            ]
        case .notTheHolder:
            return [
                Wording("nobody has {1} the \(a)", "该\(it)尚无人进行 {1}"),
                Wording("the \(a) is {1} by {2}", "该\(it)已由 {2} 进行 {1}"),
                Wording("it is for whoever has {1} it", "由进行 {1} 的人负责"),
            ]
        default: return []
        }
    }

    private func aboutReaders(_ a: String, _ it: String) -> [Wording] {
        switch self {
        case .notEntitled:
            return [
                Wording("the \(a) is not open to this reader at this node", "该\(it)在本节点不对此人开放"),
                Wording(
                    "read it where it was made, or as somebody to whom it is offered", "请在提出处阅读，或由待接者阅读"),
                Wording("the command does not come from {1}, as it says", "指令不是来自它所写的 {1}"),
                Wording("act at the node where the actor works", "请在操作者工作的节点操作"),
            ]
        case .notHere:
            return [
                Wording("the \(a) itself has not come to this node", "该\(it)的内容尚未到达本节点"),
                Wording("take it on, or wait until it arrives", "请先接收，或等待到达"),
                Wording("what is asked about \(a) {1} has not come to this node", "所问的\(it) {1} 的内容尚未到达本节点"),
            ]
        case .unsigned:
            return [
                Wording("the command is not signed by {1}, where its actor sits", "指令未由操作者所在的 {1} 签名"),
                Wording(
                    "send it from that node; if it was, compare the region configurations of both",
                    "请从该节点发送；若已如此，请比较两个节点的区域配置"),
            ]
        case .orderNumberUsed:
            return [
                Wording("the order number made a \(a) with another content before", "该单号已用于内容不同的\(it)"),
                Wording("send changed content under an order number of its own", "内容有变请用新的单号"),
                Wording("the order number made a \(a) that went another way before", "该单号已用于去向不同的\(it)"),
                Wording("send what is new under an order number of its own", "新的内容请用新的单号"),
            ]
        default: return []
        }
    }

    private static let contentParticulars: [Wording] = [
        Wording("nothing is written with this", "此项不附文字"), Wording("leave it out", "请去掉"),
        Wording("leave the fields out", "请去掉这些字段"),
        Wording("no day is named for it", "没有写明日期"), Wording("this has no day of its own", "此项没有日期"),
        Wording("name a day where one is wanted, and none else", "需要日期时写一个，否则不写"),
        Wording("no node is named for it", "没有写明节点"), Wording("this goes to no node", "此项不送往节点"),
        Wording("name a node where one is to take it, and none else", "需要节点承接时写一个，否则不写"),
        Wording("at most {1} entries are named, each by its id", "最多写 {1} 个条目，每个写编号"),
        Wording("copy the ids of what belongs to it", "请复制相关内容的编号"),
        Wording("nothing is written in it", "其中没有写任何内容"), Wording("write what is to be said", "请填写内容"),
        Wording("'{1}' is missing", "缺少 '{1}'"), Wording("fill it in", "请填写"),
        Wording("there is no field '{1}'", "没有字段 '{1}'"), Wording("the fields are: {1}", "字段有：{1}"),
        Wording("'{1}' is none of the list's words", "'{1}' 不是列表中的词"), Wording("choose one of: {1}", "请选择其一：{1}"),
        Wording("'{1}' is no day", "'{1}' 不是日期"), Wording("this is no day", "这不是日期"),
        Wording("write it as 2026-12-31", "请写作 2026-12-31"),
        Wording("a field stands twice", "同一字段写了两次"), Wording("write it once", "请只写一次"),
    ]
}

extension Workflow {
    /// A service's definitions with what the kit says of each fault besides.
    package static func completed(_ definitions: [FailureDefinition]) -> [FailureDefinition] {
        let noun = Wording(table.noun, table.chineseNoun)
        let faults = Dictionary(grouping: CaseFault.allCases, by: code(of:))
        return definitions.map { definition in
            FailureDefinition(
                definition.code, definition.class, definition.sentence.english, definition.sentence.chinese,
                remedy: definition.remedy,
                particulars: definition.particulars
                    + (faults[definition.code] ?? []).flatMap { $0.particulars(noun) })
        }
    }
}
