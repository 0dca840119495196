import EdgeKit
import Effects
import Recognition
import ServiceKit
import Synchronization

/// Whom the results of recent searches are about, and on what they rested, so that one of them can be read again by its
/// id alone.
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

    struct Memory: Sendable {
        var identifier: PatientIdentifier
        /// On which the search rested.
        var statement: AccessStatement
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

    func note(_ keys: [Key], about identifier: PatientIdentifier, on statement: AccessStatement) {
        let until = time.monotonicTime.advanced(byMilliseconds: AccessStatement.validMilliseconds)
        let memory = Memory(identifier: identifier, statement: statement, until: until)
        state.withLock { state in
            for key in keys where state.memories.updateValue(memory, forKey: key) == nil { state.order.append(key) }
            while state.order.count > Limits.rememberedSearches {
                state.memories[state.order.removeFirst()] = nil
            }
        }
    }

    func recall(_ key: Key) -> Memory? {
        let now = time.monotonicTime
        return state.withLock { state in
            guard let memory = state.memories[key], memory.until > now else { return nil }
            return memory
        }
    }
}
