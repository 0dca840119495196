package import ArgumentParser
package import Demo
import Effects
package import VerbKit

/// What indicators put on the command line: `yilian indicator`.
package enum IndicatorsVerbList: ServiceVerbs {
    package static var nouns: [any ParsableCommand.Type] { [IndicatorCommand.self] }
    package static var scene: (any DemoScene.Type)? { IndicatorsScene.self }

    package static let words = VerbWords(
        help: [
            Wording("Show and close a period's figures.", "显示和结束一个周期的统计。"),
            Wording(
                "Periods: 2026-11-21 (day), 2026-11 (month), 2026Q4 (quarter), 2026 (year).",
                "周期：2026-11-21（日）、2026-11（月）、2026Q4（季）、2026（年）。"),
            Wording("Show the figures of a unit and of those below it.", "显示一个机构及其下级的数字。"),
            Wording(
                """
                Numerator and denominator, who is in it, who is missing. Live figures stand where nothing is \
                published. With --unit a unit directly below is asked itself, and says what it would publish now.
                """,
                "分子和分母，包含谁，缺少谁。尚未发布时为实时数字。用 --unit 时询问直接下级机构本身，由其说明现在会发布的数字。"),
            Wording("The period; today where it is not given.", "周期；不写时为今天。"),
            Wording("Close a period of this unit, or amend it where something came late.", "结束本机构的周期，或在迟到内容之后修订。"),
            Wording(
                """
                A node does this by itself. With --force now, before the period's end and without those who are \
                missing. With --unit a unit directly below is reminded, and closes what is due. Exit code 3: it is not \
                time yet.
                """,
                "节点会自动进行。用 --force 时立即进行，不等周期结束，也不等缺少的机构。用 --unit 时催报直接下级机构，由其结束已到期的周期。退出码 3：时间未到。"),
            Wording("Close now.", "立即结束。"),
            Wording("The node of a unit directly below that is reminded.", "被催报的直接下级机构的节点。"),
            Wording("The node of a unit directly below that is asked.", "被询问的直接下级机构的节点。"),
        ])
}
