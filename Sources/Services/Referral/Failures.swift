package import Effects

extension ReferralService {
    package static let failures: [FailureDefinition] = [
        FailureDefinition(
            "referral.badActor", .invalid, "who acts is not named, or at too great a length", "未写明操作者，或写得过长",
            remedy: Wording("give the staff number", "请写工号")),
        FailureDefinition(
            "referral.badContent", .invalid, "what is written is not what the form wants", "填写的内容不符合表单要求",
            remedy: Wording("see the fields with `yilian referral forms`", "请用 `yilian referral forms` 查看各字段")),
        FailureDefinition(
            "referral.badID", .invalid, "this is not the id of a referral", "这不是转诊编号",
            remedy: Wording("copy it from `yilian referral list`", "请从 `yilian referral list` 中复制")),
        FailureDefinition(
            "referral.changed", .conflict, "the referral has changed since it was looked at", "该转诊在查看之后已有变化",
            remedy: Wording("look at it again, and decide anew", "请重新查看后再操作")),
        FailureDefinition(
            "referral.homeEvent", .invalid, "nobody does this, it comes by itself when a time has run out",
            "此事由时限到期自动发生，无人可操作",
            remedy: Wording("look at the referral with `yilian referral show`", "请用 `yilian referral show` 查看")),
        FailureDefinition(
            "referral.malformed", .invalid, "a command or content of a referral cannot be read", "转诊的指令或内容无法读取",
            remedy: .compareVersions,
            particulars: [
                Wording("the terms of a referral cannot be read", "转诊的条款无法读取")
            ]),
        FailureDefinition(
            "referral.movedOn", .retry, "another node decides about the referral now", "该转诊现由另一节点决定",
            remedy: Wording("wait until that has arrived here, then try again", "请等此变化到达本节点后再试")),
        FailureDefinition(
            "referral.noHome", .invalid, "no node decides about a referral of this node", "没有可处理本节点转诊的节点",
            remedy: Wording("check the management tree in the region configuration", "请检查区域配置中的管理关系")),
        FailureDefinition(
            "referral.noPatient", .invalid, "a referral needs the patient's identifiers", "转诊须有患者标识",
            remedy: Wording("give the identity number, or a number of the hospital's own", "请填写证件号，或医院自己的号码")),
        FailureDefinition(
            "referral.noUnit", .invalid, "a referral names the unit that writes it", "转诊须写明提出的机构",
            remedy: Wording("give the unit's id as the region configuration has it", "请写区域配置中的机构编号")),
        FailureDefinition(
            "referral.notEntitled", .forbidden, "the referral is not open to this reader, or it is closed",
            "该转诊不对此人开放，或已结束",
            remedy: Wording("read it where it was written", "请在写出转诊处阅读")),
        FailureDefinition(
            "referral.notHere", .absent, "the referral itself has not come to this node", "转诊的内容尚未到达本节点",
            remedy: Wording("wait until it arrives", "请等待到达")),
        FailureDefinition(
            "referral.notOffered", .absent, "nothing is known of the referral's course here", "本节点尚不知该转诊的进程",
            remedy: Wording("wait until it arrives", "请等待到达")),
        FailureDefinition(
            "referral.notTheHolder", .forbidden, "somebody else has this part of the referral", "该环节由他人负责",
            remedy: Wording("look at the referral with `yilian referral show`", "请用 `yilian referral show` 查看")),
        FailureDefinition(
            "referral.notTheKeeper", .forbidden, "another node decides about the referral", "该转诊由另一节点决定",
            remedy: Wording("act at the node that has the patient", "请在患者所在节点操作"),
            particulars: [
                Wording("{1} decides about the referral now, not {2}", "该转诊现由 {1} 决定，而非 {2}"),
                Wording(
                    "act at the node that has the patient; until one has, at the one that wrote the referral",
                    "请在患者所在节点操作；尚无节点接收时，请在写出转诊的节点操作"),
                Wording("the referral is not for {1}", "该转诊不是给 {1} 的"),
            ]),
        FailureDefinition(
            "referral.orderNumberUsed", .conflict, "the order number made a referral with another content before",
            "该单号已用于内容不同的转诊",
            remedy: Wording("send changed content under an order number of its own", "内容有变请用新的单号")),
        FailureDefinition(
            "referral.otherHold", .conflict, "what is named is not held for this referral with whoever is asked",
            "所写的预留不是为该转诊、在被询问方预留的",
            remedy: Wording(
                "hold a unit with `yilian inventory hold`, the referral's id as --reference, and name that",
                "请用 `yilian inventory hold` 预留，以转诊编号为 --reference，再写该预留"),
            particulars: [
                Wording(
                    "{1} is not held at {2} for this referral with whoever is asked", "{1} 不是 {2} 为该转诊在被询问方预留的")
            ]),
        FailureDefinition(
            "referral.taken", .conflict, "somebody else has taken this part of the referral", "该环节已由他人接下",
            remedy: Wording("look at the referral with `yilian referral show`", "请用 `yilian referral show` 查看")),
        FailureDefinition(
            "referral.tooLarge", .invalid, "the referral is larger than it may be", "转诊超过大小限制",
            remedy: Wording("shorten it, or send a smaller attachment", "请缩短，或发送较小的附件")),
        FailureDefinition(
            "referral.tooLate", .tooLate, "it was due before", "已过时限",
            remedy: Wording("look at the referral with `yilian referral show`", "请用 `yilian referral show` 查看")),
        FailureDefinition(
            "referral.tooMany", .invalid, "more was written about the referral than anybody needs to", "关于该转诊的内容过多",
            remedy: .lookAtAuthor),
        FailureDefinition(
            "referral.unknown", .absent, "this node knows no such referral", "本节点没有该转诊",
            remedy: Wording("look at what it knows with `yilian referral list`", "请用 `yilian referral list` 查看已有转诊")),
        FailureDefinition(
            "referral.unknownKind", .invalid, "the region has agreed on no such kind of referral", "区域没有约定此类转诊",
            remedy: Wording("see referralLevels in the region configuration", "请查看区域配置的 referralLevels")),
        FailureDefinition(
            "referral.unknownNode", .invalid, "the region has no such node that takes patients", "区域没有可接收患者的该节点",
            remedy: Wording("see the nodes with `yilian region show`", "请用 `yilian region show` 查看节点")),
        FailureDefinition(
            "referral.unsigned", .forbidden, "the command is not signed by the node where its actor sits",
            "指令未由操作者所在节点签名",
            remedy: Wording("send it from that node", "请从该节点发送")),
        FailureDefinition(
            "referral.wrongState", .conflict, "the referral is in a state that does not allow this", "转诊当前的状态不允许此操作",
            remedy: Wording("look at the referral with `yilian referral show`", "请用 `yilian referral show` 查看")),
    ]
}
