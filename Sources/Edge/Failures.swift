package import Effects

extension FailureDefinition {
    /// What can be wrong with interfaces for hospital systems.
    package static let edge: [FailureDefinition] = [
        FailureDefinition(
            "edge.cannotListen", .broken, "a listener for hospital systems cannot listen", "面向医院系统的监听无法打开",
            remedy: .checkPort,
            particulars: [
                Wording("listening for HL7 v2 is not possible", "无法监听 HL7 v2"),
                Wording("listening for HTTPS is not possible", "无法监听 HTTPS"),
                Wording("listening for DICOM is not possible", "无法监听 DICOM"),
            ]),
        FailureDefinition(
            "edge.certificate", .invalid, "a listener's certificate files cannot be used for TLS", "监听的证书文件不能用于 TLS",
            remedy: Wording(
                "check that the files are PEM and that the key belongs to the certificate",
                "请核对文件是 PEM 格式，且密钥与证书相配"),
            particulars: [
                Wording("a listener's files cannot be used", "监听的文件不能用"),
                Wording(
                    "the certificate, its key or the clients' authority cannot be used for TLS",
                    "证书、其密钥或客户端的签发机构不能用于 TLS"),
                Wording(
                    "write 'certificate' and 'key' under 'https', or issue the node's own with `yilian cert issue`",
                    "请在 https 下写 certificate 和 key，或用 `yilian cert issue` 签发节点自己的"),
                Wording("there is no certificate for HTTPS", "HTTPS 没有证书"),
            ]),
        FailureDefinition(
            "edge.internal", .broken, "a connection could not be served", "连接无法服务",
            remedy: .seeLog),
        FailureDefinition(
            "edge.notAllowed", .forbidden, "the address is none from which the listener's systems come",
            "该地址不在监听允许的范围内",
            remedy: Wording("add it under the listener's 'allow' in the node's yaml", "请加入节点 yaml 中该监听的 allow")),
        FailureDefinition(
            "edge.openToken", .invalid, "others than the node's user may read the token", "令牌文件可被其他用户读取",
            remedy: Wording("run `chmod 600` on the file", "请对该文件执行 `chmod 600`"),
            particulars: [
                Wording("chmod 600 {1}", "请执行 chmod 600 {1}")
            ]),
        FailureDefinition(
            "edge.otherNode", .invalid, "the institution belongs to another node", "该机构属于另一个节点",
            remedy: Wording(
                "let its systems speak to that node, or publish a configuration that moves it",
                "请让其系统连接那个节点，或发布划转它的配置"),
            particulars: [
                Wording("'{1}' belongs to node '{2}'", "'{1}' 属于节点 '{2}'")
            ]),
        FailureDefinition(
            "edge.sameToken", .invalid, "two hospital systems have the same token", "两个医院系统使用同一令牌",
            remedy: Wording(
                "give each system its own: `openssl rand -hex 32`",
                "请给每个系统各自的令牌：`openssl rand -hex 32`"),
            particulars: [
                Wording("systems '{1}' and '{2}' have the same token", "系统 '{1}' 和 '{2}' 的令牌相同"),
                Wording("give each system its own", "请给每个系统各自的令牌"),
            ]),
        FailureDefinition(
            "edge.unknownInstitution", .invalid, "the region has no such institution", "区域内没有该机构",
            remedy: Wording("name a unit of region.yaml that belongs to this node", "请写 region.yaml 中属于本节点的机构"),
            particulars: [
                Wording("the region has no institution '{1}'", "本区域没有机构 '{1}'")
            ]),
        FailureDefinition(
            "edge.unknownPurpose", .invalid, "there is no such purpose", "没有该用途",
            remedy: Wording("write one of those that are listed", "请写所列用途之一"),
            particulars: [
                Wording("'{1}' is not a purpose", "'{1}' 不是目的"),
                Wording("write one of {1}", "请写其中之一：{1}"),
            ]),
        FailureDefinition(
            "edge.weakToken", .invalid, "a hospital system's token is too short", "医院系统的令牌过短",
            remedy: Wording(
                "put a long random text into the file: `openssl rand -hex 32`",
                "请在文件中写入较长的随机文本：`openssl rand -hex 32`"),
            particulars: [
                Wording(
                    "put a long random text into the file, for example of `openssl rand -hex 32`",
                    "请在文件中写入一段长的随机文本，例如 `openssl rand -hex 32` 的输出"),
                Wording("the token is shorter than {1} characters", "令牌不足 {1} 个字符"),
            ]),
        FailureDefinition(
            "hook.forbidden", .forbidden, "the system may not do this", "该系统无权进行此操作",
            remedy: Wording("see the system's roles in the node's yaml", "请查看节点 yaml 中该系统的权限")),
        FailureDefinition(
            "hook.login", .forbidden, "a valid access token is needed", "需要有效的访问令牌",
            remedy: Wording("send the token as a bearer token", "请以 Bearer 方式发送令牌")),
        FailureDefinition(
            "hook.mediaType", .invalid, "the media type or encoding is not taken", "请求内容的类型或编码不受支持",
            remedy: Wording("send uncompressed JSON", "请发送未压缩的 JSON")),
        FailureDefinition(
            "hook.method", .invalid, "the address does not take this method", "该地址不支持此方法",
            remedy: Wording("see the page about orders in the documentation", "请参阅文档中关于开单的页面"),
            particulars: [
                Wording("send the request with one of them", "请以其中之一发送请求"),
                Wording("this address takes {1} only", "该地址只接受 {1}"),
            ]),
        FailureDefinition(
            "hook.notAcceptable", .invalid, "answers are JSON only", "仅提供 JSON 格式的应答",
            remedy: Wording("accept application/json", "请接受 application/json")),
        FailureDefinition(
            "hook.tooLarge", .invalid, "the request is too large", "请求内容过大",
            remedy: .sendLess),
        FailureDefinition(
            "hook.tooMany", .retry, "there are too many requests", "请求过多",
            remedy: .tryAgain),
        FailureDefinition(
            "hook.unknown", .absent, "there is nothing at this address", "没有该钩子服务",
            remedy: Wording("GET /cds-services tells what there is", "请用 GET /cds-services 查看")),
        FailureDefinition(
            "intake.internal", .broken, "the node cannot work on this message", "节点无法处理该报文，重发无用",
            remedy: Wording("tell the node's operator, whose log tells why", "请告知节点操作员，日志中有原因")),
        FailureDefinition(
            "listener.busy", .retry, "the listener has no room for the request now", "监听暂无余力接收请求",
            remedy: .tryAgain),
        FailureDefinition(
            "mllp.connectionLost", .retry, "the connection ended within a message", "连接在报文中途断开",
            remedy: Wording("the sender connects and sends again", "发送方会重连并重发")),
        FailureDefinition(
            "mllp.notMLLP", .invalid, "the peer does not send MLLP frames", "对端发送的不是 MLLP 帧",
            remedy: Wording("check which system speaks to this port", "请检查是哪个系统连接此端口")),
        FailureDefinition(
            "node.stopping", .retry, "the node is stopping", "节点正在停止",
            remedy: .tryAgain),
    ]
}
