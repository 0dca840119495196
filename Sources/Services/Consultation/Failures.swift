package import Effects

extension ConsultationService {
    package static let failures: [FailureDefinition] = ConsultationWorkflow.failures(with: [
        FailureDefinition(
            "author.notExpert", .forbidden, "no roster had the expert who acted", "名册中没有该操作的专家",
            remedy: Wording("publish a region configuration whose rosters have the expert", "请发布名册含该专家的区域配置"),
            particulars: [
                Wording("no roster of {1} had the expert at {2} who acted", "{1} 的名册中没有在 {2} 操作的该专家")
            ]),
        FailureDefinition(
            "consultation.notAnExpert", .forbidden, "no roster has such an expert at this node", "名册中没有该节点的该专家",
            remedy: Wording(
                "act as an expert of the roster, at the node where the expert works",
                "请以名册中的专家身份，在其工作的节点操作"),
            particulars: [
                Wording("act as an expert of the rosters, at the node where the expert works", "请以名册中的专家身份，在专家所在的节点操作"),
                Wording(
                    "act as an expert of the unit's own, or correct 'unit' in the rosters of region.yaml",
                    "请以该机构自己的专家身份操作，或更正 region.yaml 名册中的 unit"),
                Wording(
                    "add the expert's id to 'experts' in the node's file and start the node again",
                    "请把专家的编号加入节点文件的 experts，并重新启动节点"),
                Wording("no roster of the region has such an expert at {1}", "本区域没有名册在 {1} 有该专家"),
                Wording("the expert works at unit '{1}'", "该专家在机构 '{1}' 工作"),
                Wording("the file of {1} does not name this expert", "{1} 的文件没有写明该专家"),
                Wording("the roster of {1} has no such expert for {2} at {3}", "{1} 的名册没有在 {3} 处负责 {2} 的该专家"),
            ]),
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
        FailureDefinition(
            "region.noExpert", .invalid, "no roster has an expert of the specialty", "名册中没有该专业的专家",
            remedy: .correctRegion),
    ])
}
