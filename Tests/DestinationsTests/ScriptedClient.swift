import Effects
import Synchronization

@testable import Destinations

/// A hospital's system that answers as a test says, and remembers what it was sent.
final class ScriptedClient: DestinationClient {
    struct Script: Sendable {
        var answer: @Sendable (_ key: String) -> DeliveryOutcome
    }

    private let script: Mutex<Script>
    private let keys = Mutex<[String]>([])

    init(_ answer: @escaping @Sendable (_ key: String) -> DeliveryOutcome = { _ in .accepted }) {
        script = Mutex(Script(answer: answer))
    }

    /// The keys of what came, in its order.
    var came: [String] { keys.withLock { $0 } }

    func answers(_ answer: @escaping @Sendable (_ key: String) -> DeliveryOutcome) {
        script.withLock { $0 = Script(answer: answer) }
    }

    func send(_ message: WaitingMessage) async throws -> DeliveryOutcome {
        keys.withLock { $0.append(message.key) }
        return script.withLock { $0 }.answer(message.key)
    }
}

extension DeliveryOutcome.Words {
    static let sample = DeliveryOutcome.Words(code: "AE", text: "数据库忙")
}

extension DestinationRun {
    /// Sends until nothing may go now.
    ///
    /// - Returns: for how long.
    func drain() async throws -> Turn {
        while true {
            let turn = try await turn(pauses: 0)
            if turn != .went { return turn }
        }
    }
}
