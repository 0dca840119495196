import Effects
import FHIR
import Recognition

/// Builds the content of one report from a DiagnosticReport and what it refers to.
struct FHIRReportBuilder {
    let bundle: FHIRBundle
    let report: FHIRBundle.Entry
    let mapper: FHIRReportMapper
    let fillerOrderNumber: String?
    let placerOrderNumber: String?
    private(set) var issues: [OperationOutcome.Issue] = []
    private(set) var warnings: [OperationOutcome.Issue] = []

    init(bundle: FHIRBundle, report: FHIRBundle.Entry, mapper: FHIRReportMapper) {
        self.bundle = bundle
        self.report = report
        self.mapper = mapper
        let requests = Self.resolve(report.resource.items("basedOn"), in: bundle, from: report)
        let numbers = FHIROrderNumbers(report: report.resource, requests: requests.map(\.resource))
        fillerOrderNumber = numbers.filler
        placerOrderNumber = numbers.placer
    }

    var service: Coding { FHIRCoding.coding(report.resource["code"]) ?? Coding(codes: []) }

    /// The content; `nil` where it is refused, with the reasons in `issues`.
    ///
    /// - Parameter remaining: how many observations the message may still have; below zero where it has too many.
    mutating func content(
        position: Int, isOnly: Bool, remaining: inout Int
    ) -> ReportContent? {
        let resource = report.resource
        guard let patient = patient() else { return nil }
        var reader = FHIRObservationReader(bundle: bundle, remaining: remaining)
        let observations = results(isOnly: isOnly, reader: &reader)
        remaining = reader.remaining
        warnings += reader.warnings
        let attachments = documents()
        if fillerOrderNumber == nil, placerOrderNumber == nil { warnNoNumber() }
        return ReportContent(
            institution: mapper.institution, patient: patient, fillerOrderNumber: fillerOrderNumber,
            placerOrderNumber: placerOrderNumber, service: service, position: position,
            status: status(reader.resultStatuses), category: category(observations, reader.categories),
            observedTime: FHIRTime.observed(resource.json), issuedTime: FHIRTime.read(resource.json, "issued"),
            specimens: specimens(), observations: observations, notes: notes(),
            conclusions: conclusion().map { [.conclusion($0)] } ?? [], attachments: attachments, orderedBy: orderedBy(),
            performedBy: performedBy())
    }

    /// The patient's first identifier, which tells patients of one message apart as it does in HL7 v2.
    var patientNumber: String? { namedPatient()?.identifiers.first?.value }

    private func namedPatient() -> PatientDemographics? {
        let reader = FHIRPatientReader(bundle: bundle, now: mapper.now)
        let subject = report.resource["subject"]
        if let entry = subject?["reference"]?.string.flatMap({ bundle.resolve($0, from: report) }) {
            return entry.resource.type == "Patient" ? reader.patient(entry) : nil
        }
        if let identifier = subject?["identifier"] {
            return reader.patient(identifier: identifier, display: subject?["display"]?.string, from: report)
        }
        guard subject == nil else { return nil }
        let patients = bundle.entries.filter { $0.resource.type == "Patient" }
        return patients.count == 1 ? patients.first.map(reader.patient) : nil
    }

    private mutating func patient() -> PatientDemographics? {
        guard let found = namedPatient() else {
            issues.append(
                .init(
                    .required, "the report's patient is not in the message and has no identifier",
                    expression: expression("subject")))
            return nil
        }
        guard !found.identifiers.isEmpty else {
            issues.append(
                .init(.required, "the patient has no identifier with a value", expression: "Patient.identifier"))
            return nil
        }
        return found
    }

    /// The results, and the answers to questions that came with the order.
    private mutating func results(
        isOnly: Bool, reader: inout FHIRObservationReader
    ) -> [ReportedObservation] {
        let references = report.resource.items("result")
        for (index, item) in references.enumerated() {
            guard let reference = item["reference"]?.string, let entry = bundle.resolve(reference, from: report),
                entry.resource.type == "Observation"
            else {
                issues.append(
                    .init(
                        .notFound, "the result is not in the message; nothing is fetched from elsewhere",
                        expression: expression("result[\(index)]")))
                continue
            }
            reader.read(entry, isResult: true)
        }
        if references.isEmpty, isOnly {
            for entry in loose() { reader.read(entry, isResult: true) }
        }
        for request in Self.resolve(report.resource.items("basedOn"), in: bundle, from: report) {
            for entry in Self.resolve(request.resource.items("supportingInfo"), in: bundle, from: request)
            where entry.resource.type == "Observation" {
                reader.read(entry, isResult: false)
            }
        }
        return reader.observations
    }

