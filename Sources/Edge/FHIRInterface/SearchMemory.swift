import Effects
import Recognition
import ServiceKit
import Synchronization

/// Whom the results of recent searches are about, so that one of them can be read again by its id alone.
///
/// Only for the same system, practitioner and purpose, and only as long as an access statement is valid: reading again
/// makes a new statement on the same ground. In memory only, and bounded.
final class SearchMemory: Sendable {
    struct Key: Hashable, Sendable {
        var system: String
        var practitioner: String
        var purpose: AccessStatement.Purpose
        var reportKey: String
    }

    private struct Memory {
        var identifier: PatientIdentifier
        var until: MonotonicTime
    }

    private struct State {
        var memories: [Key: Memory] = [:]
        var order: [Key] = []
    }

    private let time: any TimeSource
    private let state = Mutex(State())

    init(time: any TimeSource) {
        self.time = time
    }

    func note(_ keys: [Key], about identifier: PatientIdentifier) {
        let until = time.monotonicTime.advanced(byMilliseconds: AccessStatement.validMilliseconds)
        state.withLock { state in
            for key in keys {
                if state.memories.updateValue(Memory(identifier: identifier, until: until), forKey: key) == nil {
                    state.order.append(key)
                }
            }
            while state.order.count > Limits.rememberedSearches {
                state.memories[state.order.removeFirst()] = nil
            }
        }
    }

    func identifier(_ key: Key) -> PatientIdentifier? {
        let now = time.monotonicTime
        return state.withLock { state in
            guard let memory = state.memories[key], memory.until > now else { return nil }
            return memory.identifier
        }
    }
}
