package import Effects

extension CaseFault {
    /// What can be wrong with the cases of one workflow, in both languages.
    package struct Words {
        /// A case and one case in an English sentence, and a case in a Chinese one.
        var noun: String
        var one: String
        var it: String
        var showVerb: String
        var listVerb: String

        package init(noun: String, one: String, it: String, showVerb: String, listVerb: String) {
            self.noun = noun
            self.one = one
            self.it = it
            self.showVerb = showVerb
            self.listVerb = listVerb
        }

        private var look: Wording { Wording("look at the \(noun) with `\(showVerb)`", "请用 `\(showVerb)` 查看该\(it)") }

        package func definition(of fault: CaseFault, code: Failure.Code) -> FailureDefinition {
            aboutWriting(fault, code) ?? aboutDeciding(fault, code) ?? aboutReading(fault, code)
        }

        private func aboutWriting(_ fault: CaseFault, _ code: Failure.Code) -> FailureDefinition? {
            switch fault {
            case .badID:
                FailureDefinition(
                    code, .invalid, "this is not the id of \(one)", "这不是\(it)编号",
                    remedy: Wording("copy it from `\(listVerb)`", "请从 `\(listVerb)` 中复制"),
                    particulars: [Wording("\(one)'s id looks like {1}", "\(it)编号如 {1}")])
            case .unknown:
                FailureDefinition(
                    code, .absent, "this node knows no such \(noun)", "本节点没有该\(it)",
                    remedy: Wording("look at what it knows with `\(listVerb)`", "请用 `\(listVerb)` 查看已有的\(it)"),
                    particulars: [
                        Wording("this node knows no \(noun) {1}", "本节点没有\(it) {1}"),
                        Wording("this institution has no \(noun) {1}", "本机构没有\(it) {1}"),
                    ])
            case .malformed:
                FailureDefinition(
                    code, .invalid, "a command or content of \(one) cannot be read", "\(it)的指令或内容无法读取",
                    remedy: .compareVersions,
                    particulars: [
                        Wording("the terms of \(one) cannot be read", "\(it)的条款无法读取"),
                        Wording("the header of an entry about \(one) cannot be read", "\(it)条目的摘要无法读取"),
                        Wording("the command says nothing that this node knows", "指令所说的本节点都不认识"),
                        Wording("the receipt cannot be read", "回执无法读取"),
                        Wording("the signed command cannot be read", "签名的指令无法读取"),
                        Wording("what came of the \(noun) is not what was signed", "收到的\(it)内容与所签不符"),
                    ])
            case .badActor:
                FailureDefinition(
                    code, .invalid, "who acts is not named, or at too great a length", "未写明操作者，或写得过长",
                    remedy: Wording(
                        "give the expert's id of the roster, or the practitioner's staff number", "请写名册中的专家编号，或医师的工号"),
                    particulars: [Wording("who acts is named in 1 to {1} bytes", "操作者以 1 至 {1} 字节写明")])
            case .noUnit:
                FailureDefinition(
                    code, .invalid, "\(one) names the unit that makes it", "\(it)须写明提出的机构",
                    remedy: Wording("give the unit's id as the region configuration has it", "请写区域配置中的机构编号"),
                    particulars: [
                        Wording("\(one) names the unit that makes it, in 1 to {1} bytes", "\(it)须以 1 至 {1} 字节写明提出的机构")
                    ])
            case .noPatient:
                FailureDefinition(
                    code, .invalid, "\(one) needs the patient's identifiers", "\(it)须有患者标识",
                    remedy: Wording("give the identity number, or a number of the hospital's own", "请填写证件号，或医院自己的号码"),
                    particulars: [Wording("\(one) needs 1 to {1} identifiers of the patient", "\(it)须有 1 至 {1} 个患者标识")])
            case .tooLarge:
                FailureDefinition(
                    code, .invalid, "what is written of the \(noun) is larger than it may be", "\(it)的内容超过大小限制",
                    remedy: Wording("shorten it, or send a smaller attachment", "请缩短，或发送较小的附件"),
                    particulars: CaseFault.sizeParticulars)
            case .badContent:
                FailureDefinition(
                    code, .invalid, "what is written is not what the form wants", "填写的内容不符合表单要求",
                    remedy: Wording("fill in the fields of the form", "请按表单填写各字段"),
                    particulars: CaseFault.contentParticulars)
            case .tooMany:
                FailureDefinition(
                    code, .invalid, "more was written about the \(noun) than anybody needs to", "关于该\(it)的内容过多",
                    remedy: .lookAtAuthor,
                    particulars: [
                        Wording(
                            "the author has written more about the \(noun) than anybody needs to", "作者就该\(it)所写的内容超过需要")
                    ])
            default: nil
            }
        }

        private func aboutDeciding(_ fault: CaseFault, _ code: Failure.Code) -> FailureDefinition? {
            switch fault {
            case .noHome:
                FailureDefinition(
                    code, .invalid, "nobody decides about \(one) of this node", "没有节点受理本节点的\(it)",
                    remedy: Wording("check the management tree in the region configuration", "请检查区域配置中的管理关系"),
                    particulars: [
                        Wording("no way leads to the \(noun)'s home {1}", "没有通往\(it)受理节点 {1} 的路径"),
                        Wording("no way leads to {1}, which made the \(noun)", "没有通往提出该\(it)的 {1} 的路径"),
                    ])
            case .notOffered:
                FailureDefinition(
                    code, .absent, "no home has taken the \(noun) on yet", "尚无节点受理该\(it)",
                    remedy: Wording(
                        "wait a moment; `yilian queue why` says what does not arrive", "请稍等；`yilian queue why` 说明哪里未到"))
            case .notItsHome:
                FailureDefinition(
                    code, .absent, "another node decides about the \(noun)", "该\(it)由另一节点决定", remedy: look,
                    particulars: [
                        Wording("this node is not the home of attempt {1}", "本节点不受理第 {1} 次派单"),
                        Wording("look where it is with `{1}`", "请用 `{1}` 查看它在哪里"),
                    ])
            case .wrongState:
                FailureDefinition(
                    code, .conflict, "the \(noun) is in a state that does not allow this", "\(it)当前的状态不允许此操作",
                    remedy: look,
                    particulars: [
                        Wording("the \(noun) is {1}, it cannot be {2} by this {3}", "该\(it)当前为 {1}，不能由 {3} 进行 {2}"),
                        Wording("'{1}' is {2}, it cannot be {3} now", "'{1}' 当前为 {2}，不能进行 {3}"),
                        Wording("nobody does this, it comes by itself when a time has run out", "此事由时限到期自动发生，无人可操作"),
                    ])
            case .tooLate:
                FailureDefinition(
                    code, .tooLate, "it was due before", "已过时限", remedy: look,
                    particulars: [Wording("it was due to be {1} by {2}", "{1} 的时限为 {2}")])
            case .changed:
                FailureDefinition(
                    code, .conflict, "the \(noun) has changed since it was looked at", "该\(it)在查看之后已有变化",
                    remedy: Wording("look at it again, and decide anew", "请重新查看后再操作"),
                    particulars: [
                        Wording("the \(noun) has changed since: it is {1} now", "该\(it)此后已有变化：现为 {1}"),
                        Wording("the \(noun) has changed since: it is {1} now{2}", "该\(it)此后已有变化：现为 {1}{2}"),
                    ])
            case .taken:
                FailureDefinition(
                    code, .conflict, "somebody else has taken this part of the \(noun)", "该环节已由他人接下", remedy: look,
                    particulars: [
                        Wording("{1} has another part in the \(noun)", "{1} 在该\(it)中另有身份"),
                        Wording("the \(noun) is {1} by {2}", "该\(it)已由 {2} 进行 {1}"),
                    ])
            case .notTheHolder:
                FailureDefinition(
                    code, .forbidden, "somebody else has this part of the \(noun), or nobody", "该环节由他人负责，或无人接下",
                    remedy: look,
                    particulars: [
                        Wording("nobody has {1} the \(noun)", "该\(it)尚无人进行 {1}"),
                        Wording("the \(noun) is {1} by {2}", "该\(it)已由 {2} 进行 {1}"),
                        Wording("it is for whoever has {1} it", "由进行 {1} 的人负责"),
                    ])
            default: nil
            }
        }

        private func aboutReading(_ fault: CaseFault, _ code: Failure.Code) -> FailureDefinition {
            switch fault {
            case .notHere:
                FailureDefinition(
                    code, .absent, "the \(noun) itself has not come to this node", "\(it)的内容尚未到达本节点",
                    remedy: Wording("take it on, or wait until it arrives", "请先接收，或等待到达"),
                    particulars: [
                        Wording("what is asked about \(noun) {1} has not come to this node", "所问的\(it) {1} 的内容尚未到达本节点")
                    ])
            case .unsigned:
                FailureDefinition(
                    code, .forbidden, "the command is not signed by the node where its actor sits", "指令未由操作者所在节点签名",
                    remedy: Wording("send it from that node", "请从该节点发送"),
                    particulars: [
                        Wording("the command is not signed by {1}, where its actor sits", "指令未由操作者所在的 {1} 签名"),
                        Wording(
                            "send it from that node; if it was, compare the region configurations of both",
                            "请从该节点发送；若已如此，请比较两个节点的区域配置"),
                    ])
            case .orderNumberUsed:
                FailureDefinition(
                    code, .conflict, "the order number made \(one) with another content before", "该单号已用于内容不同的\(it)",
                    remedy: Wording("send changed content under an order number of its own", "内容有变请用新的单号"),
                    particulars: [
                        Wording("the order number made \(one) that went another way before", "该单号已用于去向不同的\(it)"),
                        Wording("send what is new under an order number of its own", "新的内容请用新的单号"),
                    ])
            default:
                FailureDefinition(
                    code, .forbidden, "the \(noun) is not open to this reader, or it is closed", "该\(it)不对此人开放，或已结束",
                    remedy: Wording(
                        "read it where it was made, or as somebody to whom it is offered", "请在提出处阅读，或由待接者阅读"),
                    particulars: [
                        Wording("the \(noun) is not open to this reader at this node", "该\(it)在本节点不对此人开放"),
                        Wording("the command does not come from {1}, as it says", "指令不是来自它所写的 {1}"),
                        Wording("act at the node where the actor works", "请在操作者工作的节点操作"),
                    ])
            }
        }
    }

