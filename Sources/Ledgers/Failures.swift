package import Effects

extension FailureDefinition {
    /// What can be wrong with ledgers, entries, attachments and their authors.
    package static let ledgers: [FailureDefinition] = [
        FailureDefinition(
            "attachment.abandoned", .retry, "what came of the attachment was thrown away before its end",
            "附件在传完之前已被丢弃",
            remedy: Wording("send it again from its beginning", "请从头重新发送")),
        FailureDefinition(
            "attachment.badChunk", .broken, "a part of the attachment is not the one that its author sealed",
            "附件的一部分与作者封存的不一致",
            remedy: Wording("fetch it again; tell the operator of the node that served it", "请重新获取，并告知提供它的节点的操作员"),
            particulars: [
                Wording("a part of the document is not the one that its author sealed", "文档的一部分与作者封存的不符"),
                Wording("part {1} of the attachment is not the one that its manifest names", "附件的第 {1} 部分与其清单不符"),
            ]),
        FailureDefinition(
            "attachment.empty", .invalid, "an attachment has no bytes", "附件没有内容",
            remedy: Wording("send the document, or leave it out", "请发送文档，或不附文档")),
        FailureDefinition(
            "attachment.malformed", .invalid, "the manifest of an attachment cannot be read", "附件清单无法读取",
            remedy: .lookAtAuthor),
        FailureDefinition(
            "attachment.noRoom", .retry, "the node has no room for more attachments", "节点存放附件的空间已满",
            remedy: Wording("make room on the node's disk", "请在节点磁盘上腾出空间"),
            particulars: [
                Wording("make room: the node keeps its documents in ledger.db", "请腾出空间：节点把文档存放在 ledger.db 中"),
                Wording("the attachments of this node have {1} bytes, and more is not taken", "本节点的附件已有 {1} 字节，不再接收"),
            ]),
        FailureDefinition(
            "attachment.notAnnounced", .invalid, "no entry that lies here names the attachment", "本节点没有条目指明该附件",
            remedy: .lookAtAuthor),
        FailureDefinition(
            "attachment.notEntitled", .forbidden, "there is no such attachment for whoever asks", "对提问者而言没有该附件",
            remedy: .askWherePersonSits,
            particulars: [
                Wording("there is no such attachment for the asking node", "没有可供提问节点取用的该附件")
            ]),
        FailureDefinition(
            "attachment.notHere", .retry, "the document has not come to this node yet", "文档尚未到达本节点",
            remedy: Wording(
                "try again later; `yilian queue why` says what holds it up",
                "请稍后再试；用 `yilian queue why` 查看原因"),
            particulars: [
                Wording("the document is not at {1} yet: {2} of its {3} parts are", "文档尚未到达 {1}：共 {3} 部分，已到 {2} 部分"),
                Wording(
                    "try again later; `yilian queue why` at {1} says what holds it up",
                    "请稍后再试；在 {1} 执行 `yilian queue why` 可知原因"),
            ]),
        FailureDefinition(
            "attachment.notNamed", .forbidden, "the entry names no such attachment", "该条目没有指明该附件",
            remedy: Wording("ask for a document that the report names", "请获取报告所列的文档")),
        FailureDefinition(
            "attachment.tooLarge", .invalid, "an attachment is larger than may be sent", "附件超过大小限制",
            remedy: Wording("send a smaller document", "请发送较小的文档"),
            particulars: [
                Wording("an attachment has {1} bytes; the limit is {2}", "附件有 {1} 字节，上限为 {2}")
            ]),
        FailureDefinition(
            "attachment.tooMany", .invalid, "an entry names more attachments than it may", "一个条目的附件过多",
            remedy: .sendLess,
            particulars: [
                Wording("an entry names more than {1} attachments", "一个条目所列附件超过 {1} 个")
            ]),
        FailureDefinition(
            "author.notDelivered", .forbidden, "the unit did not deliver to the entry's author at that time",
            "该机构当时不向条目作者报送",
            remedy: Wording(
                "see 'deliveries' and 'delegations' in the region configuration",
                "请查看区域配置的 deliveries 和 delegations"),
            particulars: [
                Wording(
                    "see 'deliveries' and 'delegations' in the region configuration with `yilian region show`",
                    "请用 `yilian region show` 查看区域配置中的 deliveries 和 delegations"),
                Wording("see 'deliveries' in the region configuration", "请查看区域配置中的 deliveries"),
                Wording("unit '{1}' did not deliver to {2} at that time", "机构 '{1}' 当时不向 {2} 报送"),
                Wording("{1} may not write results of that institution", "{1} 不可写该机构的结果"),
            ]),
        FailureDefinition(
            "author.notDispatcher", .forbidden, "the author was not the region's dispatcher at that time",
            "作者当时不是区域的调度节点",
            remedy: .lookAtAuthor,
            particulars: [
                Wording("{1} was not the region's dispatcher at that time", "{1} 当时不是区域的调度节点")
            ]),
        FailureDefinition(
            "author.notGiven", .forbidden, "a node grants what it was not given", "节点转授了自己未得到的内容",
            remedy: .lookAtAuthor,
            particulars: [
                Wording("a grant names more than {1} entries of others", "一项授予列出的他人条目超过 {1} 个"),
                Wording("{1} may not grant an entry whose payload it was not given", "{1} 未得到该条目的内容，不可授予"),
            ]),
        FailureDefinition(
            "author.notItself", .forbidden, "a node wrote what only another may write", "节点写了只可由另一节点写的内容",
            remedy: .lookAtAuthor,
            particulars: [
                Wording("a submission speaks for another unit than the one that sealed it", "提交所代表的机构不是封存它的机构"),
                Wording("{1} wrote what only a node itself may write", "{1} 写了只有节点自己可写的内容"),
            ]),
        FailureDefinition(
            "author.notReached", .forbidden, "a node tells of an entry that it cannot have", "节点提到它不可能持有的条目",
            remedy: .lookAtAuthor,
            particulars: [
                Wording("{1} is no node of the region", "{1} 不是本区域的节点"),
                Wording("{1} tells of an entry that it cannot have", "{1} 提到了它不可能有的条目"),
            ]),
        FailureDefinition(
            "author.notRoot", .forbidden, "a region configuration is not signed by the region's root",
            "区域配置未由区域根密钥签名",
            remedy: .lookAtAuthor,
            particulars: [
                Wording(
                    "a region configuration is not signed by the region's root under that version", "区域配置没有以该版本由区域根密钥签名"
                )
            ]),
        FailureDefinition(
            "author.unknownUnit", .forbidden, "the entry is written for a unit that the region does not know",
            "条目所写机构不在区域内",
            remedy: Wording(
                "publish a region configuration that has the unit, or correct its name",
                "请发布含该机构的区域配置，或更正其名称"),
            particulars: [
                Wording("{1} writes for a unit that the region does not know", "{1} 所代表的机构不为区域所知")
            ]),
        FailureDefinition(
            "ledger.audience", .broken, "a payload may not go further than its header", "内容的范围不得大于摘要",
            remedy: .lookAtAuthor),
        FailureDefinition(
            "ledger.badExcerpt", .broken, "a record does not belong to the sealed batch", "记录不属于该封存批",
            remedy: .lookAtAuthor),
        FailureDefinition(
            "ledger.badSeal", .broken, "the seal does not fit the header", "封存签名与批头不符",
            remedy: .lookAtAuthor),
        FailureDefinition(
            "ledger.badSegment", .broken, "a payload or segment is not the one that its header names", "内容或分段与批头所写不符",
            remedy: .lookAtAuthor,
            particulars: [
                Wording("a payload is not the one that its header names", "有内容不是其摘要所指的"),
                Wording("a segment is not what the sealed header says ({1})", "有分段与封存的头部不符（{1}）"),
            ]),
        FailureDefinition(
            "ledger.commit", .broken, "a command gave a value of another type than it declared", "指令给出的值与声明的类型不同",
            remedy: .reportFault),
        FailureDefinition(
            "ledger.entryID", .invalid, "this is not the id of an entry", "这不是条目编号",
            remedy: Wording(
                "copy it: an entry id looks like jucheng/19a2b3c4d5e6f/bulk/12/0",
                "请复制：条目编号形如 jucheng/19a2b3c4d5e6f/bulk/12/0"),
            particulars: [
                Wording(
                    "an entry id looks like jucheng/19a2b3c4d5e6f/bulk/12/0; numbers have no signs, leading zeros or capital letters",
                    "条目编号如 jucheng/19a2b3c4d5e6f/bulk/12/0；数字不带符号、前导零或大写字母")
            ]),
        FailureDefinition(
            "ledger.formatVersion", .broken, "the batch's format version is not known here", "批的格式版本未知",
            remedy: .upgradeNode,
            particulars: [
                Wording("batch format version {1} is not known here", "批的格式版本 {1} 在此不认识")
            ]),
        FailureDefinition(
            "ledger.keyEnded", .retry, "this node's ledger key counts no more, and it acknowledges nothing",
            "本节点的账本密钥已失效，暂不能写入和回执",
            remedy: Wording(
                "bring the new ledger.key, publish the region and send SIGHUP",
                "请带来新的 ledger.key，发布区域配置并发送 SIGHUP"),
            particulars: [
                Wording(
                    "bring the new ledger.key of `yilian cert renew DIR {1} --new-ledger-key`, publish the region and send SIGHUP",
                    "请带来 `yilian cert renew DIR {1} --new-ledger-key` 的新 ledger.key，发布区域配置并发送 SIGHUP"),
                Wording("this node seals nothing and acknowledges nothing: {1}", "本节点不封存也不确认：{1}"),
            ]),
        FailureDefinition(
            "ledger.lane", .broken, "entries are written to clinical or bulk", "条目只能写入 clinical 或 bulk",
            remedy: .reportFault),
        FailureDefinition(
            "ledger.malformedBatch", .broken, "a batch cannot be read", "批无法读取",
            remedy: .lookAtAuthor,
            particulars: [
                Wording("a batch names a segment twice", "批把一个分段写了两次")
            ]),
        FailureDefinition(
            "ledger.malformedExcerpt", .broken, "an excerpt cannot be read", "摘录无法读取",
            remedy: .lookAtAuthor,
            particulars: [
                Wording("an excerpt holds more records than a batch can", "摘录的记录多于一批所能有的"),
                Wording("the excerpt cannot be read", "摘录无法读取"),
            ]),
        FailureDefinition(
            "ledger.malformedGrant", .broken, "a grant cannot be read", "授予条目无法读取",
            remedy: .lookAtAuthor,
            particulars: [
                Wording("the grant cannot be read", "授予无法读取"),
                Wording("the grant names more entries or nodes than one may", "授予所列条目或节点超过上限"),
            ]),
        FailureDefinition(
            "ledger.malformedHeader", .broken, "a batch header cannot be read", "批头无法读取",
            remedy: .lookAtAuthor,
            particulars: [
                Wording("the batch header cannot be read ({1})", "批的头部无法读取（{1}）")
            ]),
        FailureDefinition(
            "ledger.malformedNotice", .broken, "a notice cannot be read", "通知无法读取",
            remedy: .lookAtAuthor,
            particulars: [
                Wording("the notice cannot be read", "提示无法读取")
            ]),
        FailureDefinition(
            "ledger.malformedPosition", .broken, "a chain's position cannot be read", "链的位置无法读取",
            remedy: .lookAtAuthor),
        FailureDefinition(
            "ledger.malformedRecord", .broken, "a record of a segment cannot be read", "分段中的记录无法读取",
            remedy: .lookAtAuthor),
        FailureDefinition(
            "ledger.malformedReference", .broken, "a reference to an entry cannot be read", "条目引用无法读取",
            remedy: .lookAtAuthor),
        FailureDefinition(
            "ledger.notHeld", .absent, "this node does not hold the entry", "本节点没有该条目",
            remedy: Wording("ask at its author or at a node above", "请向其作者或上级节点查询")),
        FailureDefinition(
            "ledger.notStopped", .absent, "nothing that this author wrote is stopped here", "该作者没有被停住的内容",
            remedy: Wording("`yilian queue show` names whose bulk is stopped", "请用 `yilian queue show` 查看谁被停住"),
            particulars: [
                Wording("nothing that '{1}' wrote is stopped at this node", "'{1}' 所写的内容在本节点没有停止的")
            ]),
        FailureDefinition(
            "ledger.otherOwner", .broken, "the ledger is another node's", "该账本属于另一个节点",
            remedy: Wording("bring the right ledger.db into the data folder", "请把正确的 ledger.db 放入数据目录"),
            particulars: [
                Wording(
                    "bring the right ledger.db into the data folder, or move this one away: the neighbours give back what they hold",
                    "请把正确的 ledger.db 放入数据目录，或移开这一个：邻居会归还它们持有的内容"),
                Wording("this ledger is of {1}, this node is {2}", "该账本属于 {1}，本节点是 {2}"),
            ]),
        FailureDefinition(
            "ledger.overloaded", .retry, "too many commands wait for the disk", "节点繁忙，等待落盘的内容过多",
            remedy: .tryAgain,
            particulars: [
                Wording("send again in a few seconds", "请过几秒重新发送")
            ]),
        FailureDefinition(
            "ledger.poison", .broken, "an entry cannot be folded", "条目无法折算",
            remedy: .seeLog),
        FailureDefinition(
            "ledger.tooLarge", .invalid, "the entry is larger than a batch may carry", "条目超过一批的大小限制",
            remedy: Wording("send large documents as attachments", "请把大文档作为附件发送"),
            particulars: [
                Wording("send large documents as attachments of at most {1} bytes", "大文档请以附件发送，每个最多 {1} 字节")
            ]),
        FailureDefinition(
            "ledger.tooManyHeld", .broken, "too many entries wait for the same batch", "等待同一批的条目过多",
            remedy: .lookAtAuthor),
        FailureDefinition(
            "ledger.tooMuchWork", .broken, "the entry takes more steps to fold than an honest one", "折算该条目的步骤异常多",
            remedy: .lookAtAuthor),
        FailureDefinition(
            "ledger.unknownCause", .broken, "an entry names a cause that this node does not have", "条目所写起因不在本节点",
            remedy: Wording("it is tried again by itself when the cause arrives", "起因到达后会自动再试")),
        FailureDefinition(
            "ledger.unknownKey", .broken, "the region does not know the key that sealed the batch", "区域不认识封存该批的密钥",
            remedy: Wording("publish the region configuration with the node's ledger keys", "请发布含该节点账本密钥的区域配置"),
            particulars: [
                Wording(
                    "publish a region configuration that has the node's ledger key; for one that had ended: `yilian cert prolong`",
                    "请发布含该节点账本密钥的区域配置；已终止的密钥用 `yilian cert prolong`"),
                Wording("the region configuration binds no key {1} to {2} at {3}", "区域配置没有在 {3} 把密钥 {1} 写给 {2}"),
            ]),
        FailureDefinition(
            "ledger.unknownKind", .broken, "the entry's kind is not known here", "条目的种类未知",
            remedy: .upgradeNode,
            particulars: [
                Wording("{1} is not known here", "{1} 在此不认识")
            ]),
        FailureDefinition(
            "ledger.unreadable", .broken, "the entry cannot be read", "条目无法读取",
            remedy: .lookAtAuthor),
        FailureDefinition(
            "region.badSignature", .invalid, "the region's root key did not sign this configuration", "该配置未由区域根密钥签名",
            remedy: Wording(
                "take a file that `yilian region publish` of this region wrote",
                "请使用本区域 `yilian region publish` 写出的文件")),
        FailureDefinition(
            "region.otherSuite", .invalid, "the configuration names another suite than the region's key has",
            "配置的套件与区域密钥不同",
            remedy: Wording(
                "a region keeps its suite for ever; correct 'suite' in region.yaml",
                "区域的套件永不改变；请更正 region.yaml 的 suite"),
            particulars: [
                Wording("the configuration names another suite than the region's root key has", "配置所写的套件与区域根密钥的不同")
            ]),
    ]
}
