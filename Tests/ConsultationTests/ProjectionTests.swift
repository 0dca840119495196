import Effects
import Ledgers
import Regions
import SQLiteStorage
import ServiceKit
import Storage
import Testing

@testable import Consultation

/// The tables depend on the entries alone, not on the order in which they come.
struct ProjectionTests {
    private static let orders: [SQLText] = [
        "SELECT * FROM case_event ORDER BY entry", "SELECT * FROM case_state ORDER BY case_id",
        "SELECT * FROM case_attempt ORDER BY case_id, attempt, home",
        "SELECT * FROM indicator_fact ORDER BY entry, indicator",
    ]

    private static func dump(_ store: any Store) async throws -> [[SQLValue]] {
        try await store.read { sql in try Self.orders.flatMap { try sql.rows($0, []).map(\.values) } }
    }

    /// Two requests with two attempts each, all reported.
    private func course(_ region: ConsultationRegion) async throws {
        for _ in 0..<2 {
            let id = try await region.service("hill").create(Samples.draft()).id
            try await region.settle()
            _ = try await region.service("east").claim(id, expert: "ecg-li")
            try await region.pass(seconds: SampleRegion.reportSeconds)
            _ = try await region.service("city").claim(id, expert: "ecg-chen")
            _ = try await region.service("city").report(id, expert: "ecg-chen", text: Samples.report)
            _ = try await region.service("east").report(id, attempt: 1, expert: "ecg-li", text: Samples.otherReport)
            try await region.settle()
            _ = try await region.service("hill").acknowledge(id, practitioner: "D-102")
            try await region.settle()
        }
    }

    private func entries(of member: ConsultationRegion.Member) async throws -> [Entry] {
        var result: [Entry] = []
        for position in try await member.ledger.positions() {
            let start = ChainPosition(chain: position.chain, nextSequence: 0)
            for batch in try await member.ledger.batches(from: start, for: member.context.node) {
                result += try member.ledger.inspector.inspect(batch, receivedTime: .epoch).entries
            }
        }
        return result.filter { ConsultationProjection().kinds.contains($0.kind) }
    }

