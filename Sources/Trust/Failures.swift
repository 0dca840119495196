package import Effects

extension FailureDefinition {
    /// What can be wrong with certificates, keys, boxes and proofs.
    package static let trust: [FailureDefinition] = [
        FailureDefinition(
            "box.tooLarge", .broken, "a secret is larger than a box holds", "秘密超过可加密的大小",
            remedy: .reportFault,
            particulars: [
                Wording("a box holds at most {1} bytes", "密封盒最多容纳 {1} 字节")
            ]),
        FailureDefinition(
            "box.unopenable", .broken, "the secret does not open with this node's box key", "本节点的信箱密钥打不开该秘密",
            remedy: Wording("check that it was encrypted to this node's present box key", "请核对它是否加密给本节点现用的信箱密钥"),
            particulars: [
                Wording("check that it was sealed to this node's present box key", "请核对它是否以本节点当前的盒密钥密封"),
                Wording("the box does not open with this key and context", "用此密钥和上下文无法打开密封盒"),
                Wording("the box is not one that SM2 made", "该密封盒不是 SM2 生成的"),
            ]),
        FailureDefinition(
            "box.unsealable", .broken, "the secret cannot be encrypted to this key", "无法用该密钥加密秘密",
            remedy: Wording(
                "issue the node's keys again with `yilian cert issue`",
                "请用 `yilian cert issue` 重新签发节点密钥")),
        FailureDefinition(
            "cert.ambiguousIdentity", .invalid, "the certificate has more than one URI", "证书含多个 URI",
            remedy: Wording("issue one certificate per node", "请为每个节点签发一张证书"),
            particulars: [
                Wording("the certificate has {1} URIs where one is wanted", "证书有 {1} 个 URI，而应为一个")
            ]),
        FailureDefinition(
            "cert.foreignIdentity", .invalid, "the certificate's URI is none of a region or node",
            "证书的 URI 不是区域或节点的形式",
            remedy: .issueByProfile,
            particulars: [
                Wording(
                    "the authority's URI is not of the form yilian://<region>", "签发机构的 URI 不是 yilian://<region> 的形式"),
                Wording(
                    "the certificate's URI is not of the form yilian://<region>/<node>",
                    "证书的 URI 不是 yilian://<region>/<node> 的形式"),
                Wording(
                    "issue it with `yilian cert issue` or Certs/profiles/node.cnf",
                    "请用 `yilian cert issue` 或 Certs/profiles/node.cnf 签发"),
                Wording(
                    "make it with `yilian cert init` or Certs/profiles/ca.cnf",
                    "请用 `yilian cert init` 或 Certs/profiles/ca.cnf 制作"),
            ]),
        FailureDefinition(
            "cert.foreignRegion", .invalid, "the certificate is of another region", "证书属于另一个区域",
            remedy: Wording("issue it with this region's id", "请用本区域的编号签发"),
            particulars: [
                Wording("the certificate is of the region {1}, not of {2}", "证书属于区域 {1}，不属于 {2}")
            ]),
        FailureDefinition(
            "cert.isAuthority", .invalid, "this is an authority's certificate, not a node's", "这是签发机构的证书，不是节点的",
            remedy: Wording("give the node the certificate that was issued to it", "请给节点使用签发给它的证书")),
        FailureDefinition(
            "cert.issued", .invalid, "this node has a certificate and keys already", "该节点已有证书和密钥",
            remedy: Wording("use `yilian cert renew`", "请用 `yilian cert renew`"),
            particulars: [
                Wording("use `yilian cert renew {1} {2}`", "请用 `yilian cert renew {1} {2}`")
            ]),
        FailureDefinition(
            "cert.malformed", .invalid, "there is no certificate that can be read", "没有可读取的证书",
            remedy: Wording("give a PEM file with BEGIN CERTIFICATE", "请提供含 BEGIN CERTIFICATE 的 PEM 文件"),
            particulars: [
                Wording("the certificate's basic constraints cannot be read", "证书的基本约束无法读取"),
                Wording("the certificate's subject alternative names cannot be read", "证书的主体备用名称无法读取"),
                Wording("give a file with BEGIN CERTIFICATE", "请给出含 BEGIN CERTIFICATE 的文件"),
                Wording("these bytes are not an X.509 certificate", "这些字节不是 X.509 证书"),
            ]),
        FailureDefinition(
            "cert.malformedFile", .invalid, "a record of the authority's folder cannot be read", "签发机构文件夹中的记录无法读取",
            remedy: .restoreBackup),
        FailureDefinition(
            "cert.malformedHost", .invalid, "this is neither a DNS name nor an IP address", "这不是 DNS 名称，也不是 IP 地址",
            remedy: Wording(
                "give a name like lis.example.org or an address like 10.1.2.3",
                "请写 lis.example.org 这样的名称或 10.1.2.3 这样的地址"),
            particulars: [
                Wording("give a name like lis.example.org", "请写如 lis.example.org 的名称"),
                Wording("give an address like 10.1.2.3 or fd00::1", "请写如 10.1.2.3 或 fd00::1 的地址"),
                Wording("this is not a DNS name", "这不是 DNS 名称"),
                Wording("this is not an IPv4 or IPv6 address", "这不是 IPv4 或 IPv6 地址"),
            ]),
        FailureDefinition(
            "cert.malformedID", .invalid, "this is no id of a node or region", "这不是节点或区域的编号",
            remedy: Wording("use 1 to 63 lowercase letters, digits and hyphens", "请用 1 至 63 个小写字母、数字和连字符"),
            particulars: [
                Wording("a node cannot have this name: the folder needs it for itself", "节点不能用这个名称：文件夹自己要用"),
                Wording("choose another", "请另选一个"),
                Wording("this is not a {1} id", "这不是 {1} 的标识"),
            ]),
        FailureDefinition(
            "cert.malformedValidity", .invalid, "nothing can be valid for so long", "有效期超出允许范围",
            remedy: Wording("give fewer days, or one at least", "请写允许范围内的天数"),
            particulars: [
                Wording("a certificate cannot be valid for {1} days", "证书的有效期不能是 {1} 天"),
                Wording("an ended key is prolonged by at most {1} days from now", "已终止的密钥从现在起最多延长 {1} 天"),
                Wording("give 0 to {1} days", "请写 0 至 {1} 天"),
                Wording("give 1 to {1} days", "请写 1 至 {1} 天"),
                Wording(
                    "make a new key with `yilian cert renew {1} {2} --new-ledger-key`",
                    "请用 `yilian cert renew {1} {2} --new-ledger-key` 生成新密钥"),
                Wording("two ledger keys cannot overlap for {1} days", "两个账本密钥不能重叠 {1} 天"),
            ]),
        FailureDefinition(
            "cert.noFolder", .invalid, "there is no authority in this folder", "该文件夹中没有签发机构",
            remedy: Wording("make one with `yilian cert init`", "请用 `yilian cert init` 生成"),
            particulars: [
                Wording("make one with `yilian cert init {1} --region ID`", "请用 `yilian cert init {1} --region ID` 建立")
            ]),
        FailureDefinition(
            "cert.noIdentity", .invalid, "the certificate has no URI", "证书没有 URI",
            remedy: .issueByProfile,
            particulars: [
                Wording(
                    "issue it with `yilian cert issue` or Certs/profiles/node.cnf",
                    "请用 `yilian cert issue` 或 Certs/profiles/node.cnf 签发"),
                Wording("the certificate has no URI among its subject alternative names", "证书的主体备用名称中没有 URI"),
            ]),
        FailureDefinition(
            "cert.noReason", .invalid, "a revocation needs a reason", "吊销须写明理由",
            remedy: Wording("give --reason", "请写 --reason"),
            particulars: [
                Wording("give --reason, up to 500 bytes", "请写 --reason，最多 500 字节")
            ]),
        FailureDefinition(
            "cert.noSuchCertificate", .absent, "no certificate of this number is on record", "没有该序列号的证书记录",
            remedy: .listCertificates,
            particulars: [
                Wording(
                    "`yilian cert list {1}` shows both; `yilian cert adopt {2} FILE` records one that was issued elsewhere",
                    "`yilian cert list {1}` 两者都列出；`yilian cert adopt {2} FILE` 登记在别处签发的证书"),
                Wording(
                    "this is neither a node nor the serial number of a certificate on record", "这既不是节点，也不是已登记证书的序列号"),
            ]),
        FailureDefinition(
            "cert.noSuchKey", .invalid, "the node has no such ledger key", "节点没有该账本密钥",
            remedy: .listCertificates,
            particulars: [
                Wording("its keys: {1}", "它的密钥：{1}")
            ]),
        FailureDefinition(
            "cert.noSuchName", .invalid, "the certificate before does not carry this name", "先前的证书不含该名称",
            remedy: .listCertificates,
            particulars: [
                Wording("it carries: {1}", "它带有：{1}")
            ]),
        FailureDefinition(
            "cert.noSuchNode", .absent, "nothing was issued to a node of this name", "没有给该名称的节点签发过",
            remedy: .listCertificates,
            particulars: [
                Wording(
                    "`yilian cert list {1}` names the nodes; `yilian cert issue {2} NODE` makes one",
                    "`yilian cert list {1}` 列出节点；`yilian cert issue {2} NODE` 新建一个")
            ]),
        FailureDefinition(
            "cert.notAuthority", .invalid, "this is not an authority's certificate", "这不是签发机构的证书",
            remedy: .makeAuthority,
            particulars: [
                Wording(
                    "make one with `yilian cert init` or Certs/profiles/ca.cnf",
                    "请用 `yilian cert init` 或 Certs/profiles/ca.cnf 制作")
            ]),
        FailureDefinition(
            "cert.notLater", .invalid, "the key's seals count that long already", "该密钥的封存已有效到那时",
            remedy: Wording("give a later moment", "请写更晚的时刻"),
            particulars: [
                Wording("give a moment after {1}", "请写 {1} 之后的时刻")
            ]),
        FailureDefinition(
            "cert.outlivesAuthority", .invalid, "the certificate would outlive its authority", "证书会比签发机构活得更久",
            remedy: Wording("give fewer days, or make a new authority", "请写较少的天数，或生成新的签发机构"),
            particulars: [
                Wording("the certificate would outlive its authority, which ends at {1}", "证书会比其签发机构更晚到期，后者于 {1} 到期")
            ]),
        FailureDefinition(
            "cert.revoked", .forbidden, "nothing is left to revoke", "没有可吊销的内容",
            remedy: .listCertificates,
            particulars: [
                Wording("`yilian cert list {1}` shows the state of each", "`yilian cert list {1}` 显示每张证书的状态"),
                Wording(
                    "nothing is left to revoke: each certificate was revoked before or has run out",
                    "没有可吊销的：每张证书都已吊销或已过期"),
            ]),
        FailureDefinition(
            "cert.standsAlready", .invalid, "an authority stands in this folder already", "该文件夹中已有签发机构",
            remedy: Wording("keep every file; a new region gets a folder of its own", "请保留每个文件；新区域用自己的文件夹"),
            particulars: [
                Wording("an authority stands in this folder already: {1}", "该文件夹中已有签发机构：{1}"),
                Wording(
                    "keep every file, take what is lost from its backup; a new region gets a folder of its own",
                    "请保留所有文件，缺失的从备份取回；新区域请另用文件夹"),
            ]),
        FailureDefinition(
            "cert.unusable", .invalid, "a certificate or its key cannot be used for TLS", "证书或其密钥不能用于 TLS",
            remedy: Wording(
                "check that the files are PEM and that the key belongs to the certificate",
                "请核对文件是 PEM 格式，且密钥与证书相配"),
            particulars: [
                Wording(
                    "the node's certificate, its key or the region's authority cannot be used for TLS",
                    "节点的证书、其密钥或区域签发机构的证书不能用于 TLS"),
                Wording(
                    "there is no certificate of the node or none of the region's authority", "没有节点的证书，或没有区域签发机构的证书"),
                Wording(
                    "check the three PEM files; `yilian cert issue` writes them",
                    "请检查三个 PEM 文件；它们由 `yilian cert issue` 写出"),
            ]),
        FailureDefinition(
            "cert.wrongKey", .invalid, "the authority's key is not the one of its certificate", "签发机构的密钥与证书不配",
            remedy: Wording("restore ca.key and ca.crt from one backup", "请从同一备份恢复 ca.key 和 ca.crt")),
        FailureDefinition(
            "cert.wrongRegionKey", .invalid, "this is not the key of the region.pub beside it",
            "该密钥与旁边的 region.pub 不配",
            remedy: Wording("restore both files from one backup", "请从同一备份恢复两个文件"),
            particulars: [
                Wording(
                    "restore both files from one backup; every node has a copy of region.pub",
                    "请从同一份备份恢复两个文件；每个节点都有 region.pub 的副本"),
                Wording(
                    "this is not the key of the region.pub beside it, and no node believes what it signs",
                    "这不是旁边 region.pub 的密钥，没有节点会相信它的签名"),
            ]),
        FailureDefinition(
            "key.cannotSign", .broken, "the signature cannot be made", "无法签名",
            remedy: .checkKeyFiles),
        FailureDefinition(
            "key.exists", .broken, "a file stands here already, and keys are never overwritten", "此处已有文件，密钥从不覆盖",
            remedy: Wording("find out what it is for before it is moved", "移动之前请先查明其用途"),
            particulars: [
                Wording(
                    "find out what it is for before it is moved: a key that is lost cannot be made again",
                    "移走之前请查明其用途：丢失的密钥无法再生成")
            ]),
        FailureDefinition(
            "key.exposed", .broken, "others than its owner can reach this key", "该密钥可被其他用户读取",
            remedy: Wording(
                "run `chmod 600` on it, and think about who may have copied it",
                "请对它执行 `chmod 600`，并考虑可能被谁复制"),
            particulars: [
                Wording("others than its owner can reach this key (mode {1})", "其所有者以外的人可接触该密钥（权限 {1}）"),
                Wording(
                    "run `chmod 600 {1}`, and think about who may have copied it", "请执行 `chmod 600 {1}`，并考虑谁可能复制过它"),
            ]),
        FailureDefinition(
            "key.malformed", .broken, "the key cannot be read", "密钥无法读取",
            remedy: .restoreBackup,
            particulars: [
                Wording("the authority's key is not a P-256 key in PEM form", "签发机构的密钥不是 PEM 形式的 P-256 密钥"),
                Wording("the file's key is not the one that its id names", "文件中的密钥不是其编号所指的"),
                Wording("the ledger key's id is not the one of its bytes", "账本密钥的编号与其字节不符"),
                Wording("this version of Yilian does not read the key's format", "本版本的医联不读该密钥的格式"),
                Wording("an SM2 private key is a number of 32 bytes from 1 to n-2", "SM2 私钥是 32 字节、1 至 n-2 的数"),
                Wording("an SM2 public key has 65 bytes and begins with 04", "SM2 公钥有 65 字节，以 04 开头"),
                Wording("the key is not written in hexadecimal", "密钥不是以十六进制写的"),
            ]),
        FailureDefinition(
            "key.missing", .broken, "there is no such key file", "没有该密钥文件",
            remedy: Wording("check the path", "请检查路径")),
        FailureDefinition(
            "key.noRandomness", .broken, "the random source gives no usable key", "随机源未给出可用密钥",
            remedy: Wording("check the machine's random device", "请检查本机的随机设备")),
        FailureDefinition(
            "key.unusable", .broken, "the key cannot be used", "密钥不可用",
            remedy: .checkKeyFiles),
        FailureDefinition(
            "key.wrongKind", .broken, "this is a key of another kind", "这是另一种密钥",
            remedy: .checkKeyFiles,
            particulars: [
                Wording("check which file is named where", "请核对各处所写的文件"),
                Wording("this is a {1} key where a {2} key is wanted", "这是 {1} 密钥，而需要 {2} 密钥"),
            ]),
        FailureDefinition(
            "merkle.noSuchLeaf", .broken, "the tree has no such leaf", "树中没有该叶",
            remedy: .reportFault,
            particulars: [
                Wording("there is no leaf {1} in a tree of {2}", "{2} 片叶的树中没有第 {1} 片叶")
            ]),
        FailureDefinition(
            "password.noDigest", .broken, "libcrypto gives no digest of a password", "libcrypto 无法生成口令摘要",
            remedy: Wording("install OpenSSL 3 as the distribution ships it", "请安装发行版提供的 OpenSSL 3")),
        FailureDefinition(
            "patient.emptyIdentifier", .invalid, "the identifier is a place-holder that names nobody",
            "患者标识是占位符，不能指向任何人",
            remedy: Wording("send the patient's own number, with who issued it", "请填写真实号码及发放机构"),
            particulars: [
                Wording("send or ask for the patient's own number, with who issued it", "请发送或询问患者自己的号码，并写明发放者"),
                Wording("send the identifier's type and value, or leave the identifier out", "请发送标识的类型和值，或不写该标识"),
                Wording("an identifier without type or value names nobody", "没有类型或值的标识不指任何人"),
            ]),
        FailureDefinition(
            "patient.malformedSecret", .invalid, "the patient key secret is of another length", "患者密钥的秘密长度不对",
            remedy: .restoreBackup,
            particulars: [
                Wording("a patient key secret has {1} bytes", "患者密钥的秘密有 {1} 字节")
            ]),
        FailureDefinition(
            "suite.unavailable", .broken, "this machine's libcrypto has no SM2 and SM3",
            "本机的 libcrypto 不支持 SM2 和 SM3",
            remedy: Wording("install OpenSSL 3 as the distribution ships it", "请安装发行版提供的 OpenSSL 3"),
            particulars: [
                Wording(
                    "install OpenSSL 3 as the distribution ships it (libssl3), without a FIPS-only configuration",
                    "请安装发行版的 OpenSSL 3（libssl3），不用仅限 FIPS 的配置")
            ]),
    ]
}
