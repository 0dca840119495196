package import Effects

extension ImagingService {
    private static let repairFile = Wording(
        "have the device or the archive write the file anew", "请由设备或影像系统重新写出该文件")

    package static let failures: [FailureDefinition] = [
        FailureDefinition(
            "imaging.badPage", .invalid, "the page is none that a page before named", "没有这一页",
            remedy: Wording("give `next` of the page before", "请填写上一页的 `next`")),
        FailureDefinition(
            "imaging.longAttributes", .invalid, "the attributes by which an instance is found are too long",
            "用于查找实例的属性过长",
            remedy: Wording("have the device write shorter descriptions", "请让设备写较短的描述"),
            particulars: [
                Wording(
                    "the attributes by which an instance is found have more than {1} bytes", "用于查找实例的属性超过 {1} 字节")
            ]),
        FailureDefinition(
            "imaging.longFrame", .invalid, "a frame has more bytes than are given at a time", "一帧的字节数超过一次可给出的数量",
            remedy: Wording("fetch the instance as it is (application/dicom)", "请按原样获取该实例（application/dicom）")),
        FailureDefinition(
            "imaging.longWord", .invalid, "the modality or the accession number is longer than it may be",
            "检查类型或检查号过长", remedy: repairFile),
        FailureDefinition(
            "imaging.malformed", .invalid, "the entry of an instance cannot be read", "影像实例的条目无法读取",
            remedy: .lookAtAuthor),
        FailureDefinition(
            "imaging.noPatient", .invalid, "the file names its patient by no number that is one", "文件没有写明可用的患者编号",
            remedy: Wording("have the device write the patient's number", "请让设备写入患者编号"),
            particulars: [
                Wording("have the device write the patient's number, with who issued it", "请让设备写入患者编号及其发放机构")
            ]),
        FailureDefinition(
            "imaging.notFound", .absent, "no such study, series or instance lies at this node",
            "本节点没有此检查、序列或实例",
            remedy: Wording(
                "look for it with a search, at the node of the unit that made it", "请先检索，并在产生它的机构所在节点查询")),
        FailureDefinition(
            "imaging.otherBytes", .conflict,
            "an instance of this UID lies here with other bytes, and is never overwritten",
            "此 UID 的实例已在本节点，内容不同，不会被覆盖",
            remedy: Wording(
                "have the device give a changed instance a UID of its own", "请让设备为修改后的实例使用新的 UID")),
        FailureDefinition(
            "imaging.tooMany", .invalid, "more instances are asked for at a time than are given", "一次请求的实例过多",
            remedy: Wording("ask for one series after the other", "请逐个序列获取"),
            particulars: [
                Wording("more than {1} instances are asked for at a time", "一次请求的实例超过 {1} 个")
            ]),
    ]
}
