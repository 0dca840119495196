package import Ledgers
package import ServiceKit

/// The keys under which one person is known, with the evidence that leads from those asked for to each other one.
package struct Equivalents: Sendable, Equatable {
    /// Why two keys are taken for one person's.
    package enum Evidence: Hashable, Sendable {
        /// Somebody linked them.
        case link(EntryID)
        /// One report names both.
        case report(EntryID)

        package var entry: EntryID {
            switch self {
            case .link(let entry), .report(let entry): entry
            }
        }

        /// For machines.
        package var word: String {
            switch self {
            case .link: "link"
            case .report: "report"
            }
        }
    }

    /// One step from a key to another.
    package struct Step: Hashable, Sendable {
        package var from: PatientKeyReference
        package var to: PatientKeyReference
        package var evidence: Evidence

        package init(from: PatientKeyReference, to: PatientKeyReference, evidence: Evidence) {
            self.from = from
            self.to = to
            self.evidence = evidence
        }
    }

    /// A key that was reached, with the steps from one of those asked for.
    package struct Reached: Hashable, Sendable {
        package var key: PatientKeyReference
        package var path: [Step]

        package init(key: PatientKeyReference, path: [Step]) {
            self.key = key
            self.path = path
        }
    }

    /// A key that evidence leads to and a separation keeps out.
    package struct Separated: Hashable, Sendable {
        package var key: PatientKeyReference
        /// The key of which the separation says that it is another person's.
        package var from: PatientKeyReference
        /// The separation.
        package var by: EntryID

        package init(key: PatientKeyReference, from: PatientKeyReference, by: EntryID) {
            self.key = key
            self.from = from
            self.by = by
        }
    }

    package var asked: [PatientKeyReference]
    /// Nearest first; without those asked for.
    package var reached: [Reached]
    package var separated: [Separated]
    /// More keys, or more links and separations, exist than a query follows.
    package var isTruncated: Bool

    package init(
        asked: [PatientKeyReference], reached: [Reached] = [], separated: [Separated] = [], isTruncated: Bool = false
    ) {
        self.asked = asked
        self.reached = reached
        self.separated = separated
        self.isTruncated = isTruncated
    }

    /// Those asked for and those reached.
    package var keys: [PatientKeyReference] { asked + reached.map(\.key) }
}
