package import Effects
import WorkflowKit

extension ConsultationService {
    package static let failures: [FailureDefinition] = ConsultationWorkflow.failures(with: [
        ExpertDesk.definition(
            "consultation.notAnExpert",
            [Wording("the roster of {1} has no such expert for {2} at {3}", "{1} 的名册没有在 {3} 处负责 {2} 的该专家")]),
        FailureDefinition(
            "consultation.notTheRequester", .forbidden, "the request was made at another node", "该申请由另一节点提出",
            remedy: Wording("acknowledge the report where the request was made", "请在提出申请的节点确认报告"),
            particulars: [
                Wording("the request was made at {1}", "申请是在 {1} 提出的"),
                Wording("the request was made by another institution", "申请由另一家机构提出"),
            ]),
        FailureDefinition(
            "consultation.unknownKind", .invalid, "the region has agreed on no such kind of request", "区域没有约定此类申请",
            remedy: Wording("see serviceLevels in the region configuration", "请查看区域配置的 serviceLevels")),
    ])
}
