package import Effects

/// What a refusal says in Chinese; the failure itself says it in English.
package enum RefusalText {
    private static let sentences: [Failure.Code: String] = [
        "recognition.noItems": "申请未包含任何项目，请至少填写一个项目或组合代码。",
        "recognition.tooManyItems": "一次申请的项目过多，请分次查询。",
        "recognition.badOrderNumber": "申请单号长度不符合要求。",
        "recognition.noCatalogue": "本区域尚未发布互认目录。",
        "recognition.otherUnit": "该机构不属于本节点。",
        "recognition.unknownReason": "区域理由表中没有该理由代码。",
        "recognition.reasonMissing": "重复检查必须填写理由代码。",
        "recognition.reasonWithoutRepeat": "互认的结果不应填写重复检查理由。",
        "recognition.badOutcome": "决定必须为“互认”或“重复检查”。",
        "recognition.textMissing": "该理由需要填写文字说明。",
        "recognition.textTooLong": "文字说明超过200字，请缩短。",
        "recognition.textWithoutReason": "互认的结果不需要文字说明。",
        "recognition.notOffered": "该结果未在本次匹配中列出，请先匹配申请。",
        "recognition.notRecognisable": "按规则该结果不可互认，请查看判定依据。",
        "recognition.decisionFinal": "该决定已更改过一次，不能再次更改。",
        "recognition.noAlert": "没有关于该版本的未确认提醒。",
        "recognition.notFound": "未找到该报告。",
        "access.incomplete": "访问声明不完整，请填写医师、用途和患者。",
        "access.tooMany": "短时间内查询的患者过多，请过几分钟再试；已查询过的患者不受影响。",
        "access.notRegistered": "该医师未在本机构登记，或未登记此用途。",
        "access.noGround": "该用途须有医嘱号或就诊号，或患者同意（按区域规定），请填写。",
        "access.otherPatient": "访问声明与该报告不是同一患者。",
        "access.expired": "访问声明已过期，请重新查询。",
        "access.used": "访问声明已使用过，请重新查询。",
        "patientKey.noSecret": "本节点没有患者索引密钥，请联系管理员。",
        "patient.emptyIdentifier": "患者标识是占位符，不能指向任何人，请填写真实号码及发放机构。",
        "recognition.otherResult": "该版本不属于所述报告，或不含该项目。",
        "patientKey.noEpoch": "区域配置中没有生效的患者索引密钥。",
        "hook.malformed": "请求内容无法读取。",
        "hook.unknown": "没有该钩子服务。",
        "hook.noPatient": "请求中没有患者标识。",
        "hook.noPrefetch": "缺少预取的患者资源。",
        "hook.mediaType": "请求内容的类型或编码不受支持，请发送未压缩的JSON。",
        "hook.notAcceptable": "仅提供JSON格式的应答。",
        "hook.login": "需要有效的访问令牌。",
        "hook.forbidden": "该系统无权进行此操作。",
        "hook.tooLarge": "请求内容过大。",
        "hook.tooMany": "请求过多，请稍后再试。",
        "hook.method": "该地址不支持此方法。",
        "ledger.overloaded": "节点繁忙，请稍后再试。",
        "ledger.keyEnded": "本节点的账本密钥已失效，暂不能写入，请联系管理员。",
    ]

    /// One sentence for a person; a general one where the code has none of its own.
    package static func chinese(_ code: Failure.Code) -> String {
        if let sentence = sentences[code] { return sentence }
        switch FailureClass(of: code) {
        case .invalid: return "请求不符合规定，请按提示修改。"
        case .forbidden: return "该请求不被允许。"
        case .absent: return "未找到所请求的内容。"
        case .conflict, .tooLate: return "请求与已有记录冲突。"
        case .retry where code.rawValue.hasPrefix("call."): return "对方节点暂时无法到达，请稍后再试。"
        case .retry: return "节点暂时无法处理，请稍后再试。"
        case .broken: return "节点无法完成该请求，详情见节点日志。"
        }
    }
}
