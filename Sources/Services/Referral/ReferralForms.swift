import Effects
package import WorkflowKit

/// What is filled in about a referral, each form once.
package enum ReferralForms {
    private static let textBytes = Limits.textFieldBytes

    /// What the referrer writes.
    package static let referral = CaseForm([
        .init("diagnosis", .text(limitBytes: textBytes), isRequired: true, "diagnosis", "诊断"),
        .init("summary", .text(limitBytes: textBytes), isRequired: true, "what has been found and done", "病情摘要"),
        .init("reason", .text(limitBytes: textBytes), isRequired: true, "why the patient is referred", "转诊原因"),
        .init("wanted", .text(limitBytes: textBytes), "what is wanted: a bed, an examination, a specialist", "需求"),
    ])

    /// Why somebody does not take the patient: a code by which refusals are counted, and words.
    package static let refusal = CaseForm([
        .init(
            "why", .code(["noBed", "notOurField", "notNeeded", "elsewhere", "incomplete", "other"]), isRequired: true,
            "why not", "拒收原因"),
        .init("words", .text(limitBytes: textBytes), "in words", "说明"),
    ])

    /// What is to follow a treatment.
    package static let plan = CaseForm([
        .init("diagnosis", .text(limitBytes: textBytes), isRequired: true, "diagnosis", "出院诊断"),
        .init("plan", .text(limitBytes: textBytes), isRequired: true, "what is to be done", "后续治疗方案"),
        .init("medicines", .text(limitBytes: textBytes), "medicines", "用药"),
        .init("watch", .text(limitBytes: textBytes), "what to watch", "观察要点"),
    ])

    /// A question, an answer, a note of a visit.
    package static let text = CaseForm([
        .init("text", .text(limitBytes: textBytes), isRequired: true, "in words", "内容")
    ])
}
