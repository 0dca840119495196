package import EdgeKit
import Effects
package import Regions

/// The ports for DICOM's own protocol, as a node's file says.
package struct DICOMSection: NodeFileSection {
    package static let keys = ["dicom"]
    package static let unwritten = DICOMSection()

    package var listeners: [AssociationListener]

    package init(listeners: [AssociationListener] = []) {
        self.listeners = listeners
    }

    private static let itemKeys = [
        "listen", "unit", "institution", "title", "clients", "callers", "tls", "purpose", "practitioner",
    ]

    package init(_ root: YAMLMapping, of sections: ConfigurationSections) {
        let items = root.mappings("dicom", required: false, what: "a DICOM listener", keys: Self.itemKeys)
        listeners = items.compactMap { Self.read($0, sections) }
    }

    package func findings(in region: RegionConfiguration, of file: NodeFile) -> [NodeFileFinding] {
        listeners.enumerated().compactMap { index, listener in
            file.finding("dicom.\(index)", listener.institution, in: region)
        }
    }

    private static func read(_ item: YAMLMapping, _ sections: ConfigurationSections) -> AssociationListener? {
        let listen = item.required("listen") { try NetworkAddress($0) }
        let institution = item.institution()
        let title = item.optional("title", default: "YILIAN", title)
        let clients = item.list("clients", required: true) { try AddressRange($0) }
        let callers = item.list("callers", required: false, Self.title)
        var tls: ListenerTLS?
        if let section = item.mapping(
            "tls", required: false, what: "'tls'", keys: ["certificate", "key", "clientAuthority"])
        {
            let certificate = section.required("certificate", YAMLValue.text)
            let key = section.required("key", YAMLValue.text)
            let authority = section.optional("clientAuthority", YAMLValue.text)
            guard let certificate, let key else { return nil }
            tls = ListenerTLS(certificateFile: certificate, keyFile: key, clientAuthorityFile: authority)
        }
        let purpose = item.optional("purpose", YAMLValue.known(sections.purposes, what: "purpose"))
        let practitioner = item.optional("practitioner", YAMLValue.text)
        guard let listen, let institution, let title else { return nil }
        return AssociationListener(
            listen: listen, institution: institution, title: title, clients: clients, callers: callers, tls: tls,
            purpose: purpose, practitioner: practitioner)
    }

    /// A title of an application entity (PS3.5, table 6.2-1).
    private static func title(_ text: String) throws -> String {
        let isPlain = text.unicodeScalars.allSatisfy { (0x21...0x7E).contains($0.value) && $0 != "\\" }
        guard (1...16).contains(text.utf8.count), isPlain else {
            throw Failure(
                "config.badValue", "this is no title of an application entity",
                remedy: "write 1 to 16 letters and digits, without blanks")
        }
        return text
    }
}
