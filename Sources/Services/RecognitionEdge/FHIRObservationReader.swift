import EdgeKit
import FHIR
import Recognition

/// Reads Observations, with their members and components, into the lines of a report.
struct FHIRObservationReader {
    let bundle: FHIRBundle
    let whose: FHIRWhose
    /// How many observations may still come; below zero where there were too many.
    private(set) var remaining: Int
    private(set) var observations: [ReportedObservation] = []
    /// Lines that are the physician's conclusion.
    private(set) var conclusions: [ReportedObservation] = []
    /// The letters of the results' statuses, answers to questions of the order left out.
    private(set) var resultStatuses: [String] = []
    private(set) var categories: [String] = []
    private var issuedTimes: [String] = []
    /// When the newest of the results was issued, as it says.
    var newestIssuedTime: String? {
        issuedTimes.compactMap { text in ReportTime.moment(text).map { (text, $0) } }.max { $0.1 < $1.1 }?.0
    }
    private(set) var findings = FHIRFindings()
    private var seen: Set<String> = []
    private var told: Set<String> = []
    /// The marks of what was read, and of what its lines tell of.
    var used: Set<String> { seen.union(told) }

    init(bundle: FHIRBundle, whose: FHIRWhose, remaining: Int) {
        self.bundle = bundle
        self.whose = whose
        self.remaining = remaining
    }

    /// Takes an observation and, depth first, its members; each one once.
    mutating func read(_ entry: FHIRBundle.Entry, isResult: Bool) {
        var pending = [entry]
        while let next = pending.popLast() {
            guard next.resource.type == "Observation", seen.insert(next.mark).inserted else { continue }
            take(next, isResult: isResult)
            if remaining < 0 { return }
            pending.append(contentsOf: members(of: next).reversed())
        }
    }

    private mutating func members(of entry: FHIRBundle.Entry) -> [FHIRBundle.Entry] {
        var members: [FHIRBundle.Entry] = []
        for (index, reference) in entry.resource.items("hasMember").enumerated() {
            let place = bundle.expression(entry, "hasMember[\(index)]")
            guard let found = bundle.resolve(reference, from: entry, type: "Observation") else {
                findings.refuse(
                    .notFound, "\(entry.name): a member is not in the message; nothing is fetched from elsewhere", place
                )
                continue
            }
            if found.resource.type == "Observation" {
                members.append(found)
            } else {
                findings.warn(.notSupported, "a member that is a \(found.resource.type.prefix(64)) is not taken", place)
            }
        }
        return members
    }

    private mutating func take(_ entry: FHIRBundle.Entry, isResult: Bool) {
        let resource = entry.resource
        let components = resource.items("component")
        remaining -= 1 + components.count
        guard remaining >= 0 else { return }
        FHIRElementAccount(bundle: bundle).check(entry, &findings)
        whose.check(resource["subject"], of: entry, element: "subject", &findings)
        FHIRPerson.check(["performer"], of: entry, in: bundle, &findings)
        FHIRTime.check(
            resource.json, ["effectiveDateTime", "effectiveInstant", "effectivePeriod", "valueDateTime"], in: bundle,
            entry, &findings)
        let status = self.status(of: entry)
        if isResult { resultStatuses.append(status) }
        categories += resource.items("category").compactMap { FHIRElement.code($0) }
        issuedTimes += [FHIRTime.read(resource.json, "issued")].compactMap { $0 }
        let number = "\(observations.count + conclusions.count + 1)"
        var details = FHIRObservationDetails(bundle: bundle, whose: whose, entry: entry)
        let common = details.common()
        let value = FHIRValue(resource.json)
        let own = line(
            resource.json, entry, setID: number, value: value, status: status,
            details: common + details.details(of: resource.json, value: value))
        findings.add(details.findings)
        told.formUnion(details.used)
        let isPanel = value == nil && (!components.isEmpty || !resource.items("hasMember").isEmpty)
        // A panel without a value of its own is a line where it says something about all of its members.
        if !isPanel || Self.says(own) { add(own) }
        for (index, component) in components.enumerated() {
            guard let json = component.object else { continue }
            let value = FHIRValue(json)
            add(
                line(
                    json, entry, setID: number + ".\(index + 1)", value: value, status: status,
                    details: common + details.details(of: json, value: value)))
        }
    }

