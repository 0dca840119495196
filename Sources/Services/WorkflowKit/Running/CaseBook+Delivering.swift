import Effects
import Ledgers
package import ServiceKit

extension CaseBook {
    /// Opens a case for a unit's systems that are told of it.
    ///
    /// It goes to them in the name of the practitioner who made the case, on the ground of the case, and stands in the audit
    /// ledger as such: with the systems that get it. The practitioner need not stand in the register any more.
    ///
    /// - Parameters:
    ///   - unit: whose systems they are.
    ///   - systems: as the node's file calls them.
    ///   - action: what it is called in the audit ledger.
    /// - Returns: `nil` where the case or what its creator wrote is not here.
    package func file(
        _ record: CaseRecord<W>, for unit: String, systems: [String], purpose: AccessStatement.Purpose, action: String
    ) async throws -> CaseFile<W>? {
        guard let creation = record.creation,
            let payload = try await context.ledger.entry(creation.entry)?.payload,
            let asking = try CaseContent(wireBytes: payload).statement?.statement.asking
        else { return nil }
        let statement = try context.sign(
            Asking(
                practitioner: asking.practitioner, organizationUnit: unit, purpose: purpose,
                order: record.id.description, system: Self.named(systems)),
            about: creation.fields.patientKeys, question: "\(action) \(record.id)",
            rule: AccessRule(purposes: context.purposes))
        return try await file(record, creation, on: statement)
    }

    /// As many of the names as a statement has room for.
    private static func named(_ systems: [String]) -> String {
        var text = ""
        for system in systems {
            let next = text.isEmpty ? system : text + " " + system
            guard next.utf8.count <= Limits.accessTextBytes else { break }
            text = next
        }
        return text
    }
}
