package import ArgumentParser
import Effects
package import VerbKit

/// What inventories put on the command line: `yilian inventory`.
package enum InventoryVerbList: ServiceVerbs {
    package static var nouns: [any ParsableCommand.Type] { [InventoryCommand.self] }

    package static let words = VerbWords(
        help: [
            Wording(
                "Offer, hold and give back beds, outpatient numbers and examination slots.",
                "提供、预留和退还床位、门诊号源和检查时段。"),
            Wording("Show the region's inventories.", "显示区域的资源池。"),
            Wording("Show what is free of an inventory, and since when that is known.", "显示资源池的空闲情况及其时间。"),
            Wording(
                """
                The owner says it; where it cannot be reached, what was last known, with its age. Exit code 3: it is not \
                the owner who says it.
                """,
                "由所属节点提供；无法联系时为最后所知及其时间。退出码 3：不是所属节点提供的。"),
            Wording("The inventory's id.", "资源池编号。"),
            Wording(
                "Show the holds and wishes that a node knows of, those that changed last first.",
                "显示节点所知的预留和意愿，最近变化的在前。"),
            Wording("Only those of one inventory.", "只要某一资源池的。"),
            Wording("Show what became of a hold or a wish.", "显示预留或意愿的经过。"),
            Wording("The hold's id.", "预留编号。"),
            Wording("Who acts, as the hospital names its staff.", "由谁操作，按医院对人员的称呼。"),
            Wording("Hold a unit until it is confirmed or the hold ends.", "预留一个资源，直到确认或到期。"),
            Wording(
                """
                Whoever loses the answer asks again with --id and gets the same one. Where nobody can be asked it says \
                what was last known, and never guesses.
                """,
                "未收到答复者用 --id 再问，得到同一结果。无法联系时说明最后所知，绝不猜测。"),
            Wording("A lot by its name; whichever ends first where it is not given.", "批次名称；不写时为最先结束的。"),
            Wording("The id of the case for which it is.", "所用于的病例流程编号。"),
            Wording("The id of an earlier try whose answer was lost.", "先前未收到答复的预留编号。"),
            Wording("A node to which the owner has allotted units; else the owner.", "所属节点已分配资源的节点；否则为所属节点。"),
            Wording("Leave a wish that waits its turn, also while the owner is away.", "登记意愿排队，所属节点无法联系时也可以。"),
            Wording(
                "Nodes take turns. A wish is granted, taken back, or lapses at its end; `inventory show` says which.",
                "各节点轮流。意愿得到满足、被撤回或到期失效；`inventory show` 说明是哪一种。"),
            Wording("A lot by its name; any where it is not given.", "批次名称；不写时为任意批次。"),
            Wording("When the wish ends; as the region says where it is not given.", "意愿的结束时间；不写时按区域规定。"),
            Wording("Confirm a hold where it was made: the patient comes.", "在提出预留处确认：患者将到。"),
            Wording(
                "Give a hold back, where it was made or at the place that has the unit.", "在提出处或资源所在处退还预留。"),
            Wording("Take a wish back that waits.", "撤回排队中的意愿。"),
            Wording("The lot: a ward, a doctor's morning, a device's hour.", "批次：病区、医师的上午、设备的一小时。"),
            Wording("The first and the last, such as 1-20.", "首尾编号，如 1-20。"),
            Wording("Who does it, as the hospital names its staff.", "由谁办理，按医院对人员的称呼。"),
            Wording("Offer units of a lot, or say anew when they are for.", "提供批次中的资源，或重新说明其时间。"),
            Wording("When they are for; for any time where it is not given.", "资源的开始时间；不写时为任何时间。"),
            Wording("From then on they are not given any more.", "此后不再给出。"),
            Wording("What people call the lot.", "批次的通称。"),
            Wording("Take units out that nobody has.", "收回无人占用的资源。"),
            Wording("Let another node decide about units, until it gives them back.", "由另一节点支配资源，直到其归还。"),
            Wording("That node goes on giving them while this one is away.", "本节点无法联系时，该节点继续给出。"),
            Wording("The node that decides about them from then on.", "此后支配这些资源的节点。"),
            Wording("Give units back to their owner that were allotted to this node.", "把分配给本节点的资源归还所属节点。"),
        ])
}
