package import HL7

/// A hospital's own number of an order, with the system that gave it out where the message names one.
///
/// HL7 v2 writes it as ORC-2 (`number^system`), FHIR as an identifier (value and system): the same order under both is one
/// order where both name the same system, or none.
package struct OrderNumber: Equatable, Sendable {
    package var value: String
    package var system: String

    package static let limitBytes = 256

    /// - Returns: `nil` where there is no number, or a longer one than an order has.
    package init?(value: String, system: String) {
        let value = value.trimmed
        let system = system.trimmed
        guard !value.isEmpty, value.utf8.count + system.utf8.count < Self.limitBytes, !value.contains("^"),
            !(value + system).unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
        else { return nil }
        self.value = value
        self.system = system
    }

    /// As the request keeps it.
    package init?(kept text: String) {
        let parts = text.split(separator: "^", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        self.init(value: parts.first ?? "", system: parts.count > 1 ? parts[1] : "")
    }

    /// An EI: number, namespace, universal id and its type.
    ///
    /// A universal id without a namespace is the system that FHIR writes as a URI.
    package init?(_ field: HL7Field) {
        let parts = (2...4).map { field.component($0).text.trimmed }
        var system = parts
        while system.last?.isEmpty == true { system.removeLast() }
        let uri = parts[0].isEmpty ? Self.uri(parts[1], type: parts[2]) : nil
        self.init(value: field.component(1).text, system: uri ?? system.joined(separator: "^"))
    }

    private static func uri(_ id: String, type: String) -> String? {
        guard !id.isEmpty else { return nil }
        switch type.uppercased() {
        case "ISO": return oid + id
        case "UUID", "GUID": return uuid + id
        case "URI": return id
        default: return nil
        }
    }

    private static let oid = "urn:oid:"
    private static let uuid = "urn:uuid:"

    /// Namespace, universal id and its type.
    private var parts: [String] {
        if system.hasPrefix(Self.oid) { return ["", String(system.dropFirst(Self.oid.count)), "ISO"] }
        if system.hasPrefix(Self.uuid) { return ["", String(system.dropFirst(Self.uuid.count)), "UUID"] }
        if system.contains(":"), !system.contains("^") { return ["", system, "URI"] }
        return system.isEmpty ? [] : system.split(separator: "^", omittingEmptySubsequences: false).map(String.init)
    }

    package var kept: String { system.isEmpty ? value : value + "^" + system }

    /// The EI again, escaped.
    package var hl7: String { ([value] + parts).map { HL7Escape.escape($0) }.joined(separator: "^") }
}
