package import Effects

extension FailureDefinition {
    /// What can be wrong with JSON and FHIR resources.
    package static let fhir: [FailureDefinition] = [
        FailureDefinition(
            "fhir.bundleType", .invalid, "the Bundle's type is not taken here", "此处不接受该类型的 Bundle",
            remedy: Wording(
                "send a message, transaction, batch or collection",
                "请发送 message、transaction、batch 或 collection")),
        FailureDefinition(
            "fhir.notAResource", .invalid, "the body is no FHIR resource", "内容不是 FHIR 资源",
            remedy: .correctSender),
        FailureDefinition(
            "json.notUTF8", .invalid, "the text is not UTF-8", "文本不是 UTF-8",
            remedy: Wording("send JSON as UTF-8", "请以 UTF-8 发送 JSON")),
        FailureDefinition(
            "json.syntax", .invalid, "the text is not JSON", "文本不是 JSON",
            remedy: .correctSender),
        FailureDefinition(
            "json.tooDeep", .invalid, "values are nested too deep", "嵌套过深",
            remedy: .correctSender),
        FailureDefinition(
            "json.tooLong", .invalid, "the text is too long", "文本过长",
            remedy: .sendLess),
        FailureDefinition(
            "json.tooMany", .invalid, "the text has too many values", "值过多",
            remedy: .sendLess),
    ]
}
