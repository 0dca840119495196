import EdgeKit
import FHIR
import Recognition

/// Elements as a reader would see them, for what has no field of its own.
enum FHIRWords {
    /// A CodeableConcept: its text, and whatever its codes say besides.
    static func concept(_ concept: JSONValue) -> String? {
        guard let coding = FHIRCoding.coding(concept) else { return nil }
        var words = coding.text.map { [$0] } ?? []
        for code in coding.codes {
            let word = code.display.isEmpty ? code.code : code.display
            if !word.isEmpty, !words.contains(word) { words.append(word) }
        }
        return words.joined(separator: "; ").nonEmpty
    }

    /// A Quantity with comparator and unit.
    static func quantity(_ quantity: JSONValue?) -> String? {
        guard let quantity else { return nil }
        let number = (quantity["comparator"]?.string ?? "") + (quantity["value"]?.lexical ?? "")
        let unit = quantity["unit"]?.string ?? quantity["code"]?.string ?? ""
        return (unit.isEmpty || unit == "1" ? number : number + " " + unit).nonEmpty
    }

    /// A Period: both of its ends, `/` between them.
    static func period(_ period: JSONValue?) -> String? {
        let ends = ["start", "end"].map { period?[$0]?.string ?? "" }
        return ends.allSatisfy(\.isEmpty) ? nil : ends.joined(separator: "/")
    }

    /// A Range: `18-65 a`.
    static func range(_ range: JSONValue?) -> String? {
        guard let range, let text = FHIRValue.range(range) else { return nil }
        let unit = FHIRCoding.unit(range["high"]) ?? FHIRCoding.unit(range["low"])
        return unit.map { text + " " + ($0.codes.first?.display.nonEmpty ?? $0.display) } ?? text
    }

    /// What a Reference means in words: its display, else what the resource says of itself.
    static func reference(_ reference: JSONValue?, in bundle: FHIRBundle, from entry: FHIRBundle.Entry) -> String? {
        guard let reference else { return nil }
        if let display = reference["display"]?.string?.trimmed.nonEmpty { return display }
        if let found = bundle.resolve(reference, from: entry), let words = words(found, in: bundle) { return words }
        return FHIRElement.text(reference["identifier"]?["value"])
    }

    private static func words(_ entry: FHIRBundle.Entry, in bundle: FHIRBundle) -> String? {
        let resource = entry.resource
        switch resource.type {
        case "Organization": return resource.string("name")
        case "Practitioner", "RelatedPerson", "Person": return resource.items("name").first.flatMap(FHIRPerson.name)
        case "PractitionerRole": return FHIRPerson.name(of: entry, in: bundle)
        case "Device":
            return FHIRElement.items(resource["deviceName"]).first?["name"]?.string ?? type(resource)
                ?? identifier(resource)
        case "Specimen": return type(resource)
        case "Observation":
            let code = resource["code"].flatMap(concept)
            let value = FHIRValue(resource.json)
            let unit = value?.unit.map { " " + $0.display } ?? ""
            return [code, value.map { $0.text + unit }].compactMap { $0 }.joined(separator: ": ").nonEmpty
        case "ImagingStudy":
            let modality = resource.items("modality").compactMap { $0["code"]?.string }.joined(separator: " ")
            let parts = [
                resource.string("description"), modality.nonEmpty, resource.string("started"), identifier(resource),
            ]
            return parts.compactMap { $0 }.joined(separator: "; ").nonEmpty
        case "BodyStructure": return resource.string("description") ?? resource["location"].flatMap(concept)
        case "Encounter": return identifier(resource) ?? resource["class"]?["display"]?.string
        default: return resource["code"].flatMap(concept) ?? type(resource) ?? identifier(resource)
        }
    }

    private static func type(_ resource: FHIRResource) -> String? { resource["type"].flatMap(concept) }

    private static func identifier(_ resource: FHIRResource) -> String? {
        resource.items("identifier").lazy.compactMap { FHIRElement.text($0["value"]) }.first
    }
}