    /// The observations of a message whose only report names none.
    private func loose() -> [FHIRBundle.Entry] {
        let contained = report.resource.contained.filter { $0.type == "Observation" }.map {
            FHIRBundle.Entry(resource: $0, position: report.position, container: report.resource)
        }
        return contained + bundle.entries.filter { $0.resource.type == "Observation" }
    }

    private mutating func status(_ results: [String]) -> ReportStatus {
        let (status, isDoubtful) = StatusRule.status(
            report: FHIRStatus.letter(report: report.resource.string("status")), results: results)
        if isDoubtful {
            warnings.append(
                .init(
                    .codeInvalid, "no known status; the report is taken as preliminary",
                    expression: expression("status"), severity: .warning))
        }
        return status
    }

    private mutating func warnNoNumber() {
        warnings.append(
            .init(
                .required, "the report has no identifier; corrections of it cannot be recognised as such",
                expression: expression("identifier"), severity: .warning))
    }

    private func category(_ observations: [ReportedObservation], _ found: [String]) -> ReportCategory {
        let own = report.resource.items("category").flatMap { FHIRElement.items($0["coding"]) }
            .compactMap { $0["code"]?.string }
        for code in own + found {
            if let category = CategoryRule.category(code) { return category }
        }
        let isMeasured = observations.contains { $0.valueType == "NM" || $0.valueType == "SN" }
        if mapper.defaultCategory == .other, isMeasured || !report.resource.items("specimen").isEmpty {
            return .laboratory
        }
        return mapper.defaultCategory
    }

    private func specimens() -> [Coding] {
        report.resource.items("specimen").compactMap { item in
            let entry = item["reference"]?.string.flatMap { bundle.resolve($0, from: report) }
            if let coding = FHIRCoding.coding(entry?.resource["type"]) { return coding }
            return item["display"]?.string.map { Coding(codes: [], text: $0) }
        }
    }

    private func notes() -> [String] {
        report.resource.items("note").compactMap { $0["text"]?.string?.nonEmpty }
            + FHIRExtensions.strings(report.resource.value, FHIRExtensions.note)
    }

    private func conclusion() -> String? {
        report.resource.string("conclusion")
            ?? FHIRCoding.coding(report.resource.items("conclusionCode").first)?.display.nonEmpty
    }

    private mutating func documents() -> [ReportAttachment] {
        var attachments: [ReportAttachment] = []
        for (index, form) in report.resource.items("presentedForm").enumerated() {
            let place = expression("presentedForm[\(index)]")
            guard let data = form["data"]?.string else {
                warnings.append(
                    .init(
                        .notSupported, "the document is only linked; nothing is fetched from elsewhere",
                        expression: place, severity: .warning))
                continue
            }
            guard let bytes = Base64.decode(data) else {
                issues.append(.init(.value, "the document is not Base64", expression: place + ".data"))
                continue
            }
            attachments.append(
                ReportAttachment(
                    contentType: HL7Document.contentType(
                        type: form["contentType"]?.string ?? "", subtype: "", bytes: bytes),
                    title: form["title"]?.string ?? "", bytes: bytes))
        }
        let size = attachments.reduce(0) { $0 + $1.bytes.count }
        if size > Limits.attachmentBytes {
            issues.append(
                .init(
                    .tooLong, "the documents have \(size) bytes; the limit is \(Limits.attachmentBytes)",
                    expression: expression("presentedForm")))
        }
        return attachments
    }

    private func orderedBy() -> String? {
        let requests = Self.resolve(report.resource.items("basedOn"), in: bundle, from: report)
        return requests.lazy.compactMap { request in
            FHIRPerson.name(request.resource["requester"], in: bundle, from: request)
        }.first ?? FHIRExtensions.strings(report.resource.value, FHIRExtensions.orderedBy).first
    }

    private func performedBy() -> String? {
        let people = report.resource.items("resultsInterpreter") + report.resource.items("performer")
        return people.lazy.compactMap { FHIRPerson.name($0, in: bundle, from: report) }.first
    }

    private func expression(_ element: String) -> String {
        let base = bundle.entries.count == 1 && report.fullURL == nil && report.position == 0
        return (base ? "DiagnosticReport." : "Bundle.entry[\(report.position)].resource.") + element
    }

    static func resolve(
        _ references: [JSONValue], in bundle: FHIRBundle, from entry: FHIRBundle.Entry
    ) -> [FHIRBundle.Entry] {
        references.compactMap { $0["reference"]?.string.flatMap { bundle.resolve($0, from: entry) } }
    }
}
