import FHIR
import Recognition

/// Reads and writes coded elements.
enum FHIRCoding {
    /// A CodeableConcept; `nil` where it says nothing.
    static func coding(_ concept: JSONValue?) -> Coding? {
        guard let concept else { return nil }
        let codes = FHIRElement.items(concept["coding"]).compactMap { item -> Coding.Code? in
            let code = Coding.Code(
                code: FHIRElement.text(item["code"]) ?? "", display: FHIRElement.text(item["display"]) ?? "",
                system: CodeSystemName.read(item["system"]?.string ?? ""))
            return code.code.isEmpty && code.display.isEmpty ? nil : code
        }
        let text = FHIRElement.text(concept["text"])
        return codes.isEmpty && text == nil ? nil : Coding(codes: codes, text: text)
    }

    /// The unit of a Quantity.
    static func unit(_ quantity: JSONValue?) -> Coding? {
        let unit = quantity?["unit"]?.string ?? ""
        let code = quantity?["code"]?.string ?? ""
        guard !unit.isEmpty || !code.isEmpty else { return nil }
        let system = CodeSystemName.read(quantity?["system"]?.string ?? "")
        if code.isEmpty { return Coding(codes: [Coding.Code(code: unit, system: system)]) }
        return Coding(codes: [Coding.Code(code: code, display: unit == code ? "" : unit, system: system)])
    }

    static func concept(_ coding: Coding, text: String? = nil) -> JSONValue {
        var concept = JSONObject()
        if !coding.codes.isEmpty { concept["coding"] = .array(coding.codes.map(json)) }
        if let text = text?.nonEmpty ?? coding.text { concept["text"] = .string(text) }
        return .object(concept)
    }

    private static func json(_ code: Coding.Code) -> JSONValue {
        var object = JSONObject()
        if let system = CodeSystemName.write(code.system) { object["system"] = .string(system) }
        if !code.code.isEmpty { object["code"] = .string(code.code) }
        if !code.display.isEmpty { object["display"] = .string(code.display) }
        return .object(object)
    }
}

/// Names of coding systems: HL7's short names as FHIR's URIs.
enum CodeSystemName {
    private static let own = "urn:yilian:codesystem:"
    private static let known = [
        "LN": "http://loinc.org", "SCT": "http://snomed.info/sct", "UCUM": "http://unitsofmeasure.org",
        "I10": "http://hl7.org/fhir/sid/icd-10", "I10C": "http://hl7.org/fhir/sid/icd-10-cm",
        "I9CDX": "http://hl7.org/fhir/sid/icd-9-cm",
    ]

    /// The URI of a system; `nil` where the message names none.
    static func write(_ name: String) -> String? {
        if name.isEmpty { return nil }
        if let uri = known[name] { return uri }
        if name.hasPrefix("HL7"), name.count == 7, name.dropFirst(3).allSatisfy(\.isNumber) {
            return "http://terminology.hl7.org/CodeSystem/v2-" + name.dropFirst(3)
        }
        return name.contains(":") ? name : own + encoded(name)
    }

    /// A system as a message names it; our own form of a short name becomes the short name again.
    static func read(_ uri: String) -> String {
        guard uri.hasPrefix(own) else { return uri }
        return decoded(uri.dropFirst(own.count)) ?? uri
    }

    private static func encoded(_ name: String) -> String {
        var text = ""
        for byte in name.utf8 {
            let character = Character(UnicodeScalar(byte))
            if byte < 0x80, character.isLetter || character.isNumber || "-._".contains(character) {
                text.append(character)
            } else {
                text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return text
    }

    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte != UInt8(ascii: "%") {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
