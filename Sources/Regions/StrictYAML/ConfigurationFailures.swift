import Effects

extension FailureDefinition {
    /// What can be wrong with the files of regions and nodes.
    static let configurationFiles: [FailureDefinition] = [
        FailureDefinition(
            "config.badAddress", .invalid, "this is not a network address", "这不是网络地址",
            remedy: Wording("write host:port, for example 10.14.3.21:7443", "请写 主机:端口，例如 10.14.3.21:7443"),
            particulars: [
                Wording(
                    "write the port on which the node listens, or leave 'addresses' out", "请写节点监听的端口，或不写 addresses"),
                Wording("port 0 cannot be dialled", "端口 0 无法连接"),
                Wording(
                    "write host:port, for example 10.14.3.21:7443 or [fd00::21]:7443",
                    "请写 host:port，例如 10.14.3.21:7443 或 [fd00::21]:7443"),
                Wording("{1} is not a network address: {2}", "{1} 不是网络地址：{2}"),
            ]),
        FailureDefinition(
            "config.badAddressRange", .invalid, "this is not an IP address or a range of them", "这不是 IP 地址或地址段",
            remedy: Wording(
                "write 10.14.3.21, or a range such as 10.14.3.0/24",
                "请写 10.14.3.21，或 10.14.3.0/24 这样的地址段"),
            particulars: [
                Wording(
                    "write an address such as 10.14.3.21, or a range such as 10.14.3.0/24",
                    "请写如 10.14.3.21 的地址，或如 10.14.3.0/24 的范围"),
                Wording("{1} is not an IP address or a range of them", "{1} 不是 IP 地址或其范围"),
            ]),
        FailureDefinition(
            "config.badFileName", .invalid, "this is no name of a file beside this one", "这不是旁边文件的名称",
            remedy: Wording(
                "put the file into the same folder and name it once, without a path",
                "请把文件放在同一文件夹，只写一次，不带路径"),
            particulars: [
                Wording("name it once", "请只写一次"),
                Wording("put the file into the same folder and write its name without a path", "请把文件放入同一文件夹，只写名称不写路径"),
                Wording("{1} is named twice", "{1} 写了两次"),
                Wording("{1} is no name of a file beside this one", "{1} 不是本文件旁的文件名"),
            ]),
        FailureDefinition(
            "config.badPath", .invalid, "this is not a path", "这不是路径",
            remedy: Wording("write the path of a file or folder", "请写文件或文件夹的路径")),
        FailureDefinition(
            "config.badValue", .invalid, "the value cannot stand here", "此处不能用该值",
            remedy: .correctFile,
            particulars: [
                Wording("shorten it", "请缩短"),
                Wording("the text is longer than {1} bytes", "文字超过 {1} 字节"),
                Wording("the value cannot be read", "该值无法读取"),
                Wording("this is not the base address of a FHIR server", "这不是 FHIR 服务器的基地址"),
                Wording("this is no title of an application entity", "这不是应用实体名称"),
                Wording("write 1 to 16 letters and digits, without blanks", "请写 1 到 16 个字母和数字，不含空格"),
                Wording("this is not the address of a directory", "这不是目录服务的地址"),
                Wording(
                    "write its issuer to the letter, as https://host:port/path",
                    "请逐字写其 issuer，形如 https://host:port/path"),
                Wording("{1} is not a word that a directory uses", "{1} 不是目录服务所用的词"),
                Wording("write letters, digits and marks without blanks", "请写字母、数字和符号，不含空格"),
                Wording("write a number from {1} to {2}", "请写 {1} 至 {2} 的数"),
                Wording("write it as https://host:port/path", "请写成 https://host:port/path"),
                Wording("write true or false", "请写 true 或 false"),
                Wording("write yuan with at most two decimals, such as 12.50", "请写人民币元，最多两位小数，例如 12.50"),
                Wording("{1} is neither true nor false", "{1} 既不是 true 也不是 false"),
                Wording("{1} is not a time of day", "{1} 不是一天中的时刻"),
                Wording("write it as 08:00", "请写作 08:00"),
                Wording("{1} is not a day", "{1} 不是日期"),
                Wording("write it as 2026-10-01", "请写作 2026-10-01"),
                Wording("{1} is no time of duty", "{1} 不是值班时间"),
                Wording("write it as Mon-Fri 08:00-18:00", "请写作 Mon-Fri 08:00-18:00"),
                Wording("{1} are no days of absence", "{1} 不是缺勤日期"),
                Wording("write them as 2026-10-01..2026-10-07", "请写作 2026-10-01..2026-10-07"),
                Wording("{1} is no price in yuan", "{1} 不是人民币元的价格"),
                Wording("{1} is not a whole number of {2}", "{1} 不是 {2} 的整数"),
                Wording("{1} is not one of the values that are possible here", "{1} 不是此处可用的值"),
            ]),
        FailureDefinition(
            "config.certificate", .invalid, "certificate and key belong together, and one is missing",
            "certificate 与 key 须一起写，缺了一个",
            remedy: Wording("write both, or neither", "请两个都写，或都不写")),
        FailureDefinition(
            "config.duplicateKey", .invalid, "a key stands more than once", "同一个键出现多次",
            remedy: Wording("keep one of them", "请只保留一个")),
        FailureDefinition(
            "config.duplicateName", .invalid, "a name stands more than once", "同一名称出现多次",
            remedy: Wording("give each its own name, or take one out", "请各用各的名称，或删去一个")),
        FailureDefinition(
            "config.empty", .invalid, "the file is empty", "文件是空的",
            remedy: Wording("see the files that `yilian demo --keep DIR` writes", "请参看 `yilian demo --keep DIR` 写出的文件")),
        FailureDefinition(
            "config.institution", .invalid, "the institution cannot be found", "找不到该机构",
            remedy: Wording(
                "name it by its unit id in region.yaml, or by its 22-character code",
                "请写 region.yaml 中的机构编号，或 22 位卫生机构代码")),
        FailureDefinition(
            "config.missingKey", .invalid, "a key is missing", "缺少一个键",
            remedy: .correctFile),
        FailureDefinition(
            "config.missingValue", .invalid, "a key has no value", "键没有值",
            remedy: Wording("write at least one item, or take the key out", "请至少写一项，或删去该键")),
        FailureDefinition(
            "config.notInRegion", .invalid, "what the node's file names is not in the region", "节点文件所写内容不在区域内",
            remedy: Wording("name what region.yaml has, or add it there", "请写 region.yaml 中已有的内容，或加入其中")),
        FailureDefinition(
            "config.problems", .invalid, "the configuration has several problems", "配置有多处问题",
            remedy: Wording("correct each where it is named", "请逐一在所指位置修改"),
            particulars: [
                Wording("{1} problems:\n{2}", "{1} 处问题：\n{2}")
            ]),
        FailureDefinition(
            "config.sameAddress", .invalid, "two listeners want the same address", "两个监听要用同一地址",
            remedy: Wording("give each listener a port of its own", "请给每个监听各自的端口")),
        FailureDefinition(
            "config.syntax", .invalid, "the file is not YAML", "文件不是 YAML",
            remedy: .correctFile),
        FailureDefinition(
            "config.tooLong", .invalid, "the file or a list in it is longer than it may be", "文件或其中的列表超过长度限制",
            remedy: Wording("is this the right file? put several into one", "请核对文件是否正确，或把几个合为一个"),
            particulars: [
                Wording("more than {1} files beside this one", "本文件旁的文件超过 {1} 个"),
                Wording("put several into one", "请把几个合为一个"),
            ]),
        FailureDefinition(
            "config.tooManyAliases", .invalid, "the file has too many anchors and aliases", "文件的锚点和别名过多",
            remedy: Wording("write out what they stand for", "请直接写出其内容")),
        FailureDefinition(
            "config.unknownKey", .invalid, "there is no such key", "没有这个键",
            remedy: Wording("correct its name", "请更正键名")),
        FailureDefinition(
            "config.unknownName", .invalid, "this release does not know the name", "此版本不认识该名称",
            remedy: Wording("write one of those that are listed", "请写所列名称之一"),
            particulars: [
                Wording("this release knows no {1} {2}", "本版本不认识{1} {2}")
            ]),
        FailureDefinition(
            "config.wrongCharacter", .invalid, "a key or value has a character that cannot stand there",
            "键或值中有不允许的字符",
            remedy: .correctFile),
        FailureDefinition(
            "config.wrongType", .invalid, "the value is of another kind than belongs here", "值的类型不对",
            remedy: .correctFile),
    ]
}
