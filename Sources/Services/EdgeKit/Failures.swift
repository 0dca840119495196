package import Effects

extension FailureDefinition {
    /// What can be wrong with what services register for hospitals' systems.
    package static let edgeKit: [FailureDefinition] = [
        FailureDefinition(
            "edge.sameHandler", .broken, "two services answer the same request or message", "两个服务应答同一请求或报文",
            remedy: .reportFault),
        FailureDefinition(
            "intake.tooLarge", .invalid, "the message is too large", "报文过大",
            remedy: .sendLess),
    ]
}
