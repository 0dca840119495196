import Calls
import Effects
import Regions
import ServiceKit
import Testing
import Trust
import Wire
import WorkflowKit

@testable import Consultation
@testable import Ledgers

/// A home with a valid key writes events in the name of people who sit elsewhere.
struct ConsultationAuthorshipTests {
    private func fields(
        _ record: ConsultationRecord, _ event: ConsultationEvent, actor: String, at node: String
    ) throws -> ConsultationFields {
        let attempt = try #require(record.attempts.last)
        var fields = ConsultationFields(request: record.id, home: attempt.home, terms: record.terms)
        fields.attempt = attempt.number
        fields.number = attempt.nextNumber
        fields.actor = actor
        fields.actorNode = try NodeID(node)
        return fields
    }

    private func draft(
        _ fields: ConsultationFields, _ event: ConsultationEvent, after record: ConsultationRecord,
        payload: [UInt8]? = nil
    ) throws -> EntryDraft {
        EntryDraft(
            kind: ConsultationWorkflow.table.rule(of: event).kind, subject: record.id.description,
            causes: record.attempts.last?.last.map { [$0.entry] } ?? [], fields: try fields.encoded(),
            headerAudience: .region, payload: payload)
    }

    /// What a home's own node and the city above it say to a forged event.
    private func expectRefused(
        _ draft: EntryDraft, as code: String, _ region: ConsultationRegion, incarnation: UInt64
    ) async throws {
        let own = await failure {
            _ = try await region["east"].ledger.write(lane: .clinical) { try $0.append(draft) }
        }
        #expect(own?.code.rawValue == code)
        let (east, city) = try (region["east"].context, region["city"])
        let chain = ChainIdentity(author: east.node, incarnation: incarnation, lane: .clinical)
        let identity = BatchIdentity(chain: chain, sequence: 0)
        let sealer = BatchSealer(
            suite: .ed25519, key: east.signingKey, random: SeededRandom(seed: 3), codec: .zlib, level: 6)
        let sealed = try sealer.seal(
            [.init(id: EntryID(batch: identity, index: 0), draft: draft, time: east.now)], identity: identity,
            previous: nil, continuedFrom: nil)
        let opened = try city.ledger.inspector.inspect(sealed.batch, receivedTime: east.now)
        let receipt = try await city.ledger.ingest([opened], lane: .clinical)
        #expect(receipt.setAside.map(\.reason) == [code])
        #expect(try await city.ledger.setAsideRows().last?.isQuarantined == true)
    }

    @Test func `a home cannot claim in the name of an expert who sits elsewhere`() async throws {
        try await ConsultationRegion.run { region in
            let id = try await region.service("hill").create(Samples.draft()).id
            try await region.settle()
            let record = try await region.service("city").show(id)
            var bare = try fields(record, .claimed, actor: "ecg-zhao", at: "lake")
            let incarnation: UInt64 = 1 << 62
            try await expectRefused(
                try draft(bare, .claimed, after: record), as: "author.unsignedCommand", region,
                incarnation: incarnation)
            // Signed by the home itself in the name of the other node, and as if the expert sat at the home.
            let east = try region["east"].context
            var command = ConsultationCommand(
                id: id, attempt: 1, home: east.node, actor: "ecg-zhao", origin: try NodeID("lake"), event: .claimed,
                role: .claimant)
            bare.command = try SignedCommand(command, madeAt: east.now, key: east.signingKey)
            try await expectRefused(
                try draft(bare, .claimed, after: record), as: "author.unsignedCommand", region,
                incarnation: incarnation + 1)
            command.origin = east.node
            var here = try fields(record, .claimed, actor: "ecg-zhao", at: "east")
            here.command = try SignedCommand(command, madeAt: east.now, key: east.signingKey)
            try await expectRefused(
                try draft(here, .claimed, after: record), as: "author.notExpert", region,
                incarnation: incarnation + 2)
            // By the expert's own node, for an attempt that looked otherwise.
            let lake = try region["lake"].context
            var stale = ConsultationCommand(
                id: id, attempt: 1, home: east.node, actor: "ecg-zhao", origin: lake.node, event: .claimed,
                role: .claimant)
            stale.seen = try #require(record.attempts.last?.steps.first).entry
            var late = try fields(record, .claimed, actor: "ecg-zhao", at: "lake")
            late.command = try SignedCommand(stale, madeAt: lake.now, key: lake.signingKey)
            try await expectRefused(
                try draft(late, .claimed, after: record), as: "author.unsignedCommand", region,
                incarnation: incarnation + 3)
            for member in region.running {
                _ = try await member.ledger.refold()
                #expect(try await member.ledger.count(of: id, .claimed) == 0, "\(member.context.node)")
            }
            // The expert's own claim counts.
            _ = try await region.service("lake").claim(id, expert: "ecg-zhao")
            #expect(try await region.service("east").show(id).attempts.last?.claimant == "ecg-zhao")
        }
    }

