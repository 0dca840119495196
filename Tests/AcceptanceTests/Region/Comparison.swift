import Recognition
import Testing

/// Compares what was sent, as the test reads it, with what came out at the other county.
struct Comparison {
    let file: MessageFile

    /// Every report that was sent came out, and no other.
    func check(_ sent: [ForeignReport], _ found: AcceptanceRegion.Found) {
        #expect(found.contents.count == sent.count, "\(file): reports at the desk")
        #expect(found.answers.count == sent.count, "\(file): reports over HTTPS")
        check(sent, found.contents.map(ForeignReport.init), "at the desk")
        check(sent, found.answers, "over HTTPS")
        for line in sent.flatMap(\.lines) where line.isWithdrawn {
            let stands = found.answers.flatMap(\.lines).contains { other in
                !other.isWithdrawn && !Set(line.names).isDisjoint(with: other.names)
                    && !Set(line.values).isDisjoint(with: other.values)
            }
            #expect(!stands, "\(file): \(line.names.first ?? "a line") was taken back and stands over HTTPS")
        }
        for summary in found.summaries {
            #expect(summary.isRecognisable == (summary.obstacle == nil), "\(file)")
        }
        let void = sent.filter(\.isVoid).count
        #expect(found.summaries.filter(\.isVoid).count == void, "\(file): void results")
        #expect(found.answers.filter(\.isVoid).count == void, "\(file): entered-in-error over HTTPS")
    }

    private func check(_ sent: [ForeignReport], _ found: [ForeignReport], _ place: String) {
        var rest = found
        for report in sent {
            let candidates = rest.indices.map { ($0, differences(report, rest[$0])) }
            if let match = candidates.first(where: { $0.1.isEmpty }) {
                rest.remove(at: match.0)
            } else {
                let nearest = candidates.min { $0.1.count < $1.1.count }?.1 ?? ["it is not there"]
                Issue.record("\(file), \(report.service), \(place): \(nearest.prefix(6).joined(separator: "; "))")
            }
        }
    }

    /// What is different, in words; nothing where everything came out as it went in.
    func differences(_ sent: ForeignReport, _ found: ForeignReport) -> [String] {
        var all: [String] = []
        var rest = found.lines[...]
        let texts = found.texts.joined(separator: "\n")
        // Each text, and each line of one, stands for one line at most, and only as a whole.
        var wholes = found.texts.flatMap { text in
            let lines = text.split(separator: "\n").map(String.init)
            return lines.count > 1 ? [text] + lines : [text]
        }
        for line in sent.lines {
            if let next = rest.first, line.differences(next).isEmpty {
                rest = rest.dropFirst()
            } else if line.isDocument {
                // A document stands apart, and so does what a person concluded.
                continue
            } else if let whole = wholes.firstIndex(where: { !$0.isEmpty && line.values.contains($0) }) {
                wholes.remove(at: whole)
            } else {
                all += rest.first.map(line.differences) ?? ["\(line.names.first ?? "a line") is not there"]
                rest = rest.dropFirst()
            }
        }
        for line in rest {
            let isKnown = sent.others.contains { $0.differences(line).isEmpty }
            if !isKnown { all.append("\(line.names.first ?? "a line") came from nowhere") }
        }
        for text in sent.texts where !texts.contains(text) && !rest.contains(where: { $0.values.contains(text) }) {
            all.append("free text is not there as it was: \(text.prefix(60))")
        }
        if sent.service != "", found.service.isEmpty { all.append("the service has no name") }
        return all
    }
}

extension ForeignReport {
    /// A report as the desk of the other county opened it.
    init(_ content: ReportContent) {
        self.init(service: content.service.code.isEmpty ? content.service.display : content.service.code)
        lines = content.observations.map(ForeignLine.init)
        texts = content.notes + content.observations.flatMap(\.notes) + (content.conclusion.map { [$0] } ?? [])
        isVoid = content.status == .void
    }
}

extension ForeignLine {
    init(_ observation: ReportedObservation) {
        self.init(type: observation.valueType, names: observation.code.codes.flatMap { [$0.code, $0.display] })
        names = (names + [observation.code.text ?? ""]).filter { !$0.isEmpty }
        values =
            [observation.value] + (observation.valueCoding?.codes.map(\.display) ?? [])
            + (observation.valueCoding?.text.map { [$0] } ?? [])
        units =
            (observation.unit?.codes.flatMap { [$0.code, $0.display] } ?? [])
            + (observation.unit?.text.map { [$0] } ?? [])
        units.removeAll { $0.isEmpty }
        range = observation.referenceRange ?? ""
        flags = observation.flags
    }
}
