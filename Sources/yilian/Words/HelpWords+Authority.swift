import Effects

extension HelpWords {
    /// Of `yilian cert`.
    static let cert: [Wording] = [
        Wording(
            "Make a region's authority; issue, renew, revoke and list certificates; keep its secrets.",
            "生成区域的签发机构；签发、续期、吊销、列出证书；保管其秘密。"),
        Wording(
            """
            Works in the authority's folder, without a node. `yilian cert init` says what each file is, `yilian \
            cert list` which certificates and keys there are.
            """,
            "在签发机构的文件夹中工作，不需要节点。`yilian cert init` 说明每个文件，`yilian cert list` 列出有哪些证书和密钥。"),
        Wording("Make the authority and the region's keys, once per region.", "生成签发机构和区域的密钥，每个区域一次。"),
        Wording(
            """
            Makes the authority, the key that signs the region's configuration, and the secret of the first \
            epoch of patient keys, and names every file that is to be kept.
            """,
            "生成签发机构、签名区域配置的密钥、患者密钥第一个纪元的秘密，并列出必须保存的每个文件。"),
        Wording("The folder of the region's authority.", "区域签发机构的文件夹。"),
        Wording("The region's id; it stands in every certificate and never changes.", "区域的编号；它写在每张证书中，永不改变。"),
        Wording("ed25519 (Ed25519, SHA-256) or sm2 (SM2, SM3).", "ed25519（Ed25519、SHA-256）或 sm2（SM2、SM3）。"),
        Wording("Issue a node's certificate and make its keys.", "签发节点的证书并生成其密钥。"),
        Wording(
            "Writes DIR/NODE, which is moved to the node as it is. Publish the region's configuration afterwards.",
            "写出 DIR/NODE，原样移到节点。随后发布区域配置。"),
        Wording("A DNS name of the node; may be repeated.", "节点的 DNS 名称；可重复。"),
        Wording("An IP address of the node; may be repeated.", "节点的 IP 地址；可重复。"),
        Wording("For how many days it is valid.", "有效多少天。"),
        Wording("The node's id in region.yaml.", "节点在 region.yaml 中的编号。"),
        Wording(
            "Issue a further certificate to a node; the old one stays valid to its end.",
            "给节点再签发一张证书；旧的到期之前仍有效。"),
        Wording(
            """
            Copy tls.key and tls.crt to the node together, then send it SIGHUP. The names of the certificate \
            before are kept; --dns and --ip add to them, --drop takes one away. Nothing is to be published, \
            except for a new ledger key: then publish first, and copy ledger.key with the ledger-ID.key beside \
            it.
            """,
            """
            把 tls.key 和 tls.crt 一起复制到节点，再发送 SIGHUP。保留先前证书的名称；--dns 和 --ip 增加，--drop 去掉一个。无需发布，除非有新的账本密钥：\
            那时先发布，再复制 ledger.key 和旁边的 ledger-ID.key。
            """),
        Wording("A name or address that the new one does not carry; may be repeated.", "新证书不再带有的名称或地址；可重复。"),
        Wording("Make a new ledger key too.", "另生成新的账本密钥。"),
        Wording("How many days the old ledger key's seals are still accepted.", "旧账本密钥的封存还接受多少天。"),
        Wording("Let the seals of an ended ledger key count up to a later moment.", "让已终止的账本密钥的封存有效到更晚的时刻。"),
        Wording(
            """
            For a node that sealed with a key that had ended, so that its batches are refused above; `node \
            status` of that node says which key and moment. Publish the region afterwards: those above take what \
            they refused, and nothing is lost. Not for a stolen key, beyond the moment of the theft.
            """,
            """
            用于节点以已终止的密钥封存、其批被上级拒绝的情形；该节点的 `node status` 写明是哪个密钥、到什么时刻。随后发布区域配置：上级会接收先前拒绝的内容，什么都不丢失。对被盗的密钥，\
            不要延长到失窃时刻之后。
            """),
        Wording("The key's id; the last one that has an end where none is given.", "密钥的编号；不写时为最近一个有终止时间的。"),
        Wording("The first moment at which its seals do not count any more.", "从此刻起其封存不再有效。"),
        Wording("Put a certificate, or all of a node's, on the list of revocations.", "把一张证书或一个节点的全部证书列入吊销。"),
        Wording("Takes effect when the region's configuration is published with it.", "在携带它的区域配置发布后生效。"),
        Wording("A serial number, or a node's id.", "序列号，或节点编号。"),
        Wording("Why; for people.", "理由；给人看。"),
        Wording(
            "Show everything with an end: certificates, ledger keys, the authority itself.",
            "显示一切有期限的内容：证书、账本密钥、签发机构本身。"),
        Wording(
            """
            Exit code 3 where something is to be replaced now: a node's newest certificate or ledger key that \
            ends within 30 days, or the authority's certificate that would not outlive a renewal.
            """,
            "退出码 3：有该更换的内容，即节点最新的证书或账本密钥在 30 天内到期，或签发机构的证书不会比续期的证书活得更久。"),
        Wording("Take a certificate on record that an own PKI issued to a node.", "登记自有 PKI 签发给节点的证书。"),
        Wording("The certificate, PEM.", "证书，PEM 格式。"),
        Wording(
            "The epochs of patient keys: list, begin a new one, take a lost secret back.",
            "患者密钥的纪元：列出、开始新的、取回丢失的秘密。"),
        Wording(
            """
            Patient keys are made with the secret of the epoch in force; results of earlier epochs are found by \
            theirs.
            """,
            "患者密钥由当前纪元的秘密生成；先前纪元的结果用其纪元的密钥查找。"),
        Wording(
            "Show every epoch of patient keys: from when it holds, and where its secret is.",
            "显示患者密钥的每个纪元：从何时有效，秘密在哪里。"),
        Wording(
            "Exit code 3: the secret of an epoch is missing, or is not the one that was published.",
            "退出码 3：某个纪元的秘密缺失，或不是已发布的那个。"),
        Wording("Make the secret of the next epoch of patient keys.", "生成患者密钥下一个纪元的秘密。"),
        Wording(
            """
            The epoch begins after some days, so that the published configuration has reached every node by \
            then. The old secret stays: results are found by the keys of every epoch, a day before a new one \
            begins by its keys too. Publish the region afterwards.
            """,
            "纪元在若干天后开始，使发布的配置届时已到达每个节点。旧的秘密保留：查询用每个纪元的密钥进行，新纪元开始前一天也用它的密钥。随后发布区域配置。"),
        Wording("When it begins; in seven days where nothing is given.", "何时开始；不写时为七天之后。"),
        Wording("Take lost secrets of patient key epochs back from a node that holds them.", "从持有者处取回丢失的患者密钥纪元的秘密。"),
        Wording(
            """
            With --data: from the data folder of a node on this machine, whether it runs or not, or from a copy \
            of that folder. With --url: from a running node; the request is signed by region.key, and the answer \
            is encrypted to a key that is made for it. Every epoch is taken back of which the folder has no \
            file.
            """,
            """
            用 --data：从本机节点的数据目录（无论是否运行）或其副本取回。用 --url：从运行中的节点取回；请求由 region.key 签名，答复用专门生成的密钥加密。\
            文件夹中没有文件的每个纪元都会取回。
            """),
    ]
}
