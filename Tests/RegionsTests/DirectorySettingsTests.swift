import Effects
import Foundation
import Testing

@testable import Regions

@Suite struct DirectorySettingsTests {
    private static let text = """
        node: east
        dataFolder: data/east
        console:
          listen: 0.0.0.0:8444
          name: console.example:8444
          directory:
            issuer: https://sso.example/realms/staff
            client: yilian
            secretFile: directory.secret
            authority: directory-ca.crt
            scopes: [openid, profile, groups]
            nameClaim: sub
            rolesClaim: member_of
            roles:
              yilian-ops: operator
              CN=医师,OU=组: doctor
            practitionerClaim: staff_number
            unit: hospital
            levels: [gold]
            methods: [otp, pwd]
        """

    private static let sections = ConfigurationSections(consoleRoles: ["operator", "doctor"])

    private static func check(_ text: String) -> (file: NodeFile?, problems: [ConfigurationProblem]) {
        NodeFile.check(text, fileName: "n.yaml", sections: sections)
    }

    @Test func everyKeyIsRead() throws {
        let file = try NodeFile.read(Self.text, fileName: "n.yaml", sections: Self.sections)
        let console = try #require(file.console)
        #expect(console.name == NetworkAddress(host: "console.example", port: 8444))
        let directory = try #require(console.directory)
        #expect(directory.issuer.text == "https://sso.example/realms/staff" && directory.client == "yilian")
        #expect(directory.secretFile == "directory.secret" && directory.authorityFile == "directory-ca.crt")
        #expect(directory.scopes == ["profile", "groups"], "openid is asked for in any case")
        #expect(directory.nameClaim == "sub" && directory.rolesClaim == "member_of")
        #expect(
            directory.roles == [
                .init(word: "yilian-ops", role: "operator"), .init(word: "CN=医师,OU=组", role: "doctor"),
            ])
        #expect(directory.practitionerClaim == "staff_number" && directory.unit?.rawValue == "hospital")
        #expect(directory.levels == ["gold"] && directory.methods == ["otp", "pwd"])
        #expect(!directory.issuer.allowsPlainLoopback)
    }

    @Test func whatIsNotWrittenIsAsItIsCommonlyAndShown() throws {
        let text = """
            node: east
            dataFolder: d
            console:
              listen: 0.0.0.0:8444
              name: c.example:443
              directory: {issuer: "https://a.example", client: c, secretFile: s, roles: {w: operator}}
            """
        let file = try NodeFile.read(text, fileName: "n.yaml", sections: Self.sections)
        let directory = try #require(file.console?.directory)
        #expect(directory.scopes == ["profile"] && directory.nameClaim == "preferred_username")
        #expect(directory.rolesClaim == "groups" && directory.levels.isEmpty && directory.methods.isEmpty)
        let shown = file.effective.map(\.description)
        #expect(shown.contains("console.directory.nameClaim = preferred_username  (default)"))
        #expect(shown.contains("console.directory.plainLoopback = false  (default)"))
        #expect(shown.contains("console.directory.roles.w = operator  (n.yaml:6)"))
    }

    @Test(arguments: [
        ("  name: console.example:8444\n", "", "config.missingKey", 4),
        ("name: console.example:8444", "name: console.example:0", "config.badAddress", 5),
        ("issuer: https", "issuer: http", "config.badValue", 7),
        ("https://sso.example/realms/staff", "http://127.0.0.1:9400", "config.badValue", 7),
        ("/realms/staff", "/realms?a=b", "config.badValue", 7),
        ("https://sso", "https://a:b@sso", "config.badValue", 7),
        ("    client: yilian\n", "", "config.missingKey", 7), ("client: yilian", "client: a b", "config.badValue", 8),
        ("    secretFile: directory.secret\n", "", "config.missingKey", 7),
        ("nameClaim: sub", "nameclaim: sub", "config.unknownKey", 12),
        ("yilian-ops: operator", "yilian-ops: operater", "config.unknownName", 15),
        ("yilian-ops: operator", "yilian-ops: [operator]", "config.wrongType", 15),
        ("unit: hospital", "unit: hospital\n    unitClaim: u", "config.institution", 19),
        ("unit: hospital", "unit: Hospital!", "region.badName", 18), ("[gold]", "gold", "config.wrongType", 19),
    ])
    func everyMistakeIsReportedWithItsLine(_ old: String, _ new: String, _ code: String, _ line: Int) throws {
        let range = try #require(Self.text.range(of: old))
        let text = Self.text.replacingCharacters(in: range, with: new)
        let (file, problems) = Self.check(text)
        #expect(file == nil)
        let problem = try #require(problems.first { $0.code.rawValue == code }, "got \(problems)")
        #expect(problem.line == line, "\(problem)")
    }

    @Test func withoutRolesNobodyCouldComeIn() throws {
        let roles = "    roles:\n      yilian-ops: operator\n      CN=医师,OU=组: doctor\n"
        let (_, problems) = Self.check(Self.text.replacingOccurrences(of: roles, with: ""))
        #expect(problems.map(\.code.rawValue) == ["config.missingKey"])
    }

    @Test func aUnitOfAnotherNodeIsSaid() throws {
        let region = try SampleRegion.configuration()
        for (unit, count) in [("hospital", 0), ("clinic", 1)] {
            let text = Self.text.replacingOccurrences(of: "unit: hospital", with: "unit: \(unit)")
            let problems = try NodeFile.read(text, fileName: "n.yaml", sections: Self.sections).problems(in: region)
            #expect(problems.count { $0.line == 18 } == count, "\(problems)")
        }
    }

    @Test func anAddressIsOneOverHTTPSOrOneOfThisMachineWhereThatIsAllowed() {
        for text in ["https://a", "https://a.example:8443/x/", "https://[::1]/x", "https://10.0.0.1/r%20s"] {
            #expect(DirectoryAddress(text)?.text == text)
        }
        for text in ["http://127.0.0.1:9400", "http://127.8.8.8/x", "http://[::1]:9/x"] {
            #expect(DirectoryAddress(text) == nil)
            #expect(DirectoryAddress(text, allowsPlainLoopback: true)?.text == text)
        }
        let bad = [
            "", "https://", "https:///x", "ftp://a", "HTTPS://a", "https://a b", "https://a#f", "https://u@a",
            "https://a:0", "https://a:99999", "https://a\u{0}", "https://a\r\nb", "https://医院.example",
            "http://localhost",
            "http://128.0.0.1", "http://127.0.0.1.example", "http://[::2]", "https://a?b=c",
            "https://a/" + String(repeating: "a", count: 500),
        ]
        for text in bad { #expect(DirectoryAddress(text, allowsPlainLoopback: true) == nil, "\(text)") }
        #expect(DirectoryAddress("https://a?b=c", allowsQuery: true) != nil)
        #expect(DirectoryAddress("https://a/x?b=c", allowsQuery: true) != nil)
    }
}
