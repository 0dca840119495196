import FHIR

/// A place of this console: a path from its root and what narrows it.
///
/// Nothing about a person ever stands in one: addresses are kept by browsers, proxies and logs.
package struct PageAddress: Hashable, Sendable, ExpressibleByStringLiteral {
    package let text: String

    /// A path with nothing behind it.
    package init(stringLiteral value: StaticString) {
        text = value.description
    }

    /// - Parameter query: what narrows the page; empty values are left out.
    package init(_ path: String, _ query: [(String, String)] = [], fragment: String? = nil) {
        let parts = query.filter { !$0.1.isEmpty }.map { PercentCoding.encode($0.0) + "=" + PercentCoding.encode($0.1) }
        text = path + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&")) + (fragment.map { "#" + $0 } ?? "")
    }

    /// A place that a request names as the one to go back to; nil where it lies anywhere else than here.
    package init?(local text: String) {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "/-._~?=&%".utf8.contains(byte)
            }
        }
        guard text.hasPrefix("/"), !text.hasPrefix("//"), isPlain, text.utf8.count <= 500 else { return nil }
        self.text = text
    }
}
