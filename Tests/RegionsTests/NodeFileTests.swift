import Consultation
import Effects
import Indicators
import Testing
import WorkflowKit

@testable import Regions

@Suite struct NodeFileTests {
    static let text = """
        node: east
        dataFolder: data/east
        link:
          listen: 0.0.0.0:7443
          parents: ["10.0.0.1:7443"]
        mllp:
          - listen: 0.0.0.0:2575
            unit: hospital
            clients: [10.14.3.0/24, 127.0.0.1]
            encoding: GB18030
            tls: {certificate: mllp.pem, key: mllp.key, clientAuthority: /etc/ca.pem}
        https:
          listen: 0.0.0.0:8443
          systems:
            - name: his
              institution: YQ000002914032111A1001
              tokenFile: tokens/his
              purpose: treatment
              practitioner: d-17
        log:
          level: debug
        indicators:
          closingDelays:
            results-published: 60
        experts: [ecg-one]
        """

    @Test func aFileOfMoreAliasesThanAPersonWritesIsRefusedUnread() {
        for count in [Limits.yamlAliases, 1_000_000] {
            let text = Self.text + "\nbox: &a [1]\nboxes: [" + String(repeating: "*a,", count: count) + "]\n"
            do {
                _ = try NodeFile.read(text, fileName: "east.yaml", sections: SampleRegion.sections)
                Issue.record("\(count) aliases were taken")
            } catch {
                #expect("\(error)".contains("anchors and aliases"), "\(error)")
            }
        }
    }

    @Test func aFileIsReadWithItsDefaults() throws {
        let file = try NodeFile.read(Self.text, fileName: "/etc/yilian/east.yaml", sections: SampleRegion.sections)
        #expect(file.node.rawValue == "east")
        #expect(file.dataFolder == "/etc/yilian/data/east")
        #expect(file.resolved(file.certificateFile) == "/etc/yilian/data/east/tls.crt")
        #expect(file.linkListen == NetworkAddress(host: "0.0.0.0", port: 7443))
        #expect(file.parentAddresses.map(\.description) == ["10.0.0.1:7443"])
        let listener = try #require(file.mllp.first)
        #expect(listener.encoding == .gb18030)
        #expect(listener.tls?.clientAuthorityFile == "/etc/ca.pem")
        #expect(file.resolved(listener.tls?.clientAuthorityFile ?? "") == "/etc/ca.pem")
        let system = try #require(file.https?.systems.first)
        #expect(system.institution == .code(try InstitutionCode(InstitutionCodeTests.good)))
        #expect(system.purpose == "treatment" && system.practitioner == "d-17")
        #expect(file.healthListen == NetworkAddress(host: "127.0.0.1", port: 0))
        #expect(file.logLevel == .debug)
        let delays = file.section(ClosingDelays.self)
        #expect(delays.seconds == ["results-published": 60] && delays.standardSeconds == 21_600)
        #expect(file.section(ExpertsHere.self).experts == ["ecg-one"])
        #expect(file.messageRetentionDays == 90)
        let kept = Self.text.replacingOccurrences(
            of: "experts: [ecg-one]", with: "messages:\n  retentionDays: 7")
        let other = try NodeFile.read(kept, fileName: "/etc/yilian/east.yaml", sections: SampleRegion.sections)
        #expect(other.section(ExpertsHere.self).experts == nil)
        #expect(other.messageRetentionDays == 7)
        #expect(file.resolved(file.backupFolder) == "/etc/yilian/data/east/backups")
        let elsewhere = try NodeFile.read(
            kept + "\nbackups: {folder: /mnt/disk2/yilian}\n", fileName: "/etc/yilian/east.yaml",
            sections: SampleRegion.sections)
        #expect(elsewhere.resolved(elsewhere.backupFolder) == "/mnt/disk2/yilian")
    }