    private mutating func status(of entry: FHIRBundle.Entry) -> String {
        let resource = entry.resource
        if FHIRObservationDetails.isOwn(resource.json) { return FHIRStatus.letter(own: resource.json) }
        let status =
            FHIRExtensions.strings(resource.value, FHIRExtensions.status).first
            ?? FHIRStatus.letter(observation: resource.string("status"))
        if !LineStatus.isKnown(status) {
            findings.warn(
                .codeInvalid, "no known status; the result is taken as preliminary",
                bundle.expression(entry, "status"))
        }
        return status
    }

    private mutating func add(_ line: ReportedObservation) {
        if ConclusionRule.isConclusion(line) { conclusions.append(line) } else { observations.append(line) }
    }

    /// Names of details that say who and with what, and do not make a line of a panel.
    private static let quiet: Set<String> = ["performer", "device", "specimen", "effectivePeriod.end", "method"]

    private static func says(_ panel: ReportedObservation) -> Bool {
        !panel.notes.isEmpty || !panel.flags.isEmpty || panel.referenceRange != nil || panel.method != nil
            || panel.details.contains { !quiet.contains($0.name) }
    }

    private func line(
        _ json: JSONObject, _ entry: FHIRBundle.Entry, setID: String, value: FHIRValue?, status: String,
        details: [ReportDetail]
    ) -> ReportedObservation {
        let isOwn = FHIRObservationDetails.isOwn(json)
        let unit = value?.unit ?? FHIRValue.keptUnit(json)
        let ranges = FHIRRangeReader(json, unit: unit)
        let text = isOwn || json["resourceType"] == nil ? nil : narrative(entry.resource, value: value)
        return ReportedObservation(
            setID: setID, code: FHIRCoding.coding(json["code"]) ?? Coding(codes: []), subID: subID(json),
            valueType: value?.type ?? FHIRValue.keptType(json) ?? "ST",
            value: value?.text ?? "", valueCoding: value?.coding, unit: unit,
            referenceRange: ranges.lines.joined(separator: "\n").nonEmpty, flags: flags(json), status: status,
            method: entry.resource["method"].flatMap(FHIRWords.concept),
            observedTime: FHIRTime.observed(entry.resource.json),
            notes: FHIRNote.texts(json["note"], in: bundle, from: entry) + (text.map { [$0] } ?? []),
            details: isOwn ? FHIRDetails.read(.object(json)) : details + ranges.details.details)
    }

    /// OBX-4, which our own answers and a converter from HL7 v2 keep in extensions.
    private func subID(_ json: JSONObject) -> String? {
        FHIRExtensions.strings(.object(json), FHIRExtensions.subID).first
            ?? FHIRElement.items(json["extension"]).lazy.compactMap {
                $0["url"]?.string?.hasSuffix("/sub-id") == true ? $0["valueString"]?.string : nil
            }.first
    }

    /// What the narrative says besides the elements, or instead of them.
    private func narrative(_ resource: FHIRResource, value: FHIRValue?) -> String? {
        let isAll =
            value == nil && resource.items("component").isEmpty && resource.items("hasMember").isEmpty
            && resource["dataAbsentReason"] == nil
        return isAll || FHIRNarrative.isAdditional(resource) ? FHIRNarrative.text(resource) : nil
    }

    private func flags(_ json: JSONObject) -> [String] {
        var flags: [String] = []
        for item in FHIRElement.items(json["interpretation"]) {
            guard let coding = FHIRCoding.coding(item) else { continue }
            let codes = coding.codes.compactMap(\.code.nonEmpty)
            for flag in codes.isEmpty ? [coding.display] : codes where !flag.isEmpty && !flags.contains(flag) {
                flags.append(flag)
            }
        }
        return flags
    }
}
