package import Ledgers
package import ServiceKit
package import Storage

/// Answers under which keys a person is known.
package enum IdentityIndex {
    /// Second evidence: the keys that reports name together with a key, each with the report.
    ///
    /// It gives a bounded number, in an order that depends on the tables alone.
    package typealias Neighbours = (PatientKeyReference) throws -> [(PatientKeyReference, EntryID)]

    /// The keys that links and reports join to those asked for, step by step.
    ///
    /// A key that a separation keeps apart from one asked for, or from one that is nearer, is never among them. Of two
    /// keys that are equally near and kept apart from each other neither is, because nobody can tell which of the two
    /// ways to them is the wrong one. The answer depends on what lies here, not on the order in which it came.
    ///
    /// - Parameters:
    ///   - keys: one person's, as the asker says; they are all part of the answer.
    ///   - neighbours: what reports say; `{ _ in [] }` where only links count.
    package static func equivalents(
        of keys: [PatientKeyReference], neighbours: Neighbours, in sql: any SQLTransaction
    ) throws -> Equivalents {
        try withoutActuallyEscaping(neighbours) { neighbours in
            var closure = IdentityClosure(asked: keys, neighbours: neighbours, sql: sql)
            return try closure.run()
        }
    }
}
