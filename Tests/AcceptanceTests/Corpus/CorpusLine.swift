import Foundation

/// One result of a message, as somebody counts it who knows nothing of this program.
struct CorpusLine {
    /// Where it stands, for people.
    var place: String
    /// The number of its OBX, where it is one.
    var number: Int?
    /// How a warning may name it: any of these in its text.
    var names: [String]
    /// What may stand for it in an answer: any of its values, or its name where it has none.
    var values: [String]
    /// It says itself that it does not count.
    var isWithdrawn: Bool

    /// The OBX segments of a message.
    static func hl7(_ file: MessageFile) throws -> [CorpusLine] {
        let message = try ForeignHL7(file.bytes)
        let withdrawn = ["D", "X", "W"]
        var number = 0
        var isVoid = false
        return message.segments.compactMap { segment in
            if segment[0] == "OBR" {
                isVoid = withdrawn.contains(message.text(segment, 25).trimmingCharacters(in: .whitespaces))
            }
            guard segment[0] == "OBX" else { return nil }
            number += 1
            var texts: [String] = []
            for value in message.values(segment, 5) {
                for text in [message.plain(value)] + message.components(value) {
                    texts.append(text)
                    texts += text.split(separator: "\n").map { String($0) }
                }
            }
            var codes: [String] = []
            for value in message.values(segment, 3) { codes += message.components(value) }
            // Blanks around a number mean nothing.
            texts += texts.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
            var values: [String] = texts.filter { text in !text.allSatisfy { $0.isWhitespace } }
            if values.isEmpty { values = codes.filter { !$0.isEmpty } }
            // Nothing at all stands in it: nothing can be lost.
            guard !values.isEmpty else { return nil }
            return CorpusLine(
                place: "OBX \(number)", number: number, names: ["OBX^\(number)^", "OBX^\(number)|"],
                values: values,
                isWithdrawn: isVoid
                    || withdrawn.contains(message.text(segment, 11).trimmingCharacters(in: .whitespaces)))
        }
    }

    /// The Observations of a message that have a value.
    static func fhir(_ file: MessageFile) throws -> [CorpusLine] {
        let root = try ForeignJSON(file.bytes)
        var found: [CorpusLine] = []
        for (index, entry) in root.items("entry").enumerated() {
            guard let resource = entry["resource"] else { continue }
            collect(resource, place: "entry[\(index)]", into: &found)
        }
        if root["entry"] == nil { collect(root, place: "contained", into: &found) }
        return found
    }

    private static func collect(_ json: ForeignJSON, place: String, into found: inout [CorpusLine]) {
        for inner in json.items("contained") where json["contained"] != nil {
            collect(inner, place: place, into: &found)
        }
        guard json.text("resourceType") == "Observation" else { return }
        for part in [json] + (json["component"] == nil ? [] : json.items("component")) {
            guard let name = part.names.first(where: { $0.hasPrefix("value") }), let value = part[name] else {
                continue
            }
            let texts = value.allText.split(separator: "\u{1}").map(String.init)
                .filter { !$0.allSatisfy(\.isWhitespace) }
            guard !texts.isEmpty else { continue }
            found.append(
                CorpusLine(
                    place: place, names: [place], values: texts,
                    isWithdrawn: ["entered-in-error", "cancelled"].contains(json.text("status"))))
        }
    }
}
