package import Effects

extension IdentityService {
    package static let failures: [FailureDefinition] = [
        FailureDefinition(
            "author.causeNotCounted", .forbidden, "an identity entry goes by another that does not count here",
            "身份条目的起因在此无效",
            remedy: .lookAtAuthor,
            particulars: [
                Wording("{1} goes by an identity entry that does not count here", "{1} 所依据的身份条目在此不算数")
            ]),
        FailureDefinition(
            "author.notReported", .forbidden, "the unit has not reported under any of the patient keys",
            "该机构未以任一患者密钥报送过",
            remedy: Wording(
                "let a unit write it that knows the person, or one under 'registries'",
                "请由认识该患者的机构写入，或由 registries 所列机构写入"),
            particulars: [
                Wording(
                    "let a unit write it that knows the person, or one under 'registries' of the region configuration",
                    "请由认识该人的机构写，或由区域配置 registries 所列机构写"),
                Wording("the unit for which {1} wrote has not reported under any of the keys", "{1} 所代表的机构未以其中任何密钥报送过"),
            ]),
        FailureDefinition(
            "identity.badCause", .invalid, "an identity entry names a cause that cannot be", "身份条目所写起因不成立",
            remedy: .lookAtAuthor,
            particulars: [
                Wording("an identity entry names a cause that is no older identity entry", "身份条目的起因不是更早的身份条目"),
                Wording(
                    "an identity entry renews one entry, or names entries of the other kind", "身份条目应更新一个条目，却列出了另一种条目"),
            ]),
        FailureDefinition(
            "identity.conflict", .conflict, "it was found that these identifiers belong to different persons",
            "已认定这些标识属于不同的人",
            remedy: Wording("read why with `yilian identity log`", "请用 `yilian identity log` 查看原因"),
            particulars: [
                Wording(
                    "read why with `yilian identity log`; whoever knows better names each separation with --overrule",
                    "请用 `yilian identity log` 查看原因；确知更多者用 --overrule 写明每项拆分")
            ]),
        FailureDefinition(
            "identity.malformed", .invalid, "the identity entry cannot be read", "身份条目无法读取",
            remedy: .lookAtAuthor),
        FailureDefinition(
            "identity.noAuthority", .invalid, "an identifier without its issuer may be several people's",
            "未写发放机构的标识可能属于多人",
            remedy: Wording("say who issued it", "请写明发放机构"),
            particulars: [
                Wording(
                    "say who issued it (--issuer; FHIR: identifier.system)", "请写明发放者（--issuer；FHIR：identifier.system）")
            ]),
        FailureDefinition(
            "identity.noGroups", .invalid, "a separation needs two persons or a link, and a reason",
            "拆分须有两个人或一个关联，以及理由",
            remedy: Wording("name an identifier of each person, or the wrong link", "请写每个人的一个标识，或错误的关联"),
            particulars: [
                Wording("a separation needs two different persons or a link, and a reason", "拆分须有两个不同的人或一项关联，并写明理由")
            ]),
        FailureDefinition(
            "identity.notFound", .absent, "there is no such link or separation, or it stands no more",
            "没有该关联或拆分，或已不再有效",
            remedy: Wording("look for it with `yilian identity log`", "请用 `yilian identity log` 查找"),
            particulars: [
                Wording("there is no such link here, or it does not stand any more", "此处没有该关联，或它已不再有效"),
                Wording("there is no such separation here, or it does not stand any more", "此处没有该拆分，或它已不再有效"),
            ]),
        FailureDefinition(
            "identity.oneIdentifier", .invalid, "a link needs two identifiers or more", "关联须有两个以上标识",
            remedy: Wording("name each identifier of the person", "请写该人的每个标识")),
        FailureDefinition(
            "identity.purpose", .forbidden, "identities are not changed for this purpose", "不得以此用途更改身份",
            remedy: Wording("choose one of those that are listed", "请选择所列用途之一")),
        FailureDefinition(
            "identity.text", .invalid, "the text is too long or holds what looks like a person's number",
            "文字过长，或含有像证件号的内容",
            remedy: Wording("name a file or a ticket, no person", "请写档案或工单，不要写个人"),
            particulars: [
                Wording("the text holds what looks like a person's number", "文字中有像是个人号码的内容"),
                Wording(
                    "it is read at every node of the city: name a file or a ticket, no person",
                    "全市节点都可读到：请写档案或工单编号，不写个人"),
                Wording("say where it is written instead", "请改写记录所在之处"),
                Wording("the text is longer than {1} characters", "文字超过 {1} 个字符"),
            ]),
        FailureDefinition(
            "identity.tooFar", .invalid, "there are more links and separations than one walk follows",
            "关联和拆分过多，无法全部追踪",
            remedy: Wording("name fewer identifiers at a time", "请一次少写几个标识"),
            particulars: [
                Wording("more links and separations than one walk follows", "关联和拆分多于一次所能追踪的")
            ]),
        FailureDefinition(
            "identity.tooManyKeys", .invalid, "the identifiers have too many keys", "这些标识的密钥过多",
            remedy: Wording("name fewer identifiers at a time", "请一次少写几个标识"),
            particulars: [
                Wording("these identifiers have more than {1} keys", "这些标识的密钥超过 {1} 个")
            ]),
        FailureDefinition(
            "identity.tooManyLinks", .invalid, "too many links would be undone at once", "一次要撤销的关联过多",
            remedy: Wording("name fewer identifiers at a time", "请一次少写几个标识"),
            particulars: [
                Wording("more than {1} links would be undone", "将撤销的关联超过 {1} 项")
            ]),
    ]
}
