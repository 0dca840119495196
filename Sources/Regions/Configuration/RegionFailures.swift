import Effects

extension FailureDefinition {
    /// What can be wrong with a region and its versions.
    static let regionContents: [FailureDefinition] = [
        FailureDefinition(
            "region.ambiguousCode", .invalid, "a code stands for two items", "一个代码对应两个项目",
            remedy: .correctRegion),
        FailureDefinition(
            "region.ambiguousName", .invalid, "a name stands for two things", "一个名称对应两项内容",
            remedy: .correctRegion),
        FailureDefinition(
            "region.badBytes", .invalid, "the region configuration cannot be read", "区域配置无法读取",
            remedy: Wording(
                "bring the file that `yilian region publish` wrote",
                "请带来 `yilian region publish` 写出的文件"),
            particulars: [
                Wording(
                    "take a file that 'yilian region publish' of this release or an older one wrote",
                    "请使用本版本或更早版本的 `yilian region publish` 写出的文件"),
                Wording("take a file that 'yilian region publish' wrote", "请使用 `yilian region publish` 写出的文件"),
                Wording("the section '{1}' of the region configuration cannot be read", "区域配置的配置段 '{1}' 无法读取"),
                Wording("upgrade this node", "请升级本节点"),
                Wording("a patient key epoch names one node twice", "患者密钥纪元把一个节点写了两次"),
                Wording("a port number in the region configuration is above 65535", "区域配置中有端口号大于 65535"),
                Wording("a section of the region configuration stands twice", "区域配置中有配置段写了两次"),
                Wording("the bytes are no region configuration", "这些字节不是区域配置"),
                Wording("the bytes are no signed region configuration", "这些字节不是签名的区域配置"),
                Wording("the section '{1}' has {2} that this release does not know", "配置段 '{1}' 的 {2} 本版本不认识"),
                Wording("the region configuration has a tier that this release does not know", "区域配置的层级本版本不认识"),
                Wording("the region configuration is longer than the limit", "区域配置超过长度上限"),
                Wording("the subject of a region configuration is no version", "区域配置的主题不是版本"),
            ]),
        FailureDefinition(
            "region.badCode", .invalid, "this is no code of a catalogue", "这不是目录代码",
            remedy: .correctRegion),
        FailureDefinition(
            "region.badConversion", .invalid, "a conversion of units cannot be", "单位换算不成立",
            remedy: .correctRegion),
        FailureDefinition(
            "region.badDates", .invalid, "something ends before it begins", "结束早于开始",
            remedy: .correctRegion),
        FailureDefinition(
            "region.badItem", .invalid, "an item has no name or no class", "项目没有名称或类别",
            remedy: .correctRegion),
        FailureDefinition(
            "region.badLOINC", .invalid, "this is no LOINC code", "这不是 LOINC 代码",
            remedy: Wording("look it up at loinc.org, or leave it out", "请在 loinc.org 查找，或不填")),
        FailureDefinition(
            "region.badName", .invalid, "a name is empty or cannot stand here", "名称为空或不能使用",
            remedy: .correctRegion,
            particulars: [
                Wording(
                    "use 1 to {1} lowercase letters, digits and hyphens, with no hyphen at either end",
                    "请用 1 至 {1} 个小写字母、数字和连字符，两端不用连字符"),
                Wording("{1} is not {2}", "{1} 不是{2}"),
            ]),
        FailureDefinition(
            "region.badPanel", .invalid, "a panel has no item, or one twice", "组合没有项目或有重复",
            remedy: .correctRegion),
        FailureDefinition(
            "region.badPrice", .invalid, "a price is no price with its list", "价格有误，或缺少价目版本",
            remedy: .correctRegion),
        FailureDefinition(
            "region.badReason", .invalid, "a reason for repeating cannot stand as it is", "重复检查理由有误",
            remedy: .correctRegion),
        FailureDefinition(
            "region.badTier", .invalid, "a node's tier does not fit the one above it", "节点层级与上级不符",
            remedy: .correctRegion),
        FailureDefinition(
            "region.changesPast", .conflict, "the configuration changes what held before it was published",
            "配置更改了发布之前的内容",
            remedy: Wording(
                "end the line and begin another from a moment to come, or write 'corrects: true'",
                "请结束该行并另起将来生效的一行，或写 corrects: true"),
            particulars: [
                Wording(
                    "end the line and begin another from a moment to come, or write 'corrects: true' where the past was written down wrongly",
                    "请终止该行，并从将来的时刻另起一行；若过去写错了，请写 corrects: true"),
                Wording("the configuration changes {1} before it was published", "该配置更改了发布之前的 {1}"),
            ]),
        FailureDefinition(
            "region.cycle", .invalid, "nodes manage each other in a circle", "节点管理关系成环",
            remedy: Wording("take one of these lines out", "请删去其中一行")),
        FailureDefinition(
            "region.deliveryNode", .invalid, "a unit names a node to which none of its deliveries go", "机构所写节点没有它的报送",
            remedy: .correctRegion),
        FailureDefinition(
            "region.dispatcherCount", .invalid, "a region has exactly one dispatcher at a time", "区域同一时刻须恰有一个调度节点",
            remedy: .correctRegion),
        FailureDefinition(
            "region.duplicateID", .invalid, "an id stands twice", "编号重复",
            remedy: .correctRegion),
        FailureDefinition(
            "region.duplicateKey", .invalid, "two nodes have the same ledger key", "两个节点使用同一账本密钥",
            remedy: Wording(
                "issue the node a key of its own with `yilian cert issue`",
                "请用 `yilian cert issue` 给节点各自的密钥")),
        FailureDefinition(
            "region.emptyScope", .invalid, "no unit of the region stands in the scope", "该互认范围内没有本区域的机构",
            remedy: .correctRegion),
        FailureDefinition(
            "region.encoding", .invalid, "the region configuration cannot be encoded", "区域配置无法编码",
            remedy: .reportFault,
            particulars: [
                Wording("the signed region configuration cannot be encoded", "签名的区域配置无法编码")
            ]),
        FailureDefinition(
            "region.epochChanged", .conflict, "the configuration gives a patient key epoch another secret",
            "配置更换了某个患者密钥纪元的秘密",
            remedy: Wording(
                "take the right secret back with `yilian cert epoch recover`, and publish again",
                "请用 `yilian cert epoch recover` 取回正确的秘密，再发布"),
            particulars: [
                Wording(
                    "move that file away, take the right secret back with `yilian cert epoch recover`, and publish again",
                    "请移开该文件，用 `yilian cert epoch recover` 取回正确的秘密，然后重新发布"),
                Wording(
                    "version {1} gives patient key epoch {2} another secret than version {3}: nobody would find the results of its time",
                    "版本 {1} 给患者密钥纪元 {2} 的秘密与版本 {3} 不同：谁也找不到该时期的结果"),
            ]),
        FailureDefinition(
            "region.epochLost", .conflict, "the configuration lacks a patient key epoch", "配置缺少某个患者密钥纪元",
            remedy: Wording(
                "take its secret back with `yilian cert epoch recover`, and publish again",
                "请用 `yilian cert epoch recover` 取回其秘密，再发布"),
            particulars: [
                Wording(
                    "version {1} lacks patient key epoch {2}, which version {3} has", "版本 {1} 缺少版本 {3} 所有的患者密钥纪元 {2}")
            ]),
        FailureDefinition(
            "region.noParent", .invalid, "nobody manages a node", "有节点没有上级",
            remedy: .correctRegion),
        FailureDefinition(
            "region.noWindow", .invalid, "an item does not say for how many days a result counts, or says too many",
            "项目的互认天数缺失或有误",
            remedy: .correctRegion),
        FailureDefinition(
            "region.otherRegion", .invalid, "this is of another region", "这属于另一个区域",
            remedy: Wording("take what belongs to this region", "请使用本区域的内容"),
            particulars: [
                Wording("publish the configuration of '{1}'", "请发布 '{1}' 的配置"),
                Wording("the configuration is of region '{1}', this node is of '{2}'", "配置属于区域 '{1}'，本节点属于 '{2}'"),
            ]),
        FailureDefinition(
            "region.overlappingVersions", .invalid, "two versions of an item are in force at once", "项目的两个版本同时有效",
            remedy: .correctRegion),
        FailureDefinition(
            "region.rollback", .conflict, "a configuration of a higher version is in force", "已有版本更高的配置生效",
            remedy: Wording("publish the wanted content under a higher version", "请以更高版本发布"),
            particulars: [
                Wording("publish the wanted content under a version above {1}", "请以高于 {1} 的版本发布所要的内容"),
                Wording(
                    "the configuration has version {1}, and version {2} is already in force", "配置的版本是 {1}，而版本 {2} 已经生效"),
            ]),
        FailureDefinition(
            "region.sameVersion", .conflict, "the version was published with another content", "该版本已以不同内容发布",
            remedy: Wording("count 'version' in region.yaml up", "请提高 region.yaml 的 version"),
            particulars: [
                Wording("publish again under a version above {1}", "请以高于 {1} 的版本重新发布"),
                Wording("two different configurations carry version {1}", "两份不同的配置都是版本 {1}"),
            ]),
        FailureDefinition(
            "region.suite", .invalid, "there is no such suite", "没有该套件",
            remedy: Wording("choose one of those that are listed", "请选择所列套件之一"),
            particulars: [
                Wording("there is no suite {1}", "没有套件 {1}")
            ]),
        FailureDefinition(
            "region.tooMany", .invalid, "a list of the region is too long", "区域的列表过长",
            remedy: Wording("take out what is not needed", "请删去不需要的内容")),
        FailureDefinition(
            "region.twoDeliveries", .invalid, "a unit delivers to two nodes at once", "机构同时向两个节点报送",
            remedy: .correctRegion),
        FailureDefinition(
            "region.twoParents", .invalid, "a node has two parents at once", "节点同时有两个上级",
            remedy: .correctRegion),
        FailureDefinition(
            "region.unknownReference", .invalid, "something names a node, unit or item that is not there",
            "所写节点、机构或项目不存在",
            remedy: .correctRegion),
        FailureDefinition(
            "region.unreachablePolicy", .invalid, "a policy row can never hold", "该策略行永远不会生效",
            remedy: Wording("put it above the wider ones, or take it out", "请移到更宽的行之前，或删去")),
        FailureDefinition(
            "region.vanished", .conflict, "something is gone from the configuration that entries rest on",
            "配置中缺少条目仍依据的内容",
            remedy: Wording("keep it and give it an end", "请保留它并写明结束时间"),
            particulars: [
                Wording("{1} '{2}' is gone from the configuration", "配置中不再有{1} '{2}'"),
                Wording("keep it and give it an end: its entries still lie in the ledgers", "请保留它并写明终止：它的条目仍在账本中"),
            ]),
        FailureDefinition(
            "region.version", .invalid, "a version is zero", "版本不能为 0",
            remedy: Wording("begin with 1 and count up", "请从 1 开始递增")),
        FailureDefinition(
            "region.versionOrder", .invalid, "versions of an item begin in another order than their numbers",
            "项目版本的先后与编号不符",
            remedy: Wording("number them in the order in which they begin", "请按开始的先后编号")),
    ]
}