    @Test func `a home begins an attempt on the terms of its request, and on nothing else`() async throws {
        try await ConsultationRegion.run { region in
            let hill = try region.service("hill")
            let (id, other) = (try await hill.create(Samples.draft()).id, try await hill.create(Samples.draft()).id)
            try await region.settle()
            let record = try await region.service("city").show(id)
            let foreign = try #require(try await region.service("city").show(other).request).entry
            let request = try #require(record.request).entry
            let bends: [(String, (inout ConsultationFields) -> Void)] = [
                ("author.otherTerms", { $0.terms.claimSeconds = 86_400 }),
                ("author.otherTerms", { $0.terms.specialty = "imaging" }),
                ("author.otherTerms", { $0.terms.requestedTime = .epoch }),
                ("author.notHome", { $0.follows = nil }), ("author.notHome", { $0.follows = foreign }),
            ]
            for (number, (code, bend)) in bends.enumerated() {
                var fields = ConsultationFields(request: id, home: try NodeID("east"), terms: record.terms)
                fields.attempt = 1
                fields.number = 9
                fields.role = .home
                fields.follows = request
                bend(&fields)
                let draft = EntryDraft(
                    kind: .consultationOpened, subject: id.description, fields: try fields.encoded(),
                    headerAudience: .region)
                try await expectRefused(draft, as: code, region, incarnation: (1 << 62) + UInt64(number))
            }
            let city = try region["city"].ledger
            _ = try await city.refold()
            #expect(try await city.setAsideRows().count == bends.count)
        }
    }

    @Test func `a home can neither change an expert's words nor take note for a requester`() async throws {
        try await ConsultationRegion.run { region in
            let id = try await region.service("hill").create(Samples.draft()).id
            try await region.settle()
            _ = try await region.service("lake").claim(id, expert: "ecg-zhao")
            try await region.settle()
            let claimed = try await region.service("city").show(id)
            // The expert's node signs one text; the home writes another under the same signature.
            let lake = try region["lake"].context
            let nonce = SeededRandom(seed: 9).bytes(SignedCommand<ConsultationWorkflow>.nonceBytes)
            var said = ConsultationCommand(
                id: id, attempt: 1, home: try NodeID("east"), actor: "ecg-zhao", origin: lake.node, event: .reported,
                role: .claimant, content: Samples.report.content)
            said.content?.nonce = nonce
            var reported = try fields(claimed, .reported, actor: "ecg-zhao", at: "lake")
            reported.reportVersion = 1
            reported.command = try SignedCommand(said, madeAt: lake.now, key: lake.signingKey)
            var other = Samples.otherReport.content
            other.actor = "ecg-zhao"
            other.nonce = nonce
            let forged = try draft(reported, .reported, after: claimed, payload: try other.wireBytes())
            let own = await failure {
                _ = try await region["east"].ledger.write(lane: .clinical) { try $0.append(forged) }
            }
            #expect(own?.code == "author.unsignedCommand")

            _ = try await region.service("lake").report(id, expert: "ecg-zhao", text: Samples.report)
            try await region.settle()
            let record = try await region.service("city").show(id)
            #expect(record.isReported)
            try await expectRefused(
                try draft(
                    try fields(record, .acknowledged, actor: "D-102", at: "hill"), .acknowledged, after: record),
                as: "author.unsignedCommand", region, incarnation: 1 << 62)
        }
    }

    @Test func `who takes note stands in the register, at every node that folds it`() async throws {
        var experts = SampleRegion.Experts.usual
        experts.houses = ["hill": "hill-wsy"]
        experts.registers = ["hill-wsy": ["D-102"]]
        try await ConsultationRegion.run(experts: experts) { region in
            let id = try await region.service("hill").create(Samples.draft()).id
            try await region.settle()
            _ = try await region.service("lake").claim(id, expert: "ecg-zhao")
            _ = try await region.service("lake").report(id, expert: "ecg-zhao", text: Samples.report)
            try await region.settle()
            let record = try await region.service("city").show(id)
            let hill = try region["hill"].context
            _ = try await region.service("hill").acknowledge(id, practitioner: "D-102")
            try await region.settle()
            #expect(try await region.service("city").show(id).state == .acknowledged)
            var noted = try fields(record, .acknowledged, actor: "D-999", at: "hill")
            let command = ConsultationCommand(
                id: id, attempt: 1, home: try NodeID("east"), actor: "D-999", origin: hill.node, event: .acknowledged,
                role: .requester)
            noted.command = try SignedCommand(command, madeAt: hill.now, key: hill.signingKey)
            try await expectRefused(
                try draft(noted, .acknowledged, after: record), as: "author.notRegistered", region,
                incarnation: 1 << 62)
        }
    }

    @Test func `a command without a signature is refused, and a node that is no home writes no event`() async throws {
        try await ConsultationRegion.run { region in
            let id = try await region.service("hill").create(Samples.draft()).id
            try await region.settle()
            let lake = try region["lake"].context
            let bare = ConsultationCommand(
                id: id, attempt: 1, home: try NodeID("east"), actor: "ecg-zhao", origin: lake.node, event: .claimed,
                role: .claimant)
            let refused = await failure {
                _ = try await DeskInterface.consultation.at(bare.home, lake.system).command(bare)
            }
            #expect(refused?.code == "consultation.unsigned")
            let record = try await region.service("city").show(id)
            var fields = try fields(record, .escalated, actor: "", at: "west")
            fields.home = try NodeID("west")
            let draft = try draft(fields, .escalated, after: record)
            let foreign = await failure {
                _ = try await region["west"].ledger.write(lane: .clinical) { transaction in
                    _ = try transaction.append(
                        EntryDraft(
                            kind: draft.kind, subject: draft.subject, fields: draft.fields, headerAudience: .region))
                }
            }
            #expect(foreign?.code == "author.notHome")
        }
    }
}

extension Ledger {
    fileprivate func count(of request: ConsultationID, _ event: ConsultationEvent) async throws -> Int64 {
        try await read { sql in
            try sql.row(
                "SELECT COUNT(*) FROM case_event WHERE case_id = $1 AND kind = $2",
                [request.description, ConsultationWorkflow.table.rule(of: event).kind.rawValue])?.integer(0) ?? 0
        }
    }
}
