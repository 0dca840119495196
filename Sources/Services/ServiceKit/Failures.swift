package import Effects

extension FailureDefinition {
    /// What can be wrong with access statements, audit and patient keys.
    package static let serviceKit: [FailureDefinition] = [
        FailureDefinition(
            "access.badSignature", .forbidden, "the access statement is not signed by the node that it names",
            "访问声明未由其所写节点签名",
            remedy: .askWherePersonSits,
            particulars: [
                Wording("the access statement is not signed by {1}", "访问声明不是由 {1} 签名的")
            ]),
        FailureDefinition(
            "access.expired", .forbidden, "the access statement is not valid at this time", "访问声明此刻无效，可能已过期",
            remedy: Wording("ask again; if this repeats, compare the nodes' clocks", "请重新查询；若反复出现，请核对各节点时钟"),
            particulars: [
                Wording(
                    "ask again; if this repeats, compare the nodes' clocks with `yilian peer list`",
                    "请重新提问；如再次出现，请用 `yilian peer list` 比较节点的时钟")
            ]),
        FailureDefinition(
            "access.incomplete", .invalid, "the access statement says too little about who asks, about whom or why",
            "访问声明不完整，未写明由谁、为何或关于哪位患者提问",
            remedy: Wording("say who asks, for what purpose and about whom", "请写明由谁提问、出于何种用途、关于哪位患者"),
            particulars: [
                Wording("the unit '{1}' does not belong to this node", "机构 '{1}' 不属于本节点"),
                Wording("an access statement needs a practitioner and a patient", "访问声明须写明医师和患者"),
                Wording("an emergency access needs a reason", "紧急访问须写明理由"),
                Wording("give --practitioner", "请写 --practitioner"),
                Wording("give a reason for breaking the glass", "请写明紧急访问的理由"),
                Wording("name a practitioner", "请写明医师"),
                Wording("nobody is named who acts", "没有写明由谁操作"),
                Wording("say who asks and about whom", "请写明谁提问、关于谁"),
                Wording("the question does not say who asks", "提问没有写明由谁提出"),
                Wording("ask the security administrator to name one", "请安全管理员为其指定"),
                Wording("this account names no practitioner", "该账户没有指定医师"),
            ]),
        FailureDefinition(
            "access.malformed", .invalid, "the access statement cannot be read", "访问声明无法读取",
            remedy: .compareVersions,
            particulars: [
                Wording("name them as the hospital's systems do", "请按医院系统中的写法填写"),
                Wording("a text of the access statement is longer than {1} bytes", "访问声明的一段文字超过 {1} 字节"),
                Wording("name the number under which it is filed", "请写明其归档编号"),
                Wording("the name of a practitioner is longer than {1} bytes", "医师的名称超过 {1} 字节"),
            ]),
        FailureDefinition(
            "access.noGround", .forbidden, "the question names no ground that the region takes for this purpose",
            "提问未写明该用途所需的依据（按区域规定）",
            remedy: Wording("name the order, the encounter or the consent", "请填写医嘱号、就诊号或患者同意"),
            particulars: [
                Wording("a question for {1} rests on {2}, and names none", "以 {1} 为目的的提问须依据 {2}，而没有写明"),
                Wording("name it with {1}", "请用 {1} 写明"),
                Wording("nobody asks for {1} in this region", "本区域没有以 {1} 为目的的提问"),
                Wording(
                    "see access.purposes in the region configuration with `yilian region show`",
                    "请用 `yilian region show` 查看区域配置中的 access.purposes"),
            ]),
        FailureDefinition(
            "access.notRegistered", .forbidden, "no register enters the practitioner for this purpose",
            "该医师未在本机构登记，或未登记此用途",
            remedy: Wording(
                "have the practitioner entered under access.practitioners of the region configuration",
                "请在区域配置的 access.practitioners 中登记该医师"),
            particulars: [
                Wording(
                    "name the practitioner as access.practitioners in the region configuration does, or have them entered",
                    "请按区域配置中的 access.practitioners 写医师，或请其登记"),
                Wording(
                    "see access.practitioners in the region configuration; a line names its purposes",
                    "请查看区域配置中的 access.practitioners；每行写明其目的"),
                Wording("the practitioner stands in no register of a unit at {1}", "{1} 各机构的名册中没有该医师"),
                Wording("the register does not enter this practitioner for {1}", "名册没有为 {1} 登记该医师"),
            ]),
        FailureDefinition(
            "access.otherQuestion", .forbidden, "the access statement was made for another question",
            "访问声明是为另一次提问作出的",
            remedy: .askWherePersonSits,
            particulars: [
                Wording(
                    "each question needs a statement of its own: ask at the node where the person sits",
                    "每次提问须有自己的声明：请在提问者所在的节点提问")
            ]),
        FailureDefinition(
            "access.otherUnit", .forbidden, "the unit does not deliver to the node that signed for it",
            "该机构不向签名的节点报送",
            remedy: Wording("ask at the node of the unit where the person works", "请在提问者所属机构的节点提问"),
            particulars: [
                Wording("unit '{1}' does not deliver to {2}, which signed for it", "机构 '{1}' 不向为其签名的 {2} 报送")
            ]),
        FailureDefinition(
            "access.patientKey", .invalid, "a patient key cannot be read", "患者密钥无法读取",
            remedy: .compareVersions),
        FailureDefinition(
            "access.tooMany", .retry, "more persons were looked up than may be in a while", "短时间内查询的患者过多，已查询过的患者不受影响",
            remedy: Wording("wait some minutes", "请过几分钟再试"),
            particulars: [
                Wording("wait some minutes; persons who were looked up before are still answered", "请等待数分钟；先前查过的人仍可查询"),
                Wording("{1} has looked up more persons than may be in ten minutes", "{1} 十分钟内查询的人数超过上限"),
            ]),
        FailureDefinition(
            "access.used", .forbidden, "the access statement was answered on before", "访问声明已使用过",
            remedy: Wording("ask again: each question needs a statement of its own", "请重新查询：每次提问需要自己的声明"),
            particulars: [
                Wording(
                    "each question needs a statement of its own: ask again at the node where the person sits",
                    "每次提问须有自己的声明：请在提问者所在的节点重新提问"),
                Wording("this node has answered on this access statement before", "本节点已对该访问声明作过答复"),
            ]),
        FailureDefinition(
            "access.wrongWay", .forbidden, "the question did not come the way that its statement says",
            "提问未沿声明所写的路径到达",
            remedy: .askWherePersonSits,
            particulars: [
                Wording("this node does not lie between the asker and the result's author", "本节点不在提问者与结果作者之间"),
                Wording("the access statement does not come from {1}, which signed it", "访问声明不是来自签名的 {1}"),
            ]),
        FailureDefinition(
            "audit.malformed", .broken, "the audit record cannot be read", "审计记录无法读取",
            remedy: .lookAtAuthor),
        FailureDefinition(
            "audit.reviewWords", .invalid, "a finding says in one line why", "复核结论须用一行文字说明理由",
            remedy: Wording("say in one sentence why, without names", "请用一句话说明，不写姓名"),
            particulars: [
                Wording("a finding has words, in one line of at most {1} bytes", "复核结论须有文字，一行，不超过 {1} 字节")
            ]),
        FailureDefinition(
            "endpoint.undescribed", .broken, "an endpoint's question or answer cannot be described", "接口的请求或答复无法描述",
            remedy: .reportFault,
            particulars: [
                Wording("the JSON of {1} cannot be described", "{1} 的 JSON 无法描述")
            ]),
        FailureDefinition(
            "fact.undeclared", .broken, "a service counts for an indicator that it does not declare",
            "服务为未声明的指标计数",
            remedy: .reportFault),
        FailureDefinition(
            "operator.reason", .invalid, "the reason is missing, too long, or not one line", "没有写原因，或者原因过长、不止一行",
            remedy: Wording("say in a few words why; name no patient", "请用几个字写明原因；不要写患者姓名"),
            particulars: [
                Wording("a reason has 1 to {1} characters, in one line", "原因为 1 到 {1} 个字，写成一行")
            ]),
        FailureDefinition(
            "patientKey.noEpoch", .retry, "the region configuration has no such patient key epoch",
            "区域配置中没有该患者密钥纪元，或没有生效的",
            remedy: Wording(
                "publish a configuration with `yilian region publish`",
                "请用 `yilian region publish` 发布配置"),
            particulars: [
                Wording(
                    "ask a node whose configuration has it; `yilian region show` says which epochs there are",
                    "请询问配置中有它的节点；`yilian region show` 列出有哪些纪元"),
                Wording(
                    "publish a configuration that keeps the epochs of results that are still looked for",
                    "请发布保留了仍须查找结果之纪元的配置"),
                Wording("the region configuration has no epoch {1}", "区域配置没有纪元 {1}"),
                Wording("the region configuration has no patient key epoch in force", "区域配置没有生效的患者密钥纪元"),
                Wording("the region configuration of this node has no patient key epoch {1}", "本节点的区域配置没有患者密钥纪元 {1}"),
            ]),
        FailureDefinition(
            "patientKey.noSecret", .retry, "the node has no patient key secret of the epoch", "本节点没有该纪元的患者密钥",
            remedy: Wording(
                "issue the node with `yilian cert issue` and publish again",
                "请用 `yilian cert issue` 签发节点并重新发布"),
            particulars: [
                Wording("the region configuration gives this node no patient key secret", "区域配置没有给本节点患者密钥的秘密")
            ]),
        FailureDefinition(
            "patientKey.notAuthorised", .forbidden, "the region's root key did not sign this request", "请求未由区域根密钥签名",
            remedy: Wording("ask from the folder of this region's authority", "请在本区域签发机构的文件夹中请求"),
            particulars: [
                Wording(
                    "ask with `yilian cert epoch recover` from the folder of this region's authority",
                    "请在本区域签发机构的文件夹中用 `yilian cert epoch recover` 询问")
            ]),
        FailureDefinition(
            "patientKey.otherSecret", .retry, "this is not the epoch's secret that was published", "这不是已发布的该纪元的秘密",
            remedy: Wording(
                "publish again from the authority's folder, or ask another node",
                "请从签发机构的文件夹重新发布，或询问另一节点"),
            particulars: [
                Wording("publish again from the authority's folder", "请在签发机构的文件夹中重新发布"),
                Wording("what the region configuration gives this node is not the epoch's secret", "区域配置给本节点的不是该纪元的秘密"),
            ]),
        FailureDefinition(
            "report.malformed", .broken, "the report's header cannot be read", "报告的头部无法读取",
            remedy: .lookAtAuthor),
    ]
}
