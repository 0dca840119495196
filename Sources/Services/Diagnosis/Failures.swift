package import Effects
import WorkflowKit

extension DiagnosisService {
    package static let failures: [FailureDefinition] = DiagnosisWorkflow.failures(with: [
        ExpertDesk.definition(
            "diagnosis.notAnExpert",
            [
                Wording(
                    "the roster of {1} has no such {2} for {3} at {4}", "{1} 的名册没有在 {4} 处负责 {3} 的该专家（{2}）")
            ]),
        FailureDefinition(
            "diagnosis.notTheBench", .forbidden, "specimens of the request go to another node", "该申请的标本送往另一节点",
            remedy: Wording("say so where the specimens arrive", "请在标本送达的节点操作"),
            particulars: [Wording("specimens of this request go to {1}", "该申请的标本送往 {1}")]),
        FailureDefinition(
            "diagnosis.notTheRequester", .forbidden, "the request was made at another node", "该申请由另一节点提出",
            remedy: Wording("act where the request was made", "请在提出申请的节点操作"),
            particulars: [Wording("the request was made at {1}", "申请是在 {1} 提出的")]),
        FailureDefinition(
            "diagnosis.unknownKind", .invalid, "the region has agreed on no such kind of diagnosis", "区域没有约定此类诊断",
            remedy: Wording("see diagnosisLevels in the region configuration", "请查看区域配置的 diagnosisLevels")),
    ])
}
