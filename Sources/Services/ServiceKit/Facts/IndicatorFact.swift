package import Effects
package import Ledgers
package import Storage

/// One countable fact that an entry of this node's own ledger stands for.
///
/// Facts are parts to be summed: a numerator and a denominator, never a ratio.
package struct IndicatorFact: Sendable, Equatable {
    /// The indicator's id, for example `results-published`.
    package var indicator: String
    /// When it counts; decides the reporting period.
    package var time: WallTime
    package var numerator: Int64
    package var denominator: Int64

    package init(indicator: String, time: WallTime, numerator: Int64, denominator: Int64) {
        self.indicator = indicator
        self.time = time
        self.numerator = numerator
        self.denominator = denominator
    }

    package init(_ definition: IndicatorDefinition, time: WallTime, numerator: Int64, denominator: Int64) {
        self.init(indicator: definition.id, time: time, numerator: numerator, denominator: denominator)
    }
}

/// How a service's entries count towards indicators.
///
/// A service declares its rules; nobody else reads its entries. What a rule counts for is defined with it, and that is all
/// that is summed.
package struct FactRule: Sendable {
    package var kind: EntryKind
    /// What its facts count for.
    package var definitions: [IndicatorDefinition]
    package var derive: @Sendable (Entry) throws -> [IndicatorFact]

    package init(
        kind: EntryKind, countsFor definitions: [IndicatorDefinition],
        derive: @escaping @Sendable (Entry) throws -> [IndicatorFact]
    ) {
        self.kind = kind
        self.definitions = definitions
        self.derive = derive
    }
}

/// Folds the facts of this node's own entries into one table, from which periods are summed.
package struct FactProjection: Projection {
    private let rules: [EntryKind: [FactRule]]

    package init(_ rules: [FactRule]) {
        self.rules = Dictionary(grouping: rules, by: \.kind)
    }

    package let name = "facts"
    package let declared: [DeclaredKind] = []
    package var alsoFolds: Set<EntryKind> { Set(rules.keys) }
    package let tables: [StaticString] = ["indicator_fact"]
    package let migrations = [
        Migration(
            "facts", 1,
            [
                """
                CREATE TABLE indicator_fact (
                    entry TEXT NOT NULL, indicator TEXT NOT NULL, at BIGINT NOT NULL, numerator BIGINT NOT NULL,
                    denominator BIGINT NOT NULL, PRIMARY KEY (entry, indicator))
                """,
                "CREATE INDEX indicator_fact_by_time ON indicator_fact (indicator, at)",
            ]),
        // A period is summed from the index alone.
        Migration(
            "facts", 2,
            [
                "DROP INDEX indicator_fact_by_time",
                "CREATE INDEX indicator_fact_by_time ON indicator_fact (indicator, at, numerator, denominator)",
            ]),
    ]

    /// A part follows from what others wrote, such as the time of a request; millions of the largest still have a sum.
    private static func bounded(_ part: Int64) -> Int64 { min(max(part, -Limits.factPart), Limits.factPart) }

    package func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws {
        guard entry.author == context.node else { return }
        for rule in rules[entry.kind] ?? [] {
            for fact in try rule.derive(entry) {
                guard rule.definitions.contains(where: { $0.id == fact.indicator }) else {
                    throw Failure("fact.undeclared", "a service counts for an indicator that it does not declare")
                }
                try transaction.execute(
                    """
                    INSERT INTO indicator_fact (entry, indicator, at, numerator, denominator)
                    VALUES ($1, $2, $3, $4, $5) ON CONFLICT (entry, indicator) DO NOTHING
                    """,
                    [
                        entry.id.description, fact.indicator, fact.time.milliseconds, Self.bounded(fact.numerator),
                        Self.bounded(fact.denominator),
                    ])
            }
        }
    }
}
