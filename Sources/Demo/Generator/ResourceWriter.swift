import Effects

/// Writes the FHIR resources of one version of a report.
struct ResourceWriter {
    private static let local = "urn:oid:2.999.1403.1"
    private static let identifierTypes = "http://terminology.hl7.org/CodeSystem/v2-0203"

    let plan: ReportPlan
    let step: ReportPlan.Step
    let context: ReportContext

    /// The URL by which the entries of one Bundle refer to each other.
    func url(_ type: String, _ index: Int) -> String {
        let random = SeededRandom(seed: Seeds.derive(plan.seed, type + String(index) + step.version.rawValue))
        let digits = Array("0123456789abcdef")
        var text = "urn:uuid:"
        for (position, byte) in random.bytes(16).enumerated() {
            let value = position == 6 ? (byte & 0x0F) | 0x40 : position == 8 ? (byte & 0x3F) | 0x80 : byte
            if [4, 6, 8, 10].contains(position) { text += "-" }
            text.append(digits[Int(value >> 4)])
            text.append(digits[Int(value & 15)])
        }
        return text
    }

    func patient(_ json: inout JSONText) {
        let person = plan.person
        json.array("identifier") { json in
            identifier(&json, "PI", "urn:yilian:demo:" + plan.institution.node + ":patient", plan.patientNumber)
            identifier(&json, "NI", "urn:oid:2.16.156.10011.1.3", person.identityNumber)
            identifier(&json, "HC", "urn:oid:2.16.156.10011.1.19", person.healthCard)
        }
        json.array("name") { json in
            json.object { $0.string("text", person.name) }
        }
        json.string("gender", person.sex.fhir)
        let date = person.birthDate
        json.string("birthDate", date.prefix(4) + "-" + date.dropFirst(4).prefix(2) + "-" + date.suffix(2))
        json.array("address") { json in
            json.object { $0.string("text", "山西省阳泉市" + plan.addressLine) }
        }
    }

    func report(_ json: inout JSONText, _ content: ReportContent) {
        json.array("identifier") { json in
            let system = plan.kind == .laboratory ? "urn:oid:2.16.156.10011.1.33" : "urn:oid:2.16.156.10011.1.32"
            identifier(&json, "FILL", system, plan.orderNumber)
            identifier(&json, "PLAC", "urn:oid:2.16.156.10011.1.24", plan.placerNumber)
        }
        json.string("status", step.version.fhirStatus)
        json.array("category") { json in
            json.object { json in
                coding(&json, "http://terminology.hl7.org/CodeSystem/v2-0074", content.section, nil)
            }
        }
        json.object("code") { json in
            coding(&json, Self.local, content.code, content.name)
            json.string("text", content.name)
        }
        json.object("subject") { $0.string("reference", url("Patient", 0)) }
        json.string("effectiveDateTime", LocalTime.fhir(context.observed))
        json.string("issued", LocalTime.fhir(step.time))
        json.array("performer") { json in
            json.object { $0.string("display", plan.institution.name + plan.kind.department) }
        }
        json.array("resultsInterpreter") { json in
            json.object { $0.string("display", context.reader) }
        }
        json.array("result") { json in
            for index in content.lines.indices {
                json.object { $0.string("reference", url("Observation", index)) }
            }
        }
        let conclusion = [content.opinion, content.note].compactMap { $0 }.joined(separator: "\n")
        if !conclusion.isEmpty { json.string("conclusion", conclusion) }
    }

    func observation(_ json: inout JSONText, _ line: ReportContent.Line) {
        let isChanged = line.isCorrected && step.version == .corrected
        json.string("status", step.version == .corrected && !isChanged ? "final" : step.version.fhirStatus)
        json.object("code") { json in
            coding(&json, Self.local, line.code, line.name)
            json.string("text", line.name)
        }
        json.object("subject") { $0.string("reference", url("Patient", 0)) }
        json.string("effectiveDateTime", LocalTime.fhir(context.observed))
        value(&json, line)
        if !line.flag.isEmpty {
            json.array("interpretation") { json in
                json.object { json in
                    coding(&json, "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", line.flag, nil)
                }
            }
        }
        if !line.range.isEmpty {
            json.array("referenceRange") { json in
                json.object { $0.string("text", line.range) }
            }
        }
    }

    private func value(_ json: inout JSONText, _ line: ReportContent.Line) {
        switch line.value {
        case .number(let number):
            quantity(&json, number, comparator: nil, unit: line.unit)
        case .bounded(let comparator, let number):
            quantity(&json, number, comparator: comparator, unit: line.unit)
        case .words(let text), .prose(let text):
            json.string("valueString", text)
        }
    }

    private func quantity(_ json: inout JSONText, _ number: String, comparator: String?, unit: String) {
        json.object("valueQuantity") { json in
            json.number("value", lexical: number)
            if let comparator { json.string("comparator", comparator) }
            if !unit.isEmpty { json.string("unit", unit) }
        }
    }

    private func identifier(_ json: inout JSONText, _ type: String, _ system: String, _ value: String) {
        json.object { json in
            json.object("type") { json in
                coding(&json, Self.identifierTypes, type, nil)
            }
            json.string("system", system)
            json.string("value", value)
        }
    }

    private func coding(_ json: inout JSONText, _ system: String, _ code: String, _ display: String?) {
        json.array("coding") { json in
            json.object { json in
                json.string("system", system)
                json.string("code", code)
                if let display { json.string("display", display) }
            }
        }
    }
}
