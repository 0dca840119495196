import Effects
package import WorkflowKit

/// What is filled in about an adverse event, each form once.
package enum AdverseForms {
    private static let textBytes = Limits.textFieldBytes
    private static let harm = CaseForm.Field(
        "harm", .code(["none", "mild", "moderate", "severe", "death"]), isRequired: true, "harm to the patient", "伤害程度")

    /// What whoever reports it writes; names of persons have no place in it.
    package static let report = CaseForm([
        .init("what", .text(limitBytes: textBytes), isRequired: true, "what happened", "事件经过"),
        harm,
        .init("day", .day, "the day on which it happened", "发生日期"),
        .init("place", .text(limitBytes: textBytes), "where: a ward, a room", "发生场所"),
        .init("done", .text(limitBytes: textBytes), "what was done at once", "即时处置"),
    ])

    package static let acceptance = CaseForm([
        harm,
        .init("words", .text(limitBytes: textBytes), "in words", "说明"),
    ])

    package static let dismissal = CaseForm([
        .init("why", .code(["noEvent", "duplicate", "reportedAnew", "other"]), isRequired: true, "why not", "不受理原因"),
        .init("words", .text(limitBytes: textBytes), "in words", "说明"),
    ])

    package static let analysis = CaseForm([
        .init(
            "factor", .code(["people", "procedure", "equipment", "environment", "management", "patient", "other"]),
            isRequired: true, "what mattered most", "主要因素"),
        .init("causes", .text(limitBytes: textBytes), isRequired: true, "why it happened", "原因分析"),
    ])

    package static let measures = CaseForm([
        .init("measures", .text(limitBytes: textBytes), isRequired: true, "what is done about it", "改进措施")
    ])

    package static let effect = CaseForm([
        .init("effect", .text(limitBytes: textBytes), isRequired: true, "what came of it", "改进效果")
    ])

    /// To whom the law's report went.
    package static let notice = CaseForm([
        .init("authority", .text(limitBytes: textBytes), isRequired: true, "who was told", "上报部门"),
        .init("number", .text(limitBytes: textBytes), "the number of the report", "上报编号"),
    ])
}