    @Test func eachValueSaysWhatSetIt() throws {
        var file = try NodeFile.read(Self.text, fileName: "east.yaml", sections: SampleRegion.sections)
        func shown(_ key: String) -> String? { file.effective.first { $0.key == key }?.description }
        #expect(shown("node") == "node = east  (east.yaml:1)")
        #expect(shown("mllp.0.encoding") == "mllp.0.encoding = GB18030  (east.yaml:10)")
        #expect(shown("mllp.0.clients.1") == "mllp.0.clients.1 = 127.0.0.1  (east.yaml:9)")
        #expect(shown("region.file") == "region.file = region.configuration  (default)")
        #expect(shown("health.listen") == "health.listen = 127.0.0.1:0  (default)")
        #expect(shown("indicators.closingDelays.results-published")?.hasSuffix("(east.yaml:24)") == true)
        file.setDataFolder("/data", option: "--data")
        file.setParentAddresses([NetworkAddress(host: "h", port: 1)], option: "--parent")
        #expect(shown("dataFolder") == "dataFolder = /data  (--data)")
        #expect(shown("link.parents") == "link.parents = h:1  (--parent)")
        #expect(shown("link.parents.0") == nil)
        #expect(file.resolved("a") == "/data/a" && file.parentAddresses.count == 1)
    }

    @Test func aDelayOfAnIndicatorThatTheRegionDoesNotReportIsSaidAndNoOtherIsSuggested() throws {
        let file = try NodeFile.read(Self.text, fileName: "east.yaml", sections: SampleRegion.sections)
        var region = try SampleRegion.configuration()
        func findings() -> [NodeFileFinding] { file.section(ClosingDelays.self).findings(in: region, of: file) }
        region.indicators = []
        #expect(findings() == [], "it reports all that there are")
        region.indicators = [IndicatorChoice(id: "results-published", name: "结果")]
        #expect(findings() == [])
        region.indicators = [IndicatorChoice(id: "results-publishes", name: "近似")]
        let found = try #require(findings().first)
        #expect(found.key == "indicators.closingDelays.results-published" && findings().count == 1)
        #expect(found.message.contains("does not report") && !found.remedy.contains("results-publishes"))
    }

    struct Mistake: Sendable, CustomTestStringConvertible {
        var old: String
        var new: String
        var code: Failure.Code
        var line: Int
        var testDescription: String { new }
        init(_ old: String, _ new: String, _ code: Failure.Code, line: Int) {
            (self.old, self.new, self.code, self.line) = (old, new, code, line)
        }
    }

    @Test(arguments: [
        Mistake("node: east", "nodes: east", "config.unknownKey", line: 1),
        Mistake("node: east\n", "", "config.missingKey", line: 1),
        Mistake("node: east", "node: East", "region.badName", line: 1),
        Mistake("listen: 0.0.0.0:7443", "listen: 7443", "config.badAddress", line: 4),
        Mistake("listen: 0.0.0.0:7443", "listen: 0.0.0.0:65536", "config.badAddress", line: 4),
        Mistake("10.0.0.1:7443", "10.0.0.1:0", "config.badAddress", line: 5),
        Mistake(
            "unit: hospital", "unit: hospital\n    institution: YQ000002914032111A1001", "config.institution", line: 9),
        Mistake("    unit: hospital\n", "", "config.institution", line: 7),
        Mistake("clients: [10.14.3.0/24, 127.0.0.1]", "clients: []", "config.missingValue", line: 9),
        Mistake("    clients: [10.14.3.0/24, 127.0.0.1]\n", "", "config.missingKey", line: 7),
        Mistake("10.14.3.0/24", "10.14.3.0/33", "config.badAddressRange", line: 9),
        Mistake("10.14.3.0/24", "\"*\"", "config.badAddressRange", line: 9),
        Mistake("encoding: GB18030", "encoding: gbk", "config.badValue", line: 10),
        Mistake("key: mllp.key, ", "", "config.missingKey", line: 11),
        Mistake("listen: 0.0.0.0:8443", "listen: 0.0.0.0:2575", "config.sameAddress", line: 13),
        Mistake("listen: 0.0.0.0:8443", "listen: 0.0.0.0:8443\n  key: a", "config.certificate", line: 14),
        Mistake("YQ0000029", "YQ0000027", "code.institutionCheck", line: 16),
        Mistake("      tokenFile: tokens/his\n", "", "config.missingKey", line: 15),
        Mistake("purpose: treatment", "purpose: Any Thing", "region.badName", line: 18),
        Mistake("level: debug", "level: loud", "config.badValue", line: 21),
        Mistake("results-published: 60", "results-published: -1", "config.badValue", line: 24),
        Mistake("results-published: 60", "results-published: [60]", "config.wrongType", line: 24),
        Mistake("experts: [ecg-one]", "experts: [ecg-one, ecg-one]", "config.duplicateName", line: 25),
        Mistake("experts: [ecg-one]", "experts: ecg-one", "config.wrongType", line: 25),
    ])
    func everyMistakeIsReportedWithItsLine(_ mistake: Mistake) throws {
        let range = try #require(Self.text.range(of: mistake.old))
        let text = Self.text.replacingCharacters(in: range, with: mistake.new)
        let (file, problems) = NodeFile.check(text, fileName: "n.yaml", sections: SampleRegion.sections)
        #expect(file == nil)
        let problem = try #require(problems.first { $0.code == mistake.code }, "got \(problems)")
        #expect(problem.line == mistake.line, "\(problem)")
    }

