package import Effects

extension FailureDefinition {
    /// What can be wrong with orders that a hospital sends for matching.
    package static let recognitionEdge: [FailureDefinition] = [
        FailureDefinition(
            "hook.malformed", .invalid, "the request's content cannot be read", "请求内容无法读取",
            remedy: Wording("see the page about orders in the documentation", "请参阅文档中关于开单的页面")),
        FailureDefinition(
            "hook.noPatient", .invalid, "the request names no patient", "请求中没有患者标识",
            remedy: Wording("send at least one identifier of the patient", "请至少发送一个患者标识")),
        FailureDefinition(
            "hook.noPrefetch", .invalid, "the prefetched patient is missing", "缺少预取的患者资源",
            remedy: Wording("send the prefetch that GET /cds-services names", "请发送 GET /cds-services 所列的预取资源")),
        FailureDefinition(
            "recognition.badOutcome", .invalid, "the outcome is neither recognised nor repeated", "决定必须为“互认”或“重复检查”",
            remedy: Wording("send \"recognised\", or \"repeated\" with a reason", "请发送 recognised，或 repeated 并写理由")),
        FailureDefinition(
            "recognition.reasonMissing", .invalid, "an examination that is repeated needs a reason", "重复检查必须填写理由代码",
            remedy: Wording("send a code of GET /recognition/reasons", "请发送 GET /recognition/reasons 中的代码")),
        FailureDefinition(
            "recognition.reasonWithoutRepeat", .invalid, "a result that is recognised has no reason for repeating",
            "互认的结果不应填写重复检查理由",
            remedy: Wording("leave the reason out, or repeat the examination", "请不填理由，或选择重复检查")),
    ]
}
