import Effects

extension ReportContent {
    /// The final report of an imaging or ECG examination.
    init(_ examination: Examination, from random: SeededRandom) {
        self.init(code: examination.code, name: examination.name, section: examination.section, lines: [])
        var filled: [String: String] = [:]
        for measurement in examination.measurements {
            let text = measurement.template.fill(&filled, from: random)
            var line = Line(
                code: measurement.code, name: measurement.name, value: .words(""), unit: measurement.unit,
                range: measurement.range.text, reference: measurement.range)
            line.setNumber(text)
            lines.append(line)
        }
        let index = random.index(weights: examination.readingWeights)
        guard examination.readings.indices.contains(index) else { return }
        let reading = examination.readings[index]
        let findings = reading.findings.fill(&filled, from: random)
        lines.append(Line(code: "FINDINGS", name: "检查所见", value: .prose(findings)))
        opinion = reading.opinion.fill(&filled, from: random)
    }
}
