import Effects
package import Regions
import ServiceKit

/// The systems of hospitals to which a node sends, as its file says.
package struct DestinationsSection: NodeFileSection {
    package static let keys = ["destinations"]
    package static let unwritten = DestinationsSection()

    package var destinations: [Destination]

    package init(destinations: [Destination] = []) {
        self.destinations = destinations
    }

    private static let itemKeys = [
        "name", "unit", "institution", "wants", "mllp", "fhir", "messages", "megabytes", "days",
    ]

    package init(_ root: YAMLMapping, of sections: ConfigurationSections) {
        let items = root.mappings("destinations", required: false, what: "a destination", keys: Self.itemKeys)
        destinations = items.compactMap(Self.read)
        root.checkUnique(destinations.map(\.name), key: "destinations")
    }

    package func findings(in region: RegionConfiguration, of file: NodeFile) -> [NodeFileFinding] {
        destinations.enumerated().compactMap { index, destination in
            file.finding("destinations.\(index)", destination.institution, in: region)
        }
    }

    private static func read(_ item: YAMLMapping) -> Destination? {
        let name = item.required("name", YAMLValue.word)
        let institution = item.institution()
        let wants = item.list("wants", required: true, YAMLValue.choice(OutgoingKind.allCases))
        let standard = Destination.Bounds()
        let megabytes = standard.bytes >> 20
        let bounds = Destination.Bounds(
            messages: item.optional(
                "messages", default: "\(standard.messages)", YAMLValue.number(1...1_000_000, unit: "messages"))
                ?? standard.messages,
            bytes: (item.optional("megabytes", default: "\(megabytes)", YAMLValue.number(8...4_096, unit: "megabytes"))
                ?? megabytes) << 20,
            days: item.optional("days", default: "\(standard.days)", YAMLValue.number(1...365, unit: "days"))
                ?? standard.days)
        guard item.has("mllp") != item.has("fhir") else {
            item.report(
                "config.missingKey",
                item.has("mllp") ? "both 'mllp' and 'fhir' are there" : "'mllp' or 'fhir' is missing",
                key: item.has("mllp") ? "fhir" : nil, remedy: "say how its messages go: by one of them")
            return nil
        }
        let way = item.has("mllp") ? mllp(item) : fhir(item)
        guard let name, let institution, let way else { return nil }
        return Destination(name: name, institution: institution, way: way, wants: Set(wants), bounds: bounds)
    }

    private static func mllp(_ item: YAMLMapping) -> Destination.Way? {
        let keys = ["address", "encoding", "application", "facility", "authority"]
        guard let section = item.mapping("mllp", required: true, what: "'mllp'", keys: keys) else { return nil }
        let address = section.required("address", RegionFileReader.dialledAddress)
        let encoding = section.optional(
            "encoding", default: MessageEncoding.utf8.rawValue, YAMLValue.choice(MessageEncoding.allCases))
        let application = section.optional("application", YAMLValue.text)
        let facility = section.optional("facility", YAMLValue.text)
        let authority = section.optional("authority", YAMLValue.text)
        return address.map {
            .mllp(
                Destination.MLLPReceiver(
                    address: $0, encoding: encoding ?? .utf8, application: application ?? "", facility: facility ?? "",
                    authorityFile: authority))
        }
    }

    private static func fhir(_ item: YAMLMapping) -> Destination.Way? {
        let keys = ["url", "authority", "tokenFile"]
        guard let section = item.mapping("fhir", required: true, what: "'fhir'", keys: keys) else { return nil }
        let url = section.required("url", Self.url)
        let authority = section.required("authority", YAMLValue.text)
        let token = section.required("tokenFile", YAMLValue.text)
        guard let url, let authority, let token else { return nil }
        return .fhir(Destination.FHIRServer(url: url, authorityFile: authority, tokenFile: token))
    }

    private static func url(_ text: String) throws -> String {
        var url = text
        while url.hasSuffix("/") { url.removeLast() }
        let rest = url.dropFirst("https://".count)
        let isPlain = rest.unicodeScalars.allSatisfy {
            $0.isASCII && $0.value > 0x20 && !"?#@\"<>\\".unicodeScalars.contains($0)
        }
        guard url.hasPrefix("https://"), !rest.isEmpty, rest.first != "/", isPlain else {
            throw Failure(
                "config.badValue", "this is not the base address of a FHIR server",
                remedy: "write it as https://host:port/path")
        }
        return url
    }
}
