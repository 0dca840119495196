import Demo
import Effects
import Foundation
import Testing

@Suite("The messages that the repository carries")
struct MessageFolderTests {
    private static let disk = SystemDisk()

    private static let folder: String = {
        let parts = #filePath.split(separator: "/").dropLast(3)
        return "/" + parts.joined(separator: "/") + "/Nodes/demo/messages"
    }()

    private static func names(_ kind: String, _ ending: String) throws -> [String] {
        try disk.list(folder + "/" + kind).filter { $0.hasSuffix(ending) }
    }

    private static func bytes(_ path: String) throws -> [UInt8] {
        try disk.read(folder + "/" + path, limitBytes: 1 << 20)
    }

    @Test func thereIsADozenOfEachForKnownNodes() throws {
        let nodes = DemoInstitution.all.map(\.node)
        for (kind, ending) in [("hl7v2", ".hl7"), ("fhir", ".json")] {
            let names = try Self.names(kind, ending)
            #expect(names.count >= 12)
            #expect(names.count == (try Self.disk.list(Self.folder + "/" + kind).count))
            #expect(names.allSatisfy { name in nodes.contains { name.hasPrefix($0 + "-") } })
            #expect(Set(names.compactMap { $0.split(separator: "-").first }).count == nodes.count)
        }
    }

    @Test func everyFileHasItsRowInTheReadme() throws {
        let readme = try Self.disk.readText(Self.folder + "/README.md")
        let rows = readme.split(separator: "\n").filter { $0.hasPrefix("| `") }
        var named: [String] = []
        for row in rows {
            named.append(contentsOf: row.split(separator: "`").dropFirst().prefix(1).map(String.init))
        }
        let files =
            try Self.names("hl7v2", "") + Self.names("fhir", "") + Self.names("bad", "")
        #expect(named.sorted() == files.sorted())
    }

    @Test func everyPersonCannotExist() throws {
        for name in try Self.names("hl7v2", ".hl7") {
            let number = SplitMessage(try Self.bytes("hl7v2/" + name)).identityNumber
            #expect(number.hasPrefix("999999"), "\(name)")
            #expect(isSoundIdentityNumber(number), "\(name)")
        }
        for name in try Self.names("fhir", ".json") {
            let text = String(decoding: try Self.bytes("fhir/" + name), as: UTF8.self)
            let numbers = text.matches(of: /\b[0-9]{17}[0-9X]\b/).map { String($0.output) }
            #expect(!numbers.isEmpty, "\(name)")
            #expect(numbers.allSatisfy { $0.hasPrefix("999999") && isSoundIdentityNumber($0) }, "\(name)")
        }
    }

    @Test func thePatientOfTheStoryWasExaminedAtJucheng() throws {
        let number = DemoPerson.liJianguo.identityNumber
        for path in ["hl7v2/jucheng-01-blood-count.hl7", "fhir/jucheng-01-message-glucose.json"] {
            let text = String(decoding: try Self.bytes(path), as: UTF8.self)
            #expect(text.contains(number))
            #expect(text.contains(DemoPerson.liJianguo.name))
            #expect(text.contains(DemoPerson.liJianguo.healthCard))
        }
    }

    @Test func theGB18030FileIsGB18030() throws {
        let bytes = try Self.bytes("hl7v2/zhangzhuang-01-urinalysis-gb18030.hl7")
        #expect(String(validating: bytes, as: UTF8.self) == nil)
        #expect(bytes.contains(sequence: Array("|GB 18030-2000\r\n".utf8)))
        // 尿 is C4 F2 in two bytes, 㛃 is 82 30 B7 31 in four.
        #expect(bytes.contains(sequence: [0xC4, 0xF2]))
        #expect(bytes.contains(sequence: [0x82, 0x30, 0xB7, 0x31]))
    }

    @Test func allThreeLineEndsAndFourVersionsOccur() throws {
        var ends: Set<String> = []
        var versions: Set<String> = []
        for name in try Self.names("hl7v2", ".hl7") {
            let bytes = try Self.bytes("hl7v2/" + name)
            let isCR = bytes.contains(0x0D)
            let isLF = bytes.contains(0x0A)
            ends.insert(isCR && isLF ? "CRLF" : isCR ? "CR" : "LF")
            versions.insert(SplitMessage(bytes).field("MSH", 12))
        }
        #expect(ends == ["CR", "LF", "CRLF"])
        #expect(versions == ["2.3", "2.3.1", "2.4", "2.5.1"])
    }

    @Test func fhirFilesAreJSON() throws {
        for name in try Self.names("fhir", ".json") {
            let object = try JSONSerialization.jsonObject(with: Data(try Self.bytes("fhir/" + name)))
            let type = (object as? [String: Any])?["resourceType"] as? String
            #expect(["Bundle", "DiagnosticReport"].contains(type), "\(name)")
        }
    }

    @Test func embeddedFilesArePDF() throws {
        let hl7 = SplitMessage(try Self.bytes("hl7v2/pingding-05-chest-ct-with-pdf.hl7"))
        let data = try #require(hl7.all("OBX").first { $0[2] == "ED" }?[5].split(separator: "^").last)
        let pdf = try #require(Data(base64Encoded: String(data)))
        #expect(pdf.starts(with: Data("%PDF-1.4\n".utf8)))
        #expect(pdf.suffix(6) == Data("%%EOF\n".utf8))
    }

    @Test func repeatedFilesAreTheSameBytes() throws {
        #expect(
            try Self.bytes("hl7v2/pingding-03-coagulation.hl7")
                == Self.bytes("hl7v2/pingding-04-coagulation-repeated.hl7"))
        #expect(
            try Self.bytes("fhir/yuxian-01-tumour-markers.json")
                == Self.bytes("fhir/yuxian-02-tumour-markers-repeated.json"))
    }
}

extension [UInt8] {
    fileprivate func contains(sequence: [UInt8]) -> Bool {
        guard count >= sequence.count else { return false }
        return (0...(count - sequence.count)).contains { self[$0...].starts(with: sequence) }
    }
}
