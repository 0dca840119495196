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

    /// What is said of a failure of this class where nothing more is known, or may be told.
    package var sentence: Wording {
        switch self {
        case .invalid: Wording("the request is not in order", "请求不符合规定，请按提示修改")
        case .forbidden: Wording("the request is not allowed", "该请求不被允许")
        case .absent: Wording("what was asked for is not there", "未找到所请求的内容")
        case .conflict: Wording("it contradicts what stands already", "请求与已有记录冲突")
        case .tooLate: Wording("it comes too late", "已过时限，不能再更改")
        case .retry: Wording("the node cannot do this now; try again", "节点暂时无法处理，请稍后再试")
        case .broken: Wording("something went wrong in the node; its log tells what", "节点无法完成该请求，详情见节点日志")
        }
    }
}
