package import Effects

extension FailureDefinition {
    /// What can be wrong with access statements, audit and patient keys.
    package static let serviceKit: [FailureDefinition] = [
        FailureDefinition(
            "access.badSignature", .forbidden, "the access statement is not signed by the node that it names",
            "访问声明未由其所写节点签名",
            remedy: .askWherePersonSits),
        FailureDefinition(
            "access.expired", .forbidden, "the access statement is not valid at this time", "访问声明此刻无效，可能已过期",
            remedy: Wording("ask again; if this repeats, compare the nodes' clocks", "请重新查询；若反复出现，请核对各节点时钟")),
        FailureDefinition(
            "access.incomplete", .invalid, "the access statement says too little about who asks, about whom or why",
            "访问声明不完整，未写明由谁、为何或关于哪位患者提问",
            remedy: Wording("say who asks, for what purpose and about whom", "请写明由谁提问、出于何种用途、关于哪位患者")),
        FailureDefinition(
            "access.malformed", .invalid, "the access statement cannot be read", "访问声明无法读取",
            remedy: .compareVersions),
        FailureDefinition(
            "access.noGround", .forbidden, "the question names no ground that the region takes for this purpose",
            "提问未写明该用途所需的依据（按区域规定）",
            remedy: Wording("name the order, the encounter or the consent", "请填写医嘱号、就诊号或患者同意")),
        FailureDefinition(
            "access.notRegistered", .forbidden, "no register enters the practitioner for this purpose",
            "该医师未在本机构登记，或未登记此用途",
            remedy: Wording(
                "have the practitioner entered under access.practitioners of the region configuration",
                "请在区域配置的 access.practitioners 中登记该医师")),
        FailureDefinition(
            "access.otherQuestion", .forbidden, "the access statement was made for another question",
            "访问声明是为另一次提问作出的",
            remedy: .askWherePersonSits),
        FailureDefinition(
            "access.otherUnit", .forbidden, "the unit does not deliver to the node that signed for it",
            "该机构不向签名的节点报送",
            remedy: Wording("ask at the node of the unit where the person works", "请在提问者所属机构的节点提问")),
        FailureDefinition(
            "access.patientKey", .invalid, "a patient key cannot be read", "患者密钥无法读取",
            remedy: .compareVersions),
        FailureDefinition(
            "access.tooMany", .retry, "more persons were looked up than may be in a while", "短时间内查询的患者过多，已查询过的患者不受影响",
            remedy: Wording("wait some minutes", "请过几分钟再试")),
        FailureDefinition(
            "access.used", .forbidden, "the access statement was answered on before", "访问声明已使用过",
            remedy: Wording("ask again: each question needs a statement of its own", "请重新查询：每次提问需要自己的声明")),
        FailureDefinition(
            "access.wrongWay", .forbidden, "the question did not come the way that its statement says",
            "提问未沿声明所写的路径到达",
            remedy: .askWherePersonSits),
        FailureDefinition(
            "audit.malformed", .broken, "the audit record cannot be read", "审计记录无法读取",
            remedy: .lookAtAuthor),
        FailureDefinition(
            "endpoint.undescribed", .broken, "an endpoint's question or answer cannot be described", "接口的请求或答复无法描述",
            remedy: .reportFault),
        FailureDefinition(
            "patientKey.noEpoch", .retry, "the region configuration has no such patient key epoch",
            "区域配置中没有该患者密钥纪元，或没有生效的",
            remedy: Wording(
                "publish a configuration with `yilian region publish`",
                "请用 `yilian region publish` 发布配置")),
        FailureDefinition(
            "patientKey.noSecret", .retry, "the node has no patient key secret of the epoch", "本节点没有该纪元的患者密钥",
            remedy: Wording(
                "issue the node with `yilian cert issue` and publish again",
                "请用 `yilian cert issue` 签发节点并重新发布")),
        FailureDefinition(
            "patientKey.notAuthorised", .forbidden, "the region's root key did not sign this request", "请求未由区域根密钥签名",
            remedy: Wording("ask from the folder of this region's authority", "请在本区域签发机构的文件夹中请求")),
        FailureDefinition(
            "patientKey.otherSecret", .retry, "this is not the epoch's secret that was published", "这不是已发布的该纪元的秘密",
            remedy: Wording(
                "publish again from the authority's folder, or ask another node",
                "请从签发机构的文件夹重新发布，或询问另一节点")),
    ]
}
