import EdgeKit
import FHIR
import Recognition

/// Writes one line of a report as an Observation.
struct FHIRObservationWriter {
    var offsetMinutes: Int

    /// - Parameter void: FHIR's status of a void report: what it holds is no result any more, and whoever keeps the line by
    ///   itself must see that.
    func json(
        _ observation: ReportedObservation, id: String, patientID: String, void: String? = nil
    ) -> JSONObject {
        var json: JSONObject = ["resourceType": "Observation", "id": .string(id)]
        var extensions = [FHIRExtensions.text(FHIRExtensions.valueType, observation.valueType)]
        if let subID = observation.subID { extensions.append(FHIRExtensions.text(FHIRExtensions.subID, subID)) }
        let word = FHIRStatus.word(observation: observation.status)
        let isVoid = void != nil && !observation.isWithdrawn && !observation.status.isEmpty
        if let letter = isVoid ? observation.status : FHIRStatus.keptLetter(observation.status) {
            extensions.append(FHIRExtensions.text(FHIRExtensions.status, letter))
        }
        let (name, value) = self.value(observation)
        if name != "valueQuantity", let unit = observation.unit {
            extensions.append(FHIRExtensions.text(FHIRExtensions.unit, Self.text(unit)))
        }
        json["extension"] = .array(extensions + FHIRDetails.write(observation.details))
        json["status"] = .string(isVoid ? void ?? word : word)
        json["code"] = FHIRCoding.concept(observation.code)
        json["subject"] = ["reference": .string("Patient/" + patientID)]
        FHIRTime.write(observation.observedTime, to: &json, "effectiveDateTime", offsetMinutes: offsetMinutes)
        if name == "valueDateTime" {
            FHIRTime.write(observation.value, to: &json, name, offsetMinutes: offsetMinutes)
        } else {
            json[name] = value
        }
        if !observation.flags.isEmpty {
            json["interpretation"] = .array(observation.flags.map(Self.interpretation))
        }
        if !observation.notes.isEmpty {
            json["note"] = .array(observation.notes.map { ["text": .string($0)] })
        }
        if let site = Self.detail("bodySite", observation) { json["bodySite"] = ["text": .string(site)] }
        if let method = observation.method { json["method"] = ["text": .string(method)] }
        if let range = observation.referenceRange { json["referenceRange"] = [["text": .string(range)]] }
        return json
    }

    /// The element and its value.
    ///
    /// A number of JSON's grammar is a Quantity in its lexical form, with a comparator before it where there is one.
    /// Everything else (`0065.88`, `1:128`, `阴性`) is text or a concept: a Quantity would have to change it.
    private func value(_ observation: ReportedObservation) -> (String, JSONValue) {
        // What was taken back keeps its place and its status; its value is nobody's any more.
        let text = observation.isWithdrawn ? "" : observation.value
        if text.isEmpty {
            let reason = Self.detail("dataAbsentReason", observation) ?? Self.reason(observation)
            return ("dataAbsentReason", reason.map { ["text": .string($0)] } ?? Self.absent)
        }
        if observation.valueType == "NA", let sampled = Self.sampled(observation) {
            return ("valueSampledData", sampled)
        }
        if let coding = observation.valueCoding, !coding.codes.isEmpty {
            return ("valueCodeableConcept", FHIRCoding.concept(coding, text: text == coding.display ? nil : text))
        }
        let isMeasure = ["NM", "SN"].contains(observation.valueType) || observation.unit != nil
        if isMeasure, let quantity = Self.quantity(text, unit: observation.unit) { return ("valueQuantity", quantity) }
        if ["DT", "TS", "DTM"].contains(observation.valueType),
            FHIRTime.dateTime(text, offsetMinutes: offsetMinutes) != nil
        {
            return ("valueDateTime", .null)
        }
        return ("valueString", .string(text))
    }

    private static func quantity(_ text: String, unit: Coding?) -> JSONValue? {
        let comparator = ["<=", ">=", "<", ">"].first { text.hasPrefix($0) }
        guard let number = JSONNumber(lexical: String(text.dropFirst(comparator?.count ?? 0))) else { return nil }
        var json: JSONObject = ["value": .number(number)]
        if let comparator { json["comparator"] = .string(comparator) }
        if let unit, unit.codes.isEmpty, !unit.display.isEmpty { json["unit"] = .string(unit.display) }
        if let unit, let code = unit.codes.first {
            // A code may only stand beside its system; without one, the code itself is what people read.
            let system = CodeSystemName.write(code.system)
            json["unit"] = .string(system == nil ? self.text(unit) : unit.display)
            if let system {
                json["system"] = .string(system)
                if !code.code.isEmpty { json["code"] = .string(code.code) }
            }
        }
        return .object(json)
    }

    /// What stands in the place of a value that could not be obtained (X): why, in words.
    private static func reason(_ observation: ReportedObservation) -> String? {
        let text = observation.value.trimmed
        return observation.status == "X" && !text.contains(where: \.isNumber) ? text.nonEmpty : nil
    }

    private static func detail(_ name: String, _ observation: ReportedObservation) -> String? {
        observation.details.first { $0.name == name }?.value
    }

    /// Samples with the numbers that make values of them; without origin, period and dimensions they are mere text.
    private static func sampled(_ observation: ReportedObservation) -> JSONValue? {
        func number(_ name: String) -> JSONValue? {
            detail("sampledData." + name, observation).flatMap(JSONNumber.init(lexical:)).map { .number($0) }
        }
        guard let origin = detail("sampledData.origin", observation), let period = number("period"),
            let dimensions = number("dimensions")
        else { return nil }
        let parts = origin.split(separator: " ", maxSplits: 1).map(String.init)
        guard let zero = parts.first.flatMap(JSONNumber.init(lexical:)) else { return nil }
        var start: JSONObject = ["value": .number(zero)]
        if parts.count > 1 { start["unit"] = .string(parts[1]) }
        var json: JSONObject = ["origin": .object(start), "period": period]
        for name in ["factor", "lowerLimit", "upperLimit"] { json[name] = number(name) }
        json["dimensions"] = dimensions
        json["data"] = .string(observation.value)
        return .object(json)
    }

    private static func text(_ unit: Coding) -> String { unit.code.nonEmpty ?? unit.display }

    private static func interpretation(_ flag: String) -> JSONValue {
        ["coding": [["system": "http://terminology.hl7.org/CodeSystem/v2-0078", "code": .string(flag)]]]
    }

    private static let absent: JSONValue = [
        "coding": [
            ["system": "http://terminology.hl7.org/CodeSystem/data-absent-reason", "code": "unknown"]
        ]
    ]
}
