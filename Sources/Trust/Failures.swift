package import Effects

extension FailureDefinition {
    /// What can be wrong with certificates, keys, boxes and proofs.
    package static let trust: [FailureDefinition] = [
        FailureDefinition(
            "box.tooLarge", .broken, "a secret is larger than a box holds", "秘密超过可加密的大小",
            remedy: .reportFault),
        FailureDefinition(
            "box.unopenable", .broken, "the secret does not open with this node's box key", "本节点的信箱密钥打不开该秘密",
            remedy: Wording("check that it was encrypted to this node's present box key", "请核对它是否加密给本节点现用的信箱密钥")),
        FailureDefinition(
            "box.unsealable", .broken, "the secret cannot be encrypted to this key", "无法用该密钥加密秘密",
            remedy: Wording(
                "issue the node's keys again with `yilian cert issue`",
                "请用 `yilian cert issue` 重新签发节点密钥")),
        FailureDefinition(
            "cert.ambiguousIdentity", .invalid, "the certificate has more than one URI", "证书含多个 URI",
            remedy: Wording("issue one certificate per node", "请为每个节点签发一张证书")),
        FailureDefinition(
            "cert.foreignIdentity", .invalid, "the certificate's URI is none of a region or node",
            "证书的 URI 不是区域或节点的形式",
            remedy: .issueByProfile),
        FailureDefinition(
            "cert.foreignRegion", .invalid, "the certificate is of another region", "证书属于另一个区域",
            remedy: Wording("issue it with this region's id", "请用本区域的编号签发")),
        FailureDefinition(
            "cert.isAuthority", .invalid, "this is an authority's certificate, not a node's", "这是签发机构的证书，不是节点的",
            remedy: Wording("give the node the certificate that was issued to it", "请给节点使用签发给它的证书")),
        FailureDefinition(
            "cert.issued", .invalid, "this node has a certificate and keys already", "该节点已有证书和密钥",
            remedy: Wording("use `yilian cert renew`", "请用 `yilian cert renew`")),
        FailureDefinition(
            "cert.malformed", .invalid, "there is no certificate that can be read", "没有可读取的证书",
            remedy: Wording("give a PEM file with BEGIN CERTIFICATE", "请提供含 BEGIN CERTIFICATE 的 PEM 文件")),
        FailureDefinition(
            "cert.malformedFile", .invalid, "a record of the authority's folder cannot be read", "签发机构文件夹中的记录无法读取",
            remedy: .restoreBackup),
        FailureDefinition(
            "cert.malformedHost", .invalid, "this is neither a DNS name nor an IP address", "这不是 DNS 名称，也不是 IP 地址",
            remedy: Wording(
                "give a name like lis.example.org or an address like 10.1.2.3",
                "请写 lis.example.org 这样的名称或 10.1.2.3 这样的地址")),
        FailureDefinition(
            "cert.malformedID", .invalid, "this is no id of a node or region", "这不是节点或区域的编号",
            remedy: Wording("use 1 to 63 lowercase letters, digits and hyphens", "请用 1 至 63 个小写字母、数字和连字符")),
        FailureDefinition(
            "cert.malformedValidity", .invalid, "nothing can be valid for so long", "有效期超出允许范围",
            remedy: Wording("give fewer days, or one at least", "请写允许范围内的天数")),
        FailureDefinition(
            "cert.noFolder", .invalid, "there is no authority in this folder", "该文件夹中没有签发机构",
            remedy: Wording("make one with `yilian cert init`", "请用 `yilian cert init` 生成")),
        FailureDefinition(
            "cert.noIdentity", .invalid, "the certificate has no URI", "证书没有 URI",
            remedy: .issueByProfile),
        FailureDefinition(
            "cert.noReason", .invalid, "a revocation needs a reason", "吊销须写明理由",
            remedy: Wording("give --reason", "请写 --reason")),
        FailureDefinition(
            "cert.noSuchCertificate", .absent, "no certificate of this number is on record", "没有该序列号的证书记录",
            remedy: .listCertificates),
        FailureDefinition(
            "cert.noSuchKey", .invalid, "the node has no such ledger key", "节点没有该账本密钥",
            remedy: .listCertificates),
        FailureDefinition(
            "cert.noSuchName", .invalid, "the certificate before does not carry this name", "先前的证书不含该名称",
            remedy: .listCertificates),
        FailureDefinition(
            "cert.noSuchNode", .absent, "nothing was issued to a node of this name", "没有给该名称的节点签发过",
            remedy: .listCertificates),
        FailureDefinition(
            "cert.notAuthority", .invalid, "this is not an authority's certificate", "这不是签发机构的证书",
            remedy: .makeAuthority),
        FailureDefinition(
            "cert.notLater", .invalid, "the key's seals count that long already", "该密钥的封存已有效到那时",
            remedy: Wording("give a later moment", "请写更晚的时刻")),
        FailureDefinition(
            "cert.outlivesAuthority", .invalid, "the certificate would outlive its authority", "证书会比签发机构活得更久",
            remedy: Wording("give fewer days, or make a new authority", "请写较少的天数，或生成新的签发机构")),
        FailureDefinition(
            "cert.revoked", .forbidden, "nothing is left to revoke", "没有可吊销的内容",
            remedy: .listCertificates),
        FailureDefinition(
            "cert.standsAlready", .invalid, "an authority stands in this folder already", "该文件夹中已有签发机构",
            remedy: Wording("keep every file; a new region gets a folder of its own", "请保留每个文件；新区域用自己的文件夹")),
        FailureDefinition(
            "cert.unusable", .invalid, "a certificate or its key cannot be used for TLS", "证书或其密钥不能用于 TLS",
            remedy: Wording(
                "check that the files are PEM and that the key belongs to the certificate",
                "请核对文件是 PEM 格式，且密钥与证书相配")),
        FailureDefinition(
            "cert.wrongKey", .invalid, "the authority's key is not the one of its certificate", "签发机构的密钥与证书不配",
            remedy: Wording("restore ca.key and ca.crt from one backup", "请从同一备份恢复 ca.key 和 ca.crt")),
        FailureDefinition(
            "cert.wrongRegionKey", .invalid, "this is not the key of the region.pub beside it",
            "该密钥与旁边的 region.pub 不配",
            remedy: Wording("restore both files from one backup", "请从同一备份恢复两个文件")),
        FailureDefinition(
            "key.cannotSign", .broken, "the signature cannot be made", "无法签名",
            remedy: .checkKeyFiles),
        FailureDefinition(
            "key.exists", .broken, "a file stands here already, and keys are never overwritten", "此处已有文件，密钥从不覆盖",
            remedy: Wording("find out what it is for before it is moved", "移动之前请先查明其用途")),
        FailureDefinition(
            "key.exposed", .broken, "others than its owner can reach this key", "该密钥可被其他用户读取",
            remedy: Wording(
                "run `chmod 600` on it, and think about who may have copied it",
                "请对它执行 `chmod 600`，并考虑可能被谁复制")),
        FailureDefinition(
            "key.malformed", .broken, "the key cannot be read", "密钥无法读取",
            remedy: .restoreBackup),
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
            remedy: .checkKeyFiles),
        FailureDefinition(
            "merkle.noSuchLeaf", .broken, "the tree has no such leaf", "树中没有该叶",
            remedy: .reportFault),
        FailureDefinition(
            "patient.emptyIdentifier", .invalid, "the identifier is a place-holder that names nobody",
            "患者标识是占位符，不能指向任何人",
            remedy: Wording("send the patient's own number, with who issued it", "请填写真实号码及发放机构")),
        FailureDefinition(
            "patient.malformedSecret", .invalid, "the patient key secret is of another length", "患者密钥的秘密长度不对",
            remedy: .restoreBackup),
        FailureDefinition(
            "suite.unavailable", .broken, "this machine's libcrypto has no SM2 and SM3",
            "本机的 libcrypto 不支持 SM2 和 SM3",
            remedy: Wording("install OpenSSL 3 as the distribution ships it", "请安装发行版提供的 OpenSSL 3")),
    ]
}
