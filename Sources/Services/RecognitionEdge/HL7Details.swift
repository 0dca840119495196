import EdgeKit
import HL7
import Recognition

/// Reads what has clinical meaning and no field of its own in a report, under FHIR's names for it.
enum HL7Details {
    /// Where a field of a segment goes.
    struct Place {
        var field: Int
        var name: String
        /// Whether the field is coded; otherwise it is text.
        var isCoded = true
    }

    static let ofLines = [
        Place(field: 10, name: "referenceRange.appliesTo"), Place(field: 13, name: "accessChecks", isCoded: false),
        Place(field: 18, name: "device", isCoded: false), Place(field: 19, name: "analysisTime", isCoded: false),
        Place(field: 20, name: "bodySite"),
    ]
    static let ofRequests = [
        Place(field: 8, name: "effectivePeriod.end", isCoded: false),
        Place(field: 9, name: "specimen.collection.quantity", isCoded: false),
        Place(field: 12, name: "specimen.danger"),
        Place(field: 13, name: "supportingInfo", isCoded: false),
        Place(field: 14, name: "specimen.receivedTime", isCoded: false), Place(field: 31, name: "reasonCode"),
        Place(field: 39, name: "specimen.note"), Place(field: 44, name: "procedureCode"),
        Place(field: 45, name: "procedureCode.modifier"), Place(field: 46, name: "orderDetail"),
        Place(field: 47, name: "orderDetail"),
    ]
    static let ofSpecimens = [
        Place(field: 2, name: "specimen.identifier", isCoded: false), Place(field: 5, name: "specimen.type.modifier"),
        Place(field: 6, name: "specimen.container.additive"), Place(field: 7, name: "specimen.collection.method"),
        Place(field: 8, name: "specimen.collection.bodySite"),
        Place(field: 9, name: "specimen.collection.bodySite.modifier"),
        Place(field: 10, name: "specimen.collection.site"),
        Place(field: 11, name: "specimen.role"), Place(field: 12, name: "specimen.collection.quantity", isCoded: false),
        Place(field: 14, name: "specimen.note", isCoded: false), Place(field: 16, name: "specimen.risk"),
        Place(field: 17, name: "specimen.collection.collected", isCoded: false),
        Place(field: 18, name: "specimen.receivedTime", isCoded: false),
        Place(field: 20, name: "specimen.available", isCoded: false), Place(field: 21, name: "specimen.rejectReason"),
        Place(field: 22, name: "specimen.quality"), Place(field: 23, name: "specimen.appropriateness"),
        Place(field: 24, name: "specimen.condition"), Place(field: 28, name: "specimen.container.condition"),
    ]
    /// The components of OBR-15 behind the type of the specimen.
    static let ofOldSpecimens = [
        Place(field: 2, name: "specimen.container.additive"), Place(field: 3, name: "specimen.note", isCoded: false),
        Place(field: 4, name: "specimen.collection.bodySite"),
        Place(field: 5, name: "specimen.collection.bodySite.modifier"),
        Place(field: 6, name: "specimen.collection.method"), Place(field: 7, name: "specimen.role"),
    ]

    /// - Parameter performer: whom the report names already.
    static func line(_ segment: HL7Segment, besides performer: String?) -> [ReportDetail] {
        let people = segment.field(16).repetitions.map { HL7Name.compositeName($0) } + [HL7Line.laboratory(segment)]
        let names = people.compactMap { $0 }.filter { $0 != performer }
        let producer = HL7Line.producer(segment).flatMap { $0 == performer || names.contains($0) ? nil : $0 }
        return read(segment, ofLines)
            + HL7Line.flagWords(segment).map { ReportDetail(name: "interpretation", value: $0) }
            + (names + (producer.map { [$0] } ?? [])).map { ReportDetail(name: "performer", value: $0) }
    }

    static func report(_ group: HL7OrderGroup) -> [ReportDetail] {
        let source = group.request.field(15).repetition(0)
        let old = ofOldSpecimens.compactMap { place -> ReportDetail? in
            let component = source.component(place.field)
            let text = place.isCoded ? HL7Coding.coding(component)?.display : component.value
            return text?.trimmed.nonEmpty.map { ReportDetail(name: place.name, value: $0) }
        }
        return read(group.request, ofRequests) + old + group.specimens.flatMap { read($0, ofSpecimens) }
    }

    private static func read(_ segment: HL7Segment, _ places: [Place]) -> [ReportDetail] {
        places.compactMap { place in
            let field = segment.field(place.field)
            guard !field.isEmpty, !field.isNull else { return nil }
            let text = place.isCoded ? HL7Coding.text(field) : plain(field)
            return text?.trimmed.nonEmpty.map { ReportDetail(name: place.name, value: $0) }
        }
    }

    /// The components of a field that is no coded element, as a reader would see them.
    private static func plain(_ field: HL7Field) -> String {
        field.repetitions.map { repetition in
            repetition.components.map { component in
                component.subcomponents.map(\.text).filter { !$0.isEmpty }.joined(separator: " ")
            }.filter { !$0.isEmpty }.joined(separator: " ")
        }.filter { !$0.isEmpty }.joined(separator: "\n")
    }
}

/// Reads a note (NTE) with who entered it and when.
enum HL7Note {
    /// The text, and behind it in brackets who said it and when; `nil` where there is no text.
    static func text(_ segment: HL7Segment) -> String? {
        guard let text = HL7Value.lines(segment.field(3)).nonEmpty else { return nil }
        let people = segment.field(5).repetitions.compactMap(HL7Name.compositeName)
        return NoteRule.text(text, by: people, at: segment.field(6).component(1).value?.trimmed.nonEmpty)
    }
}

/// How a note is written down that says who made it and when.
enum NoteRule {
    static func text(_ text: String, by people: [String], at time: String?) -> String {
        let signs = people + (time.map { [$0] } ?? [])
        return signs.isEmpty ? text : text + " [" + signs.joined(separator: ", ") + "]"
    }
}
