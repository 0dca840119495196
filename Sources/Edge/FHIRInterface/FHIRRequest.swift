import FHIR

/// A request to the FHIR interface, apart from HTTP's framing.
struct FHIRRequest: Sendable {
    var method: String
    /// The segments after `/fhir`, percent-decoded.
    var path: [String]
    var query: FHIRQuery
    /// By lower-case name.
    var headers: [String: String]
    /// What stands before `/fhir` in the sender's own address.
    var authority: String

    init(
        method: String, path: [String], query: FHIRQuery = FHIRQuery(), headers: [String: String] = [:],
        authority: String = "localhost"
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.authority = authority
    }

    /// Whether parameters that are not known here are passed over (`Prefer: handling=lenient`).
    var isLenient: Bool {
        headers["prefer"]?.lowercased().split { $0 == "," || $0 == ";" }.contains { part in
            part.filter { !$0.isWhitespace } == "handling=lenient"
        } ?? false
    }

    var baseURL: String { "https://" + authority + "/fhir" }
}

/// The parameters of an address or a form.
struct FHIRQuery: Sendable, Equatable {
    struct Item: Sendable, Equatable {
        var name: String
        var value: String
    }

    var items: [Item] = []

    init(_ items: [Item] = []) {
        self.items = items
    }

    /// Reads `a=b&c=d`; `nil` where something is not percent-encoded UTF-8.
    ///
    /// A `+` stays one: it stands in the zone of a time.
    init?(_ text: some StringProtocol) {
        for part in text.split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentCoding.decode(pair[0]),
                let value = pair.count > 1 ? PercentCoding.decode(pair[1]) : ""
            else { return nil }
            items.append(Item(name: name, value: value))
        }
    }

    func values(_ names: Set<String>) -> [String] {
        items.filter { names.contains($0.name) }.map(\.value)
    }
}
