import Effects
import Regions
import ServiceKit
import Testing

@testable import Destinations

@Suite("The destinations of a node's file")
struct DestinationsSectionTests {
    private func read(_ destinations: String) -> (file: NodeFile?, problems: [ConfigurationProblem]) {
        let text = "node: hill\ndataFolder: /tmp/hill\n" + destinations
        return NodeFile.check(
            text, fileName: "hill.yaml", sections: ConfigurationSections(node: [DestinationsSection.self]))
    }

    @Test("are read with their bounds, and what is not written has its default")
    func sound() throws {
        let (file, problems) = read(
            """
            destinations:
              - name: his
                unit: hill-wsy
                wants: [reports]
                mllp:
                  address: 10.1.2.3:2576
                  encoding: GB18030
                  application: HIS
                  facility: HILL
                  authority: his-ca.pem
                messages: 100
                megabytes: 16
                days: 3
              - name: portal
                unit: hill-wsy
                wants: [reports]
                fhir:
                  url: https://portal.example:8443/fhir/
                  authority: portal-ca.pem
                  tokenFile: tokens/portal
            """)
        #expect(problems == [])
        let destinations = try #require(file).section(DestinationsSection.self).destinations
        let unit = InstitutionReference.unit(try OrgUnitID("hill-wsy"))
        #expect(
            destinations == [
                Destination(
                    name: "his", institution: unit,
                    way: .mllp(
                        .init(
                            address: NetworkAddress(host: "10.1.2.3", port: 2_576), encoding: .gb18030,
                            application: "HIS", facility: "HILL", authorityFile: "his-ca.pem")),
                    wants: [.reports], bounds: .init(messages: 100, bytes: 16 << 20, days: 3)),
                Destination(
                    name: "portal", institution: unit,
                    way: .fhir(
                        .init(
                            url: "https://portal.example:8443/fhir", authorityFile: "portal-ca.pem",
                            tokenFile: "tokens/portal")), wants: [.reports]),
            ])
    }

    private static let item = "  - name: his\n    unit: hill-wsy\n    wants: [reports]\n"

    @Test(
        "every mistake is told with its line",
        arguments: [
            ("    mllp: {address: '10.1.2.3:0'}", "config.badAddress"),
            ("    mllp: {address: '10.1.2.3:2575', port: 3}", "config.unknownKey"),
            ("    fhir: {url: 'http://h/fhir', authority: a, tokenFile: t}", "config.badValue"),
            ("    fhir: {url: 'https://h/fhir?x=1', authority: a, tokenFile: t}", "config.badValue"),
            ("    fhir: {url: 'https://h/fhir', tokenFile: t}", "config.missingKey"),
            ("    days: 3", "config.missingKey"),
            ("    mllp: {address: '10.1.2.3:2575'}\n    days: 0", "config.badValue"),
            (
                "    mllp: {address: '10.1.2.3:2575'}\n    fhir: {url: 'https://h', authority: a, tokenFile: t}",
                "config.missingKey"
            ),
            (
                "    mllp: {address: '10.1.2.3:2575'}\n" + item + "    mllp: {address: '10.1.2.3:2576'}",
                "config.duplicateName"
            ),
        ])
    func mistakes(lines: String, code: String) {
        let (file, problems) = read("destinations:\n" + Self.item + lines + "\n")
        #expect(file == nil && problems.map(\.code) == [Failure.Code(rawValue: code)], "\(problems)")
        #expect(problems.allSatisfy { $0.line > 2 })
    }

    @Test("a kind that nobody sends is told with the known ones")
    func kinds() {
        let (_, problems) = read(
            "destinations:\n  - name: his\n    unit: a\n    wants: [letters]\n    mllp: {address: '10.1.2.3:2575'}\n")
        #expect(problems.count == 1 && problems[0].remedy.contains("reports"))
    }
}
