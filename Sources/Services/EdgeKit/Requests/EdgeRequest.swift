import FHIR

/// A request of a hospital's system over HTTPS, apart from HTTP's framing.
package struct EdgeRequest: Sendable {
    package var method: String
    /// The segments of the address, percent-decoded; of the FHIR interface those after `/fhir`.
    package var path: [String]
    package var query: FHIRQuery
    /// By lower-case name.
    package var headers: [String: String]
    /// What stands before the path in the sender's own address.
    package var authority: String

    package init(
        method: String, path: [String], query: FHIRQuery = FHIRQuery(), headers: [String: String] = [:],
        authority: String = "localhost"
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.authority = authority
    }

    /// What stands before `/DiagnosticReport/…` in addresses of the FHIR interface.
    package var baseURL: String { "https://" + authority + "/fhir" }

    /// Whether parameters that are not known here are passed over (`Prefer: handling=lenient`).
    package var isLenient: Bool {
        headers["prefer"]?.lowercased().split { $0 == "," || $0 == ";" }
            .contains { part in part.filter { !$0.isWhitespace } == "handling=lenient" } ?? false
    }

    /// The version that a writer read before (`If-Match: W/"3"`); none where it does not say.
    ///
    /// - Throws: a refusal with 400 where the header names no version.
    package var matchedVersion: Int? {
        get throws {
            guard let header = headers["if-match"] else { return nil }
            var tag = header.filter { !$0.isWhitespace }[...]
            if tag.hasPrefix("W/") { tag = tag.dropFirst(2) }
            guard tag.count > 2, tag.hasPrefix("\""), tag.hasSuffix("\""),
                let version = Int(tag.dropFirst().dropLast()),
                version > 0
            else {
                throw FHIRRefusal(400, .value, "write the version as W/\"3\"", expression: "If-Match")
            }
            return version
        }
    }
}

/// The parameters of an address or a form.
package struct FHIRQuery: Sendable, Equatable {
    package struct Item: Sendable, Equatable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package var items: [Item] = []

    package init(_ items: [Item] = []) {
        self.items = items
    }

    /// Reads `a=b&c=d`; `nil` where something is not percent-encoded UTF-8.
    ///
    /// A `+` stays one: it stands in the zone of a time.
    package init?(_ text: some StringProtocol) {
        for part in text.split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentCoding.decode(pair[0]),
                let value = pair.count > 1 ? PercentCoding.decode(pair[1]) : ""
            else { return nil }
            items.append(Item(name: name, value: value))
        }
    }

    /// The values of the parameters that have one of the names, in their order.
    package func values(_ names: Set<String>) -> [String] {
        items.filter { names.contains($0.name) }.map(\.value)
    }
}
