import Effects

extension FailureDefinition {
    private static let fetchWhole = Wording(
        "fetch the instance as it is (application/dicom)", "请按原样获取该实例（application/dicom）")
    private static let repairFile = Wording(
        "have the device or the archive write the file anew", "请由设备或影像系统重新写出该文件")

    /// What can be wrong with queries, and with pictures and waveforms that somebody wants to see.
    static let requests: [FailureDefinition] = [
        FailureDefinition(
            "dicom.badQuery", .invalid, "a key of the query cannot be understood", "查询条件无法理解",
            remedy: Wording("name attributes of the standard, and write dates as 20260131", "请使用标准属性，日期写作 20260131"),
            particulars: [Wording("a key of the query is none that is known", "查询条件中有未知的属性")]),
        FailureDefinition(
            "dicom.badWaveform", .invalid, "a waveform cannot be read", "波形数据无法读取", remedy: repairFile),
        FailureDefinition(
            "dicom.framesUnknown", .invalid, "the file does not say where its frames begin", "文件没有写明各帧的起点",
            remedy: fetchWhole),
        FailureDefinition(
            "dicom.noPicture", .absent, "the instance holds no picture", "该实例没有图像", remedy: fetchWhole),
        FailureDefinition(
            "dicom.noSuchFrame", .absent, "the instance has no frame of that number", "该实例没有此帧",
            remedy: Wording("frames are counted from 1", "帧号从 1 开始")),
        FailureDefinition(
            "dicom.noWaveform", .absent, "the instance holds no waveform", "该实例没有波形数据", remedy: fetchWhole),
        FailureDefinition(
            "dicom.notRenderable", .invalid, "the picture is of a form that is not drawn here", "该图像的格式不能在此显示",
            remedy: fetchWhole),
        FailureDefinition(
            "dicom.pictureFailed", .broken, "the picture could not be written", "图像无法写出", remedy: .runAgain),
        FailureDefinition(
            "dicom.pictureTooLarge", .invalid, "a picture has more pixels than are drawn", "图像的像素超过可显示的数量",
            remedy: fetchWhole),
        FailureDefinition(
            "dicom.pixelsShort", .invalid, "the pixel data are shorter than the pictures that they hold",
            "像素数据短于其应包含的图像", remedy: repairFile),
    ]
}
