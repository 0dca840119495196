import Effects
import HL7
import Testing

@Suite("Character sets")
struct HL7EncodingTests {
    static let gbName: [UInt8] = [0xD5, 0xC5, 0xC8, 0xFD]  // 张三

    @Test func gb18030IsReadAndWritten() throws {
        #expect(try HL7Encoding.gb18030.decode(Self.gbName) == Array("张三".utf8))
        #expect(try HL7Encoding.gb18030.encode("张三") == Self.gbName)
        let rare = "𠀀㐀龥王"  // four-byte characters of GB 18030 among them
        #expect(try HL7Encoding.gb18030.decode(HL7Encoding.gb18030.encode(rare)) == Array(rare.utf8))
    }

    @Test func everyCharacterOfTheBasicPlaneSurvivesGB18030() throws {
        var text = ""
        for value in UInt32(0x4E00)...0x9FA5 {
            if let scalar = UnicodeScalar(value) { text.unicodeScalars.append(scalar) }
        }
        #expect(try HL7Encoding.gb18030.decode(HL7Encoding.gb18030.encode(text)) == Array(text.utf8))
    }

    @Test func latin1IsReadAndWritten() throws {
        #expect(try HL7Encoding.latin1.decode([0x4D, 0xFC, 0x6C]) == Array("Mül".utf8))
        #expect(try HL7Encoding.latin1.encode("Mül") == [0x4D, 0xFC, 0x6C])
        #expect(throws: Failure("hl7.unencodable", "")) { try HL7Encoding.latin1.encode("张") }
    }

    @Test(arguments: [
        (HL7Encoding.utf8, [0x41, 0xD5, 0xC5] as [UInt8], "byte 2"), (.ascii, [0x41, 0x42, 0x80], "byte 3"),
        (.gb18030, [0x41, 0xD5, 0xFF, 0x41], "byte 2"), (.gb18030, [0x41, 0xD5], "byte 2"),
    ])
    func aByteOfAnotherCharacterSetIsAnErrorWithItsPlace(
        encoding: HL7Encoding, bytes: [UInt8], place: String
    ) {
        let failure = #expect(throws: Failure.self) { try encoding.decode(bytes) }
        #expect(failure?.code == "hl7.undecodable")
        #expect(failure?.place == place)
    }

    @Test(arguments: [
        ("UNICODE UTF-8", HL7Encoding.utf8), ("UTF-8", .utf8), ("GB 18030-2000", .gb18030), ("GB18030", .gb18030),
        ("GBK", .gb18030), ("8859/1", .latin1), ("ASCII", .ascii),
    ])
    func tableNamesAreKnown(name: String, encoding: HL7Encoding) {
        #expect(HL7Encoding(tableName: name) == encoding)
    }

    @Test func msh18WinsOverTheDefault() throws {
        let text = "MSH|^~\\&|LIS|H|||20260101||ORU^R01|1|P|2.5.1||||||GB 18030-2000\rPID|||1||张^三\r"
        let bytes = try HL7Encoding.gb18030.encode(text)
        let message = try HL7Message.parse(bytes, defaultEncoding: .utf8)
        #expect(message.encoding == .gb18030)
        #expect(message.segment("PID")?.field(5).component(2).text == "三")
    }

    /// 巪 is 8E 7C and 峖 is 8D 7C in GB 18030: their second byte is the field separator.
    @Test func aDelimiterInsideACharacterDoesNotMoveMSH18() throws {
        for name in ["GB18030", ""] {
            let text = "MSH|^~\\&|巪LIS|峖H|||20260101||ORU^R01|77|P|2.5.1||||||\(name)\rPID|||1||巪^峖\r"
            let bytes = try HL7Encoding.gb18030.encode(text)
            #expect(bytes.contains(0x7C))
            let message = try HL7Message.parse(bytes, defaultEncoding: .gb18030)
            #expect(message.encoding == .gb18030)
            #expect(message.header.field(3).text == "巪LIS")
            #expect(message.controlID == "77")
            #expect(message.segment("PID")?.field(5).component(2).text == "峖")
        }
    }

    @Test(arguments: ["", "UNICODE UTF-8", "ASCII"])
    func whatIsChineseInGB18030IsToldWhereItStandsAndWhatToDeclare(declared: String) throws {
        let text =
            "MSH|^~\\&|LIS|H|||20260101||ORU^R01|1|P|2.5.1||||||\(declared)\rPID|||1||ZHANG\rOBX|1|ST|A\rOBX|2|ST|B||阴性\r"
        let bytes = try HL7Encoding.gb18030.encode(text)
        let failure = #expect(throws: Failure("hl7.undecodable", "")) {
            try HL7Message.parse(bytes, defaultEncoding: .utf8)
        }
        #expect(failure?.place?.hasPrefix("OBX[2]-5, byte ") == true)
        #expect(failure?.message.contains("GB 18030") == true)
        #expect(failure?.remedy?.contains("GB 18030-2000 in MSH-18") == true)
        #expect(failure?.remedy?.contains("listener") == true)
    }

    @Test func withoutMSH18TheDefaultHolds() throws {
        let text = "MSH|^~\\&|LIS|H|||20260101||ORU^R01|1|P|2.4\rPID|||1||张^三\r"
        let message = try HL7Message.parse(try HL7Encoding.gb18030.encode(text), defaultEncoding: .gb18030)
        #expect(message.segment("PID")?.field(5).component(1).text == "张")
        #expect(throws: Failure("hl7.undecodable", "")) {
            try HL7Message.parse(try HL7Encoding.gb18030.encode(text), defaultEncoding: .utf8)
        }
    }

    @Test func anUnknownCharacterSetIsTakenOnlyForASCII() throws {
        let text = "MSH|^~\\&|L|H|||20260101||ORU^R01|1|P|2.4||||||JAS2020\rPID|||1||Zhang^San\r"
        #expect(try HL7Message.parse(Array(text.utf8), defaultEncoding: .utf8).encoding == .ascii)
        #expect(throws: Failure("hl7.encodingUnknown", "")) {
            try HL7Message.parse(Array(text.utf8) + Array("NTE|1||张".utf8), defaultEncoding: .utf8)
        }
    }
}
