import EdgeKit
import FHIR
import Recognition

/// Details as our own answers carry them, beside FHIR's elements: each with FHIR's name for it.
enum FHIRDetails {
    private static let url = "urn:yilian:fhir:detail"

    static func write(_ details: [ReportDetail]) -> [JSONValue] {
        details.map { detail in
            [
                "url": .string(url),
                "extension": [
                    ["url": "name", "valueString": .string(detail.name)],
                    ["url": "value", "valueString": .string(detail.value)],
                ],
            ]
        }
    }

    static func read(_ element: JSONValue?) -> [ReportDetail] {
        FHIRElement.items(element?["extension"]).compactMap { item in
            guard item["url"]?.string == url else { return nil }
            let parts = FHIRElement.items(item["extension"])
            func text(_ name: String) -> String? {
                parts.first { $0["url"]?.string == name }?["valueString"]?.string
            }
            guard let name = text("name"), let value = text("value") else { return nil }
            return ReportDetail(name: name, value: value)
        }
    }
}

/// Collects details; what says nothing is none.
struct FHIRDetailList {
    private(set) var details: [ReportDetail] = []

    mutating func add(_ name: String, _ value: String?) {
        guard let value = value?.trimmed.nonEmpty else { return }
        details.append(ReportDetail(name: name, value: value))
    }

    mutating func add(_ name: String, concept: JSONValue?) { add(name, concept.flatMap(FHIRWords.concept)) }

    mutating func add(_ name: String, concepts: JSONValue?) {
        for concept in FHIRElement.items(concepts) { add(name, concept: concept) }
    }
}

/// Reads annotations with who made them and when.
enum FHIRNote {
    /// The texts of an element's notes, each with its author and time behind it in brackets.
    static func texts(_ notes: JSONValue?, in bundle: FHIRBundle, from entry: FHIRBundle.Entry) -> [String] {
        FHIRElement.items(notes).compactMap { note in
            guard let text = note["text"]?.string?.nonEmpty else { return nil }
            let reference = note["authorReference"]
            let author =
                note["authorString"]?.string?.nonEmpty ?? FHIRPerson.name(reference, in: bundle, from: entry)
                ?? FHIRElement.text(reference?["identifier"]?["value"]) ?? reference?["reference"]?.string?.nonEmpty
            return NoteRule.text(text, by: author.map { [$0] } ?? [], at: note["time"]?.string?.nonEmpty)
        }
    }
}
