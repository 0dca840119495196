import Effects
import Synchronization

/// Every method that nodes call each other by: by number for who is called, by target identifier for who calls.
///
/// The table is the contract, the type check and the permission in one. No target identifier of a peer is ever looked
/// at; those of this program's own stubs are captured when the table is made.
package struct MethodTable: Sendable {
    private let byNumber: [UInt16: Method]
    private let byTarget: [String: Method]

    /// Makes the table and captures each method's target identifier by calling it on a recording stub.
    ///
    /// - Throws: `call.duplicateMethod` where two methods share a number, a name or a target; `call.badProbe` where the
    ///   closure of a method does not make exactly one call; `call.badShort` where a desk has short methods
    ///   and others.
    package init(_ methods: [Method]) async throws {
        var byNumber: [UInt16: Method] = [:]
        var byTarget: [String: Method] = [:]
        var names: Set<String> = []
        for method in methods {
            guard byNumber.updateValue(method, forKey: method.number) == nil, names.insert(method.name).inserted else {
                throw Self.duplicate(method)
            }
            let target = try await Self.capture(method)
            guard byTarget.updateValue(method, forKey: target) == nil else { throw Self.duplicate(method) }
        }
        for (desk, methods) in Dictionary(grouping: methods, by: \.desk) where Set(methods.map(\.isShort)).count > 1 {
            throw Failure("call.badShort", "some methods of the desk \(desk) are short and some are not")
        }
        self.byNumber = byNumber
        self.byTarget = byTarget
    }

    package var methods: [Method] { byNumber.values.sorted { $0.number < $1.number } }
    package var numbers: [UInt16] { byNumber.keys.sorted() }
    /// The methods that are begun on the loops of links.
    package var shortNumbers: Set<UInt16> { Set(byNumber.values.filter(\.isShort).map(\.number)) }

    package func method(_ number: UInt16) -> Method? { byNumber[number] }

    func method(target: String) -> Method? { byTarget[target] }

    /// The table as text, one line per method in the order of their numbers; it is frozen in `Contract.txt`.
    package func contractText() -> String {
        methods.map { method in
            let callers = method.callers.map(\.description).joined(separator: ",")
            return "\(method.number) \(method.name) \(method.lane) \(method.deadlineMilliseconds)ms \(callers) "
                + "\(method.signature)\n"
        }.joined()
    }

    private static func capture(_ method: Method) async throws -> String {
        let recorder = TargetRecorder()
        do {
            try await method.probe(YilianActorSystem(recorder: recorder))
        } catch {
            // The recording stub always throws; what it recorded says whether the call was made.
        }
        let targets = recorder.targets
        guard let target = targets.first, targets.count == 1 else {
            throw Failure(
                "call.badProbe", "method \(method.number) \(method.name) makes \(targets.count) calls, not one")
        }
        return target
    }

    private static func duplicate(_ method: Method) -> Failure {
        Failure(
            "call.duplicateMethod", "method \(method.number) \(method.name) is declared twice",
            remedy: "give every method a number, a name and a desk function of its own")
    }
}

/// Remembers which targets were called on a recording stub.
final class TargetRecorder: Sendable {
    private let recorded = Mutex<[String]>([])

    var targets: [String] { recorded.withLock { $0 } }

    func record(_ target: String) {
        recorded.withLock { $0.append(target) }
    }
}

/// What a recording stub throws when it has recorded.
struct Recorded: Error {}
