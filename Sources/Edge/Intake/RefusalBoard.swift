import Effects
import Synchronization

/// Messages that were refused since the node's start, so that their senders can ask what became of them.
///
/// In memory and bounded: a refused message leaves nothing behind that would have to be durable, because its sender
/// still has it and was told.
final class RefusalBoard: Sendable {
    struct Refusal: Sendable {
        var institution: String
        var outcome: IntakeResult.Outcome
        var problems: [IntakeResult.Problem]
        var time: WallTime
    }

    private struct State {
        var byID: [String: Refusal] = [:]
        var order: [String] = []
    }

    private let state = Mutex(State())

    func note(_ result: IntakeResult, institution: String, time: WallTime) {
        guard !result.controlID.isEmpty, result.controlID.utf8.count <= 256 else { return }
        let key = institution + "\n" + result.controlID
        state.withLock { state in
            if state.byID[key] == nil {
                state.order.append(key)
                if state.order.count > Limits.rememberedRefusals { state.byID[state.order.removeFirst()] = nil }
            }
            state.byID[key] = Refusal(
                institution: institution, outcome: result.outcome, problems: Array(result.problems.prefix(20)),
                time: time)
        }
    }

    func refusal(ofMessage id: String, institution: String) -> Refusal? {
        state.withLock { $0.byID[institution + "\n" + id] }
    }
}
