package import Effects

extension InventoryService {
    package static let failures: [FailureDefinition] = [
        FailureDefinition(
            "inventory.badName", .invalid, "a name cannot be what it stands for", "名称不符合要求",
            remedy: Wording(
                "use ids; write nothing of a person", "请使用编号；不得写入任何个人信息"),
            particulars: [
                Wording("a name is longer than any", "名称超过长度上限"),
                Wording("this is not the name of a lot", "这不是批次名称"),
                Wording("what it is for is named by the id of a case", "用途以业务单的编号写明"),
                Wording(
                    "write letters, digits, '-', '.', '_' and '/', and nothing of a person",
                    "请写字母、数字、'-'、'.'、'_' 和 '/'，不写任何个人信息"),
            ]),
        FailureDefinition(
            "region.noOwner", .invalid, "the dispatcher decides about nobody's units", "调度节点不支配任何资源",
            remedy: .correctRegion),
    ]
}
