package import Identity
import Ledgers
package import ServiceKit
package import Storage

extension RecognitionService: IdentitySourcing {
    /// What this node's reports know of people.
    package var identitySource: IdentitySource {
        let (ledger, region) = (context.ledger, context.region)
        return IdentitySource(
            neighbours: { try ReportTable.neighbours(of: $0, in: $1) },
            isNamed: { try !ReportTable.results(of: [$0], limit: 1, in: $1).isEmpty },
            reported: { keys, unit, sql in
                let table = region.deliveries
                let wanted = table.unit(named: unit)
                return try wanted == nil
                    ? nil : ReportTable.report(under: keys, isOfUnit: { table.unit(named: $0) == wanted }, in: sql)
            },
            people: { try await Self.people($0, in: ledger) })
    }

    /// The people of the newest results that stand, one result per key, as far as payloads lie here.
    private static func people(_ keys: [PatientKeyReference], in ledger: Ledger) async throws -> [HeldPerson] {
        let entries = try await ledger.read { sql in
            var entries: [EntryID] = []
            for key in keys {
                let held = try ReportTable.standing(of: key, in: sql).filter {
                    $0.hasPayload && !$0.fields.isFormer(key)
                }
                let newest = held.max { ($0.authorTime, $0.entry) < ($1.authorTime, $1.entry) }
                if let newest, !entries.contains(newest.entry) { entries.append(newest.entry) }
            }
            return entries
        }
        var people: [HeldPerson] = []
        for entry in entries {
            guard let payload = try await ledger.entry(entry)?.payload else { continue }
            let content = try ReportContent(wireBytes: payload)
            let patient = content.patient
            people.append(
                HeldPerson(
                    entry: entry, identifiers: patient.identifiers, institution: content.institution,
                    name: patient.name, birthDate: patient.birthDate, sex: patient.sex))
        }
        return people
    }
}

extension RecognitionService: PersonKeyOffer {
    package func keys(
        ofPersonWith keys: [PatientKeyReference], in sql: any SQLTransaction
    ) throws -> [PatientKeyReference] {
        let neighbours = identitySource.neighbours
        return try IdentityIndex.equivalents(of: keys, neighbours: { try neighbours($0, sql) }, in: sql).keys
    }
}
