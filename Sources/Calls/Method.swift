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
    package let number: UInt16
    /// The desk's name and the method's, for example `recognition.find`.
    package let name: String
    package let desk: String
    package let lane: Lane
    package let deadlineMilliseconds: Int64
    package let callers: [CallRule]
    /// The types of the arguments and the answer, for `Contract.txt`.
    package let signature: String
    let probe: @Sendable (YilianActorSystem) async throws -> Void
    let isOffered: @Sendable (any DistributedActor) -> Bool
    let invoke: @Sendable (any DistributedActor, _ arguments: [UInt8]) async throws -> [UInt8]

    /// A method that answers a value.
    ///
    /// - Parameter samples: any arguments; they go no further than the recording stub.
    package init<Calls: Sendable, each Argument: WireValue, Answer: WireValue>(
        _ number: UInt16, _ desk: DeskInterface<Calls>, _ name: String, lane: Lane,
        deadlineMilliseconds: Int64 = Limits.defaultCallMilliseconds, callers: [CallRule],
        samples: repeat each Argument,
        call: @escaping @Sendable (Calls, repeat each Argument) async throws -> Answer
    ) {
        self.number = number
        self.desk = desk.name
        self.name = "\(desk.name).\(name)"
        self.lane = lane
        self.deadlineMilliseconds = deadlineMilliseconds
        self.callers = callers
        signature = Self.signature(repeat (each Argument).self, answer: "\(Answer.self)")
        let samples = (repeat each samples)
        probe = { system in
            _ = try await call(try desk.makeStub(system.probeAddress(desk.name), system), repeat each samples)
        }
        isOffered = { $0 is Calls }
        invoke = { actor, bytes in
            guard let actor = actor as? Calls else { throw DispatchError.wrongActor }
            var reader = try ArgumentReader(bytes)
            let arguments = (repeat try reader.next((each Argument).self))
            try reader.finish()
            return try await call(actor, repeat each arguments).wireBytes()
        }
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
    private var parts: ArraySlice<[UInt8]>

    init(_ bytes: [UInt8]) throws {
        do {
            parts = try ByteStrings.split(bytes)[...]
        } catch {
            throw DispatchError.malformed
        }
    }

    mutating func next<Argument: WireValue>(_ type: Argument.Type) throws -> Argument {
        guard let part = parts.popFirst(), let argument = try? Argument(wireBytes: part) else {
            throw DispatchError.malformed
        }
        return argument
    }

    func finish() throws {
        guard parts.isEmpty else { throw DispatchError.malformed }
    }
}

/// What is wrong with a call before a desk has seen it.
enum DispatchError: Error {
    case malformed
    case wrongActor
}
