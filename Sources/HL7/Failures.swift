package import Effects

extension FailureDefinition {
    /// What can be wrong with HL7 v2 messages.
    package static let hl7: [FailureDefinition] = [
        FailureDefinition(
            "hl7.conversionMissing", .broken, "the system's character conversion for GB 18030 is missing",
            "系统缺少 GB 18030 字符转换",
            remedy: Wording("install the C library's conversion modules (gconv)", "请安装 C 库的字符转换模块（gconv）")),
        FailureDefinition(
            "hl7.delimiters", .invalid, "the delimiters of the message are unusable", "报文的分隔符不可用",
            remedy: .correctSender,
            particulars: [
                Wording("the delimiters of the message are unusable: {1}", "报文的分隔符不能用：{1}")
            ]),
        FailureDefinition(
            "hl7.encodingUnknown", .invalid, "MSH-18 names a character set that is not known here", "MSH-18 所写字符集未知",
            remedy: Wording(
                "send UNICODE UTF-8, GB 18030-2000, 8859/1 or ASCII",
                "请使用 UNICODE UTF-8、GB 18030-2000、8859/1 或 ASCII"),
            particulars: [
                Wording("MSH-18 names a character set that is not known here: {1}", "MSH-18 所写字符集在此不认识：{1}")
            ]),
        FailureDefinition(
            "hl7.framing", .invalid, "a framing byte of MLLP stands within the message", "报文中含有 MLLP 成帧字节",
            remedy: Wording("frame a message as VT, message, FS, CR", "请按 VT、报文、FS、CR 成帧"),
            particulars: [
                Wording("a framing byte of MLLP (VT or FS) stands within the message", "报文内有 MLLP 的成帧字节（VT 或 FS）"),
                Wording(
                    "frame a message as VT, message, FS, CR; take VT and FS out of texts",
                    "请以 VT、报文、FS、CR 成帧；并去掉文字中的 VT 和 FS"),
            ]),
        FailureDefinition(
            "hl7.lineEnds", .invalid, "within a segment stands a line that looks like another one", "一个段内有一行像是另一个段",
            remedy: Wording("end every segment in CR, and escape bars in texts", "请以 CR 结束每个段，并对文本中的竖线转义"),
            particulars: [
                Wording("a line that begins like a segment seems to be one of a text", "有一行开头像段，但似乎属于文字"),
                Wording(
                    "end every segment in CR, write its name in capitals, and escape | in texts as \\F\\",
                    "请以 CR 结束每段，段名用大写，文字中的 | 写成 \\F\\"),
                Wording("end segments in CR and write line ends within texts as \\.br\\", "请以 CR 结束段，文字中的换行写成 \\.br\\"),
            ]),
        FailureDefinition(
            "hl7.noHeader", .invalid, "there is no MSH segment", "没有 MSH 段",
            remedy: Wording("send HL7 v2 messages in their usual (ER7) form", "请以常用形式（ER7）发送 HL7 v2 报文")),
        FailureDefinition(
            "hl7.otherEncoding", .invalid, "the text is in another character set than it says", "文本的字符集与所声明的不同",
            remedy: Wording(
                "name the true character set in MSH-18, or set the listener's",
                "请在 MSH-18 写明真实字符集，或设置监听的字符集"),
            particulars: [
                Wording(
                    "name GB 18030-2000 in MSH-18, or set the listener's character set to GB18030",
                    "请在 MSH-18 写 GB 18030-2000，或把监听的字符集设为 GB18030"),
                Wording(
                    "name UNICODE UTF-8 in MSH-18, or set the listener's character set to UTF-8",
                    "请在 MSH-18 写 UNICODE UTF-8，或把监听的字符集设为 UTF-8"),
                Wording(
                    "the text is Chinese in GB 18030 and was to be read as 8859/1", "文字是 GB 18030 中文，却要按 8859/1 读取"),
                Wording("the text is UTF-8 and was to be read as {1}", "文字是 UTF-8，却要按 {1} 读取"),
            ]),
        FailureDefinition(
            "hl7.severalMessages", .invalid, "there is more than one message in a frame", "一帧中有多条报文",
            remedy: Wording("send each message in its own frame", "请每帧只发一条报文"),
            particulars: [
                Wording("send each message in its own frame, or import the file as a batch", "请把每条报文放在各自的帧中，或作为批文件导入"),
                Wording("there are {1} MSH segments in one message", "一条报文中有 {1} 个 MSH 段"),
            ]),
        FailureDefinition(
            "hl7.tooLong", .invalid, "the message is longer than it may be", "报文超过长度限制",
            remedy: .sendLess,
            particulars: [
                Wording("the message has {1} bytes; the limit is {2}", "报文有 {1} 字节，上限为 {2}")
            ]),
        FailureDefinition(
            "hl7.tooManyRepetitions", .invalid, "a field has too many repetitions", "字段重复次数过多",
            remedy: Wording("send a long text in several OBX segments", "请把长文本分到多个 OBX 段"),
            particulars: [
                Wording("a field has more than {1} repetitions", "有字段的重复超过 {1} 次")
            ]),
        FailureDefinition(
            "hl7.tooManySegments", .invalid, "the message has too many segments", "报文的段过多",
            remedy: .sendLess,
            particulars: [
                Wording("the message has more than {1} segments", "报文超过 {1} 段")
            ]),
        FailureDefinition(
            "hl7.undecodable", .invalid, "a byte does not belong to the character set", "有字节不属于该字符集",
            remedy: Wording("name the character set in MSH-18, or set the listener's", "请在 MSH-18 写明字符集，或设置监听的字符集"),
            particulars: [
                Wording(
                    "name the character set in MSH-18, or set the listener's character set", "请在 MSH-18 写明字符集，或设置监听的字符集"
                ),
                Wording("a byte is not {1}", "有字节不是 {1}"),
                Wording("a byte is not {1}{2}", "有字节不是 {1}{2}"),
                Wording("send UTF-8 (MSH-18: UNICODE UTF-8) or GB 18030", "请发送 UTF-8（MSH-18：UNICODE UTF-8）或 GB 18030"),
                Wording("the message is UTF-16", "报文是 UTF-16"),
            ]),
        FailureDefinition(
            "hl7.unencodable", .invalid, "a character cannot be written in the answer's character set",
            "有字符无法用答复的字符集写出",
            remedy: Wording("use UNICODE UTF-8 or GB 18030", "请使用 UNICODE UTF-8 或 GB 18030"),
            particulars: [
                Wording("a character cannot be written as {1}", "有字符不能写成 {1}")
            ]),
        FailureDefinition(
            "mllp.tooLong", .invalid, "a frame is longer than it may be", "帧超过长度限制",
            remedy: .sendLess,
            particulars: [
                Wording("a frame is longer than {1} bytes", "有帧超过 {1} 字节")
            ]),
        FailureDefinition(
            "hl7.zeroByte", .invalid, "a zero byte stands within the message", "报文内有零字节",
            remedy: Wording("take zero bytes out of texts", "请去掉文字中的零字节")),
    ]
}
