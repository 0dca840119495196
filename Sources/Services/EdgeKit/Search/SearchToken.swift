package import Effects
import FHIR
package import ServiceKit

/// A search parameter of type token: `system|value`, `|value` or `value`; several with commas between them mean any of
/// them.
///
/// A backslash makes `,`, `|` and `$` plain text (FHIR R4, "Escaping Search Parameters").
package struct SearchToken: Sendable, Equatable {
    /// Empty where the search says that there is none; `nil` where it does not say.
    package var system: String?
    package var value: String

    package init(_ text: String) {
        let parts = Self.split(text, at: "|", limit: 2)
        system = parts.count > 1 ? Self.unescaped(parts[0]) : nil
        value = Self.unescaped(parts.last ?? "")
    }

    /// The alternatives of a parameter; blank ones are left out.
    package static func alternatives(_ text: String) -> [String] {
        split(text, at: ",", limit: .max).filter { part in !part.allSatisfy(\.isWhitespace) }
    }

    private static func split(_ text: String, at separator: Character, limit: Int) -> [String] {
        var parts = [""]
        var isEscaped = false
        for character in text {
            if !isEscaped, character == separator, parts.count < limit {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
            isEscaped = !isEscaped && character == "\\"
        }
        return parts
    }

    private static func unescaped(_ text: String) -> String {
        var plain = ""
        var rest = text[...]
        while let character = rest.popFirst() {
            if character == "\\", let next = rest.first, ",|$\\".contains(next) {
                plain.append(next)
                rest.removeFirst()
            } else {
                plain.append(character)
            }
        }
        return plain
    }
}

/// A patient's identifier as a search names it: `system|value`, `|value` or `value`.
package struct PatientToken: Sendable, Equatable {
    package var system: String
    package var value: String
    /// The identifier's type (table 0203) where the search names one.
    package var type: String?

    /// - Throws: a refusal with 400.
    package init(_ text: String, type: String?) throws {
        let token = SearchToken(text)
        try self.init(system: token.system ?? "", value: token.value, type: type)
    }

    /// - Throws: a refusal with 400.
    package init(system: String, value: String, type: String?) throws {
        self.system = system
        self.value = value
        self.type = type.flatMap { $0.isEmpty ? nil : $0 }
        guard !value.allSatisfy(\.isWhitespace), system.utf8.count + value.utf8.count <= 512 else {
            throw FHIRRefusal(
                400, .value, "the identifier has no value; write system|value", expression: "patient.identifier")
        }
    }

    /// The types that are tried where neither the search nor the number tells one, in this order.
    package static let usualTypes = ["PI", "MR", "HC", "SS", "NI", "PT", "AN", "VN"]
    /// Authorities whose numbers have one type.
    private static let knownTypes = ["2.16.156.10011.1.19": "HC"]

    /// What the identifier can mean, by the very rules by which messages are read, so that the same number gives the
    /// same patient key.
    package func identifiers(now: WallTime) -> [PatientIdentifier] {
        let authority = Self.plainAuthority(system)
        let types = type.map { [$0] } ?? Self.knownTypes[authority].map { [$0] } ?? Self.usualTypes
        var all: [PatientIdentifier] = []
        for type in types {
            guard let identifier = identifier(type: type, now: now), !all.contains(identifier) else { continue }
            all.append(identifier)
        }
        return all
    }

    /// An authority as HL7 writes it, without FHIR's `urn:oid:`.
    package static func plainAuthority(_ system: String) -> String {
        system.lowercased().hasPrefix("urn:oid:") ? String(system.dropFirst(8)) : system
    }

    private func identifier(type: String, now: WallTime) -> PatientIdentifier? {
        var json: JSONObject = ["type": ["coding": [["code": .string(type)]]], "value": .string(value)]
        if !system.isEmpty { json["system"] = .string(system) }
        return FHIRPatientMapper(now: now).identifier(.object(json))
    }
}
