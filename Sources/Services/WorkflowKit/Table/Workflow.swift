package import Effects
import Ledgers
package import Regions

/// A word of a workflow: a state, an event or a role, as headers and pages write it.
package protocol CaseWord: RawRepresentable<String>, CaseIterable, Hashable, Sendable where AllCases == [Self] {}

/// What was agreed about a case when it was made; it travels with every entry, so that a later agreement changes no
/// deadline that already runs.
package protocol CaseTerms: Hashable, Sendable {
    /// Which of the workflow's kinds of case it is, and of which topic: what lists are narrowed by.
    var kind: String { get }
    var topic: String { get }
    var madeTime: WallTime { get }
    /// The unit that makes it, where roles depend on it; it is the one that the creation names.
    var unit: String? { get }

    func encoded() throws -> [UInt8]
    /// - Throws: a failure where the bytes are none; their numbers are bounded.
    init(bytes: [UInt8]) throws
}

extension CaseTerms {
    package var unit: String? { nil }
}

/// A workflow as data: cases whose events only certain roles may write in certain states, with clocks, seats and readers.
///
/// One type has all its words as enumerations, so that the compiler checks them, and one table, which tests check
/// (``WorkflowTable/problems()``). The kit decides, folds, watches and serves from the table alone.
package protocol Workflow: Sendable {
    associatedtype State: CaseWord
    associatedtype Event: CaseWord
    associatedtype Role: CaseWord
    associatedtype Terms: CaseTerms

    static var table: WorkflowTable<Self> { get }

    /// What a home does by itself in a state, before any timer runs out; `nil` where it waits for somebody.
    static func automatic(_ question: HomeQuestion<Self>) throws -> HomeMove<Self>?

    /// Of which events the hospitals' systems at a node are told, and those of which unit; asked with every entry about the
    /// case.
    static func notices(of record: CaseRecord<Self>, at node: NodeID) -> [CaseNotice<Self>]
}

extension Workflow {
    package static func automatic(_ question: HomeQuestion<Self>) -> HomeMove<Self>? { nil }

    /// What was written with the table's answers, for the unit that made the case.
    package static func notices(of record: CaseRecord<Self>, at node: NodeID) -> [CaseNotice<Self>] {
        guard let creation = record.creation, record.id.origin == node else { return [] }
        return record.attempts.flatMap(\.steps).filter { step in
            step.hasPayload && step.event.map(table.answers.contains) == true
        }.map { CaseNotice($0, for: creation.fields.organizationUnit) }
    }
}

/// An event of which the systems of a unit are told.
package struct CaseNotice<W: Workflow>: Sendable, Equatable {
    package var step: CaseStep<W>
    package var unit: String

    package init(_ step: CaseStep<W>, for unit: String) {
        self.step = step
        self.unit = unit
    }
}

/// What a home knows when it looks at an attempt.
package struct HomeQuestion<W: Workflow> {
    package var record: CaseRecord<W>
    package var attempt: CaseAttempt<W>
    package var node: NodeID
    package var tree: ManagementTree
    package var configuration: RegionConfiguration
    package var now: WallTime
    /// How many of the workflow's cases somebody has who acts: the holders of its first seat, in attempts that run here.
    package var load: (_ actor: String) throws -> Int
}

/// An event that a home decides by itself.
package struct HomeMove<W: Workflow>: Sendable, Equatable {
    package var event: W.Event
    package var reason: String
    /// Who may act next, as the workflow names them.
    package var candidates: [String]

    package init(_ event: W.Event, reason: String = "", candidates: [String] = []) {
        self.event = event
        self.reason = reason
        self.candidates = candidates
    }
}

/// A service that declares workflows; tests hold each of them to its table.
package protocol WorkflowOffer {
    static var workflows: [any Workflow.Type] { get }
}
