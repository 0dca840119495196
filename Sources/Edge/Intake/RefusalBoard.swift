package import EdgeKit
package import Effects
import Synchronization

/// Messages that were refused since the node's start, so that their senders can ask what became of them and the operator
/// sees them.
///
/// In memory and bounded: a refused message leaves nothing behind that would have to be durable, because its sender
/// still has it and was told.
package final class RefusalBoard: Sendable {
    package struct Refusal: Sendable {
        /// MSH-10 or the Bundle's identifier; empty where it could not be read.
        package var message: String
        package var source: String
        package var institution: String
        package var outcome: IntakeResult.Outcome
        package var problems: [MessageProblem]
        package var time: WallTime
        /// Ties the refusal to the node's log.
        package var correlation: String
    }

    private struct State {
        /// By institution and message; the newest of each.
        var byID: [String: Refusal] = [:]
        /// The keys in the order in which they came; empty for a message without an id.
        var order: [String] = []
        var unnamed: [Refusal] = []
    }

    private let state = Mutex(State())

    func note(_ result: IntakeResult, _ principal: Principal, time: WallTime) {
        let isNamed = !result.controlID.isEmpty && result.controlID.utf8.count <= Self.longestIDBytes
        let refusal = Refusal(
            message: isNamed ? result.controlID : "", source: principal.system, institution: principal.institution,
            outcome: result.outcome, problems: Array(result.problems.prefix(20)), time: time,
            correlation: result.correlation)
        state.withLock { state in
            guard isNamed else {
                state.unnamed.append(refusal)
                if state.unnamed.count > Limits.rememberedUnnamedRefusals { state.unnamed.removeFirst() }
                return
            }
            let key = Self.key(result.controlID, principal.institution)
            if state.byID[key] == nil {
                state.order.append(key)
                if state.order.count > Limits.rememberedRefusals { state.byID[state.order.removeFirst()] = nil }
            }
            state.byID[key] = refusal
        }
    }

    func refusal(ofMessage id: String, institution: String) -> Refusal? {
        state.withLock { $0.byID[Self.key(id, institution)] }
    }

    /// Everything that is remembered, the newest first.
    package var all: [Refusal] {
        state.withLock { Array($0.byID.values) + $0.unnamed }.sorted {
            ($0.time, $0.correlation) > ($1.time, $1.correlation)
        }
    }

    private static let longestIDBytes = 256

    private static func key(_ id: String, _ institution: String) -> String { institution + "\n" + id }
}
