package import Effects

/// What can be wrong with any case.
///
/// Its code is the workflow's name and the fault's, such as `consultation.taken`: who knows one workflow's failures knows
/// those of all.
package enum CaseFault: String, CaseIterable, Sendable {
    /// The text names no case, or no case that lies here.
    case badID, unknown
    /// What a peer wrote cannot be read.
    case malformed
    case badActor, noUnit, noPatient, tooLarge, badContent, tooMany
    /// Nobody decides about it; nobody has taken it on; another node does.
    case noHome, notOffered, notItsHome
    case wrongState, tooLate, changed
    /// The seat is taken; its holder alone may.
    case taken, notTheHolder
    case notEntitled, notHere, unsigned
    case orderNumberUsed
}

extension WorkflowTable {
    package func code(of fault: CaseFault) -> Failure.Code { Failure.Code(rawValue: "\(name).\(fault.rawValue)") }

    package func failure(_ fault: CaseFault, _ message: String, remedy: String? = nil) -> Failure {
        Failure(code(of: fault), message, remedy: remedy)
    }
}
