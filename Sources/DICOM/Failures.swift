package import Effects

extension FailureDefinition {
    private static let sendWhole = Wording("send the whole file again", "请重新发送完整的文件")
    private static let repairFile = Wording(
        "have the device or the archive write the file anew", "请由设备或影像系统重新写出该文件")

    /// What can be wrong with DICOM: files, what is asked of them, and associations.
    package static let dicom: [FailureDefinition] = files + requests + association

    /// What can be wrong with files and data sets.
    private static let files: [FailureDefinition] = [
        FailureDefinition(
            "dicom.badDeflate", .invalid, "the compressed data set is damaged", "压缩的数据集已损坏",
            remedy: sendWhole,
            particulars: [Wording("the compressed data set has bytes after its end", "压缩的数据集之后还有字节")]),
        FailureDefinition(
            "dicom.badValue", .invalid, "an attribute that is needed has no value that can be used", "所需属性的值不可用",
            remedy: repairFile),
        FailureDefinition(
            "dicom.forbiddenGroup", .invalid, "an element has a group that a data set cannot have",
            "有元素的组号不能出现在数据集中",
            remedy: repairFile),
        FailureDefinition(
            "dicom.itemExpected", .invalid, "a sequence holds something that is no item", "序列中有不是条目的内容",
            remedy: repairFile),
        FailureDefinition(
            "dicom.notPart10", .invalid, "this is no DICOM file", "这不是 DICOM 文件",
            remedy: Wording(
                "send files of PS3.10: 128 bytes, DICM, file meta information, data set",
                "请发送 PS3.10 文件：128 字节、DICM、文件元信息、数据集")),
        FailureDefinition(
            "dicom.outOfOrder", .invalid, "an element stands behind the pixel data and belongs before them",
            "有元素本应在像素数据之前，却写在其后", remedy: repairFile),
        FailureDefinition(
            "dicom.overrun", .invalid, "a value is longer than what it stands in", "有值的长度超出其所在的条目或序列",
            remedy: repairFile),
        FailureDefinition(
            "dicom.repeatedElement", .invalid, "an element stands twice in one data set", "同一数据集中有元素出现两次",
            remedy: repairFile),
        FailureDefinition(
            "dicom.strayDelimiter", .invalid, "a delimiter stands where none may, or has a length", "分隔元素的位置或长度不对",
            remedy: repairFile),
        FailureDefinition(
            "dicom.tooDeep", .invalid, "sequences are nested too deeply", "序列嵌套过深", remedy: repairFile,
            particulars: [Wording("sequences are nested more than {1} deep", "序列嵌套超过 {1} 层")]),
        FailureDefinition(
            "dicom.tooLong", .invalid, "the instance is longer than it may be", "实例超过长度限制", remedy: .sendLess,
            particulars: [Wording("the instance is longer than {1} bytes", "实例超过 {1} 字节")]),
        FailureDefinition(
            "dicom.tooManyElements", .invalid, "the instance has too many elements", "实例的元素过多", remedy: .sendLess,
            particulars: [Wording("the instance has more than {1} elements", "实例的元素超过 {1} 个")]),
        FailureDefinition(
            "dicom.truncated", .invalid, "the file ends before its data set does", "文件在数据集结束之前中断", remedy: sendWhole
        ),
        FailureDefinition(
            "dicom.uidInvalid", .invalid, "a UID has another form than it may have", "UID 的格式不正确",
            remedy: repairFile),
        FailureDefinition(
            "dicom.uidMissing", .invalid, "the instance lacks a UID without which nobody can find it",
            "实例缺少用于查找的 UID",
            remedy: repairFile),
        FailureDefinition(
            "dicom.undefinedLength", .invalid, "an element that must say its length does not", "有必须写明长度的元素没有写明",
            remedy: repairFile),
        FailureDefinition(
            "dicom.unknownVR", .invalid, "an element has a value representation that is none", "有元素的值表示不存在",
            remedy: repairFile),
    ]
}
