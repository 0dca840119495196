/// An error that a person can act on: what is wrong, where, and what to do.
///
/// Equality is on the code. `description` carries no patient data; whoever builds a failure keeps names, numbers and
/// message contents out of `message`, `place` and `remedy`.
package struct Failure: Error, Equatable, Sendable, CustomStringConvertible {
    /// A stable, open code such as `region.unknownKey`; the part before the dot is the area.
    package struct Code: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
        package var rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }
        package init(stringLiteral value: String) { rawValue = value }
        package var description: String { rawValue }
    }

    package var code: Code
    /// What is wrong, in one sentence.
    package var message: String
    /// Where: a file and line, a field, a node, a batch.
    package var place: String?
    /// What to do about it.
    package var remedy: String?

    package init(_ code: Code, _ message: String, place: String? = nil, remedy: String? = nil) {
        self.code = code
        self.message = message
        self.place = place
        self.remedy = remedy
    }

    /// The same failure with the file that it is about, where it names no place itself.
    package func at(_ place: String) -> Failure {
        Failure(code, message, place: self.place ?? place, remedy: remedy)
    }

    /// Does something with what stands in a file; a failure names the file.
    package static func naming<Value>(_ place: String, _ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let failure as Failure { throw failure.at(place) }
    }

    package static func == (left: Failure, right: Failure) -> Bool {
        left.code == right.code
    }

    package var description: String {
        var text = ""
        if let place { text += place + ": " }
        text += message
        if let remedy { text += "; " + remedy }
        return text + " [\(code)]"
    }
}

extension Failure {
    /// Whether a node can acknowledge nothing any more: whoever works again and again lets this one through.
    ///
    /// A full disk, say, is not that: it may have room again.
    package var stopsTheNode: Bool { code == "storage.broken" }

    /// Whether nothing more may be done with the store in this transaction; it says nothing about the item then.
    package var endsTheStore: Bool {
        ["storage.full", "storage.broken", "storage.unavailable"].contains(code)
    }
}

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
