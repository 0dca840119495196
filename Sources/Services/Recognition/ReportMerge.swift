/// Makes of what stands and of a message about it the whole report as it stands then.
///
/// A value without a store. HL7 v2 updates lines (2.5.1, 7.4.2): each line of the message replaces the line of the same
/// code (OBX-3) and sub-id (OBX-4), D, X and W take theirs back, the others stay. A FHIR resource is the whole report.
/// A message that says less never hides what is known: without a value it changes the status of a line, without lines
/// that of the report.
package struct ReportMerge: Sendable {
    /// What stands.
    let base: ReportContent

    package init(onto base: ReportContent) {
        self.base = base
    }

    /// The whole report, and what its sender should know.
    package func merged(
        _ update: ReportContent, _ completeness: ReportSubmission.Completeness
    ) -> (content: ReportContent, notices: [PublishNotice.Code]) {
        switch completeness {
        case .lines: return (byLines(update), notices(update))
        case .whole:
            guard update.holdsNoLines, !base.holdsNoLines else {
                let isLess = update.standingObservations.count < base.standingObservations.count
                return (update, isLess ? [.fewerLines] : [])
            }
            return (byLines(update), [.emptier])
        }
    }

    private func byLines(_ update: ReportContent) -> ReportContent {
        var merged = kept(update)
        var (lines, conclusions, documents) = routed(update)
        if update.holdsNoLines, update.status == .final || update.status == .corrected {
            // Nothing but the report's status: what was sent before is final now.
            lines = base.observations.map(\.finished)
            conclusions = base.conclusions.map(\.finished)
            documents = base.attachments.map(\.finished)
        }
        merged.observations = LineMerge.merged(base.observations, lines)
        merged.conclusions = LineMerge.merged(base.conclusions, conclusions)
        merged.attachments = LineMerge.merged(base.attachments, documents)
        return merged
    }

    /// What is not as a sender may expect it.
    private func notices(_ update: ReportContent) -> [PublishNotice.Code] {
        let (lines, conclusions, _) = routed(update)
        let values = Set((base.observations + base.conclusions).filter(\.hasValue).map(\.lineKey))
        var notices: [PublishNotice.Code] = []
        if (lines + conclusions).contains(where: { $0.status == "C" && !$0.hasValue && values.contains($0.lineKey) }) {
            notices.append(.valueKept)
        }
        if LineMerge.isUnclear(base.observations, lines) { notices.append(.likeLines) }
        return notices
    }

    /// What a message says of the report itself; where it is silent, what stands stays.
    private func kept(_ update: ReportContent) -> ReportContent {
        var merged = update
        merged.fillerOrderNumber = update.fillerOrderNumber ?? base.fillerOrderNumber
        merged.placerOrderNumber = update.placerOrderNumber ?? base.placerOrderNumber
        merged.observedTime = update.observedTime ?? base.observedTime
        merged.issuedTime = update.issuedTime ?? base.issuedTime
        merged.orderedBy = update.orderedBy ?? base.orderedBy
        merged.performedBy = update.performedBy ?? base.performedBy
        merged.parent = update.parent ?? base.parent
        if update.category == .other { merged.category = base.category }
        if update.specimens.isEmpty { merged.specimens = base.specimens }
        if update.notes.isEmpty { merged.notes = base.notes }
        let said = Set(update.details.map(\.name))
        merged.details = base.details.filter { !said.contains($0.name) } + update.details
        // Of the same person, a message may leave out what an earlier one said.
        if !Set(update.patient.identifiers).isDisjoint(with: base.patient.identifiers) {
            merged.patient.name = update.patient.name ?? base.patient.name
            merged.patient.birthDate = update.patient.birthDate ?? base.patient.birthDate
            merged.patient.sex = update.patient.sex ?? base.patient.sex
        }
        return merged
    }

    /// The message's lines, each beside those of its kind.
    ///
    /// A line without a value, or of a deleted one, does not show of which kind it is: the line that it speaks of does.
    private func routed(
        _ update: ReportContent
    ) -> ([ReportedObservation], [ReportedObservation], [ReportAttachment]) {
        let known = (
            Set(base.observations.map(\.lineKey)), Set(base.conclusions.map(\.lineKey)),
            Set(base.attachments.map(\.lineKey))
        )
        var (lines, conclusions, documents) = ([ReportedObservation](), update.conclusions, update.attachments)
        for line in update.observations {
            if line.showsKind || known.0.contains(line.lineKey) {
                lines.append(line)
            } else if known.1.contains(line.lineKey) {
                conclusions.append(line)
            } else if known.2.contains(line.lineKey) {
                documents.append(
                    ReportAttachment(
                        contentType: "", title: "", bytes: [], code: line.code, subID: line.subID, status: line.status))
            } else {
                lines.append(line)
            }
        }
        return (lines, conclusions, documents)
    }
}

extension ReportContent {
    /// What the version's own message said of lines, without what it kept.
    var own: ReportContent {
        var own = self
        own.observations.removeAll(where: \.isInherited)
        own.conclusions.removeAll(where: \.isInherited)
        own.attachments.removeAll(where: \.isInherited)
        return own
    }

    /// Whether both say the same, in whatever order of lines.
    func says(_ other: ReportContent) throws -> Bool {
        try sorted.wireBytes() == other.sorted.wireBytes()
    }

    /// The same report with its lines in an order that depends on them alone.
    private var sorted: ReportContent {
        func key(_ line: some MergeableLine) -> [String] {
            [line.lineKey.code, line.lineKey.subID, line.setID, line.status]
        }
        func sorted<Line: MergeableLine>(_ lines: [Line]) -> [Line] {
            lines.map { (key($0), $0) }.sorted { $0.0.lexicographicallyPrecedes($1.0) }.map(\.1)
        }
        var content = self
        content.observations = sorted(observations)
        content.conclusions = sorted(conclusions)
        content.attachments = sorted(attachments)
        return content
    }

    /// Whether it says of no value, text or document anything, but of the report alone: how far it is, when the specimen
    /// was taken, a note.
    var holdsNoLines: Bool { observations.isEmpty && conclusions.isEmpty && attachments.isEmpty }
}
