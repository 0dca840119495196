package import Effects

/// A refused or failed call as it travels: a number of the catalogue, a correlation id and, where a desk itself
/// refused, the desk's stable code and words.
///
/// Nothing internal is in it: an error that is no ``Failure`` becomes ``CallErrorCode/internal`` and the correlation
/// id.
package struct CallRefusal: Error, Hashable, Sendable {
    package var code: CallErrorCode
    package var correlation: String
    package var tryAgainAfterMilliseconds: UInt32?
    /// The code of the desk's failure, such as `recognition.noConsent`.
    package var deskCode: String?
    package var message: String?
    package var remedy: String?

    package init(_ code: CallErrorCode, correlation: String, tryAgainAfterMilliseconds: UInt32? = nil) {
        self.code = code
        self.correlation = correlation
        self.tryAgainAfterMilliseconds = tryAgainAfterMilliseconds
    }

    /// What the caller is told of an error that a desk threw.
    package init(of error: any Error, correlation: String) {
        switch error {
        case let failure as Failure:
            self.init(.refusedByDesk, correlation: correlation)
            deskCode = Self.printable(failure.code.rawValue, limit: Self.codeLimit)
            message = Self.printable(failure.message, limit: Self.textLimit)
            remedy = failure.remedy.map { Self.printable($0, limit: Self.textLimit) }
        case let refusal as CallRefusal:
            self = refusal
            self.correlation = correlation
        case is CancellationError:
            self.init(.cancelled, correlation: correlation)
        default:
            self.init(.internal, correlation: correlation)
        }
    }

    /// The same as a local failure: the desk's own code where a desk refused, `call.` and the catalogue's word else.
    package func failure(from node: String) -> Failure {
        if code == .refusedByDesk, let deskCode {
            return Failure(
                Failure.Code(rawValue: deskCode), message ?? "the desk refused", place: node, remedy: remedy)
        }
        return Failure(
            Failure.Code(rawValue: "call.\(code.name)"),
            correlation.isEmpty ? meaning : "\(meaning) (correlation \(correlation))", place: node, remedy: advice)
    }

    private var meaning: String {
        switch code {
        case .unknownMethod: "the node does not know this method"
        case .wrongActor: "the node has no such desk, or the desk has no such method"
        case .notEntitled: "this node is not entitled to the call"
        case .malformed: "the node could not read the call"
        case .deadlineExceeded: "no answer came before the call's deadline"
        case .cancelled: "the call was cancelled"
        case .overloaded: "too many calls are under way"
        case .notReachable: "the link went down before the answer came"
        case .internal: "something failed inside the node"
        default: "the node answered with error number \(code.rawValue)"
        }
    }

    private var advice: String? {
        switch code {
        case .unknownMethod: "the node may run an older version; compare the versions of both"
        case .overloaded: tryAgainAfterMilliseconds.map { "try again after \($0) ms" }
        case .internal: "look for the correlation id in that node's log"
        default: nil
        }
    }

    static let codeLimit = 64
    static let textLimit = 1_000

    /// At most `limit` characters without control characters: what a peer wrote may stand in a log line.
    static func printable(_ text: String, limit: Int) -> String {
        let scalars = text.unicodeScalars.prefix(limit).map { scalar -> Character in
            scalar.properties.generalCategory == .control ? " " : Character(scalar)
        }
        return String(scalars)
    }
}

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
