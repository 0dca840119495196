package import Effects

extension InventoryService {
    package static let failures: [FailureDefinition] = [
        FailureDefinition(
            "author.notInventoryOwner", .forbidden, "a node offers in an inventory that is not its own",
            "节点在不属于自己的资源池中提供资源",
            remedy: .lookAtAuthor),
        FailureDefinition(
            "author.notTheAsker", .forbidden, "a node wishes in another's name", "节点以他人名义登记意愿",
            remedy: .lookAtAuthor),
        FailureDefinition(
            "author.notTheDecider", .forbidden, "a node decides about units that are not its to give",
            "节点决定了不归其支配的资源",
            remedy: .lookAtAuthor),
        FailureDefinition(
            "author.unsignedHold", .forbidden, "a hold has no command that its asker's node signed",
            "预留没有申请方节点签名的指令",
            remedy: .lookAtAuthor),
        FailureDefinition(
            "inventory.badID", .invalid, "this is not the id of a hold", "这不是预留编号",
            remedy: Wording("copy it from `yilian inventory holds`", "请从 `yilian inventory holds` 中复制")),
        FailureDefinition(
            "inventory.badName", .invalid, "a name cannot be what it stands for", "名称不符合要求",
            remedy: Wording(
                "use ids; write nothing of a person", "请使用编号；不得写入任何个人信息")),
        FailureDefinition(
            "inventory.badUnits", .invalid, "these are no units of a lot", "这不是批次中的资源编号",
            remedy: Wording("name the first and the last, such as 1-20", "请写首尾编号，如 1-20")),
        FailureDefinition(
            "inventory.inUse", .conflict, "somebody has the unit, or decides about it", "该资源已被占用，或由他处支配",
            remedy: Wording("wait until it is free and back", "请等待其空闲并归还")),
        FailureDefinition(
            "inventory.lotOver", .tooLate, "the lot's time is over", "该批次的时间已过",
            remedy: Wording("give an end to come", "请写将来的结束时间")),
        FailureDefinition(
            "inventory.malformed", .invalid, "an entry or command about an inventory cannot be read",
            "资源池的条目或指令无法读取",
            remedy: .compareVersions),
        FailureDefinition(
            "inventory.noWay", .invalid, "no way leads to the node that decides", "没有通往支配节点的路径",
            remedy: Wording("check the management tree in the region configuration", "请检查区域配置中的管理关系")),
        FailureDefinition(
            "inventory.none", .conflict, "nothing is free", "没有空闲资源",
            remedy: Wording(
                "wait your turn with `yilian inventory wish`, or ask elsewhere",
                "请用 `yilian inventory wish` 排队，或向他处申请")),
        FailureDefinition(
            "inventory.notEntitled", .forbidden, "a command comes from elsewhere than it says", "指令的来源与其所述不符",
            remedy: Wording("act at the node where you work", "请在本人工作的节点操作")),
        FailureDefinition(
            "inventory.notTheDecider", .forbidden, "this node does not decide about these units", "本节点不支配这些资源",
            remedy: Wording(
                "ask the node that `yilian inventory stock` names", "请向 `yilian inventory stock` 所列节点申请")),
        FailureDefinition(
            "inventory.notTheHolder", .forbidden, "the hold was made at another node", "该预留由另一节点提出",
            remedy: Wording("confirm it or give it back where it was made", "请在提出预留处确认或退还")),
        FailureDefinition(
            "inventory.notTheOwner", .forbidden, "the inventory is another node's", "该资源池属于另一节点",
            remedy: Wording("do it at its owner's node", "请在其所属节点操作")),
        FailureDefinition(
            "inventory.ownerAway", .retry, "whoever decides cannot be reached", "无法联系支配方",
            remedy: Wording(
                "try again with the same id, or leave a wish", "请用同一编号重试，或登记意愿")),
        FailureDefinition(
            "inventory.tooLate", .tooLate, "the hold has ended", "预留已到期",
            remedy: Wording("hold a unit again, and confirm it in time", "请重新预留，并及时确认")),
        FailureDefinition(
            "inventory.tooMany", .invalid, "more was written about a hold than anybody needs to", "关于该预留的内容过多",
            remedy: .lookAtAuthor),
        FailureDefinition(
            "inventory.unknown", .absent, "the region has no such inventory", "区域没有该资源池",
            remedy: Wording("see which there are with `yilian inventory list`", "请用 `yilian inventory list` 查看")),
        FailureDefinition(
            "inventory.unknownHold", .absent, "this node knows no such hold", "本节点没有该预留",
            remedy: Wording("look at what it knows with `yilian inventory holds`", "请用 `yilian inventory holds` 查看")),
        FailureDefinition(
            "inventory.unknownUnits", .absent, "these units are not offered", "未提供这些资源",
            remedy: Wording("see which are with `yilian inventory stock`", "请用 `yilian inventory stock` 查看")),
        FailureDefinition(
            "inventory.unmatched", .retry, "the node does not know since its start what its parent has of it",
            "节点启动后尚不知上级持有其多少内容",
            remedy: Wording(
                "try again when its link is up; `yilian peer list` shows it",
                "请在链路恢复后重试；`yilian peer list` 可查看")),
        FailureDefinition(
            "inventory.unsecured", .retry, "it is written, and its parent does not have it yet", "已写入，但上级尚未收到",
            remedy: Wording(
                "send the same again: it is kept, and given to nobody else", "请原样重发：已为您保留，不会给予他人")),
        FailureDefinition(
            "inventory.unsigned", .forbidden, "the command is not signed by the node where its actor sits",
            "指令未由操作者所在节点签名",
            remedy: Wording("send it from that node", "请从该节点发送")),
        FailureDefinition(
            "inventory.wrongState", .conflict, "the hold is in a state that does not allow this", "预留当前的状态不允许此操作",
            remedy: Wording("look at it with `yilian inventory show`", "请用 `yilian inventory show` 查看")),
        FailureDefinition(
            "region.noOwner", .invalid, "the dispatcher decides about nobody's units", "调度节点不支配任何资源",
            remedy: .correctRegion),
    ]
}
