import FHIR

/// What FHIR's data types hold that is read, so that an account goes down to every element within one.
///
/// Each type is a table of its members: of further types, or plain values. Members that are read nowhere are not in it, and
/// whoever sends them is told by their path.
indirect enum FHIRElementShape: Sendable {
    /// A text, a number, a truth value.
    case value
    /// An object, or a list of them.
    case members([String: FHIRElementShape])

    static let coding = members([
        "system": .value, "version": .value, "code": .value, "display": .value, "userSelected": .value,
    ])
    static let concept = members(["coding": coding, "text": .value])
    static let quantity = members([
        "value": .value, "comparator": .value, "unit": .value, "system": .value, "code": .value,
    ])
    static let range = members(["low": quantity, "high": quantity])
    static let period = members(["start": .value, "end": .value])
    static let identifier = members([
        "use": .value, "type": concept, "system": .value, "value": .value, "period": period,
        "assigner": members([
            "reference": .value, "type": .value, "display": .value,
            "identifier": members(["use": .value, "type": concept, "system": .value, "value": .value]),
        ]),
    ])
    static let reference = members([
        "reference": .value, "type": .value, "identifier": identifier, "display": .value,
    ])
    static let annotation = members([
        "authorReference": reference, "authorString": .value, "time": .value, "text": .value,
    ])
    static let attachment = members([
        "contentType": .value, "language": .value, "data": .value, "url": .value, "size": .value, "hash": .value,
        "title": .value, "creation": .value,
    ])
    static let sampled = members([
        "origin": quantity, "period": .value, "factor": .value, "lowerLimit": .value, "upperLimit": .value,
        "dimensions": .value, "data": .value,
    ])
    static let collection = members([
        "collector": reference, "collectedDateTime": .value, "collectedPeriod": period, "duration": quantity,
        "quantity": quantity, "method": concept, "bodySite": concept, "fastingStatusCodeableConcept": concept,
        "fastingStatusDuration": quantity,
    ])
    static let container = members([
        "identifier": identifier, "description": .value, "type": concept, "capacity": quantity,
        "specimenQuantity": quantity, "additiveCodeableConcept": concept,
    ])

    /// The types of elements by their names, which mean the same in every resource that is read here.
    static let elements: [String: FHIRElementShape] = {
        var shapes: [String: FHIRElementShape] = [:]
        for name in [
            "code", "category", "bodySite", "method", "interpretation", "dataAbsentReason", "conclusionCode", "type",
            "appliesTo", "condition", "reasonCode", "valueCodeableConcept",
        ] { shapes[name] = concept }
        for name in [
            "subject", "performer", "resultsInterpreter", "specimen", "result", "imagingStudy", "basedOn", "encounter",
            "focus", "hasMember", "derivedFrom", "device", "requester", "supportingInfo", "reasonReference",
            "managingOrganization",
        ] { shapes[name] = reference }
        for name in ["valueQuantity", "low", "high"] { shapes[name] = quantity }
        for name in ["valueRange", "age"] { shapes[name] = range }
        for name in ["effectivePeriod", "valuePeriod"] { shapes[name] = period }
        for name in ["presentedForm", "content"] { shapes[name] = attachment }
        shapes["valueRatio"] = members(["numerator": quantity, "denominator": quantity])
        shapes["valueSampledData"] = sampled
        shapes["note"] = annotation
        shapes["collection"] = collection
        shapes["container"] = container
        shapes["media"] = members(["comment": .value, "link": reference])
        return shapes
    }()

    /// The paths of members that a value has and the shape has not, without places of lists; each once.
    func strangers(in value: JSONValue, path: String) -> [String] {
        guard case .members(let known) = self else { return [] }
        var paths: [String] = []
        for item in FHIRElement.items(value) {
            for member in item.object?.members ?? [] where member.value != .null {
                // Ids of elements, extensions and what stands beside a primitive value are looked at elsewhere.
                guard !member.name.hasPrefix("_"), !Self.common.contains(member.name) else { continue }
                let place = path + "." + String(member.name.prefix(64))
                let found = known[member.name].map { $0.strangers(in: member.value, path: place) } ?? [place]
                for path in found where !paths.contains(path) { paths.append(path) }
            }
        }
        return paths
    }

    private static let common: Set<String> = ["id", "extension", "modifierExtension"]
}
