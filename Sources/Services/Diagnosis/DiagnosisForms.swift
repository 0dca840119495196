import Effects
package import WorkflowKit

/// What is filled in about a diagnosis, each form once.
package enum DiagnosisForms {
    private static let textBytes = Limits.textFieldBytes

    /// What whoever asks writes.
    package static let request = CaseForm([
        .init("summary", .text(limitBytes: textBytes), isRequired: true, "findings so far", "病情摘要"),
        .init("question", .text(limitBytes: textBytes), isRequired: true, "what is asked", "检查目的"),
        .init("part", .text(limitBytes: textBytes), "part of the body", "检查部位"),
        .init("examined", .day, "the day of the examination", "检查日期"),
    ])

    /// What a reader writes, as a draft or as a report.
    package static let report = CaseForm(
        [
            .init("findings", .text(limitBytes: textBytes), "findings", "检查所见"),
            .init("conclusion", .text(limitBytes: textBytes), isRequired: true, "conclusion", "诊断意见"),
            .init("advice", .text(limitBytes: textBytes), "advice", "建议"),
        ])

    /// What the second reader makes of a draft: the report, and how far it differs from the draft.
    package static let audit = CaseForm(
        report.fields + [
            .init(
                "discrepancy", .code(["none", "minor", "moderate", "major"]), isRequired: true,
                "how far it differs from the draft", "与初步报告的差异")
        ])

    package static let quality = CaseForm([
        .init("grade", .code(["good", "usable", "poor"]), isRequired: true, "quality", "质量"),
        .init("words", .text(limitBytes: textBytes), "in words", "说明"),
    ])

    /// A prior report that answers what was asked.
    package static let prior = CaseForm([
        .init("prior", .text(limitBytes: textBytes), isRequired: true, "the prior report, by its entry", "既往报告的条目编号"),
        .init("words", .text(limitBytes: textBytes), "in words", "说明"),
    ])

    package static let text = CaseForm([
        .init("text", .text(limitBytes: textBytes), isRequired: true, "in words", "内容")
    ])

    /// Why somebody takes something back.
    package static let reason = CaseForm([
        .init("reason", .text(limitBytes: textBytes), isRequired: true, "why", "原因")
    ])

    package static let rejection = CaseForm([
        .init(
            "why", .code(["haemolysed", "clotted", "tooLittle", "wrongTube", "unlabelled", "tooOld", "other"]),
            isRequired: true, "why not", "拒收原因"),
        .init("words", .text(limitBytes: textBytes), "in words", "说明"),
    ])
}
