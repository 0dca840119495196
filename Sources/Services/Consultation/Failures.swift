package import Effects

extension ConsultationService {
    package static let failures: [FailureDefinition] = [
        FailureDefinition(
            "author.notExpert", .forbidden, "no roster had the expert who acted", "名册中没有该操作的专家",
            remedy: Wording("publish a region configuration whose rosters have the expert", "请发布名册含该专家的区域配置"),
            particulars: [
                Wording("no roster of {1} had the expert at {2} who acted", "{1} 的名册中没有在 {2} 操作的该专家")
            ]),
        FailureDefinition(
            "consultation.alreadyClaimed", .conflict, "the request is claimed by somebody else", "该申请已被他人接收",
            remedy: Wording("choose another request", "请选择其他申请")),
        FailureDefinition(
            "consultation.badActor", .invalid, "who acts is not named, or at too great a length", "未写明操作者，或写得过长",
            remedy: Wording("give the expert's id of the roster, or the staff number", "请写名册中的专家编号，或工号")),
        FailureDefinition(
            "consultation.badID", .invalid, "this is not the id of a request", "这不是申请编号",
            remedy: Wording("copy it from `yilian consult list`", "请从 `yilian consult list` 中复制")),
        FailureDefinition(
            "consultation.changed", .conflict, "the request has changed since it was looked at", "该申请在查看之后已有变化",
            remedy: Wording("look at it again, and decide anew", "请重新查看后再操作")),
        FailureDefinition(
            "consultation.emptyReport", .invalid, "a report needs findings or a conclusion", "报告须有所见或结论",
            remedy: Wording("write what you see", "请填写所见")),
        FailureDefinition(
            "consultation.malformed", .invalid, "a command or content of a request cannot be read", "申请的指令或内容无法读取",
            remedy: .compareVersions,
            particulars: [
                Wording("the terms of a request cannot be read", "申请的条款无法读取")
            ]),
        FailureDefinition(
            "consultation.noHome", .invalid, "no node is home for the request", "没有可受理该申请的节点",
            remedy: Wording("check the management tree in the region configuration", "请检查区域配置中的管理关系")),
        FailureDefinition(
            "consultation.noPatient", .invalid, "a request needs the patient's identifiers", "申请须有患者标识",
            remedy: Wording("give the identity number, or a number of the hospital's own", "请填写证件号，或医院自己的号码")),
        FailureDefinition(
            "consultation.noUnit", .invalid, "a request names the unit that makes it", "申请须写明提出的机构",
            remedy: Wording("give the unit's id as the region configuration has it", "请写区域配置中的机构编号")),
        FailureDefinition(
            "consultation.notAnExpert", .forbidden, "no roster has such an expert at this node", "名册中没有该节点的该专家",
            remedy: Wording(
                "act as an expert of the roster, at the node where the expert works",
                "请以名册中的专家身份，在其工作的节点操作"),
            particulars: [
                Wording("act as an expert of the rosters, at the node where the expert works", "请以名册中的专家身份，在专家所在的节点操作"),
                Wording(
                    "act as an expert of the unit's own, or correct 'unit' in the rosters of region.yaml",
                    "请以该机构自己的专家身份操作，或更正 region.yaml 名册中的 unit"),
                Wording(
                    "add the expert's id to 'experts' in the node's file and start the node again",
                    "请把专家的编号加入节点文件的 experts，并重新启动节点"),
                Wording("no roster of the region has such an expert at {1}", "本区域没有名册在 {1} 有该专家"),
                Wording("the expert works at unit '{1}'", "该专家在机构 '{1}' 工作"),
                Wording("the file of {1} does not name this expert", "{1} 的文件没有写明该专家"),
                Wording("the roster of {1} has no such expert for {2} at {3}", "{1} 的名册没有在 {3} 处负责 {2} 的该专家"),
            ]),
        FailureDefinition(
            "consultation.notEntitled", .forbidden, "the request is not open to this reader", "该申请不对此人开放",
            remedy: Wording(
                "read it where it was made, or as an expert to whom it is offered",
                "请在提出申请处阅读，或由待接的专家阅读")),
        FailureDefinition(
            "consultation.notHere", .absent, "the request itself has not come to this node", "申请的内容尚未到达本节点",
            remedy: Wording("claim it, or wait until it arrives", "请先接收，或等待到达"),
            particulars: [
                Wording("what is asked about request {1} has not come to this node", "申请 {1} 的所问内容尚未到达本节点")
            ]),
        FailureDefinition(
            "consultation.notOffered", .forbidden, "no home has taken the request on yet", "尚无节点受理该申请",
            remedy: Wording(
                "wait a moment; `yilian queue why` says what does not arrive",
                "请稍等；`yilian queue why` 说明哪里未到")),
        FailureDefinition(
            "consultation.notTheClaimant", .forbidden, "somebody else has claimed the request, or nobody",
            "该申请由他人接收，或无人接收",
            remedy: Wording("claim the request before reporting on it", "请先接收，再出报告")),
        FailureDefinition(
            "consultation.notTheRequester", .forbidden, "the request was made at another node", "该申请由另一节点提出",
            remedy: Wording("acknowledge the report where the request was made", "请在提出申请的节点确认报告"),
            particulars: [
                Wording("the request was made at {1}", "申请是在 {1} 提出的"),
                Wording("the request was made by another institution", "申请由另一家机构提出"),
            ]),
        FailureDefinition(
            "consultation.orderNumberUsed", .conflict, "the order number made a request with another content before",
            "该申请单号已用于内容不同的申请",
            remedy: Wording("send changed content under an order number of its own", "内容有变请用新的申请单号")),
        FailureDefinition(
            "consultation.tooLarge", .invalid, "the request or report is larger than it may be", "申请或报告超过大小限制",
            remedy: Wording("shorten it, or send a smaller attachment", "请缩短，或发送较小的附件")),
        FailureDefinition(
            "consultation.tooLate", .tooLate, "it was due before", "已过时限",
            remedy: Wording("look at the request with `yilian consult show`", "请用 `yilian consult show` 查看")),
        FailureDefinition(
            "consultation.tooMany", .invalid, "more was written about the request than anybody needs to",
            "关于该申请的内容过多",
            remedy: .lookAtAuthor),
        FailureDefinition(
            "consultation.unknownAttempt", .absent, "this node is not the home of that attempt", "本节点不受理该次派单",
            remedy: Wording(
                "look which attempts there are with `yilian consult show`",
                "请用 `yilian consult show` 查看有哪些派单")),
        FailureDefinition(
            "consultation.unknownKind", .invalid, "the region has agreed on no such kind of request", "区域没有约定此类申请",
            remedy: Wording("see serviceLevels in the region configuration", "请查看区域配置的 serviceLevels")),
        FailureDefinition(
            "consultation.unknownRequest", .absent, "this node knows no such request", "本节点没有该申请",
            remedy: Wording("look at what it knows with `yilian consult list`", "请用 `yilian consult list` 查看已有申请"),
            particulars: [
                Wording("this institution has no request {1}", "本机构没有申请 {1}")
            ]),
        FailureDefinition(
            "consultation.unsigned", .forbidden, "the command is not signed by the node where its actor sits",
            "指令未由操作者所在节点签名",
            remedy: Wording("send it from that node", "请从该节点发送")),
        FailureDefinition(
            "consultation.wrongState", .conflict, "the request is in a state that does not allow this",
            "申请当前的状态不允许此操作",
            remedy: Wording("look at the request with `yilian consult show`", "请用 `yilian consult show` 查看")),
        FailureDefinition(
            "region.noExpert", .invalid, "no roster has an expert of the specialty", "名册中没有该专业的专家",
            remedy: .correctRegion),
    ]
}
