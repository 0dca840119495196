extension JSONValue {
    /// Members that are one text, or several, wherever FHIR has them.
    private static let texts: Set<String> = [
        "birthDate", "code", "comment", "conclusion", "contentType", "data", "description", "display",
        "effectiveDateTime", "effectiveInstant", "end", "family", "fullUrl", "gender", "given", "id", "issued",
        "patientInstruction", "prefix", "reference", "start", "status", "suffix", "system", "text", "title", "unit",
        "url", "use", "valueCode", "valueDateTime", "valueString", "valueUri", "version",
    ]

    /// The same value with a text wherever FHIR has one and somebody wrote a number or a truth value (`"code": 718`).
    ///
    /// It is read as it is written. A program that took it for nothing would lose a code, a unit or a note in silence.
    package var withTexts: JSONValue { readingTexts ?? self }

    /// - Returns: `nil` where nothing has to be changed.
    private var readingTexts: JSONValue? {
        switch self {
        case .object(let object):
            var changed: [JSONObject.Member]?
            for (place, member) in object.members.enumerated() {
                let text = Self.texts.contains(member.name) ? member.value.asText : nil
                guard let value = text ?? member.value.readingTexts else { continue }
                if changed == nil { changed = object.members }
                changed?[place].value = value
            }
            return changed.map { .object(JSONObject(members: $0)) }
        case .array(let items):
            var changed: [JSONValue]?
            for (place, item) in items.enumerated() {
                guard let value = item.readingTexts else { continue }
                if changed == nil { changed = items }
                changed?[place] = value
            }
            return changed.map { .array($0) }
        case .null, .bool, .number, .string: return nil
        }
    }

    /// A number or truth value as a text, also within a list; `nil` for everything else.
    private var asText: JSONValue? {
        switch self {
        case .number, .bool: return lexical.map { .string($0) }
        case .array(let items):
            let texts = items.map(\.asText)
            guard texts.contains(where: { $0 != nil }) else { return nil }
            return .array(zip(items, texts).map { $1 ?? $0.withTexts })
        case .null, .string, .object: return nil
        }
    }
}
