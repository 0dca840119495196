import Effects

extension ReportPlan {
    /// The message that sends one version; a pure function of the plan, so that a repeat has the same bytes.
    func message(_ sending: NodeDay.Sending) -> GeneratedMessage {
        let step = steps[sending.step]
        let content = content(step.version)
        let identifier = messageID(step: sending.step)
        let bytes =
            switch format {
            case .hl7: ORUWriter(plan: self, step: step, messageID: identifier).write(content)
            case .fhir: BundleWriter(plan: self, step: step, messageID: identifier).write(content)
            }
        return GeneratedMessage(
            node: institution.node, kind: kind, format: format, bytes: bytes, messageID: identifier,
            orderNumber: orderNumber, version: step.version, isRepeat: sending.isRepeat, time: sending.time)
    }

    /// What a version says: all of them are the final report, shortened, changed or declared wrong.
    func content(_ version: ReportVersion) -> ReportContent {
        var content = finalContent()
        switch version {
        case .final, .void:
            break
        case .preliminary:
            if kind == .laboratory {
                content.lines.removeLast(content.lines.count / 3)
                content.note = "部分项目结果待出，以最终报告为准。"
            } else {
                content.opinion = nil
                content.note = "初步报告，待审核。"
            }
        case .corrected:
            content.correct()
        }
        if version == .void {
            content.note = "报告作废：标本信息有误，请勿采用。"
        }
        return content
    }

    private func finalContent() -> ReportContent {
        let random = SeededRandom(seed: seed)
        switch kind {
        case .laboratory:
            return ReportContent(panel(from: random), for: person, from: random)
        case .imaging:
            return ReportContent(
                examination(
                    ExaminationCatalogue.imaging, ExaminationCatalogue.imagingWeights,
                    ExaminationCatalogue.imagingTownshipWeights, from: random), from: random)
        case .ecg:
            return ReportContent(
                examination(
                    ExaminationCatalogue.ecg, ExaminationCatalogue.ecgWeights,
                    ExaminationCatalogue.ecgTownshipWeights, from: random), from: random)
        }
    }

    /// A panel that suits the patient; the first of the catalogue where thirty draws gave none.
    private func panel(from random: SeededRandom) -> LaboratoryPanel {
        let weights = institution.isHospital ? LaboratoryCatalogue.weights : LaboratoryCatalogue.townshipWeights
        for _ in 0..<30 {
            let panel = LaboratoryCatalogue.panels[random.index(weights: weights)]
            if panel.onlySex == nil || panel.onlySex == person.sex { return panel }
        }
        return LaboratoryCatalogue.panels[0]
    }

    /// An examination that suits the patient; the first of the catalogue where thirty draws gave none.
    private func examination(
        _ catalogue: [Examination], _ hospital: [Int], _ township: [Int], from random: SeededRandom
    ) -> Examination {
        let age = person.age(on: day)
        for _ in 0..<30 {
            let examination = catalogue[random.index(weights: institution.isHospital ? hospital : township)]
            let suitsSex = examination.onlySex == nil || examination.onlySex == person.sex
            if suitsSex, examination.ages.contains(age) { return examination }
        }
        return catalogue[0]
    }
}

extension ReportContent {
    /// Changes one observation, as a correction does, and says so.
    mutating func correct() {
        for index in lines.indices {
            switch lines[index].value {
            case .number(let text):
                lines[index].setNumber(Self.nextDigit(text))
            case .prose(let text):
                lines[index].value = .prose(text + "\n（更正补充：请结合既往检查对照。）")
            case .bounded, .words:
                continue
            }
            lines[index].isCorrected = true
            note = "更正报告：“" + lines[index].name + "”结果已更正，原报告作废。"
            return
        }
        guard !lines.isEmpty else { return }
        lines[0].value = .words("已复查，" + Self.word(lines[0].value))
        lines[0].isCorrected = true
        note = "更正报告：“" + lines[0].name + "”结果已更正，原报告作废。"
    }

    /// The number with its last digit counted on by one, 9 becoming 8, so that its form stays.
    private static func nextDigit(_ text: String) -> String {
        guard let last = text.last, let digit = last.wholeNumberValue else { return text + "0" }
        return text.dropLast() + String(digit == 9 ? 8 : digit + 1)
    }

    private static func word(_ value: Value) -> String {
        switch value {
        case .number(let text), .words(let text), .prose(let text): text
        case .bounded(let comparator, let number): comparator + number
        }
    }
}
