/// Messages with the oddities of real HL7 v2 systems; each is to be taken, and every value to come out as it went in.
enum OddHL7 {
    /// A message about a patient of its own; `@` stands for the patient's number.
    static func message(
        _ name: String, version: String = "2.5.1", type: String = "ORU^R01^ORU_R01", header: String = "",
        pid: String = "PID|1||@^^^LAB&2.999.7&ISO^MR||奇^怪||19700101|F", _ rest: [String], end: String = "\r"
    ) -> MessageFile {
        let start =
            header.isEmpty
            ? #"MSH|^~\&|LIS|LAB|YILIAN|YQ|20261120101010||"# + type + "|" + name + "|P|" + version : header
        let segments = [start, pid.replacing("@", with: name)] + rest.map { $0.replacing("@", with: name) }
        return MessageFile(name: name, bytes: Array(segments.map { $0 + end }.joined().utf8))
    }

    static let order = "OBR|1|P-@|F-@|718-7^Hemoglobin^LN|||20261120080000|||||||||||||||20261120090000||LAB|F"
    static let result = "OBX|1|NM|718-7^Hemoglobin^LN||13.50|g/dL|12.0-16.0|N|||F"

    static var all: [MessageFile] { structures + headers + values + identities }

    static let structures: [MessageFile] = [
        message("no-type", [order, "OBX|1||718-7^Hemoglobin^LN||13.50|g/dL|12.0-16.0|N|||F"]),
        message("order-behind", [order, "ORC|RE|P-@|F-@|||||||||1^Doctor^A", result]),
        message(
            "order-behind-each",
            [
                order, "ORC|RE", result, "OBR|2||G-@|2345-7^Glucose^LN||||||||||||||||||||||F", "ORC|RE",
                "OBX|1|NM|2345-7^Glucose^LN||5.0|mmol/L|3.9-6.1|N|||F",
            ]),
        message("note-first", [order, "NTE|1|L|Before any result, with \\T\\ in it", result, "NTE|1|L|After it"]),
        message("no-results", [order]),
        message("some-without-results", [order, "OBR|2||G-@|2345-7^Glucose^LN||||||||||||||||||||||F", result]),
        message(
            "all-the-segments",
            [
                "PD1|||CLINIC", "NK1|1|NEXT^OF", "PV1|1|O|4E", "PV2|||1^Sick", "ORC|RE|P-@|F-@", order,
                "TQ1|1||||||20261120",
                "TQ2|1", "CTD|1", result, "NTE|1||text", "FT1|1", "CTI|STUDY^1|ARM", "SPM|1|||119297000^Blood^SCT",
                "ZZZ|1|anything^at&all",
                "OBX|2|NM|2345-7^Glucose^LN||5.0|mmol/L|3.9-6.1|N|||F", "ZAB",
            ]),
        message(
            "same-set-ids",
            [order, result, "OBX|1|NM|2345-7^Glucose^LN||5.0|mmol/L||||F", "OBX|1|NM|6690-2^WBC^LN||7|10*9/L|||||F"]),
        message("trailing-fields", [order + "||||||||||||||||||||||||", result + "|||||||||||||||"]),
        message("crlf", [order, result], end: "\r\n"),
        message("lf", [order, result], end: "\n"),
        message("blank-lines", [order, "", result, "", ""], end: "\r\n"),
        message("trailing-blanks", [order + "   ", result + "  ", "   ", "\t"]),
        message("end-of-file", [order, result + "\r\u{1A}"]),
        message(
            "byte-order-mark",
            header: "\u{FEFF}" + #"MSH|^~\&|LIS|LAB|||20261120||ORU^R01|byte-order-mark|P|2.5.1|||||||UTF-8"#,
            [order, result]),
        message(
            "many-patients",
            [
                order, result, "PID|2||@-2^^^LAB&2.999.7&ISO^MR||甲^乙",
                "OBR|1||F-@|718-7^Hemoglobin^LN||||||||||||||||||||||F",
                "OBX|1|NM|718-7^Hemoglobin^LN||9.9|g/dL|12.0-16.0|L|||F",
            ]),
    ]

    static let headers: [MessageFile] = [
        message("version-2.3", version: "2.3", type: "ORU^R01", [order, result]),
        message("version-2.3.1", version: "2.3.1", type: "ORU^R01", [order, result]),
        message("version-2.4", version: "2.4", type: "ORU^R01", [order, result]),
        message("version-2.7", version: "2.7", [order, result]),
        message("version-2.8", version: "2.8^USA^^2.16.840.1.113883.9.11", [order, result]),
        message("no-version", version: "", [order, result]),
        message("structure-only", type: "ORU_R01", [order, result]),
        message(
            "five-characters", header: #"MSH|^~\&#|LIS|LAB|||20261120||ORU^R01^ORU_R01|five-characters|P|2.7"#,
            [order, result]),
        message("lower-case-mode", header: #"MSH|^~\&|||||||ORU^R01|lower-case-mode|p^t|2.5"#, [order, result]),
        message(
            "other-delimiters", header: "MSH$*~!&$LIS$LAB$$$20261120$$ORU*R01$other-delimiters$P$2.5",
            pid: "PID$1$$other-delimiters***LAB&2.999.7&ISO*MR",
            [
                "OBR$1$$F-9$718-7*Hemoglobin*LN$$$$$$$$$$$$$$$$$$$$$F",
                "OBX$1$ST$718-7*Hemoglobin*LN$$a|b^c !F! d$g/dL$1|2$N$$$F",
            ]),
        MessageFile(
            name: "batch",
            bytes: Array(
                (#"FHS|^~\&|LIS"# + "\r" + #"BHS|^~\&|LIS"# + "\r").utf8)
                + message("batch-1", [order, result]).bytes + message("batch-2", [order, result]).bytes
                + Array("BTS|2\rFTS|1\r".utf8)),
        MessageFile(
            name: "two-in-a-frame",
            bytes: message("pair-1", [order, result]).bytes + message("pair-2", [order, result]).bytes),
    ]

    static let identities: [MessageFile] = [
        message("only-pid-2", pid: "PID|1|@^^^LAB^PT|||奇^怪", [order, result]),
        message("only-pid-4", pid: "PID|1|||@|奇^怪", [order, result]),
        message("only-pid-18", pid: "PID|1||||奇^怪|||||||||||||@^^^LAB^AN", [order, result]),
        message("only-pid-19", pid: "PID|1||||奇^怪||||||||||||||@", [order, result]),
        message(
            "many-identifiers", pid: "PID|1||^^^LAB^MR~@^^^LAB&2.999.7&ISO^MR~@-B^^^^PI~@-C^^^&2.999.8&ISO^VN~@-D~\"\"",
            [order, result]),
        message("no-order-number", ["OBR|1|||718-7^Hemoglobin^LN||||||||||||||||||||||F", result]),
        message("number-in-orc", ["ORC|RE|P-@|F-@", "OBR|1|||718-7^Hemoglobin^LN||||||||||||||||||||||F", result]),
        message("no-code", ["OBR|1||F-@|||||||||||||||||||||||F", "OBX|1|ST|||something||||||F"]),
        message("nameless", pid: "PID|||@^^^LAB", ["OBR|||F-@|718-7", "OBX||NM|718-7||13.5"]),
    ]
}
