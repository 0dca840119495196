import Effects

/// A FHIR R4 resource as it was sent, with the accessors that mappings need.
package struct FHIRResource: Equatable, Sendable {
    package let type: String
    package let json: JSONObject

    /// A resource from its JSON.
    ///
    /// - Throws: `fhir.notAResource` where the value is no object or names no `resourceType`.
    package init(_ value: JSONValue) throws {
        guard case .object(let json) = value else {
            throw Failure("fhir.notAResource", "this is not a JSON object", remedy: "send a FHIR R4 resource as JSON")
        }
        guard let type = json["resourceType"]?.string, !type.isEmpty else {
            throw Failure("fhir.notAResource", "resourceType is missing", remedy: "send a FHIR R4 resource as JSON")
        }
        self.type = type
        self.json = json
    }

    /// A resource from its bytes; texts that were written as numbers are read as texts.
    package static func parse(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws -> FHIRResource {
        try FHIRResource(try JSONParser.parse(bytes, limits: limits).withTexts)
    }

    package var id: String? { json["id"]?.string }
    package var value: JSONValue { .object(json) }

    package subscript(_ name: String) -> JSONValue? { json[name] }

    package func string(_ name: String) -> String? { json[name]?.string }

    /// The elements of a repeating element; a single object counts as one.
    package func items(_ name: String) -> [JSONValue] { FHIRElement.items(json[name]) }

    /// Resources that stand inside this one.
    package var contained: [FHIRResource] {
        items("contained").compactMap { try? FHIRResource($0) }
    }
}

/// The readings of FHIR's data types that mappings share.
package enum FHIRElement {
    /// The elements of a repeating element; a single object counts as one.
    package static func items(_ value: JSONValue?) -> [JSONValue] {
        switch value {
        case .array(let items): items
        case .null, nil: []
        case .some(let single): [single]
        }
    }

    /// The text of an element that should be a string; a number is read as it is written, because some systems write
    /// identifiers so.
    package static func text(_ value: JSONValue?) -> String? {
        switch value {
        case .string(let text): text.isEmpty ? nil : text
        case .number(let number): number.lexical
        default: nil
        }
    }

    /// The value of an extension, found by the end of its URL: systems host the same extension under their own names.
    package static func extensionValue(_ element: JSONValue?, endingIn suffix: String) -> String? {
        for candidate in items(element?["extension"]) where candidate["url"]?.string?.hasSuffix(suffix) == true {
            guard let members = candidate.object?.members else { continue }
            for member in members where member.name.hasPrefix("value") {
                if let text = member.value.lexical { return text }
                if let code = items(member.value["coding"]).first?["code"]?.string { return code }
            }
        }
        return nil
    }

    /// The first code of a `CodeableConcept` of a system, or of any system.
    package static func code(_ concept: JSONValue?, systemEndingIn suffix: String = "") -> String? {
        items(concept?["coding"]).first { coding in
            coding["code"]?.string?.isEmpty == false
                && (suffix.isEmpty || coding["system"]?.string?.hasSuffix(suffix) == true)
        }?["code"]?.string
    }
}
