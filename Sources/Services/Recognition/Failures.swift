package import Effects

extension RecognitionService {
    package static let failures: [FailureDefinition] = [
        FailureDefinition(
            "access.otherPatient", .forbidden, "the access statement is about another patient", "访问声明与该报告不是同一患者",
            remedy: Wording("find the patient's results first and open one of them", "请先查询该患者的结果，再打开其中一份"),
            particulars: [
                Wording("the access statement is about another patient than the question", "访问声明与提问不是同一患者"),
                Wording("the access statement is about another patient than this result", "访问声明与该结果不是同一患者"),
            ]),
        FailureDefinition(
            "attachment.notStored", .retry, "a document of the report is not in the store", "报告的文档未存入",
            remedy: Wording("send the report again", "请重新发送报告")),
        FailureDefinition(
            "author.noMatch", .forbidden, "a decision is about a result that no match offered", "决定所涉结果未在匹配中列出",
            remedy: .lookAtAuthor,
            particulars: [
                Wording("a decision names another patient than its match", "决定与其匹配不是同一患者"),
                Wording("{1} decided about a result that no match of its offered", "{1} 就其匹配未列出的结果作了决定"),
            ]),
        FailureDefinition(
            "author.notIssuer", .forbidden, "a node wrote a version of another institution's result", "节点写了其他机构结果的版本",
            remedy: .lookAtAuthor,
            particulars: [
                Wording("{1} wrote a version of another institution's result", "{1} 写了其他机构结果的版本")
            ]),
        FailureDefinition(
            "author.notReader", .forbidden, "a note is taken for somebody who had not read the result",
            "为未读过结果的人作了确认",
            remedy: .lookAtAuthor,
            particulars: [
                Wording("{1} takes note for somebody who had not read the result", "{1} 为未读过结果的人作了确认")
            ]),
        FailureDefinition(
            "recognition.ambiguous", .invalid, "the order number stands for several reports", "该单号对应多份报告",
            remedy: Wording(
                "send the collection time, or give each report an order number of its own",
                "请发送采集时间，或给每份报告各自的单号"),
            particulars: [
                Wording(
                    "send the collection time (OBR-7, FHIR: effective), or give each report an order number of its own",
                    "请发送采集时间（OBR-7，FHIR：effective），或给每份报告各自的单号"),
                Wording(
                    "the order number stands for several reports of this service, and the collection time does not tell which",
                    "该单号对应本服务的多份报告，采集时间无法区分"),
            ]),
        FailureDefinition(
            "recognition.badCertificate", .invalid, "a quality certificate cannot stand as it is", "质评证书有误",
            remedy: .correctFile),
        FailureDefinition(
            "recognition.badOrderNumber", .invalid, "an order number is empty or too long", "申请单号长度不符合要求",
            remedy: Wording("leave it out where the order has none yet", "尚无单号时请不填"),
            particulars: [
                Wording("an order number has 1 to {1} bytes", "申请单号有 1 至 {1} 字节")
            ]),
        FailureDefinition(
            "recognition.decisionFinal", .tooLate, "the decision was changed before, and can be changed once",
            "该决定已更改过一次，不能再次更改",
            remedy: Wording("write what has changed since into the medical record", "请把此后的变化写入病历")),
        FailureDefinition(
            "recognition.malformed", .broken, "an entry or answer of recognition cannot be read", "互认的条目或答复无法读取",
            remedy: .lookAtAuthor,
            particulars: [
                Wording("the report's content cannot be read", "报告的内容无法读取"),
                Wording("the report's header cannot be read", "报告的摘要无法读取"),
                Wording("the report's header contradicts its subject", "报告的摘要与其主题矛盾"),
                Wording("the report's key is not 40 hexadecimal digits", "报告的键不是 40 位十六进制数字"),
                Wording("a certificate cannot be read", "证书无法读取"),
                Wording("a certificate contradicts its subject", "证书与其主题矛盾"),
                Wording("a certificate has no version", "证书没有版本"),
                Wording("a decision has no version", "决定没有版本"),
                Wording("a match is larger than an order can be", "匹配大于申请所能有的"),
                Wording("a match names more results than it can", "匹配所列结果多于上限"),
                Wording("the answer of a match is longer than any", "匹配的答复超过上限"),
                Wording("the content of a decision cannot be read", "决定的内容无法读取"),
                Wording("the content of a match cannot be read", "匹配的内容无法读取"),
                Wording("the header of a decision cannot be read", "决定的摘要无法读取"),
                Wording("the header of a match cannot be read", "匹配的摘要无法读取"),
                Wording("the name of a document cannot be read", "文档的名称无法读取"),
                Wording("the record of an acknowledgement cannot be read", "确认的记录无法读取"),
                Wording("the record of an opening cannot be read", "调阅的记录无法读取"),
            ]),
        FailureDefinition(
            "recognition.noAlert", .absent, "no alert about that version is open", "没有关于该版本的未确认提醒",
            remedy: Wording(
                "list the open ones with `yilian recognition alerts`",
                "请用 `yilian recognition alerts` 列出未确认的"),
            particulars: [
                Wording("no alert about that version is open for {1}", "{1} 没有关于该版本的未确认提醒")
            ]),
        FailureDefinition(
            "recognition.noCatalogue", .absent, "the region has no recognition catalogue", "本区域尚未发布互认目录",
            remedy: Wording(
                "add 'recognition:' to region.yaml and publish it",
                "请在 region.yaml 中加入 recognition 并发布"),
            particulars: [
                Wording(
                    "add 'recognition:' to region.yaml and publish it with `yilian region publish`",
                    "请在 region.yaml 中加入 recognition: 并用 `yilian region publish` 发布")
            ]),
        FailureDefinition(
            "recognition.noDocument", .absent, "the report has no document of this number", "报告没有该编号的文档",
            remedy: Wording("look at the report's documents", "请查看报告的文档"),
            particulars: [
                Wording("the report has {1} documents; there is no number {2}", "报告有 {1} 个文档，没有编号 {2}")
            ]),
        FailureDefinition(
            "recognition.noItems", .invalid, "the order names no item", "申请未包含任何项目",
            remedy: Wording("name at least one item or panel by its code", "请至少填写一个项目或组合代码")),
        FailureDefinition(
            "recognition.noOrderNumber", .invalid, "the withdrawal names no order number", "撤回未写单号",
            remedy: Wording("send the order number of the report that it withdraws", "请发送被撤回报告的单号"),
            particulars: [
                Wording(
                    "send OBR-3 or OBR-2 (FHIR: identifier, or basedOn with an identifier) of the report that it withdraws",
                    "请发送被撤回报告的 OBR-3 或 OBR-2（FHIR：identifier，或带 identifier 的 basedOn）"),
                Wording("the withdrawal names neither a filler nor a placer order number", "撤回既未写执行方单号，也未写申请方单号"),
            ]),
        FailureDefinition(
            "recognition.noPatient", .invalid, "the report names no patient", "报告没有患者标识",
            remedy: Wording("send PID-3 (FHIR: Patient.identifier)", "请发送 PID-3（FHIR：Patient.identifier）")),
        FailureDefinition(
            "recognition.noService", .invalid, "the withdrawal names no service", "撤回未写检查项目",
            remedy: Wording("send the service code of the report that it withdraws", "请发送被撤回报告的项目代码"),
            particulars: [
                Wording(
                    "send the service code (OBR-4, FHIR: code) of the report that it withdraws",
                    "请发送被撤回报告的服务代码（OBR-4，FHIR：code）"),
                Wording("the withdrawal names no service, and no report without one is known", "撤回未写服务，也没有未写服务的已知报告"),
            ]),
        FailureDefinition(
            "recognition.notFound", .absent, "the result does not lie here, nor on the way to its author", "未找到该报告",
            remedy: Wording("find the patient's results first", "请先查询该患者的结果")),
        FailureDefinition(
            "recognition.notIssuer", .forbidden, "only the dispatcher publishes quality certificates", "只有调度节点发布质评证书",
            remedy: Wording("run this at the dispatcher", "请在调度节点执行"),
            particulars: [
                Wording(
                    "run this at the dispatcher, or ask the region's quality control centre to", "请在调度节点执行，或请区域的质控中心办理")
            ]),
        FailureDefinition(
            "recognition.notOffered", .conflict, "no match offered that result for that item", "该结果未在本次匹配中列出",
            remedy: Wording("match the order first, and decide about one of its candidates", "请先匹配申请，再决定其中一项"),
            particulars: [
                Wording("no match of this node offered that result for that item", "本节点没有匹配为该项目列出该结果")
            ]),
        FailureDefinition(
            "recognition.notProven", .broken, "the answer does not prove the result", "答复未能证明该结果",
            remedy: Wording("fetch the result again", "请重新获取结果"),
            particulars: [
                Wording("the proof holds no opened report", "证明中没有打开的报告")
            ]),
        FailureDefinition(
            "recognition.notRecognisable", .conflict, "the rules do not let this result be recognised", "按规则该结果不可互认",
            remedy: Wording("look at the candidate's trail", "请查看判断依据"),
            particulars: [
                Wording(
                    "look at the candidate's trail; a result at the doctor's discretion can be recognised",
                    "请查看该候选结果的判断依据；由医生判断的结果可以互认")
            ]),
        FailureDefinition(
            "recognition.otherDecision", .broken, "a decision bears the key of another's", "决定使用了他人的编号",
            remedy: .lookAtAuthor,
            particulars: [
                Wording("a decision bears the key of another patient's or unit's", "决定所带的密钥属于另一位患者或另一机构")
            ]),
        FailureDefinition(
            "recognition.otherPatient", .invalid, "the result with this order number is another patient's",
            "该单号的结果属于另一名患者",
            remedy: Wording(
                "send it with the patient whose result it is, or as a correction that moves it",
                "请写该结果所属的患者；如需改属，请以更正报告发送"),
            particulars: [
                Wording(
                    "the result with this number, service and collection time is another patient's",
                    "有此单号、服务和采集时间的结果属于另一位患者"),
                Wording(
                    "send it with the patient whose result it is; to move it, send it as a correction (OBR-25 = C, FHIR: corrected)",
                    "请与结果所属的患者一起发送；要转移，请作为更正发送（OBR-25 = C，FHIR：corrected）"),
            ]),
        FailureDefinition(
            "recognition.otherResult", .invalid, "the version is not one of that result, or holds no such item",
            "该版本不属于所述报告，或不含该项目",
            remedy: Wording("find the patient's results first and name one of them", "请先查询结果，再指明其中一份"),
            particulars: [
                Wording(
                    "the version that is named is not one of that result, or holds no such item", "所写版本不属于该结果，或没有该项目")
            ]),
        FailureDefinition(
            "recognition.otherTime", .invalid, "no known report of this number has this collection time",
            "没有该单号且采集时间相符的报告",
            remedy: Wording(
                "send the collection time of the report that is withdrawn, or none",
                "请发送被撤回报告的采集时间，或不发送"),
            particulars: [
                Wording("no known report of this number and service has this collection time", "没有此单号和服务的已知报告有该采集时间"),
                Wording(
                    "send the collection time (OBR-7, FHIR: effective) of the report that is withdrawn, or none",
                    "请发送被撤回报告的采集时间（OBR-7，FHIR：effective），或不写"),
            ]),
        FailureDefinition(
            "recognition.otherUnit", .forbidden, "the unit does not belong to this node", "该机构不属于本节点",
            remedy: Wording("name a unit of this node", "请写本节点的机构"),
            particulars: [
                Wording("the unit '{1}' does not belong to this node", "机构 '{1}' 不属于本节点"),
                Wording("its units are: {1}", "它的机构有：{1}"),
            ]),
        FailureDefinition(
            "recognition.textMissing", .invalid, "the reason needs a text", "该理由需要填写文字说明",
            remedy: Wording("say in a few words why", "请简要说明原因"),
            particulars: [
                Wording("reason {1} needs a text", "理由 {1} 须有文字")
            ]),
        FailureDefinition(
            "recognition.textTooLong", .invalid, "the text is too long", "文字说明过长",
            remedy: Wording("shorten it; the medical record takes the rest", "请缩短，其余写入病历"),
            particulars: [
                Wording("the text is longer than {1} characters", "文字超过 {1} 个字符")
            ]),
        FailureDefinition(
            "recognition.textWithoutReason", .invalid, "a result that is recognised needs no text", "互认的结果不需要文字说明",
            remedy: Wording("leave the text out", "请不填文字说明"),
            particulars: [
                Wording("a result that is recognised needs no reason and no text", "互认的结果不需要理由和文字"),
                Wording("leave the text out, or give the reason for repeating the examination", "请不写文字，或写明重复检查的理由"),
            ]),
        FailureDefinition(
            "recognition.tooManyDecisions", .invalid, "a decision has more versions than it may", "一个决定的版本过多",
            remedy: .lookAtAuthor,
            particulars: [
                Wording("a decision has more versions than one may", "决定的版本超过上限")
            ]),
        FailureDefinition(
            "recognition.tooManyIdentifiers", .invalid, "the report names its patient by too many identifiers",
            "报告的患者标识过多",
            remedy: Wording("send the identifiers that are in use", "请只发送在用的标识"),
            particulars: [
                Wording("the report names its patient by more than {1} identifiers", "报告的患者标识超过 {1} 个")
            ]),
        FailureDefinition(
            "recognition.tooManyItems", .invalid, "the order names too many items", "一次申请的项目过多",
            remedy: Wording("ask for the items of one order at a time", "请分次查询"),
            particulars: [
                Wording("an order names more than {1} items", "申请所列项目超过 {1} 个"),
                Wording("the order names more than {1} items", "申请所列项目超过 {1} 个"),
            ]),
        FailureDefinition(
            "recognition.tooManyKeys", .invalid, "a question names too many patient keys", "一次提问的患者密钥过多",
            remedy: Wording("name fewer identifiers at a time", "请一次少写几个标识"),
            particulars: [
                Wording("a question names more than {1} patient keys", "提问所列患者密钥超过 {1} 个"),
                Wording("an answer names too many keys of a person", "答复所列某人的密钥过多"),
            ]),
        FailureDefinition(
            "recognition.tooManyReports", .invalid, "the order number stands for too many reports", "该单号对应的报告过多",
            remedy: Wording("give each report an order number of its own", "请给每份报告各自的单号"),
            particulars: [
                Wording("the order number stands for more than {1} reports of one service", "该单号对应一项服务的报告超过 {1} 份")
            ]),
        FailureDefinition(
            "recognition.tooManyVersions", .invalid, "a report has more versions than it may", "一份报告的版本过多",
            remedy: .lookAtAuthor,
            particulars: [
                Wording("a report has more versions than one may", "报告的版本超过上限")
            ]),
        FailureDefinition(
            "recognition.unknownReason", .invalid, "the region's table has no such reason", "区域理由表中没有该理由代码",
            remedy: Wording("send a code of GET /recognition/reasons", "请发送 GET /recognition/reasons 中的代码"),
            particulars: [
                Wording("give one of: {1}", "请写其中之一：{1}")
            ]),
    ]
}
