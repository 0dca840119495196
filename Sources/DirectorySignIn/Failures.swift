package import Effects

extension FailureDefinition {
    /// What can be wrong between a node and a hospital's directory, and with what the directory says of somebody.
    package static let directorySignIn: [FailureDefinition] = [
        FailureDefinition(
            "directory.algorithm", .forbidden, "the token is signed in a way that is not taken", "令牌的签名算法不被接受",
            remedy: Wording("let the directory sign with RS256 or ES256", "请让目录用 RS256 或 ES256 签名")),
        FailureDefinition(
            "directory.assurance", .forbidden, "the directory has not proved the person as this node asks",
            "目录未按本节点的要求验证身份",
            remedy: Wording(
                "sign in at the directory with the second factor that this node asks for", "请在目录中用本节点要求的第二因素登录")),
        FailureDefinition(
            "directory.audience", .forbidden, "the token was made for somebody else", "令牌不是发给本控制台的",
            remedy: Wording(
                "begin again; if it repeats, compare 'client' with what the directory calls this console",
                "请重新登录；若反复出现，请核对 'client' 与目录中的客户端名")),
        FailureDefinition(
            "directory.authority", .broken, "the authority's certificate of the directory cannot be read",
            "目录的 CA 证书无法读取",
            remedy: Wording(
                "bring the PEM file of the CA that signed the directory's certificate", "请放入签发目录证书的 CA 的 PEM 文件")),
        FailureDefinition(
            "directory.authorizedParty", .forbidden, "the token was given to another client", "令牌发给了另一客户端",
            remedy: Wording(
                "begin again; if it repeats, compare 'client' with what the directory calls this console",
                "请重新登录；若反复出现，请核对 'client' 与目录中的客户端名")),
        FailureDefinition(
            "directory.badAnswer", .broken, "the directory's answer is not what such a directory says",
            "目录的应答不符合 OpenID Connect",
            remedy: Wording(
                "see what lies under its issuer at /.well-known/openid-configuration",
                "请查看其 issuer 下的 /.well-known/openid-configuration"),
            particulars: [
                Wording("the directory's document has no '{1}' over HTTPS", "目录的发现文档没有 HTTPS 的 '{1}'"),
                Wording("the directory gives no codes", "目录不发授权码"),
                Wording("the directory's keys cannot be read", "目录的公钥无法读取"),
                Wording("the directory's answer is longer than {1} bytes", "目录的应答超过 {1} 字节"),
                Wording("the directory's answer has no token of who the person is", "目录的应答没有身份令牌"),
            ]),
        FailureDefinition(
            "directory.badPerson", .forbidden, "the token does not say who the person is", "令牌没有写明是谁",
            remedy: Wording(
                "let the directory put 'sub' and the claim of 'nameClaim' into its tokens",
                "请让目录在令牌中写 'sub' 和 'nameClaim' 所指的声明")),
        FailureDefinition(
            "directory.badToken", .forbidden, "the directory's token cannot be read", "目录的令牌无法读取",
            remedy: again),
        FailureDefinition(
            "directory.busy", .retry, "many people come from the directory at this moment", "此刻经目录登录的人较多",
            remedy: .tryAgain),
        FailureDefinition(
            "directory.client", .broken, "the directory does not take this console's client and secret",
            "目录不接受本控制台的客户端和密钥",
            remedy: Wording(
                "compare 'client' and 'secretFile' with what the directory has", "请核对 'client' 和 'secretFile' 与目录中的设置")),
        FailureDefinition(
            "directory.departure", .forbidden,
            "this sign-in was not begun in this browser, or lies too long back", "这次登录不是从本浏览器开始的，或已过时",
            remedy: anew),
        FailureDefinition(
            "directory.expired", .forbidden, "the token has run out", "令牌已过期", remedy: clocks),
        FailureDefinition(
            "directory.issuedAt", .forbidden, "the token was not made just now", "令牌不是刚刚签发的", remedy: clocks),
        FailureDefinition(
            "directory.issuer", .forbidden, "the token comes from another issuer", "令牌来自另一签发者",
            remedy: Wording(
                "write 'issuer' to the letter as the directory's document has it", "请逐字按目录的发现文档写 'issuer'"),
            particulars: [
                Wording("the directory calls itself otherwise than this node's file", "目录自称的 issuer 与节点文件不同"),
                Wording("another than the directory has sent the browser back", "把浏览器送回来的不是该目录"),
                anew,
            ]),
        FailureDefinition(
            "directory.noPractitioner", .invalid, "nothing says who in a unit's register a doctor or an expert is",
            "没有写明医师和专家对应登记中的谁",
            remedy: Wording(
                "write 'practitionerClaim', and 'unit' or 'unitClaim', under 'directory'",
                "请写 'practitionerClaim'，以及 'unit' 或 'unitClaim'")),
        FailureDefinition(
            "directory.nonce", .forbidden, "the token belongs to another sign-in", "令牌属于另一次登录", remedy: anew),
        FailureDefinition(
            "directory.refused", .forbidden, "the directory has let nobody in", "目录没有放行", remedy: again),
        FailureDefinition(
            "directory.secret", .invalid, "the secret of the directory's client is empty or too long",
            "目录客户端的密钥为空或过长",
            remedy: Wording(
                "write the secret that the directory shows for this client, and nothing else",
                "请只写目录为该客户端显示的密钥")),
        FailureDefinition(
            "directory.signature", .forbidden, "the token's signature does not hold", "令牌的签名不成立", remedy: again),
        FailureDefinition(
            "directory.unknownKey", .forbidden, "the token is signed with a key that the directory does not publish",
            "令牌所用的密钥目录没有公布",
            remedy: Wording(
                "begin again in a minute; if it repeats, ask whoever keeps the directory",
                "请一分钟后重新登录；若反复出现，请找目录管理员")),
        FailureDefinition(
            "directory.unreachable", .retry, "the directory does not answer", "目录没有应答",
            remedy: Wording(
                "sign in with an account of this node, or try again in a while", "请用本节点的账号登录，或稍后再试")),
    ]

    private static let again = Wording(
        "begin again; if it repeats, ask whoever keeps the directory", "请重新登录；若反复出现，请找目录管理员")
    private static let anew = Wording("begin again at the sign-in page", "请从登录页重新开始")
    private static let clocks = Wording(
        "begin again; if it repeats, compare the clocks of node and directory", "请重新登录；若反复出现，请核对节点与目录的时钟")
}
