import Effects
package import Ledgers
import Regions
package import ServiceKit
import Storage

extension IdentityService {
    /// What lies here of the person whom identifiers name: other identifiers, evidence, links and separations.
    ///
    /// Audited before it is answered, as every question about a person. What lies elsewhere in clear is not asked for:
    /// identifiers do not travel.
    ///
    /// - Parameter question: what the audit ledger shows: `identity.show`, `identity.lookup`, `identity.match`.
    /// - Throws: `access.incomplete`, `access.noGround`, `access.tooMany`, `patientKey.noSecret`, `patient.emptyIdentifier`.
    package func person(
        _ identifiers: [PatientIdentifier], question: String, source: IdentitySource, by asking: Asking
    ) async throws -> PersonAnswer {
        let asked = try keys(of: identifiers, within: asking.organizationUnit)
        let statement = try context.sign(asking, about: asked, question: question)
        let ticket = try await context.admit(statement, caller: nil)
        let (equivalents, records, isNamed) = try await context.ledger.read { sql in
            let equivalents = try IdentityIndex.equivalents(
                of: asked, neighbours: { try source.neighbours($0, sql) }, in: sql)
            let told = equivalents.keys + equivalents.separated.map(\.key)
            let records = try IdentityTable.newest(of: told, limit: Limits.queryResults, in: sql)
            return (equivalents, records, try asked.contains { try source.isNamed($0, sql) })
        }
        let people = try await source.people(equivalents.keys)
        var answer = PersonAnswer(
            equivalents: equivalents, identifiers: [], people: people, records: try await opened(records),
            isKnown: isNamed || !records.isEmpty,
            isIndex: context.tier == .city || context.tier == .dispatcher, statement: statement.statement.id)
        answer.identifiers = try known(asked: identifiers, answer)
        if !answer.isKnown { context.missed(ticket) }
        try await context.audit.recordOnce(AuditRecord(statement, answered: answer.identifiers.count))
        return answer
    }

    /// Who linked and separated what, newest first; without any identifier.
    package func log(limit: Int) async throws -> [IdentityRecord] {
        let limit = min(max(1, limit), Limits.queryResults)
        return try await context.ledger.read { sql in try IdentityTable.newest(of: [], limit: limit, in: sql) }
    }

    /// Adds the identifiers of links and separations whose payload lies here.
    private func opened(_ records: [IdentityRecord]) async throws -> [IdentityRecord] {
        var opened: [IdentityRecord] = []
        for found in records {
            var record = found
            let holders = try await context.ledger.read { sql in try IdentityTable.holders(of: found.entry, in: sql) }
            for holder in holders where record.identifiers.isEmpty {
                guard let payload = try await context.ledger.entry(holder)?.payload else { continue }
                record.identifiers = try IdentityPayload(bytes: payload).identifiers
            }
            record.holdsIdentifiers = !record.identifiers.isEmpty
            opened.append(record)
        }
        return opened
    }

    /// The identifiers in clear that belong to the person: those whose keys were reached.
    ///
    /// A payload may hold identifiers of somebody who was separated since; their keys were not reached.
    private func known(asked: [PatientIdentifier], _ answer: PersonAnswer) throws -> [PersonAnswer.Known] {
        var paths: [PatientKeyReference: [Equivalents.Evidence]] = [:]
        for key in answer.equivalents.asked { paths[key] = [] }
        for reached in answer.equivalents.reached { paths[reached.key] = reached.path.map(\.evidence) }
        var known: [PersonAnswer.Known] = asked.map { .init(identifier: $0, heldBy: nil, path: []) }
        let held =
            answer.people.flatMap { person in person.identifiers.map { ($0, person.entry, person.institution) } }
            + answer.records.flatMap { record in record.identifiers.map { ($0.identifier, record.entry, "") } }
        for (identifier, entry, institution) in held where identifier.reach != .nobody {
            if let index = known.firstIndex(where: { $0.identifier == identifier }) {
                if known[index].heldBy == nil { known[index].heldBy = entry }
                continue
            }
            guard let path = try keys(of: [identifier], within: institution).lazy.compactMap({ paths[$0] }).first
            else { continue }
            known.append(.init(identifier: identifier, heldBy: entry, path: path))
        }
        return known
    }
}

/// What this node knows of a person by an identifier.
package struct PersonAnswer: Sendable, Equatable {
    /// An identifier in clear, as an entry holds it that lies here.
    package struct Known: Sendable, Equatable {
        package var identifier: PatientIdentifier
        /// The entry whose payload holds it; none for the one that was asked for and stands nowhere here.
        package var heldBy: EntryID?
        /// The evidence that leads to it; empty for one that was asked for.
        package var path: [Equivalents.Evidence]
    }

    package var equivalents: Equivalents
    package var identifiers: [Known]
    /// People as reports describe them whose payload lies here, newest of each key.
    package var people: [HeldPerson]
    /// The links and separations of the person, newest first, with identifiers where they lie here.
    package var records: [IdentityRecord]
    /// Whether anything here names the person: a report in the index, a link or a separation.
    package var isKnown: Bool
    /// This node indexes keys for nodes below it and holds the payloads of its own hospitals alone.
    package var isIndex: Bool
    /// The access statement on which the answer rests.
    package var statement: String
}
