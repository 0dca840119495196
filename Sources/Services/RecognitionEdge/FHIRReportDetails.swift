import EdgeKit
import FHIR
import Recognition

/// Reads what a DiagnosticReport says besides its results, and has no field of its own.
struct FHIRReportDetails {
    let bundle: FHIRBundle
    let whose: FHIRWhose
    let report: FHIRBundle.Entry
    let requests: [FHIRBundle.Entry]
    private(set) var findings = FHIRFindings()
    /// The marks of resources that the details tell of.
    private(set) var used: Set<String> = []

    init(
        bundle: FHIRBundle, whose: FHIRWhose, report: FHIRBundle.Entry, requests: [FHIRBundle.Entry]
    ) {
        self.bundle = bundle
        self.whose = whose
        self.report = report
        self.requests = requests
    }

    /// Whether we wrote the report: then its details stand in extensions.
    var isOwn: Bool { !FHIRExtensions.strings(report.resource.value, FHIRExtensions.entry).isEmpty }

    /// - Parameter performedBy: the name that the report carries already.
    mutating func details(besides performedBy: String?) -> [ReportDetail] {
        let resource = report.resource
        guard !isOwn else { return FHIRDetails.read(resource.value) }
        var list = FHIRDetailList()
        // A cancelled result was never obtained; one that was entered in error was never this patient's.
        if resource.string("status") == "cancelled" { list.add("status", "cancelled") }
        list.add("conclusionCode", concepts: resource["conclusionCode"])
        if let period = resource["effectivePeriod"], period["start"] != nil {
            list.add("effectivePeriod.end", period["end"]?.string)
        }
        for (index, reference) in resource.items("imagingStudy").enumerated() {
            if let found = bundle.resolve(reference, from: report) {
                whose.check(found.resource["subject"], of: found, element: "subject", &findings)
            }
            list.add("imagingStudy", words(reference, "imagingStudy[\(index)]"))
        }
        if let encounter = resource["encounter"] { list.add("encounter", words(encounter, "encounter")) }
        var names = performedBy.map { [$0] } ?? []
        for element in ["resultsInterpreter", "performer"] {
            for reference in resource.items(element) {
                guard let name = FHIRPerson.name(reference, in: bundle, from: report), !names.contains(name) else {
                    continue
                }
                names.append(name)
                list.add(element, name)
            }
        }
        addSpecimens(&list)
        for request in requests {
            list.add("basedOn.reasonCode", concepts: request.resource["reasonCode"])
            for (index, reference) in request.resource.items("reasonReference").enumerated() {
                list.add("basedOn.reasonReference", reason(reference, of: request, index))
            }
            for note in FHIRNote.texts(request.resource["note"], in: bundle, from: request) {
                list.add("basedOn.note", note)
            }
        }
        return list.details
    }

    private mutating func addSpecimens(_ list: inout FHIRDetailList) {
        for reference in report.resource.items("specimen") {
            guard let found = bundle.resolve(reference, from: report, type: "Specimen") else { continue }
            let specimen = found.resource
            if let status = specimen.string("status"), status != "available" { list.add("specimen.status", status) }
            list.add("specimen.condition", concepts: specimen["condition"])
            list.add("specimen.collection.bodySite", concept: specimen["collection"]?["bodySite"])
            list.add("specimen.collection.method", concept: specimen["collection"]?["method"])
            let collection = specimen["collection"]
            list.add(
                "specimen.collection.collected",
                collection?["collectedDateTime"]?.string ?? FHIRWords.period(collection?["collectedPeriod"]))
            list.add("specimen.collection.quantity", FHIRWords.quantity(collection?["quantity"]))
            list.add("specimen.collection.duration", FHIRWords.quantity(collection?["duration"]))
            list.add("specimen.collection.fastingStatus", concept: collection?["fastingStatusCodeableConcept"])
            list.add("specimen.collection.fastingStatus", FHIRWords.quantity(collection?["fastingStatusDuration"]))
            list.add("specimen.receivedTime", specimen["receivedTime"]?.string)
            for container in specimen.items("container") {
                list.add("specimen.container.type", concept: container["type"])
                list.add("specimen.container.additive", concept: container["additiveCodeableConcept"])
            }
            for note in FHIRNote.texts(specimen["note"], in: bundle, from: found) { list.add("specimen.note", note) }
        }
    }

    /// Why the examination was ordered: a finding or a diagnosis that the order names.
    private mutating func reason(_ reference: JSONValue, of request: FHIRBundle.Entry, _ index: Int) -> String? {
        if let found = bundle.resolve(reference, from: request) {
            used.insert(found.mark)
            whose.check(found.resource["subject"], of: found, element: "subject", &findings)
        }
        if let text = FHIRWords.reference(reference, in: bundle, from: request) { return text }
        findings.warn(
            .notFound, "the reason of an order is not in the message and is not taken",
            bundle.expression(request, "reasonReference[\(index)]"))
        return nil
    }

    private mutating func words(_ reference: JSONValue, _ element: String) -> String? {
        if let found = bundle.resolve(reference, from: report) { used.insert(found.mark) }
        if let text = FHIRWords.reference(reference, in: bundle, from: report) { return text }
        let name = element.prefix { $0 != "[" }
        findings.warn(
            .notFound, "the report's \(name) is not in the message and is not taken",
            bundle.expression(report, element))
        return nil
    }
}
