import EdgeKit
import FHIR
import Recognition

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
