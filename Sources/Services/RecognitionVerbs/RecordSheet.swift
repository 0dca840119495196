import Console
import Effects
import Recognition
import RecognitionEdge
import Regions
import ServiceKit
import VerbKit

/// A result on a terminal, as a doctor reads it.
enum RecordSheet {
    static func show(_ record: OpenedRecordInfo) {
        // A seal says who wrote it, not for whom: both stand first.
        Terminal.line("issued by \(record.institution), sealed by '\(record.author)'")
        var head = TextTable("", "")
        head.add("patient", [record.patientName, record.patientSex, record.patientBirthDate].known)
        head.add("examination", [record.serviceName, record.serviceCode].known)
        head.add("institution", record.institution)
        head.add("issued", Shown.reported(record.issuedTime))
        head.add("observed", Shown.reported(record.observedTime))
        head.add("status", "\(record.status), version \(record.version)")
        head.add("order", [record.fillerOrderNumber, record.placerOrderNumber].known)
        Terminal.line(head.text)
        Terminal.line()
        var table = TextTable("ITEM", ">VALUE", "UNIT", "REFERENCE", "FLAG")
        var texts: [(String, String)] = []
        for item in record.observations {
            let name = item.name.isEmpty ? item.code : item.name
            // Findings are sentences: they stand below the table.
            if item.value.contains("\n") || TextTable.width(of: item.value) > longestValueColumns {
                texts.append((item.isPreliminary ? name + " (preliminary)" : name, item.value))
            } else {
                table.add(
                    name, item.isWithdrawn ? "withdrawn" : item.value + (item.isPreliminary ? " (preliminary)" : ""),
                    item.unit ?? "", item.referenceRange ?? "",
                    item.flags.joined(separator: " "))
            }
        }
        if !table.isEmpty { Terminal.line(table.text) }
        for (name, text) in texts { Terminal.line("\(name):\n\(text)") }
        for note in record.notes { Terminal.line("note: \(note)") }
        if let conclusion = record.conclusion {
            Terminal.line("conclusion (the physician's; shown, not recognised): \(conclusion)")
        }
        for attachment in record.attachments {
            Terminal.line(
                "attachment: \(attachment.title) \(attachment.contentType), \(Shown.bytes(attachment.sizeBytes))"
                    + (attachment.isWithdrawn ? ", withdrawn" : ""))
        }
        Terminal.line()
        Terminal.line("entry \(record.entry), sealed by '\(record.author)' at \(Shown.moment(record.authorTime))")
        Terminal.say(
            Wording("served by '{1}'; seal and place in the batch verified", "由 '{1}' 给出；封存和在批中的位置已核对"),
            record.servedBy)
        if let statement = record.statement { Terminal.line("access statement \(statement)") }
    }

    private static let longestValueColumns = 40
}

extension [String?] {
    /// What is there, with spaces between.
    fileprivate var known: String {
        let parts = compactMap { $0 }.filter { !$0.isEmpty }
        return parts.isEmpty ? "-" : parts.joined(separator: "  ")
    }
}

extension Shown {
    /// A result's time, which HL7 v2 and FHIR write each in its own form, in one form and in China Standard Time; a day alone
    /// stays one, and what has neither form is shown as it is.
    static func reported(_ text: String?) -> String {
        guard let text else { return "-" }
        guard let time = ClinicalTime(text), let moment = time.moment() else { return text }
        return time.precision == .day ? time.civil.date : moment.chinaText
    }
}