    @Test func theFileFitsItsRegionOrSaysWhereNot() throws {
        let region = try SampleRegion.configuration()
        let file = try NodeFile.read(Self.text, fileName: "n.yaml", sections: SampleRegion.sections)
        #expect(file.problems(in: region) == [])
        let mistakes = [
            ("node: east", "node: north", 1), ("unit: hospital", "unit: clinic", 8),
            ("unit: hospital", "unit: centre", 8),
            ("[ecg-one]", "[nobody]", 25), ("results-published: 60", "turnaround: 60", 24),
            ("  listen: 0.0.0.0:7443\n", "", 1),
        ]
        for (old, new, line) in mistakes {
            let text = Self.text.replacingCharacters(in: try #require(Self.text.range(of: old)), with: new)
            let problems = try NodeFile.read(text, fileName: "n.yaml", sections: SampleRegion.sections).problems(
                in: region)
            #expect(problems.map(\.line) == [line], "\(new): \(problems)")
            #expect(problems.allSatisfy { $0.code == "config.notInRegion" && $0.file == "n.yaml" })
        }
    }
}

@Suite struct AddressTests {
    @Test func rangesHoldTheirAddressesAndNoOthers() throws {
        let cases: [(String, String, Bool)] = [
            ("10.14.3.0/24", "10.14.3.255", true), ("10.14.3.0/24", "10.14.4.0", false),
            ("10.14.3.128/25", "10.14.3.127", false), ("10.14.3.128/25", "10.14.3.200", true),
            ("0.0.0.0/0", "8.8.8.8", true), ("0.0.0.0/0", "::1", false), ("127.0.0.1", "::ffff:127.0.0.1", true),
            ("::1", "0:0:0:0:0:0:0:1", true), ("fd00::/8", "fdab::1", true), ("fd00::/8", "fe80::1", false),
            ("10.0.0.1", "10.0.0.2", false),
        ]
        for (range, address, isIn) in cases {
            let address = try #require(IPAddress(address))
            #expect(try AddressRange(range).contains(address) == isIn, "\(range) \(address)")
        }
    }

    @Test func aListenerAllowsOnlyItsClients() throws {
        let listener = MLLPListener(
            listen: NetworkAddress(host: "h", port: 0), institution: .unit(try OrgUnitID("a")),
            clients: [try AddressRange("10.0.0.0/8")])
        #expect(listener.allows("10.1.2.3"))
        #expect(!listener.allows("11.1.2.3") && !listener.allows("") && !listener.allows("10.1.2"))
    }

    @Test(arguments: [
        "", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.4 ", ":", ":::", "1::2::3", "12345::", "::g",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9", "::1.2.3", "::1:2:3:4:5:6:7:8",
    ])
    func textsThatAreNoAddressesAreRefused(_ text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test func networkAddressesAreReadAndPrinted() throws {
        for text in ["10.0.0.1:7443", "node-1.example.cn:1", "[fd00::1]:0", "[::1]:65535"] {
            #expect(try NetworkAddress(text).description == text)
        }
        for text in ["", ":1", "a", "a:", "a:b", "a:65536", "a:-1", "a b:1", "::1:1", "[::1:1", "[a]:1", "[]:1"] {
            #expect(throws: Failure("config.badAddress", "")) { try NetworkAddress(text) }
        }
    }
}
