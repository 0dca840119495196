import Effects
import Testing

@testable import Regions

@Suite("Characters that look right in a yaml file") struct ConfusableTests {
    private static let text = "node: east\ndataFolder: data\nlink:\n  listen: 0.0.0.0:7443\n"

    struct Slip: Sendable {
        var old: String
        var new: String
        var name: String
        var line: Int
        var column: Int
    }

    @Test(arguments: [
        Slip(old: "  listen:", new: "\tlisten:", name: "a tab", line: 4, column: 1),
        Slip(old: "  listen:", new: " \tlisten:", name: "a tab", line: 4, column: 2),
        Slip(old: "  listen:", new: "\u{3000}listen:", name: "full-width space", line: 4, column: 1),
        Slip(old: "  listen:", new: "\u{A0} listen:", name: "unbreakable space", line: 4, column: 1),
        Slip(old: "node: east", new: "node：east", name: "full-width colon", line: 1, column: 5),
        Slip(old: "listen: 0", new: "listen：0", name: "full-width colon", line: 4, column: 3),
        Slip(old: "link:", new: "link：", name: "full-width colon", line: 3, column: 5),
        Slip(old: "listen: 0.0.0.0:7443", new: "listen:\u{3000}0", name: "full-width space", line: 4, column: 3),
        Slip(old: "node: east\n", new: "node: {id: x， name: y}\n", name: "full-width comma", line: 1, column: 13),
        Slip(old: "link:\n  listen: 0.0.0.0:7443", new: "link: ｛listen: \"a: b\"}", name: "'｛'", line: 3, column: 7),
        Slip(old: "link:\n  listen: 0.0.0.0:7443", new: "link: {listen: a:1｝", name: "'｝'", line: 3, column: 19),
        Slip(old: "link:\n  listen: 0.0.0.0:7443", new: "link: {parents: 【a】, b: [}", name: "'【'", line: 3, column: 17),
        Slip(old: "node: east", new: "node: “east”", name: "curly quote '“'", line: 1, column: 7),
        Slip(old: "dataFolder: data", new: "dataFolder: “data”", name: "curly quote '“'", line: 2, column: 13),
        Slip(old: "dataFolder: data", new: "dataFolder: ‘data’", name: "curly quote '‘'", line: 2, column: 13),
        Slip(old: "dataFolder: data", new: "dataFolder: ＂data＂", name: "full-width '＂'", line: 2, column: 13),
        Slip(old: "node: east", new: "“node”: east", name: "curly quote '“'", line: 1, column: 1),
        Slip(old: "0.0.0.0:7443", new: "0.0.0.0：7443", name: "full-width colon", line: 4, column: 11),
        Slip(old: "0.0.0.0:7443", new: "0。0。0。0:7443", name: "full stop '。'", line: 4, column: 11),
        Slip(old: "0.0.0.0:7443", new: "0.0.0.0:７443", name: "full-width '７'", line: 4, column: 11),
        Slip(old: "listen: 0.0.0.0:7443", new: "parents: ［a:1, b:2］", name: "'［'", line: 4, column: 12),
        Slip(old: "listen: 0.0.0.0:7443", new: "parents: 【a:1】", name: "'【'", line: 4, column: 12),
        Slip(old: "listen: 0.0.0.0:7443", new: "parents: a:1，b:2", name: "full-width comma", line: 4, column: 12),
        Slip(old: "link:\n  listen: 0.0.0.0:7443", new: "link: ｛listen: a｝", name: "'｛'", line: 3, column: 7),
    ]) func `each is called by its name, where it stands`(_ slip: Slip) throws {
        let text = Self.text.replacing(slip.old, with: slip.new)
        #expect(text != Self.text)
        let (file, problems) = NodeFile.check(text, fileName: "n.yaml", sections: SampleRegion.sections)
        #expect(file == nil)
        let problem = try #require(problems.first { $0.code == "config.wrongCharacter" }, "got \(problems)")
        #expect(problem.message.contains(slip.name), "\(problem)")
        #expect(problem.line == slip.line && problem.column == slip.column, "\(problem)")
        #expect(!problem.remedy.isEmpty)
    }

    @Test func `where they belong to a value they are nobody's mistake`() throws {
        let text = "node: east\ndataFolder: \"数据：一\"\n# 注释：\t制表\nlog:\n  level:\tdebug\n"
        let (file, problems) = NodeFile.check(text, fileName: "n.yaml", sections: SampleRegion.sections)
        #expect(problems == [])
        #expect(file?.dataFolder.hasSuffix("数据：一") == true)
        #expect(file?.logLevel == .debug)
    }

