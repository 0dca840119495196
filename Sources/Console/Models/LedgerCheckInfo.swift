package import Ledgers

/// What `ledger verify` found.
package struct LedgerCheckInfo: Codable, Sendable, Equatable {
    /// One chain.
    package struct Chain: Codable, Sendable, Equatable {
        package var chain: String
        package var batches: Int
        package var entries: Int
        package var problems: [String]
    }

    /// An entry that lies there and is not folded.
    package struct Aside: Codable, Sendable, Equatable {
        package var entry: String
        package var kind: UInt32
        /// The reason's code; one that begins with `author.` says that its author may not have written it.
        package var reason: String
        package var since: String
    }

    package var isSound: Bool
    package var chains: [Chain]
    package var excerpts: Int
    package var forks: Int
    package var held: Int
    package var setAside: Int
    /// The oldest of them.
    package var asides: [Aside]
    package var problems: [String]

    package init(_ verification: LedgerVerification) {
        isSound = verification.isSound
        chains = verification.chains.map {
            Chain(chain: $0.chain.description, batches: $0.batches, entries: $0.entries, problems: $0.problems)
        }
        excerpts = verification.excerpts
        forks = verification.forks
        held = verification.held
        setAside = verification.setAside
        asides = verification.setAsideRows.map {
            Aside(
                entry: $0.entry.description, kind: $0.kind.rawValue, reason: $0.reason, since: $0.since.description)
        }
        problems = verification.problems
    }
}

/// What `ledger refold` did.
package struct RefoldInfo: Codable, Sendable, Equatable {
    package var batches: Int
    package var excerpts: Int
    /// What could not be read any more and was left out, with the reason.
    package var skipped: [String]
    package var skippedCount: Int
}

extension LedgerFigures {
    init(_ statistics: LedgerStatistics) {
        func part(_ part: LedgerStatistics.Part) -> Part {
            Part(
                batches: part.batches, entries: part.entries, rawBytes: part.rawBytes, storedBytes: part.storedBytes)
        }
        self.init(
            all: part(statistics.all), own: part(statistics.own), held: statistics.held,
            setAside: statistics.setAside, forks: statistics.forks)
    }
}
