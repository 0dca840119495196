import EdgeKit

/// A media type with its parameters, as `Content-Type` and `Accept` write it.
struct MediaType: Equatable {
    /// `application/dicom`, in lower case.
    var name: String
    /// By lower-case name.
    var parameters: [String: String] = [:]

    init?(_ text: some StringProtocol) {
        let parts = Self.split(text, at: ";")
        guard let first = parts.first?.trimmed.lowercased(), first.contains("/") else { return nil }
        name = first
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { continue }
            var value = String(pair[1]).trimmed
            if value.count >= 2, value.hasPrefix("\""), value.hasSuffix("\"") {
                value = String(value.dropFirst().dropLast())
            }
            parameters[String(pair[0]).trimmed.lowercased()] = value
        }
    }

    /// What somebody takes, in the order of the header; everything where there is none.
    static func accepted(_ header: String?) -> [MediaType] {
        let types = split(header ?? "*/*", at: ",").compactMap { MediaType($0) }
        return types.filter { Double($0.parameters["q"] ?? "1") != 0 }
    }

    /// Of what kind the parts are, or what it is itself.
    var kind: String { name == "multipart/related" ? parameters["type"]?.lowercased() ?? "*/*" : name }

    /// Whether it takes a kind of content, alone or in parts.
    func takes(_ other: String) -> Bool {
        kind == "*/*" || kind == other || kind.hasSuffix("/*") && other.hasPrefix(kind.dropLast())
    }

    /// Separators between quotes are none.
    private static func split(_ text: some StringProtocol, at separator: Character) -> [String] {
        var (parts, part, isQuoted): ([String], String, Bool) = ([], "", false)
        for character in text {
            if character == "\"" { isQuoted.toggle() }
            if character == separator, !isQuoted {
                parts.append(part)
                part = ""
            } else {
                part.append(character)
            }
        }
        return parts + [part]
    }
}
