package import Effects

extension FailureDefinition {
    /// What can be wrong with what services register for hospitals' systems.
    package static let edgeKit: [FailureDefinition] = [
        FailureDefinition(
            "edge.sameHandler", .broken, "two services answer the same request or message", "两个服务应答同一请求或报文",
            remedy: .reportFault,
            particulars: [
                Wording("two services answer the same", "两个服务应答同一内容")
            ]),
        FailureDefinition(
            "intake.tooLarge", .invalid, "the message is too large", "报文过大",
            remedy: .sendLess),
    ]
}
