import Effects
import Ledgers
import ServiceKit
import Storage

/// Walks from the keys asked for to all others of the person, one ring after the other.
struct IdentityClosure {
    private let neighbours: IdentityIndex.Neighbours
    private let sql: MeteredTransaction
    private var weighing: IdentityWeighing
    private var paths: [PatientKeyReference: [Equivalents.Step]] = [:]
    private var opponents: [PatientKeyReference: [PatientKeyReference: EntryID]] = [:]
    private var answer: Equivalents

    init(
        asked: [PatientKeyReference], neighbours: @escaping IdentityIndex.Neighbours, sql: any SQLTransaction
    ) {
        self.neighbours = neighbours
        self.sql = MeteredTransaction(sql, limit: Limits.identityRowsRead, refusal: Self.tooFar)
        weighing = IdentityWeighing(sql: self.sql)
        var distinct: [PatientKeyReference] = []
        var seen: Set<PatientKeyReference> = []
        for key in asked where seen.insert(key).inserted { distinct.append(key) }
        answer = Equivalents(
            asked: Array(distinct.prefix(Limits.identityKeys)), isTruncated: distinct.count > Limits.identityKeys)
        for key in answer.asked { paths[key] = [] }
    }

    /// What somebody wrote thousands of times ends the walk, not the node: what was reached until then is the answer.
    mutating func run() throws -> Equivalents {
        do {
            try walk()
        } catch let failure as Failure where failure == Self.tooFar {
            answer.isTruncated = true
        }
        answer.isTruncated = answer.isTruncated || weighing.isExhausted
        return answer
    }

    private static let tooFar = Failure("identity.tooFar", "more links and separations than one walk follows")

    private mutating func walk() throws {
        var ring = answer.asked
        while !ring.isEmpty {
            var candidates: [PatientKeyReference: Equivalents.Step] = [:]
            for key in ring {
                for step in try steps(from: key) where paths[step.to] == nil {
                    if let other = candidates[step.to], !Self.isBetter(step, than: other) { continue }
                    candidates[step.to] = step
                }
            }
            ring = try admit(candidates)
        }
    }

    /// Takes in what no separation keeps out, as far as there is room.
    ///
    /// - Returns: the keys that were taken in.
    private mutating func admit(
        _ candidates: [PatientKeyReference: Equivalents.Step]
    ) throws -> [PatientKeyReference] {
        let all = candidates.keys.sorted { $0.isOrdered(before: $1) }
        let ordered = all.prefix(Limits.identityCandidates)
        if ordered.count < all.count { answer.isTruncated = true }
        var kept: [PatientKeyReference] = []
        for key in ordered where try !isKeptOut(key, by: Array(paths.keys)) { kept.append(key) }
        var ring: [PatientKeyReference] = []
        for key in kept where try !isKeptOut(key, by: kept) {
            guard paths.count < Limits.identityKeys else {
                answer.isTruncated = true
                return []
            }
            guard let step = candidates[key] else { continue }
            ring.append(key)
            paths[key] = (paths[step.from] ?? []) + [step]
            answer.reached.append(.init(key: key, path: paths[key] ?? []))
        }
        return ring
    }

    /// Whether a separation tells a key apart from one of others; it is then named in the answer.
    private mutating func isKeptOut(_ key: PatientKeyReference, by others: [PatientKeyReference]) throws -> Bool {
        let apart = try opponents(of: key)
        guard !apart.isEmpty else { return false }
        let found = others.filter { apart[$0] != nil }.min { $0.isOrdered(before: $1) }
        guard let found, let separation = apart[found] else { return false }
        let separated = Equivalents.Separated(key: key, from: found, by: separation)
        if !answer.separated.contains(where: { $0.key == key }) { answer.separated.append(separated) }
        return true
    }

    private mutating func steps(from key: PatientKeyReference) throws -> [Equivalents.Step] {
        var steps: [Equivalents.Step] = []
        let links = try sql.rows(
            "SELECT entry FROM identity_key WHERE patient_key = $1 AND side = 0 ORDER BY entry LIMIT $2",
            [key.indexBytes, Limits.identityEntriesWeighed + 1])
        if links.count > Limits.identityEntriesWeighed { answer.isTruncated = true }
        for row in links.prefix(Limits.identityEntriesWeighed) {
            let link = try EntryID(try row.text(0))
            guard try weighing.counts(link) else { continue }
            steps += try IdentityTable.keys(of: link, side: IdentityProjection.linkSide, in: sql).map {
                Equivalents.Step(from: key, to: $0, evidence: .link(link))
            }
        }
        return try steps
            + neighbours(key).map { Equivalents.Step(from: key, to: $0.0, evidence: .report($0.1)) }
    }

    /// Whom separations that count tell apart from a key, each with the first such separation.
    private mutating func opponents(of key: PatientKeyReference) throws -> [PatientKeyReference: EntryID] {
        if let known = opponents[key] { return known }
        var found: [PatientKeyReference: EntryID] = [:]
        let rows = try sql.rows(
            "SELECT entry, side FROM identity_key WHERE patient_key = $1 AND side <> 0 ORDER BY entry LIMIT $2",
            [key.indexBytes, Limits.identityEntriesWeighed + 1])
        if rows.count > Limits.identityEntriesWeighed { answer.isTruncated = true }
        for row in rows {
            let separation = try EntryID(try row.text(0))
            guard try weighing.counts(separation) else { continue }
            let otherSide = 3 - Int(try row.integer(1))
            for other in try IdentityTable.keys(of: separation, side: otherSide, in: sql) where found[other] == nil {
                found[other] = separation
            }
        }
        opponents[key] = found
        return found
    }

    /// Links before reports, then by entry: one way is named of several, the same one wherever it is computed.
    private static func isBetter(_ step: Equivalents.Step, than other: Equivalents.Step) -> Bool {
        let (rank, otherRank) = (Self.rank(step.evidence), Self.rank(other.evidence))
        if rank != otherRank { return rank < otherRank }
        if step.evidence.entry != other.evidence.entry { return step.evidence.entry < other.evidence.entry }
        return step.from.isOrdered(before: other.from)
    }

    private static func rank(_ evidence: Equivalents.Evidence) -> Int {
        switch evidence {
        case .link: 0
        case .report: 1
        }
    }
}
