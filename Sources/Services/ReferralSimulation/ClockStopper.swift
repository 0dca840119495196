import Referral
import Simulator
import Storage

/// Hides from a home which of its referrals are to be looked at: no time ever runs out.
struct ClockStopper: StatementTamper {
    func isSeen(_ row: SQLRow, of question: StatementQuestion) -> Bool {
        let text = question.sql.text
        guard text.contains("case_schedule") || text.contains("is_open = 1 AND case_id >") else { return true }
        guard let workflow = question.arguments.first?.sqlValue else { return true }
        return workflow != .text(ReferralWorkflow.table.name)
    }
}
