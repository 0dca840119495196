import EdgeKit
import Effects
import HL7
import Recognition

/// Builds the content of one report from its segments.
struct HL7ReportBuilder {
    let group: HL7OrderGroup
    let institution: String
    let defaultCategory: ReportCategory
    private(set) var problems: [HL7Problem] = []
    private(set) var warnings = HL7Warnings()

    init(group: HL7OrderGroup, institution: String, defaultCategory: ReportCategory) {
        self.group = group
        self.institution = institution
        self.defaultCategory = defaultCategory
    }

    mutating func content(position: Int) -> ReportContent {
        let documents = HL7DocumentReader(group.observations.map(\.segment))
        problems += documents.problems
        warnings.add(documents.warnings)
        var observations: [ReportedObservation] = []
        var conclusions: [ReportedObservation] = []
        var notes = group.notes
        let performedBy = performer()
        for (index, item) in group.observations.enumerated() {
            if HL7DocumentReader.isDocument(item.segment), !documents.texts.contains(index) {
                notes += item.notes
                continue
            }
            for observation in lines(item, position: index + 1, besides: performedBy) {
                if ConclusionRule.isConclusion(observation) {
                    conclusions.append(observation)
                } else {
                    observations.append(observation)
                }
            }
        }
        checkSize(documents.documents)
        checkNumber()
        checkTimes()
        checkLineStatuses()
        let request = group.request
        return ReportContent(
            institution: institution, patient: group.patient, fillerOrderNumber: group.fillerOrderNumber,
            placerOrderNumber: group.placerOrderNumber, service: group.service, position: position, status: status(),
            category: category(observations), observedTime: group.observedTime, issuedTime: group.issuedTime,
            specimens: specimens(), observations: observations, notes: notes, conclusions: conclusions,
            attachments: documents.documents.map(\.attachment),
            orderedBy: HL7Name.compositeName(request.field(16))
                ?? group.order.flatMap { HL7Name.compositeName($0.field(12)) },
            performedBy: performedBy, parent: group.parent, details: HL7Details.report(group))
    }

    /// The lines of one OBX: one for each of its values.
    ///
    /// - Parameter performer: whom the report names; a line says who else performed it.
    private func lines(
        _ item: HL7OrderGroup.Observation, position: Int, besides performer: String?
    ) -> [ReportedObservation] {
        let segment = item.segment
        let type = HL7Line.type(segment)
        let values = HL7Value.values(segment.field(5), type: type)
        return values.enumerated().map { number, value in
            ReportedObservation(
                setID: segment.field(1).value ?? "\(position)",
                code: HL7Coding.coding(segment.field(3).repetition(0)), subID: segment.field(4).value,
                valueType: type, value: value.text, valueCoding: value.coding, unit: HL7Unit.unit(segment.field(6)),
                referenceRange: segment.field(7).value,
                flags: HL7Line.flags(segment), status: HL7Line.status(segment),
                method: HL7Coding.text(segment.field(17)),
                observedTime: segment.field(14).component(1).value?.trimmed.nonEmpty,
                notes: number == 0 ? item.notes : [],
                details: HL7Details.line(segment, besides: performer) + deleted(segment))
        }
    }

    /// `""` in OBX-5 deletes what was there; an empty field leaves it.
    private func deleted(_ segment: HL7Segment) -> [ReportDetail] {
        let status = HL7Line.status(segment)
        let saysNone = status == "U" || status == "I" || status == "S" || LineStatus.isUnasked(status)
        guard segment.field(5).isNull, !LineStatus.isWithdrawn(status), !saysNone else { return [] }
        return [ReportDetail(name: "dataAbsentReason", value: "no value (\"\")")]
    }

    /// A report without any number is one of its own for ever, and its sender is told.
    private mutating func checkNumber() {
        guard group.fillerOrderNumber == nil, group.placerOrderNumber == nil else { return }
        warn(
            .requiredFieldMissing, group.request, 3, 1,
            "the report has no order number; corrections of it cannot be recognised as such")
    }

    /// Times that cannot be read are kept as text, and nothing else stands in for them.
    private mutating func checkTimes() {
        let request = group.request
        for number in [7, 22] {
            check(
                request.field(number).component(1).value?.trimmed.nonEmpty, request, number,
                "the report is not dated by it")
        }
        for specimen in group.specimens {
            check(specimen.field(17).component(1).value?.trimmed.nonEmpty, specimen, 17, "nothing is dated by it")
        }
        let saysWhen = group.issuedTime != nil || group.observedTime != nil
        if saysWhen, ReportTime.stated(issued: group.issuedTime, observed: group.observedTime) == nil {
            warn(.dataType, request, 22, nil, "the report tells no day that can be read; it cannot be recognised")
        }
        for item in group.observations {
            check(
                item.segment.field(14).component(1).value?.trimmed.nonEmpty, item.segment, 14,
                "the line is not dated by it")
        }
    }

    /// A letter that nobody knows never makes a result final.
    private mutating func checkLineStatuses() {
        for segment in group.observations.map(\.segment) where !LineStatus.isKnown(HL7Line.status(segment)) {
            warn(.tableValueNotFound, segment, 11, nil, "no known status; the line is taken as preliminary")
        }
    }

    private mutating func check(_ time: String?, _ segment: HL7Segment, _ field: Int, _ consequence: String) {
        guard let time, ClinicalTime(time) == nil else { return }
        warn(.dataType, segment, field, nil, "the time cannot be read; it is kept as text, and " + consequence)
    }

    private mutating func status() -> ReportStatus {
        let (status, isDoubtful) = StatusRule.status(
            report: group.request.field(25).component(1).text.trimmed.uppercased(),
            results: group.observations.map(\.segment).filter(HL7Line.isResult).map(HL7Line.status))
        if isDoubtful {
            warn(
                .tableValueNotFound, group.request, 25, nil, "no known status; the report is taken as preliminary")
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
        return HL7Coding.coding(group.request.field(15).component(1)).map { [$0] } ?? []
    }

    /// Who interpreted (OBR-32), else observed (OBX-16), else the organization (OBX-23), else the producer (OBX-15).
    private func performer() -> String? {
        if let name = HL7Name.nameWithLocation(group.request.field(32)) { return name }
        let segments = group.observations.map(\.segment)
        return segments.lazy.compactMap { HL7Name.compositeName($0.field(16)) }.first
            ?? segments.lazy.compactMap(HL7Line.laboratory).first ?? segments.lazy.compactMap(HL7Line.producer).first
    }

    private mutating func checkSize(_ documents: [HL7DocumentReader.Document]) {
        let size = documents.reduce(0) { $0 + $1.attachment.bytes.count }
        guard size > Limits.attachmentBytes, let segment = documents.first?.segment else { return }
        problems.append(
            HL7Problem(
                .dataType, segment: segment.name, sequence: segment.sequence, field: 5, component: 5,
                text: "the report's documents have \(size) bytes; the limit is \(Limits.attachmentBytes)"))
    }

    private mutating func warn(
        _ code: HL7Problem.Code, _ segment: HL7Segment, _ field: Int, _ component: Int?, _ text: String
    ) {
        warnings.add(
            HL7Problem(
                code, segment: segment.name, sequence: segment.sequence, field: field, component: component,
                text: text, severity: .warning))
    }
}
