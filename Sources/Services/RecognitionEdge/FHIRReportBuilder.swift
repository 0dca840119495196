import EdgeKit
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
    private let whose: FHIRWhose
    private let requests: [FHIRBundle.Entry]
    private(set) var findings = FHIRFindings()
    /// The marks of the resources that became part of the report.
    private(set) var used: Set<String> = []

    init(bundle: FHIRBundle, report: FHIRBundle.Entry, mapper: FHIRReportMapper) {
        self.bundle = bundle
        self.report = report
        self.mapper = mapper
        whose = FHIRWhose(bundle: bundle, report: report, now: mapper.now)
        let orders = report.resource.items("basedOn")
        requests = orders.compactMap { bundle.resolve($0, from: report, type: "ServiceRequest") }
        let numbers = FHIROrderNumbers(
            report: report.resource,
            ordered: requests.flatMap { $0.resource.items("identifier") }
                + orders.compactMap { order in
                    order["identifier"]
                        ?? order["reference"]?.string.flatMap(FHIRCondition.init(reference:))?.identifier
                })
        fillerOrderNumber = numbers.filler
        placerOrderNumber = numbers.placer
    }

    var service: Coding { FHIRCoding.coding(report.resource["code"]) ?? Coding(codes: []) }

    /// The content; `nil` where it is refused, with the reasons in `findings`.
    ///
    /// - Parameter remaining: how many observations the message may still have; below zero where it has too many.
    mutating func content(
        position: Int, isOnly: Bool, remaining: inout Int
    ) -> ReportContent? {
        let resource = report.resource
        FHIRElementAccount(bundle: bundle).check(report, &findings)
        FHIRTime.check(
            resource.json, ["effectiveDateTime", "effectiveInstant", "effectivePeriod", "issued"], in: bundle, report,
            &findings)
        guard let patient = patient() else { return nil }
        checkRequests()
        var reader = FHIRObservationReader(bundle: bundle, whose: whose, remaining: remaining)
        readResults(isOnly: isOnly, &reader)
        remaining = reader.remaining
        findings.add(reader.findings)
        used.formUnion(reader.used)
        var documents = FHIRDocumentReader(bundle: bundle, whose: whose)
        documents.read(report)
        findings.add(documents.findings)
        used.formUnion(documents.seen)
        warnIfUnnumbered()
        let performedBy = performedBy()
        var details = FHIRReportDetails(bundle: bundle, whose: whose, report: report, requests: requests)
        let found = details.details(besides: performedBy)
        used.formUnion(details.used)
        findings.add(details.findings)
        var content = ReportContent(
            institution: mapper.institution, patient: patient, fillerOrderNumber: fillerOrderNumber,
            placerOrderNumber: placerOrderNumber, service: service, position: position,
            status: status(reader.resultStatuses), category: category(reader.observations, reader.categories),
            observedTime: FHIRTime.observed(resource.json),
            issuedTime: FHIRTime.read(resource.json, "issued") ?? reader.newestIssuedTime, specimens: specimens(),
            observations: reader.observations, notes: notes(), conclusions: reader.conclusions + conclusions(),
            attachments: documents.attachments, orderedBy: orderedBy(), performedBy: performedBy,
            parent: FHIRParent.read(resource.value), details: found)
        addNarrative(to: &content)
        return content
    }

    /// The patient's first identifier, which tells patients of one message apart as it does in HL7 v2.
    var patientNumber: String? { namedPatient()?.identifiers.first?.value }

    private func namedPatient() -> PatientDemographics? {
        let reader = FHIRPatientReader(bundle: bundle, now: mapper.now)
        let subject = report.resource["subject"]
        if let entry = bundle.resolve(subject, from: report, type: "Patient") {
            return entry.resource.type == "Patient" ? reader.patient(entry) : nil
        }
        let condition = subject?["reference"]?.string.flatMap(FHIRCondition.init(reference:))
        if let identifier = subject?["identifier"] ?? condition.flatMap({ $0.type == "Patient" ? $0.identifier : nil })
        {
            return reader.patient(identifier: identifier, display: subject?["display"]?.string, from: report)
        }
        guard subject == nil else { return nil }
        return bundle.only("Patient").map(reader.patient)
    }

    private mutating func patient() -> PatientDemographics? {
        guard let found = namedPatient() else {
            findings.refuse(
                .required, "the report's patient is not in the message and has no identifier",
                bundle.expression(report, "subject"))
            return nil
        }
        guard !found.identifiers.isEmpty else {
            findings.refuse(.required, "the patient has no identifier with a value", "Patient.identifier")
            return nil
        }
        let subject = bundle.resolve(report.resource["subject"], from: report, type: "Patient")
        if let subject {
            FHIRElementAccount(bundle: bundle).check(subject, &findings)
            FHIRTime.check(subject.resource.json, ["birthDate"], in: bundle, subject, &findings)
        }
        return found
    }

    /// Orders and specimens are asked whose they are as the results are.
    private mutating func checkRequests() {
        for (index, order) in report.resource.items("basedOn").enumerated()
        where bundle.resolve(order, from: report) == nil && order["identifier"] == nil
            && order["reference"]?.string.flatMap(FHIRCondition.init(reference:)) == nil
        {
            findings.warn(
                .notFound, "the report's order is not in the message; its number is not taken",
                bundle.expression(report, "basedOn[\(index)]"))
        }
        for request in requests {
            used.insert(request.mark)
            FHIRElementAccount(bundle: bundle).check(request, &findings)
            whose.check(request.resource["subject"], of: request, element: "subject", &findings)
            FHIRPerson.check(["requester"], of: request, in: bundle, &findings)
        }
        FHIRPerson.check(["performer", "resultsInterpreter"], of: report, in: bundle, &findings)
        for reference in report.resource.items("specimen") {
            guard let specimen = bundle.resolve(reference, from: report, type: "Specimen") else { continue }
            used.insert(specimen.mark)
            FHIRElementAccount(bundle: bundle).check(specimen, &findings)
            whose.check(specimen.resource["subject"], of: specimen, element: "subject", &findings)
        }
    }

    /// The results, and the answers to questions that came with the order.
    private mutating func readResults(isOnly: Bool, _ reader: inout FHIRObservationReader) {
        let references = report.resource.items("result")
        for (index, item) in references.enumerated() {
            guard let entry = bundle.resolve(item, from: report, type: "Observation"),
                entry.resource.type == "Observation"
            else {
                findings.refuse(
                    .notFound, "the result is not in the message; nothing is fetched from elsewhere",
                    bundle.expression(report, "result[\(index)]"))
                continue
            }
            reader.read(entry, isResult: true)
        }
        if references.isEmpty, isOnly {
            for entry in loose() { reader.read(entry, isResult: true) }
        }
        for request in requests {
            for item in request.resource.items("supportingInfo") {
                guard let entry = bundle.resolve(item, from: request, type: "Observation"),
                    entry.resource.type == "Observation"
                else {
                    findings.warn(
                        .notSupported,
                        "what an order names in supportingInfo is no Observation of the message; it is not taken",
                        bundle.expression(request, "supportingInfo"))
                    continue
                }
                reader.read(entry, isResult: false)
            }
        }
    }

    /// The observations of a message whose only report names none; what is another one's member comes with it.
    private func loose() -> [FHIRBundle.Entry] {
        let contained = report.resource.contained.filter { $0.type == "Observation" }.map {
            FHIRBundle.Entry(resource: $0, position: report.position, container: report.resource)
        }
        let all = contained + bundle.entries.filter { $0.resource.type == "Observation" }
        let members = Set(
            all.flatMap { entry in
                (entry.resource.items("hasMember") + entry.resource.items("derivedFrom")).compactMap {
                    bundle.resolve($0, from: entry, type: "Observation")?.mark
                }
            })
        return all.filter { !members.contains($0.mark) } + all.filter { members.contains($0.mark) }
    }

    private mutating func status(_ results: [String]) -> ReportStatus {
        // Our own answers say how the report stands as a whole.
        let isOwn = !FHIRExtensions.strings(report.resource.value, FHIRExtensions.entry).isEmpty
        let (status, isDoubtful) = StatusRule.status(
            report: FHIRStatus.letter(report: report.resource.string("status")), results: isOwn ? [] : results)
        if isDoubtful {
            findings.warn(
                .codeInvalid, "no known status; the report is taken as preliminary", bundle.expression(report, "status")
            )
        }
        return status
    }

    /// A client's own id is no number: it may be another report's tomorrow.
    private mutating func warnIfUnnumbered() {
        guard fillerOrderNumber == nil, placerOrderNumber == nil else { return }
        findings.warn(
            .required, "the report has no identifier; corrections of it cannot be recognised as such",
            bundle.expression(report, "identifier"))
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

    private mutating func specimens() -> [Coding] {
        report.resource.items("specimen").enumerated().compactMap { index, item in
            let entry = bundle.resolve(item, from: report, type: "Specimen")
            if let coding = FHIRCoding.coding(entry?.resource["type"]) { return coding }
            if let display = item["display"]?.string { return Coding(codes: [], text: display) }
            if entry == nil {
                findings.warn(
                    .notFound, "the specimen is not in the message and is not taken",
                    bundle.expression(report, "specimen[\(index)]"))
            }
            return nil
        }
    }

    private func notes() -> [String] {
        FHIRNote.texts(report.resource["note"], in: bundle, from: report)
            + FHIRExtensions.strings(report.resource.value, FHIRExtensions.note)
    }

    private func conclusions() -> [ReportedObservation] {
        let codes = report.resource.items("conclusionCode").compactMap(FHIRWords.concept)
        let text = report.resource.string("conclusion")?.nonEmpty ?? codes.joined(separator: "\n").nonEmpty
        return text.map { [.conclusion($0)] } ?? []
    }

    /// Keeps a narrative that says what no element says, or all that there is.
    ///
    /// It stands as the conclusion, because it may hold one, and a conclusion is never recognised; beside a conclusion
    /// as a note.
    private mutating func addNarrative(to content: inout ReportContent) {
        guard !FHIRReportDetails(bundle: bundle, whose: whose, report: report, requests: requests).isOwn else { return }
        let isAll = content.observations.isEmpty && content.conclusions.isEmpty && content.attachments.isEmpty
        guard isAll || FHIRNarrative.isAdditional(report.resource),
            let text = FHIRNarrative.text(report.resource)
        else { return }
        findings.warn(
            .informational,
            content.conclusions.isEmpty
                ? "the narrative is kept as the report's conclusion" : "the narrative is kept as a note of the report",
            bundle.expression(report, "text"))
        if content.conclusions.isEmpty {
            content.conclusions = [.conclusion(text)]
        } else {
            content.notes.append(text)
        }
    }

    private func orderedBy() -> String? {
        requests.lazy.compactMap { request in
            FHIRPerson.name(request.resource["requester"], in: bundle, from: request)
        }.first ?? FHIRExtensions.strings(report.resource.value, FHIRExtensions.orderedBy).first
    }

    private func performedBy() -> String? {
        let people = report.resource.items("resultsInterpreter") + report.resource.items("performer")
        return people.lazy.compactMap { FHIRPerson.name($0, in: bundle, from: report) }.first
    }
}