    @Test func `quotes and brackets inside a value, or within straight quotes, are the value's`() {
        for folder in ["\"“data”\"", "'【data】'", "数据“一”", "数据（一）", "数据【一】"] {
            let text = "node: east\ndataFolder: \(folder)\n"
            #expect(
                NodeFile.check(text, fileName: "n.yaml", sections: SampleRegion.sections).problems == [], "\(folder)")
        }
    }

    @Test func `a file in GBK or UTF-16 is called that, with its line`() throws {
        let disk = MemoryDisk()
        // 数据 in GBK.
        let gbk = Array("node: east\ndataFolder: ".utf8) + [0xCA, 0xFD, 0xBE, 0xDD, 0x0A]
        let utf16 = [0xFF, 0xFE] + Self.utf16("node: east\n")
        let damaged = Array("node: east\n# 数据\ndataFolder: 数".utf8) + [0x80] + Array("据\n".utf8)
        let files: [(bytes: [UInt8], line: Int, looks: String)] = [
            (gbk, 2, "; the file looks like GBK (GB18030)"), (utf16, 1, "; the file looks like UTF-16"),
            (damaged, 3, ""),
        ]
        for file in files {
            try disk.write(file.bytes, to: "n.yaml", mode: 0o644)
            let failure = #expect(throws: Failure.self) { try disk.readText("n.yaml") }
            #expect(failure?.code == "disk.notText" && failure?.place == "n.yaml:\(file.line)")
            #expect(failure?.message == "this is not UTF-8 text" + file.looks)
            #expect(failure?.remedy?.contains("save it as UTF-8") == true)
        }
        let bare = String(decoding: Self.utf16("node: east\n"), as: UTF8.self)
        let problems = NodeFile.check(bare, fileName: "n.yaml", sections: SampleRegion.sections).problems
        #expect(problems.map(\.code) == ["config.wrongCharacter"] && problems.first?.message.contains("UTF-16") == true)
    }

    private static func utf16(_ text: String) -> [UInt8] {
        text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    }

    @Test func `what is wrong elsewhere is not put down to them`() {
        let text = "node: east\ndataFolder: 数据，一\nlog: {level: debug\nhealth: x\n"
        #expect(
            NodeFile.check(text, fileName: "n.yaml", sections: SampleRegion.sections).problems.map(\.code) == [
                "config.syntax"
            ])
    }

    @Test func `a byte-order mark before the text is no part of it`() throws {
        #expect(
            NodeFile.check("\u{FEFF}" + Self.text, fileName: "n.yaml", sections: SampleRegion.sections).problems == [])
        #expect(
            RegionFile.check("\u{FEFF}" + SampleRegion.text, fileName: "r", sections: SampleRegion.sections).problems
                == [])
        let disk = MemoryDisk()
        try disk.write("\u{FEFF}" + Self.text, to: "n.yaml")
        #expect(try disk.readText("n.yaml") == Self.text)
    }

    static let sections = ConfigurationSections(
        region: SampleRegion.sections.region, node: SampleRegion.sections.node, purposes: ["treatment", "emergency"],
        indicatorIDs: SampleRegion.sections.indicatorIDs)

    @Test(arguments: [
        ("{id: results-published, name: 发布数}", "{id: turnarround, name: 时长}", "turnaround"),
        ("node: hill", "node: hil", "hill"), ("parent: city", "parent: cty", "city"),
        ("kind: authority", "kind: autority", "authority"), ("tier: county", "tier: conty", "county"),
        ("home: east", "home: eastt", "east"),
    ]) func `an unknown name in region.yaml is answered with the nearest that is known`(
        _ old: String, _ new: String, _ near: String
    ) throws {
        let text = SampleRegion.text.replacing(old, with: new, maxReplacements: 1)
        #expect(text != SampleRegion.text)
        let problems = RegionFile.check(
            text, fileName: "r", sections: Self.sections
        ).problems
        #expect(problems.contains { $0.remedy == "did you mean '\(near)'?" }, "got \(problems)")
    }

    @Test func `an unknown name in a node's file is answered with the nearest that is known`() throws {
        let text = NodeFileTests.text.replacing("purpose: treatment", with: "purpose: treatmnt")
        let problems = NodeFile.check(
            text, fileName: "n.yaml", sections: Self.sections
        ).problems
        #expect(problems.map(\.code) == ["config.unknownName"])
        #expect(problems.first?.remedy == "did you mean 'treatment'?")
        let misspelt = NodeFileTests.text.replacing("results-published: 60", with: "results-publishd: 60")
        #expect(
            NodeFile.check(misspelt, fileName: "n.yaml", sections: Self.sections).problems.map(\.remedy)
                == ["did you mean 'results-published'?"])
        let region = try SampleRegion.configuration()
        for (old, new, near) in [
            ("node: east", "node: eest", "east"), ("unit: hospital", "unit: hospitl", "hospital"),
            ("[ecg-one]", "[ecg-onne]", "ecg-one"),
        ] {
            let changed = NodeFileTests.text.replacing(old, with: new)
            let found = try NodeFile.read(changed, fileName: "n.yaml", sections: SampleRegion.sections).problems(
                in: region)
            #expect(found.contains { $0.remedy == "did you mean '\(near)'?" }, "\(new): \(found)")
        }
    }

    @Test func `a listener on every address and one on a single one clash on the same port`() {
        let text = NodeFileTests.text.replacing("listen: 0.0.0.0:8443", with: "listen: 127.0.0.1:2575")
        let problems = NodeFile.check(text, fileName: "n.yaml", sections: SampleRegion.sections).problems
        #expect(problems.map(\.code) == ["config.sameAddress"])
        let line = text.split(separator: "\n", omittingEmptySubsequences: false)
            .firstIndex { $0.contains("listen: 127.0.0.1:2575") }
        #expect(problems.first?.line == line.map { $0 + 1 }, "where the later one stands")
        #expect(problems.first?.message.contains("'mllp.0.listen'") == true, "\(problems)")
    }
}
