import FHIR
import Recognition

/// Reads Observations, with their members and components, into the lines of a report.
struct FHIRObservationReader {
    let bundle: FHIRBundle
    /// How many observations may still come; below zero where there were too many.
    private(set) var remaining: Int
    private(set) var observations: [ReportedObservation] = []
    /// The letters of the results' statuses, answers to questions of the order left out.
    private(set) var resultStatuses: [String] = []
    private(set) var categories: [String] = []
    private(set) var warnings: [OperationOutcome.Issue] = []
    private var seen: Set<String> = []

    init(bundle: FHIRBundle, remaining: Int) {
        self.bundle = bundle
        self.remaining = remaining
    }

    /// Takes an observation and, depth first, its members; each one once.
    mutating func read(_ entry: FHIRBundle.Entry, isResult: Bool) {
        var pending = [entry]
        while let next = pending.popLast() {
            let place = "\(next.position)#\(next.container == nil ? "" : next.resource.id ?? "")"
            guard next.resource.type == "Observation", seen.insert(place).inserted else { continue }
            take(next.resource, isResult: isResult)
            if remaining < 0 { return }
            let members = FHIRReportBuilder.resolve(next.resource.items("hasMember"), in: bundle, from: next)
            pending.append(contentsOf: members.reversed())
        }
    }

    private mutating func take(_ resource: FHIRResource, isResult: Bool) {
        let components = resource.items("component")
        remaining -= 1 + components.count
        guard remaining >= 0 else { return }
        let status = FHIRStatus.letter(observation: resource.string("status"))
        if isResult { resultStatuses.append(status) }
        categories += resource.items("category").compactMap { FHIRElement.code($0) }
        let number = "\(observations.count + 1)"
        let value = FHIRValue(resource.json)
        let isPanel = value == nil && (!components.isEmpty || !resource.items("hasMember").isEmpty)
        if !isPanel {
            observations.append(line(resource.json, resource, setID: number, value: value, status: status))
        }
        for (index, component) in components.enumerated() {
            guard let json = component.object else { continue }
            observations.append(
                line(
                    json, resource, setID: number + ".\(index + 1)", value: FHIRValue(json), status: status,
                    notes: isPanel && index == 0 ? notes(resource.json) : []))
        }
    }

    private func line(
        _ json: JSONObject, _ resource: FHIRResource, setID: String, value: FHIRValue?, status: String,
        notes: [String]? = nil
    ) -> ReportedObservation {
        ReportedObservation(
            setID: setID, code: FHIRCoding.coding(json["code"]) ?? Coding(codes: []),
            subID: FHIRExtensions.strings(.object(json), FHIRExtensions.subID).first,
            valueType: value?.type ?? "ST", value: value?.text ?? "", valueCoding: value?.coding,
            unit: value?.unit ?? FHIRValue.keptUnit(json), referenceRange: ranges(json), flags: flags(json),
            status: status,
            method: FHIRCoding.coding(resource["method"])?.display.nonEmpty,
            observedTime: FHIRTime.observed(resource.json), notes: notes ?? self.notes(json) + absence(json))
    }

    private func notes(_ json: JSONObject) -> [String] {
        FHIRElement.items(json["note"]).compactMap { $0["text"]?.string?.nonEmpty }
    }

    /// Why there is no value, where the message says so in words or in a code of its own choosing.
    private func absence(_ json: JSONObject) -> [String] {
        guard let reason = FHIRCoding.coding(json["dataAbsentReason"]), reason.code != "unknown" else { return [] }
        return [reason.display]
    }

    private func flags(_ json: JSONObject) -> [String] {
        FHIRElement.items(json["interpretation"]).compactMap { item in
            guard let coding = FHIRCoding.coding(item) else { return nil }
            return coding.code.nonEmpty ?? coding.display.nonEmpty
        }
    }

    private func ranges(_ json: JSONObject) -> String? {
        let texts = FHIRElement.items(json["referenceRange"]).compactMap { range in
            range["text"]?.string?.nonEmpty ?? FHIRValue.range(range)
        }
        return texts.joined(separator: "\n").nonEmpty
    }
}