    private static let sizeParticulars = [
        Wording("a reason is one word, and a case has few lines", "原因为一个词，明细不应过多"),
        Wording("shorten it", "请缩短"),
        Wording("the attachments have more than {1} bytes together", "附件合计超过 {1} 字节"),
        Wording("send the PDF, or a compressed waveform", "请发送 PDF，或压缩的波形"),
        Wording("'{1}' may have {2} bytes", "'{1}' 最多 {2} 字节"),
        Wording("send a longer text as an attachment", "较长的文字请作为附件发送"),
    ]

    private static let contentParticulars: [Wording] = [
        Wording("this is about no line of its own", "此项不涉及明细"), Wording("leave the lines out", "请去掉明细"),
        Wording("each line that it is about is named, once", "须写明所涉及的明细，各写一次"),
        Wording("name the lines, such as a barcode", "请写明细，如条码"),
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
    /// What can be wrong with a case of this workflow, together with what the service says of its own: where it speaks of a
    /// case's fault, too, its words count, and the kit's particulars are added to them.
    package static func failures(with own: [FailureDefinition]) -> [FailureDefinition] {
        let words = CaseFault.Words(
            noun: table.noun, one: table.oneCase, it: table.chineseNoun, showVerb: table.showVerb,
            listVerb: table.listVerb)
        let ours = CaseFault.allCases.map { words.definition(of: $0, code: table.code(of: $0)) }
        let owned = Dictionary(own.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        let codes = Set(ours.map(\.code))
        return own.filter { !codes.contains($0.code) }
            + ours.map { kit in
                guard let own = owned[kit.code] else { return kit }
                let kits = kit.particulars + [kit.sentence, kit.remedy]
                return FailureDefinition(
                    own.code, own.class, own.sentence.english, own.sentence.chinese, remedy: own.remedy,
                    particulars: own.particulars + kits)
            }
    }
}
