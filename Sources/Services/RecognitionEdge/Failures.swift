package import Effects

extension FailureDefinition {
    /// What can be wrong with orders that a hospital sends for matching.
    package static let recognitionEdge: [FailureDefinition] = [
        FailureDefinition(
            "hook.malformed", .invalid, "the request's content cannot be read", "请求内容无法读取",
            remedy: Wording("see the page about orders in the documentation", "请参阅文档中关于开单的页面"),
            particulars: [
                Wording("the body's hook is {1}, which this service does not serve", "正文的 hook 是 {1}，本服务不提供"),
                Wording("call /cds-services/yilian-{1}", "请调用 /cds-services/yilian-{1}"),
                Wording("correct it, and send it again", "请更正后重新发送"),
                Wording("name those that the results may have come under", "请写结果可能使用的标识"),
                Wording("the body is not the JSON that this address takes{1}", "正文不是该地址所接受的 JSON{1}"),
                Wording("the request names more than {1} identifiers of the patient", "请求所列患者标识超过 {1} 个"),
            ]),
        FailureDefinition(
            "hook.noPatient", .invalid, "the request names no patient", "请求中没有患者标识",
            remedy: Wording("send at least one identifier of the patient", "请至少发送一个患者标识")),
        FailureDefinition(
            "hook.noPrefetch", .invalid, "the prefetched patient is missing", "缺少预取的患者资源",
            remedy: Wording("send the prefetch that GET /cds-services names", "请发送 GET /cds-services 所列的预取资源"),
            particulars: [
                Wording(
                    "'prefetch.patient' is another patient than 'context.patientId'",
                    "prefetch.patient 与 context.patientId 不是同一患者"),
                Wording("'prefetch.patient' is no Patient resource", "prefetch.patient 不是 Patient 资源"),
                Wording(
                    "send the prefetch that GET /cds-services names: Patient/{{context.patientId}}",
                    "请发送 GET /cds-services 所列的预取：Patient/{{context.patientId}}"),
            ]),
        FailureDefinition(
            "recognition.badOutcome", .invalid, "the outcome is neither recognised nor repeated", "决定必须为“互认”或“重复检查”",
            remedy: Wording("send \"recognised\", or \"repeated\" with a reason", "请发送 recognised，或 repeated 并写理由"),
            particulars: [
                Wording(
                    "send \"outcome\": \"recognised\", or \"repeated\" with a reason",
                    "请发送 \"outcome\": \"recognised\"，或 \"repeated\" 并写明理由")
            ]),
        FailureDefinition(
            "recognition.reasonMissing", .invalid, "an examination that is repeated needs a reason", "重复检查必须填写理由代码",
            remedy: Wording("send a code of GET /recognition/reasons", "请发送 GET /recognition/reasons 中的代码"),
            particulars: [
                Wording(
                    "send 'reason' with a code of GET /recognition/reasons", "请以 GET /recognition/reasons 中的代码发送 reason"
                )
            ]),
        FailureDefinition(
            "recognition.reasonWithoutRepeat", .invalid, "a result that is recognised has no reason for repeating",
            "互认的结果不应填写重复检查理由",
            remedy: Wording("leave the reason out, or repeat the examination", "请不填理由，或选择重复检查"),
            particulars: [
                Wording(
                    "leave 'reason' out, or send \"outcome\": \"repeated\"", "请不写 reason，或发送 \"outcome\": \"repeated\"")
            ]),
    ]
}
