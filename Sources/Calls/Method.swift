import Distributed
import Effects
package import Wire

/// One method that other nodes may call: its number, its desk, its lane, who may call it, and how.
///
/// A service declares its methods in a list:
/// ```
/// Method(101, recognitionDesk, "find", lane: .clinical, callers: [.parent, .child], samples: Query.sample) {
///     desk, query in
///     try await desk.find(query)
/// }
/// ```
/// The closure is used twice: on the real desk to answer a call, and once at start, with the samples, on a stub that
/// records which target identifier the call has. Numbers are never reused.
package struct Method: Sendable {
    private struct Facts: Sendable {
        var number: UInt16
        var name: String
        var desk: String
        var lane: Lane
        var deadlineMilliseconds: Int64
        var callers: [CallRule]
        var signature: String
        var probe: @Sendable (YilianActorSystem) async throws -> Void
        var bind: @Sendable (any DistributedActor) -> Invocation?
        var isShort = false
    }

    /// Handed around with every call, and so in one piece.
    private final class Piece: Sendable {
        let facts: Facts

        init(_ facts: Facts) {
            self.facts = facts
        }
    }

    private let piece: Piece
    private var facts: Facts { _read { yield piece.facts } }

    package var number: UInt16 { facts.number }
    /// The desk's name and the method's, for example `recognition.find`.
    package var name: String { facts.name }
    package var desk: String { facts.desk }
    package var lane: Lane { facts.lane }
    package var deadlineMilliseconds: Int64 { facts.deadlineMilliseconds }
    package var callers: [CallRule] { facts.callers }
    /// The types of the arguments and the answer, for `Contract.txt`.
    package var signature: String { facts.signature }
    var probe: @Sendable (YilianActorSystem) async throws -> Void { facts.probe }
    /// The method of one actor; nil where the actor does not have it.
    var bind: @Sendable (any DistributedActor) -> Invocation? { facts.bind }

    /// Whether a call over a link is begun on the link's loop; see ``short()``.
    package var isShort: Bool { facts.isShort }

    private init(_ facts: Facts) {
        piece = Piece(facts)
    }

    /// Decodes arguments, calls, and encodes the answer.
    typealias Invocation = @Sendable (_ arguments: [UInt8]) async throws -> [UInt8]

    /// A method that answers a value.
    ///
    /// - Parameter samples: any arguments; they go no further than the recording stub.
    package init<Calls: Sendable, each Argument: WireValue, Answer: WireValue>(
        _ number: UInt16, _ desk: DeskInterface<Calls>, _ name: String, lane: Lane,
        deadlineMilliseconds: Int64 = Limits.defaultCallMilliseconds, callers: [CallRule],
        samples: repeat each Argument,
        call: @escaping @Sendable (Calls, repeat each Argument) async throws -> Answer
    ) {
        let samples = (repeat each samples)
        self.init(
            Facts(
                number: number, name: "\(desk.name).\(name)", desk: desk.name, lane: lane,
                deadlineMilliseconds: deadlineMilliseconds, callers: callers,
                signature: Self.signature(repeat (each Argument).self, answer: "\(Answer.self)"),
                probe: { system in
                    _ = try await call(try desk.makeStub(system.probeAddress(desk.name), system), repeat each samples)
                },
                bind: { actor in
                    guard let actor = actor as? Calls else { return nil }
                    return { bytes in
                        var reader = ArgumentReader(bytes)
                        let arguments = (repeat try reader.next((each Argument).self))
                        try reader.finish()
                        return try await call(actor, repeat each arguments).wireBytes()
                    }
                }))
    }

    /// The same method, whose desk computes for a small part of a millisecond between its waits.
    ///
    /// A call that arrives on a link's loop is begun there, and goes on there after each wait, unless its desk has an
    /// executor of its own or is busy elsewhere. That saves changing threads, which costs more than such a method; a
    /// method that computes for longer would hold up everything else on the loop. So would the desk's other methods,
    /// which run on the loop as well when they wait for the desk meanwhile: all methods of a desk are short, or none.
    package func short() -> Method {
        var facts = facts
        facts.isShort = true
        return Method(facts)
    }

    /// A method that answers nothing.
    package init<Calls: Sendable, each Argument: WireValue>(
        _ number: UInt16, _ desk: DeskInterface<Calls>, _ name: String, lane: Lane,
        deadlineMilliseconds: Int64 = Limits.defaultCallMilliseconds, callers: [CallRule],
        samples: repeat each Argument,
        call: @escaping @Sendable (Calls, repeat each Argument) async throws -> Void
    ) {
        let answering: @Sendable (Calls, repeat each Argument) async throws -> WireVoid = {
            (actor: Calls, arguments: repeat each Argument) in
            try await call(actor, repeat each arguments)
            return WireVoid()
        }
        self.init(
            number, desk, name, lane: lane, deadlineMilliseconds: deadlineMilliseconds, callers: callers,
            samples: repeat each samples, call: answering)
    }

    private static func signature<each Argument>(_ types: repeat (each Argument).Type, answer: String) -> String {
        var names: [String] = []
        for type in repeat each types { names.append("\(type)") }
        return "(\(names.joined(separator: ", "))) -> \(answer == "WireVoid" ? "()" : answer)"
    }
}

/// Reads a call's arguments one by one.
struct ArgumentReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func next<Argument: WireValue>(_ type: Argument.Type) throws -> Argument {
        let start = position + 4
        guard start <= bytes.count else { throw DispatchError.malformed }
        var length = 0
        for index in position..<start { length = length << 8 | Int(bytes[index]) }
        guard length <= bytes.count - start else { throw DispatchError.malformed }
        position = start + length
        guard let argument = try? Argument(wireBytes: Array(bytes[start..<position])) else {
            throw DispatchError.malformed
        }
        return argument
    }

    func finish() throws {
        guard position == bytes.count else { throw DispatchError.malformed }
    }
}

/// What is wrong with a call before a desk has seen it.
enum DispatchError: Error {
    case malformed
}
