import Effects

/// Writes one version of a report as an HL7 v2 ORU^R01 message.
struct ORUWriter {
    private let plan: ReportPlan
    private let step: ReportPlan.Step
    private let messageID: String
    private let context: ReportContext
    private var text = HL7Text()

    init(plan: ReportPlan, step: ReportPlan.Step, messageID: String) {
        self.plan = plan
        self.step = step
        self.messageID = messageID
        context = ReportContext(plan)
    }

    /// The bytes of the message, without any framing.
    func write(_ content: ReportContent) -> [UInt8] {
        var writer = self
        writer.header()
        writer.patient()
        writer.visit()
        writer.order(content)
        for (index, line) in content.lines.enumerated() {
            writer.observation(index + 1, line)
        }
        writer.closing(content)
        return writer.text.bytes
    }

    private mutating func header() {
        let version = plan.institution.hl7Version
        text.syntax("MSH|^~\\&|" + plan.kind.application + "|")
        text.content(plan.institution.name)
        text.syntax("|YILIAN|")
        text.content(plan.institution.county.name + "医疗集团")
        text.syntax("|" + LocalTime.hl7(step.time) + "||ORU^R01")
        if version != "2.3" { text.syntax("^ORU_R01") }
        text.syntax("|" + messageID + "|P|" + version + "||||||UNICODE UTF-8")
        text.endSegment()
    }

    private mutating func patient() {
        let person = plan.person
        text.syntax("PID|1||" + plan.patientNumber + "^^^")
        text.content(plan.institution.name)
        text.syntax("^PI~" + person.identityNumber + "^^^&2.16.156.10011.1.3&ISO^NI~" + person.healthCard)
        text.syntax("^^^&2.16.156.10011.1.19&ISO^HC||")
        text.content(person.name)
        text.syntax("||" + person.birthDate + "|" + person.sex.hl7 + "|||")
        text.content(plan.addressLine)
        text.syntax("^^阳泉市^山西省^^CHN")
        text.endSegment()
    }

    private mutating func visit() {
        text.syntax("PV1|1|" + context.patientClass + "|")
        text.content(context.department)
        text.endSegment()
    }

    private mutating func order(_ content: ReportContent) {
        text.syntax("ORC|RE|" + plan.placerNumber + "^HIS|" + plan.orderNumber + "^" + plan.kind.application)
        text.endSegment()
        text.syntax("OBR|1|" + plan.placerNumber + "^HIS|" + plan.orderNumber + "^" + plan.kind.application + "|")
        text.syntax(content.code + "^")
        text.content(content.name)
        text.syntax("^L|||" + LocalTime.hl7(context.observed))
        text.bars(6)
        text.content(context.complaint)
        text.bars(1)
        if content.specimen != nil { text.syntax(LocalTime.hl7(context.received)) }
        text.bars(1)
        text.content(content.specimen ?? "")
        text.syntax("|" + context.ordererID + "^")
        text.content(context.orderer)
        text.bars(6)
        text.syntax(LocalTime.hl7(step.time) + "||" + content.section + "|" + step.version.resultStatus)
        text.bars(7)
        text.syntax(context.readerID + "&")
        text.content(context.reader)
        text.endSegment()
    }

    private mutating func observation(_ number: Int, _ line: ReportContent.Line) {
        text.syntax("OBX|\(number)|")
        switch line.value {
        case .number: text.syntax("NM|")
        case .bounded, .words: text.syntax("ST|")
        case .prose: text.syntax("FT|")
        }
        text.content(line.code)
        text.syntax("^")
        text.content(line.name)
        text.syntax("^L||")
        switch line.value {
        case .number(let value), .words(let value), .prose(let value): text.content(value)
        case .bounded(let comparator, let number): text.content(comparator + number)
        }
        text.bars(1)
        text.content(line.unit)
        text.bars(1)
        text.content(line.range)
        text.syntax("|" + line.flag + "|||")
        text.syntax(line.isCorrected && step.version == .corrected ? "C" : step.version.observationStatus)
        text.syntax("|||" + LocalTime.hl7(context.observed))
        text.endSegment()
    }

    /// The opinion as the last observation, the images' instance number, and the note.
    private mutating func closing(_ content: ReportContent) {
        var number = content.lines.count
        if let opinion = content.opinion {
            number += 1
            observation(number, ReportContent.Line(code: "OPINION", name: "诊断意见", value: .prose(opinion)))
        }
        if plan.kind == .imaging {
            number += 1
            observation(number, ReportContent.Line(code: "STUDYUID", name: "检查实例号", value: .words(plan.studyInstance)))
        }
        if let note = content.note {
            text.syntax("NTE|1|L|")
            text.content(note)
            text.endSegment()
        }
    }
}
