/// What can be wrong with any case; a workflow gives each its code.
package enum CaseFault: CaseIterable, Sendable {
    /// The text names no case, or no case that lies here.
    case badID, unknownCase
    /// What a peer wrote cannot be read.
    case malformed
    case badActor, noUnit, noPatient, tooLarge, badContent, tooMany
    /// Nobody decides about it; nobody has taken it on; another node does.
    case noHome, notOffered, unknownAttempt
    case wrongState, tooLate, changed
    /// The seat is taken; its holder alone may.
    case seatTaken, notTheHolder
    case notEntitled, notHere, unsigned
    case orderNumberUsed
}
