import EdgeKit
import Effects
import Regions
import ServiceKit
import Testing

@testable import ImagingEdge

@Suite("The DICOM ports of a node's file")
struct DICOMSectionTests {
    private func read(_ text: String) -> (file: NodeFile?, problems: [ConfigurationProblem]) {
        NodeFile.check(
            "node: hill\ndataFolder: /tmp/hill\n" + text, fileName: "hill.yaml",
            sections: ConfigurationSections(node: [DICOMSection.self]))
    }

    @Test("are read with their callers, and what is not written has its default")
    func sound() throws {
        let (file, problems) = read(
            """
            dicom:
              - listen: 0.0.0.0:11112
                unit: hill-wsy
                title: HILL
                clients: [192.168.10.0/24]
                callers: [CT1, DR_2]
                tls:
                  certificate: dicom.crt
                  key: dicom.key
                purpose: treatment
                practitioner: D1
              - listen: 0.0.0.0:11113
                unit: hill-wsy
                clients: [192.168.10.7]
            """)
        #expect(problems == [])
        let unit = InstitutionReference.unit(try OrgUnitID("hill-wsy"))
        #expect(
            try #require(file).section(DICOMSection.self).listeners == [
                AssociationListener(
                    listen: NetworkAddress(host: "0.0.0.0", port: 11_112), institution: unit, title: "HILL",
                    clients: [try AddressRange("192.168.10.0/24")], callers: ["CT1", "DR_2"],
                    tls: ListenerTLS(certificateFile: "dicom.crt", keyFile: "dicom.key"), purpose: "treatment",
                    practitioner: "D1"),
                AssociationListener(
                    listen: NetworkAddress(host: "0.0.0.0", port: 11_113), institution: unit, title: "YILIAN",
                    clients: [try AddressRange("192.168.10.7")]),
            ])
    }

    @Test(
        "what cannot stand there is said with its line",
        arguments: ["title: 'A B'", "title: ABCDEFGHIJKLMNOPQ", "callers: ['A\\B']", "tls: {certificate: a}", "ae: A"])
    func wrong(line: String) {
        let text = "dicom:\n  - listen: 0.0.0.0:11112\n    unit: hill-wsy\n    clients: [10.0.0.1]\n    \(line)\n"
        #expect(read(text).problems.count == 1)
        #expect(read("dicom:\n  - listen: 0.0.0.0:11112\n    unit: hill-wsy\n").problems.count == 1)
    }
}
