import Effects
import Regions
import ServiceKit
import Testing
import Trust
import Wire

@testable import Consultation
@testable import Ledgers

/// A requester with a valid key writes requests that nobody agreed on.
struct RequestAuthorshipTests {
    /// The request that a node wrote, as a draft to be bent.
    private func draft(
        _ id: ConsultationID, at region: ConsultationRegion,
        _ bend: (inout ConsultationFields, inout ConsultationContent, NodeContext) throws -> Void
    ) async throws -> EntryDraft {
        let hill = try region["hill"]
        let request = try await hill.ledger.read { sql in
            let row = try sql.row(
                "SELECT entry FROM case_state WHERE case_id = $1", [id.description])
            return try EntryID(try row?.text(0) ?? "")
        }
        let entry = try #require(try await hill.ledger.entry(request))
        var fields = try ConsultationFields(bytes: entry.fields)
        var content = try ConsultationContent(wireBytes: try #require(entry.payload))
        fields.request = ConsultationID(origin: hill.context.node, serial: "0f0f")
        try bend(&fields, &content, hill.context)
        return EntryDraft(
            kind: .consultationRequest, subject: fields.request.description, fields: try fields.encoded(),
            headerAudience: .region, payload: try content.wireBytes(), payloadAudience: .city)
    }

    /// What the requester's own node and the home above it say.
    private func reasons(
        _ draft: EntryDraft, _ region: ConsultationRegion, incarnation: UInt64
    ) async throws -> [String?] {
        let (hill, east) = try (region["hill"].context, region["east"])
        let own = await failure {
            _ = try await hill.ledger.write(lane: .clinical) { try $0.append(draft) }
        }
        let chain = ChainIdentity(author: hill.node, incarnation: incarnation, lane: .clinical)
        let identity = BatchIdentity(chain: chain, sequence: 0)
        let sealer = BatchSealer(
            suite: .ed25519, key: hill.signingKey, random: SeededRandom(seed: 3), codec: .zlib, level: 6)
        let sealed = try sealer.seal(
            [.init(id: EntryID(batch: identity, index: 0), draft: draft, time: hill.now)], identity: identity,
            previous: nil, continuedFrom: nil)
        let opened = try east.ledger.inspector.inspect(sealed.batch, receivedTime: hill.now)
        let receipt = try await east.ledger.ingest([opened], lane: .clinical)
        return [own?.code.rawValue] + receipt.setAside.map(\.reason)
    }

    @Test func `terms are those that the region agreed on, to the second`() async throws {
        try await ConsultationRegion.run { region in
            let id = try await region.service("hill").create(Samples.draft()).id
            try await region.settle()
            let bends: [(inout ConsultationFields) -> Void] = [
                { $0.terms.claimSeconds = 1 }, { $0.terms.reportSeconds += 1 }, { $0.terms.graceSeconds = 0 },
                { $0.terms.kind = "ecg-never" }, { $0.terms.specialty = "pathology" },
            ]
            for (number, bend) in bends.enumerated() {
                let bent = try await draft(id, at: region) { fields, _, _ in bend(&fields) }
                let said = try await reasons(bent, region, incarnation: (1 << 62) + UInt64(number))
                #expect(said == ["author.otherTerms", "author.otherTerms"], "\(number)")
            }
            let east = try region["east"].ledger
            _ = try await east.refold()
            #expect(try await east.setAsideRows().count == bends.count)
            #expect(try await region.service("east").list().map(\.id) == [id])
        }
    }

    @Test func `the header names the patient of the access statement that the requester signed for it`() async throws {
        try await ConsultationRegion.run { region in
            let id = try await region.service("hill").create(Samples.draft()).id
            try await region.settle()
            let other = PatientKeyReference(
                epoch: 1,
                key: try PatientKeySecret(epoch: 1, suite: .ed25519, random: SeededRandom(seed: 3))
                    .patientKey(type: "MR", authority: "x", value: "1"))
            let rule = AccessRule(purposes: PurposeList([ConsultationService.self]))
            let bends: [(inout ConsultationFields, inout ConsultationContent, NodeContext) throws -> Void] = [
                { fields, _, _ in fields.patientKeys = [other] },
                { _, content, _ in content.statement = nil },
                // Signed by somebody else's key.
                { fields, content, context in
                    let made = try #require(content.statement).statement
                    let stranger = try Trust.Suite.ed25519.makeSigningKey(random: SeededRandom(seed: 4))
                    content.statement = try SignedAccessStatement(made, key: stranger, rule: rule)
                },
                // Another unit's.
                { fields, content, context in
                    var made = try #require(content.statement).statement
                    made.asking.organizationUnit = "elsewhere"
                    content.statement = try SignedAccessStatement(made, key: context.signingKey, rule: rule)
                },
            ]
            for (number, bend) in bends.enumerated() {
                let bent = try await draft(id, at: region, bend)
                let said = try await reasons(bent, region, incarnation: (1 << 62) + UInt64(number))
                #expect(said == ["author.otherPatient", "author.otherPatient"], "\(number)")
            }
        }
    }
}
