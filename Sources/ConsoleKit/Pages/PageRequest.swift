import FHIR

/// A request of a browser, whatever brought it.
package struct PageRequest: Sendable {
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
    }

    package var method: Method
    /// From the root, without what stands behind `?`.
    package var path: String
    package var query: FormData
    /// What a form posted; empty for a look.
    package var form: FormData
    package var cookies: [String: String]
    /// What the browser says of its languages (`Accept-Language`).
    package var languages: String?
    /// From where the browser says that the request comes (`Sec-Fetch-Site`); none from an old one.
    package var fetchSite: String?
    /// From where the connection comes, for records and nothing else.
    package var address: String
    /// The last event that a browser has of a stream that it comes back to (`Last-Event-ID`).
    package var lastEventID: String?

    package init(
        _ method: Method, _ path: String, query: FormData = FormData(), form: FormData = FormData(),
        cookies: [String: String] = [:], languages: String? = nil, fetchSite: String? = nil, address: String = ""
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.form = form
        self.cookies = cookies
        self.languages = languages
        self.fetchSite = fetchSite
        self.address = address
    }

    /// The cookies of a header, the first of each name.
    package static func cookies(_ header: String?) -> [String: String] {
        var cookies: [String: String] = [:]
        for part in (header ?? "").split(separator: ";").prefix(50) {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { continue }
            let name = String(pair[0].drop { $0 == " " })
            if cookies[name] == nil { cookies[name] = String(pair[1]) }
        }
        return cookies
    }
}

/// Fields and values, as a form or an address brings them (`application/x-www-form-urlencoded`).
package struct FormData: Hashable, Sendable {
    private var fields: [String: [String]] = [:]

    package init() {}

    package init(_ fields: [String: String]) {
        self.fields = fields.mapValues { [$0] }
    }

    /// - Returns: nil where it is not in this form, or has more fields than any form of ours.
    package init?(encoded text: String) {
        let parts = text.split(separator: "&")
        guard parts.count <= Self.fieldLimit else { return nil }
        for part in parts {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(pair[0]), let value = Self.decoded(pair.count > 1 ? pair[1] : "") else {
                return nil
            }
            fields[name, default: []].append(value)
        }
    }

    private static let fieldLimit = 200

    private static func decoded(_ text: Substring) -> String? {
        PercentCoding.decode(text.contains("+") ? text.replacing("+", with: " ") : text)
    }

    /// What stands in a field, without blanks around it; empty where there is nothing.
    package subscript(_ name: String) -> String {
        let value = fields[name]?.first ?? ""
        return String(value.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    /// What stands in a field as it was given: blanks at the ends of a password are part of it.
    package func exactly(_ name: String) -> String { fields[name]?.first ?? "" }

    /// Everything that stands in a field that may be given several times.
    package func all(_ name: String) -> [String] { fields[name] ?? [] }

    package func has(_ name: String) -> Bool { fields[name] != nil }

    /// As an address carries it, in the order of the names.
    package var encoded: String {
        fields.sorted { $0.key < $1.key }.flatMap { name, values in
            values.map { PercentCoding.encode(name) + "=" + PercentCoding.encode($0) }
        }.joined(separator: "&")
    }
}
