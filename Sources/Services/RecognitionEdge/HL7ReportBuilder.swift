import Effects
import HL7
import Recognition

/// Builds the content of one report from its segments.
struct HL7ReportBuilder {
    let group: HL7OrderGroup
    let institution: String
    let defaultCategory: ReportCategory
    private(set) var problems: [HL7Problem] = []
    private(set) var warnings: [HL7Problem] = []

    init(group: HL7OrderGroup, institution: String, defaultCategory: ReportCategory) {
        self.group = group
        self.institution = institution
        self.defaultCategory = defaultCategory
    }

    mutating func content(position: Int) -> ReportContent {
        let request = group.request
        var observations: [ReportedObservation] = []
        var attachments: [ReportAttachment] = []
        var conclusions: [ReportedObservation] = []
        for (index, item) in group.observations.enumerated() {
            if let documents = documents(item.segment) {
                attachments += documents
                continue
            }
            let observation = observation(item, position: index + 1)
            if ConclusionRule.isConclusion(observation) {
                conclusions.append(observation)
            } else {
                observations.append(observation)
            }
        }
        checkSize(attachments)
        let status = status()
        return ReportContent(
            institution: institution, patient: group.patient, fillerOrderNumber: group.fillerOrderNumber,
            placerOrderNumber: orderNumber(), service: group.service, position: position, status: status,
            category: category(observations), observedTime: request.field(7).component(1).value,
            issuedTime: request.field(22).component(1).value, specimens: specimens(), observations: observations,
            notes: group.notes, conclusions: conclusions, attachments: attachments,
            orderedBy: HL7Name.compositeName(request.field(16))
                ?? group.order.flatMap { HL7Name.compositeName($0.field(12)) },
            performedBy: performer())
    }

    /// The placer number; where the report has no number at all, nothing ever replaces it.
    private mutating func orderNumber() -> String? {
        if let number = group.placerOrderNumber { return number }
        guard group.fillerOrderNumber == nil else { return nil }
        warnings.append(
            HL7Problem(
                .requiredFieldMissing, segment: "OBR", sequence: group.request.sequence, field: 3, component: 1,
                text: "the report has no order number; corrections of it cannot be recognised as such",
                severity: .warning))
        return nil
    }

    private func observation(_ item: HL7OrderGroup.Observation, position: Int) -> ReportedObservation {
        let segment = item.segment
        let type = segment.field(2).text.trimmed.uppercased().nonEmpty ?? "ST"
        let (value, coding) = HL7Value.value(segment.field(5), type: type)
        return ReportedObservation(
            setID: segment.field(1).value ?? "\(position)", code: HL7Coding.coding(segment.field(3).repetition(0)),
            subID: segment.field(4).value, valueType: type, value: value, valueCoding: coding,
            unit: HL7Coding.unit(segment.field(6)), referenceRange: segment.field(7).value,
            flags: segment.field(8).repetitions.compactMap { $0.component(1).value },
            status: segment.field(11).component(1).text.trimmed.uppercased(),
            method: HL7Coding.codings(segment.field(17))?.display.nonEmpty,
            observedTime: segment.field(14).component(1).value, notes: item.notes)
    }

    private mutating func status() -> ReportStatus {
        let results = group.observations.map(\.segment).filter { segment in
            // Answers to questions asked with the order are not results of it.
            !["QST", "SCI"].contains(segment.field(29).text.trimmed.uppercased())
        }
        let (status, isDoubtful) = StatusRule.status(
            report: group.request.field(25).component(1).text.trimmed.uppercased(),
            results: results.map { $0.field(11).component(1).text.trimmed.uppercased() })
        if isDoubtful {
            warnings.append(
                HL7Problem(
                    .tableValueNotFound, segment: "OBR", sequence: group.request.sequence, field: 25,
                    text: "no known status; the report is taken as preliminary", severity: .warning))
        }
        return status
    }

    private func category(_ observations: [ReportedObservation]) -> ReportCategory {
        if let section = group.request.field(24).component(1).value, let category = CategoryRule.category(section) {
            return category
        }
        let isMeasured = observations.contains { $0.valueType == "NM" || $0.valueType == "SN" }
        if defaultCategory == .other, isMeasured || !specimens().isEmpty { return .laboratory }
        return defaultCategory
    }

    /// SPM-4; before version 2.5 the first component of OBR-15, whose subcomponents are a coded element.
    private func specimens() -> [Coding] {
        let typed = group.specimens.compactMap { HL7Coding.codings($0.field(4)) }
        if !typed.isEmpty { return typed }
        let source = group.request.field(15).component(1)
        let code = Coding.Code(
            code: source.subcomponent(1).text, display: source.subcomponent(2).text,
            system: source.subcomponent(3).text)
        return code.code.isEmpty && code.display.isEmpty ? [] : [Coding(codes: [code])]
    }

    /// Who interpreted (OBR-32), else observed (OBX-16), else the organization (OBX-23), else the producer (OBX-15).
    private func performer() -> String? {
        if let name = HL7Name.nameWithLocation(group.request.field(32)) { return name }
        let segments = group.observations.map(\.segment)
        return segments.lazy.compactMap { HL7Name.compositeName($0.field(16)) }.first
            ?? segments.lazy.compactMap { $0.field(23).component(1).value?.trimmed.nonEmpty }.first
            ?? segments.lazy.compactMap { $0.field(15).component(2).value?.trimmed.nonEmpty }.first
    }

    /// The documents of an ED value; `nil` where the value is none.
    ///
    /// A document that cannot be read does not hold up the results: its text stays a value like any other, with a
    /// warning.
    private mutating func documents(_ segment: HL7Segment) -> [ReportAttachment]? {
        guard segment.field(2).text.trimmed.uppercased() == "ED", !segment.field(5).isEmpty else { return nil }
        let code = HL7Coding.coding(segment.field(3).repetition(0))
        let status = segment.field(11).component(1).text.trimmed.uppercased()
        do {
            return try segment.field(5).repetitions.map { repetition throws(HL7Document.Refusal) in
                var attachment = try HL7Document.attachment(repetition, title: code.display)
                attachment.code = code
                attachment.subID = segment.field(4).value
                attachment.status = status
                return attachment
            }
        } catch {
            warnings.append(
                HL7Problem(
                    .dataType, segment: "OBX", sequence: segment.sequence, field: 5, component: error.component,
                    text: error.reason, severity: .warning))
            return nil
        }
    }

    private mutating func checkSize(_ attachments: [ReportAttachment]) {
        let size = attachments.reduce(0) { $0 + $1.bytes.count }
        guard size > Limits.attachmentBytes,
            let segment = group.observations.first(where: { $0.segment.field(2).text.uppercased() == "ED" })?.segment
        else { return }
        problems.append(
            problem(
                .dataType, segment, 5, 5,
                "the report's documents have \(size) bytes; the limit is \(Limits.attachmentBytes)"))
    }

    private func problem(
        _ code: HL7Problem.Code, _ segment: HL7Segment, _ field: Int, _ component: Int?, _ text: String
    ) -> HL7Problem {
        HL7Problem(
            code, segment: segment.name, sequence: segment.sequence, field: field, component: component, text: text)
    }
}
