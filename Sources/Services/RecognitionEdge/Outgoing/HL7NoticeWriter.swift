import EdgeKit
import HL7
package import ServiceKit

/// Writes a notice as an ORU^R01 without a patient: the sentence and each fact as a line of its own.
///
/// A receiver that files it by OBR-3 puts the sentence in the place of a result that is corrected or void. What tells of
/// a decision has a number of its own there: it must never take the place of the hospital's own result, which OBR-29
/// names.
package struct HL7NoticeWriter: Sendable {
    private let notice: HospitalNotice
    /// Whose system gets it.
    private let unit: String

    package init(_ notice: HospitalNotice, unit: String) {
        self.notice = notice
        self.unit = unit
    }

    /// The message's text, CR behind each segment.
    package func text(_ header: OutgoingContent.Header) -> String {
        // What can be no Chinese is told in English.
        let isChinese = HL7Encoding(tableName: header.characterSet).map { $0 == .utf8 || $0 == .gb18030 } ?? false
        let sentence = isChinese ? notice.text.chinese : notice.text.english
        let first = line(1, type: "TX", code(notice.kind.code, notice.kind.display, notice.kind.system), sentence)
        let facts = notice.facts.enumerated().map { index, fact in
            line(index + 2, type: "ST", code(fact.code, "", "99YILIAN"), fact.value)
        }
        return OutgoingSegments.text(
            [OutgoingSegments.header(header, "ORU^R01^ORU_R01", unit: unit), request, first] + facts)
    }

    private var request: [String] {
        var fields = Array(repeating: "", count: 30)
        let subject = notice.subject.code
        fields[0] = "OBR"
        fields[1] = "1"
        fields[3] = e(notice.subject.number)
        fields[4] = code(subject.code, subject.display, subject.system)
        fields[22] = OutgoingSegments.time(notice.time)
        fields[25] = notice.status
        let numbers = [notice.placerOrderNumber, notice.fillerOrderNumber].map { e($0 ?? "") }
        if numbers.contains(where: { !$0.isEmpty }) { fields[29] = numbers.joined(separator: "^") }
        return fields
    }

    private func line(_ number: Int, type: String, _ code: String, _ value: String) -> [String] {
        [
            "OBX", "\(number)", type, code, "", value.isEmpty ? "\"\"" : e(value), "", "", "", "", "",
            value.isEmpty ? "D" : "F", "", "", OutgoingSegments.time(notice.time),
        ]
    }

    private func code(_ code: String, _ display: String, _ system: String) -> String {
        [code, display, system].map(e).joined(separator: "^")
    }

    private func e(_ text: String) -> String { HL7Escape.escape(text) }
}
