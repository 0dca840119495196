import Effects

/// Why bytes are no message that can be read.
extension HL7Message {
    static let noHeader = Failure(
        "hl7.noHeader", "there is no MSH segment", remedy: "send HL7 v2 messages in their usual (ER7) form")

    static let utf16 = Failure(
        "hl7.undecodable", "the message is UTF-16", remedy: "send UTF-8 (MSH-18: UNICODE UTF-8) or GB 18030")

    /// Whether every other byte of the beginning is nothing, or a mark of byte order says so.
    static func isUTF16(_ bytes: [UInt8]) -> Bool {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return true }
        return bytes.starts(with: [0x4D, 0, 0x53, 0, 0x48, 0]) || bytes.starts(with: [0, 0x4D, 0, 0x53, 0, 0x48])
    }

    static func isUTF8(_ encoding: HL7Encoding) -> Failure {
        Failure(
            "hl7.otherEncoding", "the text is UTF-8 and was to be read as \(encoding.tableName)",
            remedy: "name UNICODE UTF-8 in MSH-18, or set the listener's character set to UTF-8")
    }

    static func possiblyUTF8(_ encoding: HL7Encoding) -> HL7Problem {
        HL7Problem(
            .dataType, segment: "MSH", field: 18,
            text: "the text was read as \(encoding.tableName) and can be UTF-8 too; name the character set in MSH-18",
            severity: .warning)
    }

    static func framing(_ name: String, _ sequence: Int) -> Failure {
        Failure(
            "hl7.framing", "a framing byte of MLLP (VT or FS) stands within the message", place: "\(name)[\(sequence)]",
            remedy: "frame a message as VT, message, FS, CR; take VT and FS out of texts")
    }

    /// No store and no answer holds one.
    static func zeroByte(_ name: String, _ sequence: Int) -> Failure {
        Failure(
            "hl7.zeroByte", "a zero byte stands within the message", place: "\(name)[\(sequence)]",
            remedy: "take zero bytes out of texts")
    }

    static let isChinese = Failure(
        "hl7.otherEncoding", "the text is Chinese in GB 18030 and was to be read as 8859/1",
        remedy: "name GB 18030-2000 in MSH-18, or set the listener's character set to GB18030")

    static let lineEnds = Failure(
        "hl7.lineEnds", "within a segment stands a line that looks like another one",
        remedy: "end every segment in CR, write its name in capitals, and escape | in texts as \\F\\")

    /// A line that begins like no segment, behind a segment without text.
    static func foreignLine(_ name: String) -> HL7Problem {
        HL7Problem(
            .segmentSequence, segment: name,
            text: "a line that begins like no segment was read as the end of this one", severity: .warning)
    }
}
