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

extension Failure {
    /// A message holds something that is too large to be kept; the text says what, and how large it may be.
    package static func messageTooLarge(_ text: String) -> Failure { Failure(messageTooLargeCode, text) }

    package static let messageTooLargeCode: Failure.Code = "intake.tooLarge"
}
