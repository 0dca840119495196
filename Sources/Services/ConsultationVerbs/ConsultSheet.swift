import Console
import Consultation
import Effects
import VerbKit

/// A request on a terminal.
enum ConsultSheet {
    static func show(_ info: ConsultationInfo) {
        Terminal.line("\(info.request)  \(info.kind), \(info.specialty): \(info.state)")
        Terminal.say(
            Wording("requested at '{1}', {2}", "由 '{1}' 提出，{2}"), info.requester, Shown.moment(info.requestedAt))
        for attempt in info.attempts {
            Terminal.line()
            let due = attempt.deadline.map { ", due \(Shown.moment($0))" } ?? ""
            let why = attempt.escalationReason.map { " (\($0))" } ?? ""
            Terminal.line("attempt \(attempt.number) at '\(attempt.home)': \(attempt.state)\(why)\(due)")
            if !attempt.offeredTo.isEmpty {
                Terminal.say(Wording("offered to {1}", "待接：{1}"), attempt.offeredTo.joined(separator: ", "))
            }
            var table = TextTable("AT", "EVENT", "BY", "NODE")
            for step in attempt.steps {
                table.add(Shown.moment(step.at), step.event, step.actor.isEmpty ? "-" : step.actor, step.node)
            }
            if !table.isEmpty { Terminal.line(table.text) }
            if attempt.refusedSteps > 0 { Terminal.line("! \(attempt.refusedSteps) events did not fit the workflow") }
        }
        if info.isUnserved { Terminal.say(Wording("! nobody works on it", "! 无人处理")) }
    }

    static func show(_ file: ConsultationFileInfo) {
        show(file.consultation)
        Terminal.line()
        guard file.isContentHere else {
            Terminal.say(Wording("the request's content does not lie at this node", "申请的内容不在本节点"))
            return
        }
        let patient = [file.patientName, file.patientSex, file.patientBirthDate].compactMap { $0 }
        Terminal.line("patient: \(patient.filter { !$0.isEmpty }.joined(separator: "  "))")
        Terminal.line("summary: \(file.clinicalSummary ?? "")")
        Terminal.line("asked: \(file.reason ?? "")")
        for attachment in file.attachments {
            Terminal.line(
                "attachment: \(attachment.title) \(attachment.contentType), \(Shown.bytes(attachment.sizeBytes))")
        }
        for report in file.reports {
            Terminal.line()
            Terminal.line(
                "report of attempt \(report.attempt), version \(report.version), \(report.expertName) "
                    + "(\(report.expert)), \(Shown.moment(report.at))")
            Terminal.line("findings: \(report.findings)")
            Terminal.line("conclusion: \(report.conclusion)")
        }
    }

    static func show(_ receipt: ConsultationReceiptInfo) {
        let again = receipt.isDuplicate ? " (it was so before)" : ""
        Terminal.line(
            "\(receipt.request), attempt \(receipt.attempt) at '\(receipt.home)': \(receipt.state)\(again)")
    }
}
