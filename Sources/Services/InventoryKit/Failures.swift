package import Effects

extension FailureDefinition {
    /// What can be wrong with units, holds and wishes, whichever service offers them.
    package static let inventoryKit: [FailureDefinition] = [
        FailureDefinition(
            "author.notInventoryOwner", .forbidden, "a node offers in an inventory that is not its own",
            "节点在不属于自己的资源池中提供资源",
            remedy: .lookAtAuthor,
            particulars: [
                Wording(
                    "see inventories in the region configuration with `yilian region show`",
                    "请用 `yilian region show` 查看区域配置中的 inventories"),
                Wording("{1} offers in an inventory that is not its own", "{1} 在不属于自己的资源池中提供资源"),
            ]),
        FailureDefinition(
            "author.notTheAsker", .forbidden, "a node wishes in another's name", "节点以他人名义登记意愿",
            remedy: .lookAtAuthor,
            particulars: [
                Wording("{1} wishes in another's name", "{1} 以他人名义登记意愿")
            ]),
        FailureDefinition(
            "author.notTheDecider", .forbidden, "a node decides about units that are not its to give",
            "节点决定了不归其支配的资源",
            remedy: .lookAtAuthor,
            particulars: [
                Wording(
                    "see inventories in the region configuration with `yilian region show`",
                    "请用 `yilian region show` 查看区域配置中的 inventories"),
                Wording(
                    "{1} decides about units that are neither its own nor allotted to it", "{1} 支配了既不属于它、也未分配给它的资源"),
            ]),
        FailureDefinition(
            "author.unsignedHold", .forbidden, "a hold has no command that its asker's node signed",
            "预留没有申请方节点签名的指令",
            remedy: .lookAtAuthor,
            particulars: [
                Wording(
                    "{1} gives or takes in the name of somebody whose node did not sign that", "{1} 以某人名义给出或取得，而其节点并未签名"
                )
            ]),
        FailureDefinition(
            "inventory.badID", .invalid, "this is not the id of a hold", "这不是预留编号",
            remedy: Wording("copy it from `yilian inventory holds`", "请从 `yilian inventory holds` 中复制"),
            particulars: [
                Wording(
                    "a hold's id looks like jucheng.01KBJ2V8Q4N6Z0M3T5X7Y9C1D2",
                    "预留编号如 jucheng.01KBJ2V8Q4N6Z0M3T5X7Y9C1D2")
            ]),
        FailureDefinition(
            "inventory.badUnits", .invalid, "these are no units of a lot", "这不是批次中的资源编号",
            remedy: Wording("name the first and the last, such as 1-20", "请写首尾编号，如 1-20"),
            particulars: [
                Wording("units are numbered from 1 to {1}, at most {2} at once", "资源编号为 1 至 {1}，一次最多 {2} 个")
            ]),
        FailureDefinition(
            "inventory.inUse", .conflict, "somebody has the unit, or decides about it", "该资源已被占用，或由他处支配",
            remedy: Wording("wait until it is free and back", "请等待其空闲并归还")),
        FailureDefinition(
            "inventory.lotOver", .tooLate, "the lot's time is over", "该批次的时间已过",
            remedy: Wording("give an end to come", "请写将来的结束时间"),
            particulars: [
                Wording("the lot ended at {1}", "该批次已于 {1} 结束")
            ]),
        FailureDefinition(
            "inventory.malformed", .invalid, "an entry or command about an inventory cannot be read",
            "资源池的条目或指令无法读取",
            remedy: .compareVersions,
            particulars: [
                Wording("a wish is written where it is made, it is no command", "意愿写在提出之处，不是指令"),
                Wording("the header of an entry about an inventory cannot be read", "资源池条目的摘要无法读取"),
            ]),
        FailureDefinition(
            "inventory.noWay", .invalid, "no way leads to the node that decides", "没有通往支配节点的路径",
            remedy: Wording("check the management tree in the region configuration", "请检查区域配置中的管理关系"),
            particulars: [
                Wording("{1} cannot decide about units", "{1} 不能支配资源"),
                Wording("check 'management' in the region's file", "请检查区域文件中的 management"),
                Wording("no way leads to {1}", "没有通往 {1} 的路"),
            ]),
        FailureDefinition(
            "inventory.none", .conflict, "nothing is free", "没有空闲资源",
            remedy: Wording(
                "wait your turn with `yilian inventory wish`, or ask elsewhere",
                "请用 `yilian inventory wish` 排队，或向他处申请"),
            particulars: [
                Wording("nothing is free at {1}; {2} wishes wait{3}", "{1} 没有空闲的；有 {2} 项意愿在等待{3}")
            ]),
        FailureDefinition(
            "inventory.notEntitled", .forbidden, "a command comes from elsewhere than it says", "指令的来源与其所述不符",
            remedy: Wording("act at the node where you work", "请在本人工作的节点操作"),
            particulars: [
                Wording("the command does not come from {1}, as it says", "命令不是来自它所写的 {1}")
            ]),
        FailureDefinition(
            "inventory.notTheDecider", .forbidden, "this node does not decide about these units", "本节点不支配这些资源",
            remedy: Wording(
                "ask the node that `yilian inventory stock` names", "请向 `yilian inventory stock` 所列节点申请"),
            particulars: [
                Wording(
                    "ask the owner, or the node that `yilian inventory stock` names",
                    "请询问所属节点，或 `yilian inventory stock` 所列的节点"),
                Wording("{1} does not decide about that", "{1} 不支配该资源"),
                Wording("give back what one allotment named", "请归还一次分配所列的资源"),
                Wording("name another node", "请写另一个节点"),
                Wording("the owner need allot itself nothing", "所属节点不必分配给自己"),
                Wording("these units were not allotted in one", "这些资源不是一次分配的"),
                Wording("these units were not allotted to {1} in one", "这些资源不是一次分配给 {1} 的"),
            ]),
        FailureDefinition(
            "inventory.notTheHolder", .forbidden, "the hold was made at another node", "该预留由另一节点提出",
            remedy: Wording("confirm it or give it back where it was made", "请在提出预留处确认或退还"),
            particulars: [
                Wording("the hold was made at {1}", "预留是在 {1} 提出的")
            ]),
        FailureDefinition(
            "inventory.notTheOwner", .forbidden, "the inventory is another node's", "该资源池属于另一节点",
            remedy: Wording("do it at its owner's node", "请在其所属节点操作"),
            particulars: [
                Wording("do it at {1}", "请在 {1} 操作"),
                Wording("the inventory is {1}'s", "该资源池属于 {1}"),
            ]),
        FailureDefinition(
            "inventory.ownerAway", .retry, "whoever decides cannot be reached", "无法联系支配方",
            remedy: Wording(
                "try again with the same id, or leave a wish", "请用同一编号重试，或登记意愿"),
            particulars: [
                Wording(
                    "try again with --id {1}, or leave a wish with `yilian inventory wish`",
                    "请用 --id {1} 再试，或用 `yilian inventory wish` 登记意愿"),
                Wording("{1} cannot be reached{2}", "无法到达 {1}{2}"),
                Wording(
                    "try again; a wish can be left with `yilian inventory wish`", "请再试；可用 `yilian inventory wish` 登记意愿"),
                Wording("{1} cannot be reached, and nothing was heard of it here", "无法到达 {1}，此处也没有它的消息"),
            ]),
        FailureDefinition(
            "inventory.tooLate", .tooLate, "the hold has ended", "预留已到期",
            remedy: Wording("hold a unit again, and confirm it in time", "请重新预留，并及时确认"),
            particulars: [
                Wording("the hold has ended{1}", "预留已结束{1}")
            ]),
        FailureDefinition(
            "inventory.tooMany", .invalid, "more was written about a hold than anybody needs to", "关于该预留的内容过多",
            remedy: .lookAtAuthor,
            particulars: [
                Wording("the author has written more about the hold than anybody needs to", "作者就该预留所写的内容超过需要")
            ]),
        FailureDefinition(
            "inventory.unknown", .absent, "the region has no such inventory", "区域没有该资源池",
            remedy: Wording("see which there are with `yilian inventory list`", "请用 `yilian inventory list` 查看"),
            particulars: [
                Wording("the region has no inventory {1}", "本区域没有资源池 {1}")
            ]),
        FailureDefinition(
            "inventory.unknownHold", .absent, "this node knows no such hold", "本节点没有该预留",
            remedy: Wording("look at what it knows with `yilian inventory holds`", "请用 `yilian inventory holds` 查看"),
            particulars: [
                Wording("this node knows no hold {1}", "本节点没有预留 {1}"),
                Wording("this institution has no hold {1}", "本机构没有预留 {1}"),
            ]),
        FailureDefinition(
            "inventory.unknownUnits", .absent, "these units are not offered", "未提供这些资源",
            remedy: Wording("see which are with `yilian inventory stock`", "请用 `yilian inventory stock` 查看"),
            particulars: [
                Wording("unit {1} of {2} is not offered", "{2} 的 {1} 号资源未提供")
            ]),
        FailureDefinition(
            "inventory.unmatched", .retry, "the node does not know since its start what its parent has of it",
            "节点启动后尚不知上级持有其多少内容",
            remedy: Wording(
                "try again when its link is up; `yilian peer list` shows it",
                "请在链路恢复后重试；`yilian peer list` 可查看"),
            particulars: [
                Wording("{1} has not heard since its start what {2} has of it{3}", "{1} 启动以来尚未得知 {2} 持有它的什么{3}")
            ]),
        FailureDefinition(
            "inventory.unsecured", .retry, "it is written, and its parent does not have it yet", "已写入，但上级尚未收到",
            remedy: Wording(
                "send the same again: it is kept, and given to nobody else", "请原样重发：已为您保留，不会给予他人"),
            particulars: [
                Wording("it is written at {1} and not yet at its parent{2}", "它已写在 {1}，尚未到达其上级{2}")
            ]),
        FailureDefinition(
            "inventory.unsigned", .forbidden, "the command is not signed by the node where its actor sits",
            "指令未由操作者所在节点签名",
            remedy: Wording("send it from that node", "请从该节点发送"),
            particulars: [
                Wording(
                    "send it from that node; if it was, compare the region configurations of both",
                    "请从该节点发送；若已如此，请比较两个节点的区域配置"),
                Wording("the command is not signed by {1}, where its actor sits", "指令未由操作者所在的 {1} 签名"),
            ]),
        FailureDefinition(
            "inventory.wrongState", .conflict, "the hold is in a state that does not allow this", "预留当前的状态不允许此操作",
            remedy: Wording("look at it with `yilian inventory show`", "请用 `yilian inventory show` 查看"),
            particulars: [
                Wording("give a hold back with `yilian inventory release`", "请用 `yilian inventory release` 退还预留"),
                Wording("the hold is {1}, it is no wish that waits here", "该预留为 {1}，不是在此等待的意愿"),
                Wording(
                    "look at it with `yilian inventory show`; ask again under a new id",
                    "请用 `yilian inventory show` 查看；并以新编号重新申请"),
                Wording("the hold is {1}, which does not allow this", "该预留为 {1}，不允许此操作"),
            ]),
    ]
}
