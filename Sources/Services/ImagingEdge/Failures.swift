package import Effects

extension FailureDefinition {
    /// What can be wrong with what hospitals' systems ask by DICOMweb.
    package static let imagingEdge: [FailureDefinition] = [
        FailureDefinition(
            "imaging.badCommitment", .invalid, "a request for storage commitment names no transaction",
            "存储确认请求没有写明事务",
            remedy: Wording("look at the system that asks", "请检查提出请求的系统")),
        FailureDefinition(
            "imaging.badParameter", .invalid, "a parameter has no value that can be used", "参数的值不可用",
            remedy: Wording("write numbers as DICOMweb has them", "请按 DICOMweb 的写法填写数字"),
            particulars: [
                Wording("a parameter of the search has no value that can be used", "检索参数的值不可用"),
                Wording("write limit and offset as whole numbers", "limit 和 offset 请写整数"),
                Wording(
                    "frames are named by numbers from 1, with commas between them", "帧号从 1 开始，用逗号分隔"),
                Wording("name at most {1} frames", "最多写 {1} 帧"),
            ]),
        FailureDefinition(
            "imaging.mediaType", .invalid, "instances come in another media type than is taken", "实例的媒体类型不受支持",
            remedy: Wording(
                "send multipart/related with a boundary, and application/dicom in each part",
                "请以 multipart/related 发送并写明 boundary，各部分为 application/dicom"),
            particulars: [
                Wording(
                    "instances come as multipart/related; type=\"application/dicom\"",
                    "实例应以 multipart/related; type=\"application/dicom\" 发送"),
                Wording("a part is of another type than application/dicom", "有部分的类型不是 application/dicom"),
            ]),
        FailureDefinition(
            "imaging.multipart", .invalid, "the body is not of several parts with the boundary that its type names",
            "请求内容不是以所写 boundary 分隔的多个部分",
            remedy: Wording(
                "send multipart/related with a boundary, and application/dicom in each part",
                "请以 multipart/related 发送并写明 boundary，各部分为 application/dicom")),
        FailureDefinition(
            "imaging.notAcceptable", .invalid, "what is asked for is to be had in another form only", "所请求的内容只能以其他形式提供",
            remedy: Wording(
                "accept multipart/related; type=\"application/dicom\"; transfer-syntax=*",
                "请在 Accept 中写 application/dicom 和 transfer-syntax=*"),
            particulars: [
                Wording("answers are application/dicom+json only", "仅提供 application/dicom+json 格式的应答")
            ]),
        FailureDefinition(
            "imaging.otherInstance", .conflict, "an instance is another one than its command names",
            "实例与其命令所写的不是同一个",
            remedy: Wording("look at the system that sends", "请检查发送的系统")),
        FailureDefinition(
            "imaging.otherStudy", .conflict, "an instance is of another study than the address names",
            "实例不属于地址所写的检查",
            remedy: Wording("send it to the address of its own study, or of none", "请发送到其所属检查的地址，或不写检查的地址")),
    ]
}
