/// The numbered catalogue of what a node answers instead of a value; open, because a newer peer may know more.
///
/// The raw values travel and are never reused.
package struct CallErrorCode: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package var rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// The node knows no method of this number.
    package static let unknownMethod = CallErrorCode(rawValue: 1)
    /// The addressed desk does not have this method, or there is no such desk.
    package static let wrongActor = CallErrorCode(rawValue: 2)
    /// The caller's relation or tier does not entitle it.
    package static let notEntitled = CallErrorCode(rawValue: 3)
    /// The call's head or arguments cannot be read.
    package static let malformed = CallErrorCode(rawValue: 4)
    package static let deadlineExceeded = CallErrorCode(rawValue: 5)
    package static let cancelled = CallErrorCode(rawValue: 6)
    /// Too many calls are under way; `tryAgainAfterMilliseconds` says when to ask again.
    package static let overloaded = CallErrorCode(rawValue: 7)
    /// The link went down before the answer came.
    package static let notReachable = CallErrorCode(rawValue: 8)
    /// The desk itself said no, with a code and a message of its own.
    package static let refusedByDesk = CallErrorCode(rawValue: 9)
    /// Something inside the node failed; only the correlation id says more, to the node's operator.
    package static let `internal` = CallErrorCode(rawValue: 10)

    /// The word that stands behind `call.` in a local failure and in logs.
    package var name: String {
        switch self {
        case .unknownMethod: "unknownMethod"
        case .wrongActor: "wrongActor"
        case .notEntitled: "notEntitled"
        case .malformed: "malformed"
        case .deadlineExceeded: "deadlineExceeded"
        case .cancelled: "cancelled"
        case .overloaded: "overloaded"
        case .notReachable: "notReachable"
        case .refusedByDesk: "refusedByDesk"
        case .internal: "internal"
        default: "error\(rawValue)"
        }
    }

    package var description: String { name }
}
