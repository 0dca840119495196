package import ArgumentParser
import Effects
package import VerbKit

/// What the identities of people put on the command line: `yilian identity`.
package enum IdentityVerbList: ServiceVerbs {
    package static var nouns: [any ParsableCommand.Type] { [IdentityCommand.self] }

    package static let words = VerbWords(
        help: [
            Wording("Who is who: link and separate the identifiers of people (多码融合).", "谁是谁：关联和拆分人员的标识（多码融合）。"),
            Wording(
                """
                Nothing is merged silently: a link and a separation say who found it, on which evidence, and stay in \
                the log.
                """,
                "从不静默合并：关联和拆分都写明由谁认定、依据什么，并留在记录中。"),
            Wording("Show what this node knows of a person: identifiers, links, separations.", "显示本节点所知的一个人：标识、关联、拆分。"),
            Wording(
                """
                Identifiers in clear are shown as far as they lie at this node. Exit code 1: nothing here names this \
                person.
                """,
                "明文标识只显示本节点所有的。退出码 1：此处没有内容指向此人。"),
            Wording("From one identifier of a person to the others that lie at this node.", "由一个人的一个标识得到本节点所有的其他标识。"),
            Wording("Only identifiers of this kind, such as MR or citizenID.", "只要此种标识，如 MR 或 citizenID。"),
            Wording("Only identifiers that this authority issued.", "只要此机构发放的标识。"),
            Wording("Write that several identifiers belong to one person.", "写下几个标识属于同一个人。"),
            Wording(
                """
                A separation that stands between them is not passed over: it must be named with --overrule. Exit \
                code 3: it counts at this node alone until the unit has reported under these identifiers.
                """,
                "其间的拆分不会被略过：须用 --overrule 写明。退出码 3：在机构以这些标识上报之前，仅在本节点有效。"),
            Wording(
                "Another identifier of the same person: TYPE|ISSUER|VALUE, such as MR|city-hospital|4711; - reads it.",
                "同一个人的另一标识：TYPE|ISSUER|VALUE，如 MR|city-hospital|4711；- 表示读取。"),
            Wording(
                "document, ehealthCard, insurance, registry, operator, or a code of the region's own.",
                "document、ehealthCard、insurance、registry、operator，或区域自己的代码。"),
            Wording("Where the evidence is found; no personal data.", "依据在哪里可以找到；不写个人数据。"),
            Wording("A separation that is hereby declared wrong.", "在此宣告有误的拆分。"),
            Wording("Write that a merge was wrong: two identifiers are two persons'.", "写下合并有误：两个标识属于两个人。"),
            Wording(
                """
                Undoes the links that name both, and keeps the two persons apart whatever reports name both. Exit \
                code 3: links over other identifiers still lead from the one to the other; name the wrong one with \
                --link.
                """,
                "撤销同时写有二者的关联，此后无论何种报告同时写有二者，都保持两个人分开。退出码 3：经其他标识的关联仍使二者相连；请用 --link 写明错误的那个。"),
            Wording(
                "An identifier of the other person: TYPE|ISSUER|VALUE, such as MR|city-hospital|4711; - reads it.",
                "另一个人的标识：TYPE|ISSUER|VALUE，如 MR|city-hospital|4711；- 表示读取。"),
            Wording("A link that was wrong.", "错误的关联。"),
            Wording("Why; no personal data.", "理由；不写个人数据。"),
            Wording("List who linked and separated what, on which evidence, newest first.", "列出谁依据什么关联和拆分了什么，最新的在前。"),
            Wording(
                """
                Shows no identifier; `identity show` does, about one person. Exit code 3: there are more than \
                --limit.
                """,
                "不显示标识；`identity show` 显示某个人的。退出码 3：多于 --limit。"),
        ])
}