    @Test func `entries in any order, twice, payload first or last, give the same tables`() async throws {
        try await ConsultationRegion.run { region in
            try await course(region)
            let city = try region["city"]
            let entries = try await entries(of: city)
            #expect(entries.count > 15)
            let context = FoldContext(
                node: city.context.node, tree: city.context.tree, suite: city.context.region.suite)
            let random = SeededRandom(seed: 11)
            var expected: [[SQLValue]]?
            for round in 0..<25 {
                let store = try SQLiteStore(
                    path: "\(region.folder)/shuffle-\(round).sqlite", world: city.context.world, onBroken: { _ in })
                try await store.migrate(ConsultationRegion.projections.migrations)
                var shuffled = entries
                for index in shuffled.indices.reversed() {
                    shuffled.swapAt(index, Int(random.number(below: UInt64(index + 1))))
                }
                let bare = shuffled.filter { $0.payload != nil && random.number(below: 2) == 0 }.map { entry in
                    var entry = entry
                    entry.payload = nil
                    return entry
                }
                let order = bare + shuffled + shuffled.prefix(5)
                try await store.write { sql in
                    for entry in order { try ConsultationProjection().fold(entry, in: sql, context: context) }
                }
                let tables = try await Self.dump(store)
                if let expected { #expect(tables == expected, "round \(round)") } else { expected = tables }
                try await store.close()
            }
        }
    }

    /// The tables of the requester's node as it folds them that gets everything some days after it was written.
    private func requesterStore(
        _ region: ConsultationRegion, _ entries: [Entry], daysLater: Int64, name: String
    ) async throws -> any Store {
        let hill = try region["hill"]
        let context = FoldContext(
            node: hill.context.node, tree: hill.context.tree, suite: hill.context.region.suite)
        let store = try SQLiteStore(
            path: "\(region.folder)/\(name).sqlite", world: hill.context.world, onBroken: { _ in })
        try await store.migrate(ConsultationRegion.projections.migrations)
        try await store.write { sql in
            for var entry in entries {
                entry.receivedTime = entry.authorTime.advanced(byMilliseconds: daysLater * 86_400_000 + 1)
                try ConsultationProjection().fold(entry, in: sql, context: context)
            }
        }
        return store
    }

    @Test func `a report is due once it counts, in whichever order entries come, and is noted once`() async throws {
        try await ConsultationRegion.run { region in
            try await course(region)
            let entries = try await entries(of: try region["east"])
            let reports = entries.filter { $0.kind == .consultationReported && $0.payload != nil }
            #expect(reports.count == 2)
            let store = try await requesterStore(region, reports, daysLater: 0, name: "early")
            let early = try await store.read { try ConsultationAnswers.due(after: 0, limit: 10, in: $0) }
            #expect(early == [])
            try await store.close()
            let whole = try await requesterStore(region, reports + entries + entries, daysLater: 0, name: "early")
            let due = try await whole.read { try ConsultationAnswers.due(after: 0, limit: 10, in: $0) }
            #expect(Set(due.map(\.entry)) == Set(reports.map(\.id)) && due.count == 2)
            #expect(Set(due.map(\.unit)) == ["hill-wsy"] && Set(due.map(\.patients.count)) == [1])
            try await whole.close()
        }
    }

    @Test func `what a node gets back years later is held until an operator says what becomes of it`() async throws {
        try await ConsultationRegion.run { region in
            try await course(region)
            let entries = try await entries(of: try region["east"])
            let store = try await requesterStore(region, entries, daysLater: 7, name: "late")
            #expect(try await store.read { try ConsultationAnswers.due(after: 0, limit: 10, in: $0) } == [])
            let held = try #require(try await store.read { try ConsultationAnswers.held(in: $0) })
            #expect(held.count == 2 && held.first < held.last)
            let sent = try await store.write { try ConsultationAnswers.settle(asDue: true, since: held.last, in: $0) }
            #expect(sent == 1)
            #expect(try await store.read { try ConsultationAnswers.due(after: 0, limit: 10, in: $0) }.count == 1)
            let gone = try await store.write { try ConsultationAnswers.settle(asDue: false, since: .epoch, in: $0) }
            #expect(gone == 1)
            #expect(try await store.read { try ConsultationAnswers.held(in: $0) } == nil)
            try await store.close()
            let fresh = try await requesterStore(region, entries, daysLater: 6, name: "fresh")
            #expect(try await fresh.read { try ConsultationAnswers.due(after: 0, limit: 10, in: $0) }.count == 2)
            try await fresh.close()
        }
    }

    @Test func `a refold gives the same tables at every node`() async throws {
        try await ConsultationRegion.run { region in
            try await course(region)
            for member in region.running {
                let before = try await Self.dump(member.ledger.store)
                try await member.ledger.refold()
                #expect(try await Self.dump(member.ledger.store) == before, "\(member.context.node)")
            }
        }
    }

    @Test func `a reported diagnosis counts once at its home, with its turnaround`() async throws {
        try await ConsultationRegion.run { region in
            let id = try await region.service("hill").create(Samples.draft()).id
            try await region.settle()
            _ = try await region.service("east").claim(id, expert: "ecg-li")
            region.time.advance(milliseconds: 90_500)
            _ = try await region.service("east").report(id, expert: "ecg-li", text: Samples.report)
            _ = try await region.service("east").report(id, expert: "ecg-li", text: Samples.otherReport)
            try await region.settle()
            for member in region.running {
                let facts = try await member.ledger.read { sql in
                    try sql.rows("SELECT indicator, numerator, denominator FROM indicator_fact ORDER BY indicator", [])
                        .map { "\(try $0.text(0)) \(try $0.integer(1))/\(try $0.integer(2))" }
                }
                let expected = ["remote-diagnoses-reported 1/1", "turnaround 90500/1"]
                #expect(facts == (member.context.node.rawValue == "east" ? expected : []), "\(member.context.node)")
            }
        }
    }

    @Test func `nobody writes in another's name`() async throws {
        try await ConsultationRegion.run { region in
            let id = try await region.service("hill").create(Samples.draft()).id
            try await region.settle()
            let record = try await region.service("east").show(id)
            for (author, kind, attempt, home) in [
                ("lake", EntryKind.consultationRequest, 0, "hill"), ("lake", .consultationOpened, 1, "lake"),
                ("west", .consultationClaimed, 1, "east"), ("west", .consultationOpened, 2, "west"),
                ("root", .consultationReported, 1, "east"),
            ] {
                var fields = ConsultationFields(request: id, home: try NodeID(home), terms: record.terms)
                fields.attempt = attempt
                fields.number = 9
                let draft = EntryDraft(
                    kind: kind, subject: id.description, fields: try fields.encoded(), headerAudience: .region)
                let refused = await failure {
                    _ = try await region[author].ledger.write(lane: .clinical) { try $0.append(draft) }
                }
                #expect(refused?.code.rawValue.hasPrefix("author.") == true, "\(author) \(kind)")
            }
        }
    }

    @Test func `of two claims of one attempt the first counts wherever they are folded`() throws {
        let steps = [
            try step(.opened, at: 1), try step(.offered, at: 2, after: 1), try step(.claimed, "first", at: 3, after: 2),
            try step(.claimed, "second", at: 4, after: 2), try step(.reported, "second", at: 5, after: 4),
            try step(.reported, "first", at: 6, after: 3),
        ]
        for order in [steps, steps.reversed(), [3, 1, 5, 0, 2, 4].map { steps[$0] }] {
            let attempt = ConsultationAttempt(number: 1, home: try NodeID("east"), events: order)
            #expect(attempt.claimant == "first" && attempt.state == .reported)
            #expect(attempt.refusedSteps.map(\.fields.actor) == ["second", "second"])
        }
    }

    /// What only others hold of it: the home's disk was put back, and it went on without the claim or the escalation.
    @Test func `a report counts also where somebody holds an event that the home lost before it`() throws {
        for (event, actor) in [(ConsultationEvent.claimed, "first"), (.escalated, ""), (.withdrawn, "")] {
            let steps = [
                try step(.opened, at: 1), try step(.offered, at: 2, after: 1), try step(event, actor, at: 3, after: 2),
                // Its new incarnation opened and offered it once more before the lost part came back.
                try step(.opened, at: 4), try step(.offered, at: 5, after: 4),
                try step(.claimed, "second", at: 6, after: 2), try step(.reported, "second", at: 7, after: 6),
                try step(.reported, "second", at: 8, after: 7), try step(.acknowledged, at: 9, after: 8),
            ]
            let lost = ConsultationAttempt(number: 1, home: try NodeID("east"), events: Array(steps.prefix(6)))
            #expect(lost.state == ConsultationState(rawValue: event.rawValue))
            for order in [steps, steps.reversed(), [3, 8, 1, 5, 0, 2, 7, 4, 6].map { steps[$0] }] {
                let attempt = ConsultationAttempt(number: 1, home: try NodeID("east"), events: order)
                #expect(attempt.claimant == "second" && attempt.state == .acknowledged, "\(event)")
                #expect(attempt.reports.map(\.authorTime.milliseconds) == [7, 8])
                #expect(attempt.refusedSteps.map(\.authorTime.milliseconds) == [4, 5, 3], "\(event)")
            }
        }
    }

    /// A report that follows nothing, or a claim of somebody else, leads nowhere.
    @Test func `a report to which no claim of its own leads counts for nothing`() throws {
        for after in [Int64(3), 2, 99] {
            let steps = [
                try step(.opened, at: 1), try step(.offered, at: 2, after: 1),
                try step(.claimed, "first", at: 3, after: 2), try step(.reported, "second", at: 4, after: after),
            ]
            let attempt = ConsultationAttempt(number: 1, home: try NodeID("east"), events: steps)
            #expect(attempt.state == .claimed && attempt.claimant == "first")
        }
    }

    /// An event of attempt 1 at `east`; how many it has before it is its number.
    private func step(
        _ event: ConsultationEvent, _ actor: String = "", at time: Int64, after: Int64? = nil
    ) throws -> ConsultationStep {
        let east = try NodeID("east")
        let terms = try #require(
            SampleRegion.configuration(experts: .none, from: .epoch).serviceLevel("ecg-emergency")
                .map { ConsultationTerms($0, requestedTime: .epoch) })
        let numbers: [ConsultationEvent: Int] = [
            .opened: 1, .offered: 2, .claimed: 3, .escalated: 3, .withdrawn: 3, .reported: 4, .acknowledged: 6,
        ]
        var fields = ConsultationFields(request: try ConsultationID("hill.01"), home: east, terms: terms)
        fields.attempt = 1
        fields.number = try #require(numbers[event]) + (event == .reported && after == 7 ? 1 : 0)
        fields.actor = actor
        fields.actorNode = actor.isEmpty ? nil : east
        fields.follows = try after.map { try EntryID("east/1/clinical/\($0)/0") }
        return ConsultationStep(
            entry: try EntryID("east/1/clinical/\(time)/0"), event: event, fields: fields,
            authorTime: WallTime(milliseconds: time), receivedTime: .epoch, contentDigest: nil, hasPayload: false)
    }
}
