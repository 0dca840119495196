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

/// Percent-encoding (RFC 3986, section 2.1).
enum PercentCoding {
    static func decode(_ text: some StringProtocol) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let high = digit(rest.removeFirst()), let low = digit(rest.removeFirst()) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
