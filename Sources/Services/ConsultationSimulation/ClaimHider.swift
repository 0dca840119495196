import Consultation
import Ledgers
import Simulator
import Storage

/// Hides from a home which of its attempts have been claimed, when it decides about a command.
struct ClaimHider: StatementTamper {
    func isSeen(_ row: SQLRow, of question: StatementQuestion) -> Bool {
        guard question.isWriting, question.sql.text.hasPrefix("SELECT entry, kind, fields, author_time"),
            question.sql.text.contains("case_event"), let kind = row.optionalInteger(1)
        else { return true }
        return kind != Int64(EntryKind.consultationClaimed.rawValue)
    }
}
