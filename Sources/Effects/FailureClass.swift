/// What a failure means to whoever asked: whether to repair, to wait, or to call the operator.
///
/// Edges, console and terminal map classes to their own codes, one table each, and never guess from a text. Only
/// ``retry`` may be answered "try again": a hospital's queue must not stand still behind one message.
package enum FailureClass: String, CaseIterable, Sendable {
    /// What was sent is wrong; the same bytes will be refused again.
    case invalid
    /// The asker may not.
    case forbidden
    /// What was named does not exist here.
    case absent
    /// It contradicts what stands already.
    case conflict
    /// It would have been in order before.
    case tooLate
    /// Nothing is wrong with what was sent; the same may succeed in a while.
    case retry
    /// Something is wrong in a node or in its configuration; the operator has to look.
    case broken
}

extension Failure {
    /// What the failure means to whoever asked, by its code.
    package var `class`: FailureClass { FailureClass(of: code) }
}
