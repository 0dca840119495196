import Effects
import ServiceKit

/// Whether a node may decide about a workflow's cases as their home.
///
/// On a disk that was put back it could decide again what it has decided before, or go on with a case that it has handed
/// over. So it decides nothing until everything of its own that its parent has lies here, or until the parent has been silent
/// for long (``DiskWitness``). Of a workflow with attempts that is not long: somebody waits for minutes, nothing is handed
/// over, and what two say stands side by side. Where nobody else writes about a case, nothing that others did can be
/// contradicted, and the home need not wait.
struct HomeWitness<W: Workflow> {
    let witness: DiskWitness

    private var silenceMilliseconds: Int64 {
        W.table.attempts == nil ? Limits.homeSilenceMilliseconds : Limits.attemptSilenceMilliseconds
    }

    /// Whether it may, as far as is known.
    var mayDecide: Bool {
        !W.table.isContinuedByOthers || witness.mayDecide(afterSilenceMilliseconds: silenceMilliseconds)
    }

    /// Asks the parent where that is not known yet; one that cannot be reached is asked again another time.
    ///
    /// - Returns: whether it may.
    @discardableResult
    func ask() async -> Bool {
        if W.table.isContinuedByOthers, !witness.isMatched { _ = try? await witness.match() }
        return mayDecide
    }

    /// - Throws: `workflow.unmatched`, with how long the parent has been away.
    func require() async throws {
        guard await ask() else { throw Failure("workflow.unmatched", witness.complaint, remedy: DiskWitness.remedy) }
    }
}
