import Effects
import Ledgers
package import Regions

/// A request with everything that has become of it, as far as this node knows.
package struct ConsultationRecord: Sendable, Equatable {
    package let id: ConsultationID
    package let terms: ConsultationTerms
    /// The request's own entry; `nil` where it has not come here (yet).
    package let request: ConsultationStep?
    /// By number; two of one number can stand side by side where two homes took the request on.
    package let attempts: [ConsultationAttempt]
    /// How many entries it was derived from; it grows with everything that becomes known of the request here.
    package let entryCount: Int

    /// Derives the record from the entries about a request; any order gives the same record.
    ///
    /// - Returns: `nil` where there is no entry.
    init?(_ id: ConsultationID, entries: [ConsultationStep]) {
        let requests = entries.filter { $0.event == nil }.sorted(by: ConsultationStep.precedes)
        let events = entries.filter { $0.event != nil }
        let first = requests.first ?? events.min { Self.key($0) < Self.key($1) }
        guard let first else { return nil }
        self.id = id
        entryCount = entries.count
        terms = first.fields.terms
        request = requests.first
        let groups = Dictionary(grouping: events) { AttemptKey(number: $0.fields.attempt, home: $0.fields.home) }
        attempts = groups.sorted { $0.key < $1.key }.map { key, events in
            ConsultationAttempt(number: key.number, home: key.home, events: events)
        }
    }

    private struct AttemptKey: Hashable, Comparable {
        var number: Int
        var home: NodeID

        static func < (left: AttemptKey, right: AttemptKey) -> Bool {
            (left.number, left.home) < (right.number, right.home)
        }
    }

    private static func key(_ step: ConsultationStep) -> (Int, Int, EntryID) {
        (step.fields.attempt, step.fields.number, step.entry)
    }

    package var requester: NodeID { id.requester }
    /// Attempts of which at least one event stands; others are somebody's words about an attempt that nobody opened.
    var begun: [ConsultationAttempt] { attempts.filter { !$0.steps.isEmpty } }
    package var isReported: Bool { attempts.contains(where: \.isReported) }

    /// Where the request stands: reports come first, else what the newest attempt says.
    package var state: ConsultationState {
        let reported = attempts.filter(\.isReported)
        guard reported.isEmpty else {
            return reported.allSatisfy { $0.state == .acknowledged } ? .acknowledged : .reported
        }
        return begun.last?.state ?? ConsultationWorkflow.initial
    }

    /// Whether a home or the dispatcher may still have something to do.
    package var isOpen: Bool {
        !isReported || attempts.contains { [.opened, .offered, .claimed].contains($0.state) }
    }

    /// Whether this node may still have something to do: those who were only offered it have not.
    func isOpen(at node: NodeID) -> Bool {
        isOpen && (request != nil || attempts.contains { $0.home == node })
    }

    /// Whether nobody works on it: every attempt was given up, and no other was opened.
    package var isUnserved: Bool {
        !attempts.isEmpty && !isReported && attempts.allSatisfy { $0.state == .escalated || $0.state == .withdrawn }
    }

    /// Whether this node knows more of it than that the dispatcher opened an attempt somewhere else (which the whole
    /// region is told).
    func concerns(_ node: NodeID) -> Bool {
        if request != nil { return true }
        return attempts.contains { attempt in
            attempt.home == node || attempt.steps.contains { $0.event != .opened || $0.entry.author == attempt.home }
        }
    }

    /// The attempt of a number; where none is named, the newest.
    package func attempt(_ number: Int?) -> ConsultationAttempt? {
        guard let number else { return attempts.last }
        return attempts.last { $0.number == number }
    }

    func attempt(_ number: Int, home: NodeID) -> ConsultationAttempt? {
        attempts.first { $0.number == number && $0.home == home }
    }
}
