package import Effects

extension ReferralService {
    package static let failures: [FailureDefinition] = ReferralWorkflow.failures(with: [
        FailureDefinition(
            "referral.homeEvent", .invalid, "nobody does this, it comes by itself when a time has run out",
            "此事由时限到期自动发生，无人可操作",
            remedy: Wording("look at the referral with `yilian referral show`", "请用 `yilian referral show` 查看")),
        FailureDefinition(
            "referral.notItsHome", .retry, "another node decides about the referral now", "该转诊现由另一节点决定",
            remedy: Wording("wait until that has arrived here, then try again", "请等此变化到达本节点后再试")),
        FailureDefinition(
            "referral.notTheKeeper", .forbidden, "another node decides about the referral", "该转诊由另一节点决定",
            remedy: Wording("act at the node that has the patient", "请在患者所在节点操作"),
            particulars: [
                Wording("{1} decides about the referral now, not {2}", "该转诊现由 {1} 决定，而非 {2}"),
                Wording(
                    "act at the node that has the patient; until one has, at the one that wrote the referral",
                    "请在患者所在节点操作；尚无节点接收时，请在写出转诊的节点操作"),
                Wording("the referral is not for {1}", "该转诊不是给 {1} 的"),
            ]),
        FailureDefinition(
            "referral.otherHold", .conflict, "what is named is not held for this referral with whoever is asked",
            "所写的预留不是为该转诊、在被询问方预留的",
            remedy: Wording(
                "hold a unit with `yilian inventory hold`, the referral's id as --reference, and name that",
                "请用 `yilian inventory hold` 预留，以转诊编号为 --reference，再写该预留"),
            particulars: [
                Wording(
                    "{1} is not held at {2} for this referral with whoever is asked", "{1} 不是 {2} 为该转诊在被询问方预留的")
            ]),
        FailureDefinition(
            "referral.unknownKind", .invalid, "the region has agreed on no such kind of referral", "区域没有约定此类转诊",
            remedy: Wording("see referralLevels in the region configuration", "请查看区域配置的 referralLevels")),
        FailureDefinition(
            "referral.unknownNode", .invalid, "the region has no such node that takes patients", "区域没有可接收患者的该节点",
            remedy: Wording("see the nodes with `yilian region show`", "请用 `yilian region show` 查看节点")),
    ])
}
