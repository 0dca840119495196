import Diagnosis
import Effects
import Ledgers
import Regions
import ServiceKit
import Testing
import WorkflowKit
import YilianTestKit

/// A node with a valid key writes what is another's to write about a diagnosis.
@Suite(.serialized) struct DiagnosisAuthorshipTests {
    private typealias Fields = CaseFields<DiagnosisWorkflow>

    /// What a node's own ledger says to an entry that it writes.
    private func said(
        _ service: DiagnosisService, _ kind: EntryKind, _ fields: Fields, after cause: EntryID? = nil
    ) async throws -> Failure.Code? {
        let draft = EntryDraft(
            kind: kind, subject: fields.id.description, causes: cause.map { [$0] } ?? [], fields: try fields.encoded(),
            headerAudience: .region)
        return await code {
            _ = try await service.context.ledger.write(lane: .clinical) { try $0.append(draft) }
        }
    }

    @Test func `nobody asks in another node's name or on terms of its own, and nobody takes on what is another's`()
        async throws
    {
        try await DiagnosisRegion.run { region in
            let clinic = try region.diagnoses("jucheng")
            let county = try region.diagnoses("pingding")
            let id = try await region.request()
            try await region.wait("pingding", knows: id, as: .offered)
            let known = try #require(try await clinic.book.show(id).creation)
            let fresh = try DiagnosisID(clinic.context.node.rawValue + ".01KB0000000000000000000000")
            var honest = Fields(id: fresh, home: clinic.context.node, terms: known.fields.terms)
            honest.organizationUnit = known.fields.organizationUnit
            honest.patientKeys = known.fields.patientKeys
            #expect(try await said(county, .diagnosisRequested, honest) == "author.notRequester")
            var changed = honest
            changed.terms.reportSeconds += 1
            #expect(try await said(clinic, .diagnosisRequested, changed) == "author.otherTerms")
            changed = honest
            changed.organizationUnit = "pingding"
            #expect(try await said(clinic, .diagnosisRequested, changed) == "author.notDelivered")
            // The city takes the first attempt, and the county a second one.
            try await region.wait("shi", knows: id, as: .offered)
            var opened = Fields(id: id, home: try NodeID("shi"), terms: known.fields.terms)
            opened.attempt = 1
            opened.number = 1
            opened.follows = known.entry
            #expect(
                try await said(try region.diagnoses("shi"), .diagnosisOpened, opened, after: known.entry)
                    == "author.notHome")
            opened.home = county.context.node
            opened.attempt = 2
            #expect(try await said(county, .diagnosisOpened, opened, after: known.entry) == "author.notDispatcher")
        }
    }

    @Test func `nobody decides in the name of a reader, an auditor or whoever asked`() async throws {
        try await DiagnosisRegion.run { region in
            let clinic = try region.diagnoses("jucheng")
            let county = try region.diagnoses("pingding")
            let id = try await region.request()
            try await region.wait("jucheng", knows: id, as: .offered)
            let record = try await county.book.show(id)
            let last = try #require(record.attempts[0].last)
            func fields(_ event: DiagnosisEvent, _ role: DiagnosisRole, at node: String) throws -> Fields {
                var fields = Fields(id: id, home: county.context.node, terms: record.terms)
                fields.attempt = 1
                fields.number = record.attempts[0].nextNumber
                fields.role = role
                fields.actor = role == .requester ? DiagnosisRegion.clinician : "ecg-li"
                fields.actorNode = try NodeID(node)
                fields.follows = last.entry
                return fields
            }
            let byHome: Set<DiagnosisEvent> = [.opened, .offered, .escalated, .withdrawn]
            for line in DiagnosisWorkflow.table.transitions where !byHome.contains(line.event) {
                let rule = DiagnosisWorkflow.table.rule(of: line.event)
                let node = line.role == .requester ? "jucheng" : "pingding"
                let forged = try fields(line.event, line.role, at: node)
                if rule.way == .stated {
                    // What happens at one node, another one does not state.
                    let other = node == "jucheng" ? county : clinic
                    #expect(
                        try await said(other, rule.kind, forged, after: last.entry) == "author.notOnTheSpot",
                        "\(line.event)")
                    continue
                }
                // The home writes it without anybody's command, and the township as if it were the home.
                #expect(
                    try await said(county, rule.kind, forged, after: last.entry) == "author.unsignedCommand",
                    "\(line.event)")
                #expect(
                    try await said(clinic, rule.kind, forged, after: last.entry) == "author.notHome", "\(line.event)")
            }
            for event in [DiagnosisEvent.offered, .escalated, .withdrawn] {
                let forged = try fields(event, .home, at: "jucheng")
                let kind = DiagnosisWorkflow.table.rule(of: event).kind
                #expect(try await said(clinic, kind, forged, after: last.entry) == "author.notHome", "\(event)")
            }
            // The city signs for an expert whom no roster of the home has.
            var command = DiagnosisCommand(
                id: id, attempt: 1, home: county.context.node, actor: "ecg-chen", origin: try NodeID("shi"),
                event: .claimed, role: .reader)
            command = try command.signed(by: try region.diagnoses("shi").context)
            var stranger = try fields(.claimed, .reader, at: "shi")
            stranger.actor = "ecg-chen"
            stranger.command = command.signed
            #expect(try await said(county, .diagnosisClaimed, stranger, after: last.entry) == "author.notExpert")
            #expect(try await county.book.show(id).state == .offered)
        }
    }
}
