import ArgumentParser
import Console
import Effects
import RecognitionEdge
import VerbKit

/// The verb `yilian recognition terms`.
struct RecognitionTerms: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "terms", abstract: "List what can be ordered and matched, and the reasons for repeating.",
        discussion: """
            As the region's configuration has it now: panels first, then items, then reasons.

            Example: yilian recognition terms --data DIR
            """)
    static let endpoint = RecognitionEndpoints.terms

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    func show(_ terms: RecognitionTermsInfo) {
        var table = TextTable("KIND", "CODE", "NAME", "IN FULL")
        for panel in terms.panels {
            table.add("panel", panel.code, panel.name, "\(panel.englishName): \(panel.items.joined(separator: " "))")
        }
        for item in terms.items { table.add(item.examinationClass, item.code, item.name, item.englishName) }
        for reason in terms.reasons { table.add("reason", reason.code, reason.zh, reason.en) }
        if table.isEmpty {
            Terminal.say(Wording("the region has no recognition catalogue", "区域没有互认目录"))
        } else {
            Terminal.line(table.text)
        }
    }
}
