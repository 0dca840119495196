extension ConsultationWorkflow {
    /// The table as Markdown, as it stands in `docs/consultation.md`.
    package static func markdownTable() -> String {
        let head = ["| from | event | by | to | when |", "|---|---|---|---|---|"]
        let lines = transitions.map { line in
            "| \(line.from.rawValue) | \(line.event.rawValue) | \(line.role.rawValue) | \(line.to.rawValue) | \(line.occasion) |"
        }
        return (head + lines).joined(separator: "\n") + "\n"
    }

    /// The table as a Mermaid state diagram, as it stands in `docs/consultation.md`.
    package static func mermaidDiagram() -> String {
        let lines = transitions.map { line in
            "    \(line.from.rawValue) --> \(line.to.rawValue): \(line.event.rawValue) (\(line.role.rawValue))"
        }
        return (["stateDiagram-v2", "    [*] --> \(initial.rawValue)"] + lines).joined(separator: "\n") + "\n"
    }
}
