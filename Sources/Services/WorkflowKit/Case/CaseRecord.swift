import Effects
import Ledgers
package import Regions

/// A case with everything that has become of it, as far as a node knows.
package struct CaseRecord<W: Workflow>: Sendable, Equatable {
    package let id: CaseID<W>
    package let terms: W.Terms
    /// Its creation; `nil` where it has not come here (yet).
    package let creation: CaseStep<W>?
    /// By number; two of one number can stand side by side where two homes took the case on.
    package let attempts: [CaseAttempt<W>]
    /// How many entries it was derived from; it grows with everything that becomes known of the case here.
    package let entryCount: Int

    /// Derives the record from the entries about a case; any order gives the same record.
    ///
    /// - Returns: `nil` where there is no entry.
    package init?(_ id: CaseID<W>, entries: [CaseStep<W>]) {
        let creations = entries.filter { $0.event == nil }.sorted(by: CaseStep.precedes)
        let events = entries.filter { $0.event != nil }
        let first = creations.first ?? events.min { Self.key($0) < Self.key($1) }
        guard let first else { return nil }
        self.id = id
        entryCount = entries.count
        terms = first.fields.terms
        creation = creations.first
        let lines = creation?.fields.items ?? []
        guard W.table.attempts != nil else {
            // Who decides first stands in the creation; without it, in the first event that is known.
            attempts = [
                CaseAttempt(
                    number: 1, home: first.fields.home, events: events, lines: lines,
                    dues: creation?.fields.dues ?? [:])
            ]
            return
        }
        let groups = Dictionary(grouping: events) { AttemptKey(number: $0.fields.attempt, home: $0.fields.home) }
        attempts = groups.sorted { $0.key < $1.key }.map { key, events in
            CaseAttempt(number: key.number, home: key.home, events: events, lines: lines)
        }
    }

    private struct AttemptKey: Hashable, Comparable {
        var number: Int
        var home: NodeID

        static func < (left: AttemptKey, right: AttemptKey) -> Bool {
            (left.number, left.home) < (right.number, right.home)
        }
    }

    private static func key(_ step: CaseStep<W>) -> (Int, Int, Int, EntryID) {
        (step.fields.attempt, step.fields.term, step.fields.number, step.entry)
    }

    /// Attempts of which at least one event stands; others are somebody's words about an attempt that nobody opened.
    package var begun: [CaseAttempt<W>] { attempts.filter { !$0.steps.isEmpty } }
    package var isSettled: Bool { attempts.contains(where: \.isSettled) }

    /// Where the case stands: what was aimed at comes first, of several attempts the one that is least far; else what the
    /// newest attempt says.
    package var state: W.State {
        guard W.table.attempts != nil else { return attempts.last?.state ?? W.table.initial }
        let reached = attempts.map(\.state)
        return W.table.settled.first(where: reached.contains) ?? begun.last?.state ?? W.table.initial
    }

    /// Whether a home or the dispatcher may still have something to do.
    package var isOpen: Bool {
        guard W.table.attempts != nil else { return !W.table.closed.contains(state) }
        return !isSettled || attempts.contains(where: \.isRunning)
    }

    /// Whether this node may still have something to do: those who were only told of it have not.
    package func isOpen(at node: NodeID) -> Bool {
        isOpen && (creation != nil || attempts.contains { $0.home == node })
    }

    /// Whether nobody works on it: every attempt was given up, and no other was opened.
    package var isUnserved: Bool {
        W.table.attempts != nil && !attempts.isEmpty && !isSettled
            && attempts.allSatisfy { W.table.closed.contains($0.state) }
    }

    /// Whether this node knows more of it than that the dispatcher opened an attempt somewhere else (which the whole
    /// region is told).
    func concerns(_ node: NodeID) -> Bool {
        if creation != nil { return true }
        let opening = W.table.attempts?.opening
        return attempts.contains { attempt in
            attempt.home == node
                || attempt.steps.contains { $0.event != opening || $0.entry.author == attempt.home }
        }
    }

    /// The attempt of a number; where none is named, the newest.
    package func attempt(_ number: Int?) -> CaseAttempt<W>? {
        guard let number else { return attempts.last }
        return attempts.last { $0.number == number }
    }

    package func attempt(_ number: Int, home: NodeID) -> CaseAttempt<W>? {
        attempts.first { $0.number == number && $0.home == home }
    }
}
