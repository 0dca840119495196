package import Effects
import FHIR
package import ServiceKit

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
