import EdgeKit
import FHIR
import Recognition

/// Reads what an Observation says besides its value, and has no field of its own.
struct FHIRObservationDetails {
    let bundle: FHIRBundle
    let whose: FHIRWhose
    let entry: FHIRBundle.Entry
    private(set) var findings = FHIRFindings()
    /// The marks of resources that the details tell of.
    private(set) var used: Set<String> = []

    init(bundle: FHIRBundle, whose: FHIRWhose, entry: FHIRBundle.Entry) {
        self.bundle = bundle
        self.whose = whose
        self.entry = entry
    }

    /// Whether we wrote the element: then its details stand in extensions, and FHIR's elements say them again.
    static func isOwn(_ json: JSONObject) -> Bool {
        !FHIRExtensions.strings(.object(json), FHIRExtensions.valueType).isEmpty
    }

    /// What holds for the Observation and each of its components.
    mutating func common() -> [ReportDetail] {
        let resource = entry.resource
        var list = FHIRDetailList()
        list.add("bodySite", concept: resource["bodySite"])
        list.add("specimen", specimen())
        list.add("device", words("device"))
        for (index, _) in resource.items("focus").enumerated() { list.add("focus", focus(index)) }
        for (index, reference) in resource.items("derivedFrom").enumerated() {
            list.add("derivedFrom", derived(reference, index))
        }
        list.add("effectivePeriod.end", end(resource.json))
        for performer in resource.items("performer") {
            list.add("performer", FHIRPerson.name(performer, in: bundle, from: entry))
        }
        return list.details
    }

    /// What one value, the Observation's or a component's, says of itself.
    func details(of json: JSONObject, value: FHIRValue?) -> [ReportDetail] {
        var list = FHIRDetailList()
        if let reason = json["dataAbsentReason"], FHIRElement.code(reason) != "unknown" || reason["text"] != nil {
            list.add("dataAbsentReason", concept: reason)
        }
        for item in FHIRElement.items(json["interpretation"]) {
            guard let text = item["text"]?.string, let coding = FHIRCoding.coding(item), !coding.code.isEmpty,
                text != coding.code
            else { continue }
            list.add("interpretation", text)
        }
        let sampled = json["valueSampledData"]
        list.add("sampledData.origin", FHIRWords.quantity(sampled?["origin"]))
        for name in ["period", "factor", "lowerLimit", "upperLimit", "dimensions"] {
            list.add("sampledData." + name, sampled?[name]?.lexical)
        }
        return list.details
    }

    private mutating func words(_ element: String) -> String? {
        guard let reference = entry.resource[element] else { return nil }
        if let found = bundle.resolve(reference, from: entry) { used.insert(found.mark) }
        if let text = FHIRWords.reference(reference, in: bundle, from: entry) { return text }
        findings.warn(
            .notFound, "the \(element) of an Observation is not in the message and is not taken",
            bundle.expression(entry, element))
        return nil
    }

    private mutating func specimen() -> String? {
        if let found = bundle.resolve(entry.resource["specimen"], from: entry, type: "Specimen") {
            whose.check(found.resource["subject"], of: found, element: "subject", &findings)
        }
        return words("specimen")
    }

    /// What the value is about, where that is not the patient: a fetus, an implant.
    ///
    /// Another patient, or something that nobody can look up, is refused: it would be the wrong person's value.
    private mutating func focus(_ index: Int) -> String? {
        let reference = entry.resource.items("focus")[index]
        let found = bundle.resolve(reference, from: entry)
        if let found { used.insert(found.mark) }
        if found == nil || found?.resource.type == "Patient" {
            if found == nil, FHIRWhose.typeName(of: reference) != "Patient", let text = reference["display"]?.string {
                return text
            }
            whose.check(reference, of: entry, element: "focus", &findings)
            return nil
        }
        return FHIRWords.reference(reference, in: bundle, from: entry) ?? found?.resource.type
    }

    private mutating func derived(_ reference: JSONValue, _ index: Int) -> String? {
        if let found = bundle.resolve(reference, from: entry), found.resource.type == "Observation" {
            whose.check(found.resource["subject"], of: found, element: "subject", &findings)
        }
        if let text = FHIRWords.reference(reference, in: bundle, from: entry) { return text }
        findings.warn(
            .notFound, "what an Observation is derived from is not in the message and is not taken",
            bundle.expression(entry, "derivedFrom[\(index)]"))
        return nil
    }

    private func end(_ json: JSONObject) -> String? {
        guard let period = json["effectivePeriod"], period["start"] != nil else { return nil }
        return period["end"]?.string
    }
}
