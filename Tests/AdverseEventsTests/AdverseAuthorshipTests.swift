import AdverseEvents
import Effects
import Ledgers
import Regions
import ServiceKit
import Testing
import WorkflowKit
import YilianTestKit

/// A node with a valid key writes what is another's to write about an adverse event.
@Suite(.serialized) struct AdverseAuthorshipTests {
    private typealias Fields = CaseFields<AdverseWorkflow>
    private typealias Command = CaseCommand<AdverseWorkflow>

    /// What a node's own ledger says to an entry that it writes.
    private func said(
        _ service: AdverseService, _ kind: EntryKind, _ fields: Fields, after cause: EntryID? = nil
    ) async throws -> Failure.Code? {
        let draft = EntryDraft(
            kind: kind, subject: fields.id.description, causes: cause.map { [$0] } ?? [], fields: try fields.encoded(),
            headerAudience: .city)
        return await code {
            _ = try await service.context.ledger.write(lane: .clinical) { try $0.append(draft) }
        }
    }

    /// The first event of a case as the unit's node would write it for a controller of the county.
    private func fields(_ record: CaseRecord<AdverseWorkflow>, _ command: Command? = nil) -> Fields {
        var fields = Fields(id: record.id, home: record.id.origin, terms: record.terms)
        fields.attempt = 1
        fields.number = 1
        fields.role = .controller
        fields.actor = command?.actor ?? "qc-group"
        fields.actorNode = NodeID(rawValue: "pingding")
        fields.command = command?.signed
        return fields
    }

    @Test func `nobody reports in another node's name, on terms of its own or with a person's keys`() async throws {
        try await AdverseRegion.run { region in
            let clinic = try region.adverse("jucheng")
            let id = try await clinic.report(AdverseRegion.report()).id
            let known = try #require(try await clinic.book.show(id).creation)
            let fresh = try CaseID<AdverseWorkflow>(clinic.context.node.rawValue + ".01KB0000000000000000000000")
            var honest = Fields(id: fresh, home: clinic.context.node, terms: known.fields.terms)
            honest.organizationUnit = known.fields.organizationUnit
            func refusal(_ service: AdverseService, _ change: (inout Fields) throws -> Void) async throws
                -> Failure.Code?
            {
                var fields = honest
                try change(&fields)
                return try await said(service, .adverseReported, fields)
            }
            #expect(try await refusal(try region.adverse("pingding")) { _ in } == "author.notRequester")
            #expect(try await refusal(clinic) { $0.terms.lawSeconds = nil } == "author.otherTerms")
            #expect(try await refusal(clinic) { $0.terms.unit = "pingding" } == "author.otherTerms")
            var elsewhere = honest
            elsewhere.organizationUnit = "pingding"
            #expect(try await said(clinic, .adverseReported, elsewhere) == "author.notDelivered")
            elsewhere.terms.unit = "pingding"
            #expect(try await said(clinic, .adverseReported, elsewhere) == "author.notDelivered")
            let county = try region.adverse("pingding").context.node
            #expect(try await refusal(clinic) { $0.home = county } == "author.notHome")
            let keys = try SignedAccessStatement.sample.statement.patientKeys
            #expect(try await refusal(clinic) { $0.patientKeys = keys } == "author.otherPatient")
            #expect(try await refusal(clinic) { _ in } == nil, "the honest one is taken")
        }
    }

    @Test func `nobody decides about another node's event, and nobody answers in a controller's name`() async throws {
        try await AdverseRegion.run { region in
            let clinic = try region.adverse("jucheng")
            let county = try region.adverse("pingding")
            let id = try await clinic.report(AdverseRegion.report()).id
            try await region.wait("pingding", knows: id, as: .reported)
            let record = try await clinic.book.show(id)
            let reported = try #require(record.creation).entry
            func refusal(_ service: AdverseService, _ event: AdverseAction, _ fields: Fields) async throws
                -> Failure.Code?
            {
                try await said(service, AdverseWorkflow.table.rule(of: event).kind, fields, after: reported)
            }
            func signed(_ event: AdverseAction, by actor: String, _ service: AdverseService) throws -> Command {
                try Command(
                    id: id, attempt: 1, home: id.origin, actor: actor, origin: county.context.node, event: event,
                    role: .controller
                ).signed(by: service.context)
            }
            for event in AdverseAction.allCases {
                // The county writes the event itself, in the township's name and as if the case were its own.
                var own = fields(record)
                #expect(try await refusal(county, event, own) == "author.notHome", "\(event)")
                own.home = county.context.node
                #expect(try await refusal(county, event, own) == "author.notHome", "\(event)")
                // The township answers in the name of the county's controller: unsigned, and signed by itself.
                #expect(try await refusal(clinic, event, fields(record)) == "author.unsignedCommand", "\(event)")
                let forged = fields(record, try signed(event, by: "qc-group", clinic))
                #expect(try await refusal(clinic, event, forged) == "author.unsignedCommand", "\(event)")
            }
            // Another thing than what the county signed.
            let accepted = try signed(.accepted, by: "qc-group", county)
            #expect(try await refusal(clinic, .dismissed, fields(record, accepted)) == "author.unsignedCommand")
            // On other terms than the report's, as if it had happened in another unit.
            var moved = fields(record, accepted)
            moved.terms.unit = "pingding"
            #expect(try await refusal(clinic, .accepted, moved) == "author.otherTerms")
            // The county signs for somebody whom nobody named a controller.
            let stranger = fields(record, try signed(.accepted, by: "dr-li", county))
            #expect(try await refusal(clinic, .accepted, stranger) == "adverse.notAController")
            // No event stands in the name of the node itself but that a time has run out.
            var alone = fields(record)
            alone.role = .home
            #expect(try await refusal(clinic, .accepted, alone) == "author.unsignedCommand")
            #expect(try await clinic.book.show(id).state == .reported)
        }
    }
}
