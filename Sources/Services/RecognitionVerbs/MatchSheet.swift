import Console
import RecognitionEdge
import VerbKit

/// A match as a person reads it in a terminal: Chinese first, English second.
enum MatchSheet {
    static func show(_ match: MatchInfo, trail: Bool) {
        Terminal.line("match \(match.match)  \(match.madeAt)  \(match.milliseconds) ms")
        for item in match.items {
            Terminal.line("")
            Terminal.line("\(item.name)  \(item.englishName)  [\(item.item)]")
            if item.candidates.isEmpty { Terminal.line("  – 没有既有结果。No existing result.") }
            for candidate in item.candidates { show(candidate, trail: trail) }
        }
        for code in match.unknown {
            Terminal.line("! '\(code.code)' 不在目录中。Not in the catalogue.")
        }
        Terminal.line("")
        Terminal.line(match.reach.zh + " " + match.reach.en)
        if match.isTruncated { Terminal.line("! 结果过多，仅查看了最新的部分。Only the newest results were looked at.") }
    }

    private static func show(_ candidate: CandidateInfo, trail: Bool) {
        let sign = candidate.verdict == "recognised" ? "✓" : candidate.verdict == "discretion" ? "?" : "✗"
        Terminal.line("  \(sign) \(candidate.text.zh)")
        Terminal.line("    \(candidate.text.en)")
        Terminal.line(
            "    \(candidate.service)  \(candidate.reportTime ?? "-")  version \(candidate.version)  entry \(candidate.entry)"
        )
        guard trail else { return }
        for step in candidate.trail {
            let sign = ["passed": "✓", "failed": "✗", "doubt": "?"][step.outcome] ?? "·"
            Terminal.line("      \(sign) \(step.rule): \(step.text.zh) \(step.text.en) (\(step.input))")
        }
    }
}
