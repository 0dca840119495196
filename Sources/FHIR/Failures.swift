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
            remedy: .correctSender,
            particulars: [
                Wording("an entry's resource names no resourceType", "条目中的资源没有 resourceType"),
                Wording("an entry is no object", "有条目不是对象"),
                Wording("resourceType is missing", "缺少 resourceType"),
                Wording("send a FHIR R4 resource as JSON", "请以 JSON 发送 FHIR R4 资源"),
                Wording("this is not a JSON object", "这不是 JSON 对象"),
            ]),
        FailureDefinition(
            "json.notUTF8", .invalid, "the text is not UTF-8", "文本不是 UTF-8",
            remedy: Wording("send JSON as UTF-8", "请以 UTF-8 发送 JSON"),
            particulars: [
                Wording(
                    "send JSON as UTF-8; what was written as GB 18030 (GBK) wants to be converted",
                    "请以 UTF-8 发送 JSON；以 GB 18030（GBK）写的须先转换")
            ]),
        FailureDefinition(
            "json.syntax", .invalid, "the text is not JSON", "文本不是 JSON",
            remedy: .correctSender),
        FailureDefinition(
            "json.tooDeep", .invalid, "values are nested too deep", "嵌套过深",
            remedy: .correctSender,
            particulars: [
                Wording("values are nested more than {1} deep", "值的嵌套超过 {1} 层")
            ]),
        FailureDefinition(
            "json.tooLong", .invalid, "the text is too long", "文本过长",
            remedy: .sendLess,
            particulars: [
                Wording("the text has {1} bytes; the limit is {2}", "文本有 {1} 字节，上限为 {2}")
            ]),
        FailureDefinition(
            "json.tooMany", .invalid, "the text has too many values", "值过多",
            remedy: .sendLess,
            particulars: [
                Wording("the text has more than {1} values", "文本的值超过 {1} 个")
            ]),
    ]
}
