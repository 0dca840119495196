import Effects
import Ledgers
import NodeRuntime
import Regions
import ServiceKit
import Testing
import Trust
import YilianTestKit

@testable import WorkflowKit

/// A case that makes others day after day.
@Suite("A plan makes its visits", .serialized)
struct CaseRecurrenceTests {
    private func run(_ body: @Sendable (TestRegion) async throws -> Void) async throws {
        var options = TestOptions(clock: .manual)
        options.services = ServiceList.all + [FollowUpService.self]
        try await TestRegion.run(.small, options, body)
    }

    private func plan(_ service: FollowUpService, visits: Int, startingIn days: Int) async throws
        -> CreatedCase<PlanWorkflow>
    {
        let first = service.context.now.advanced(byMilliseconds: Int64(days) * 86_400_000)
        return try await service.plans.create(
            CaseDraft(
                terms: PlanWorkflow.Terms(firstDay: first, everyDays: 30, visits: visits),
                content: CaseContent(
                    patient: PatientDemographics(
                        identifiers: [.init(type: "MR", authority: "ehc", value: "C-4713")], name: "赵试七")),
                asking: Asking(
                    practitioner: "王医生", organizationUnit: "jucheng", purpose: .treatment, consent: "口头")))
    }

    private func visits(of plan: EntryID, at service: FollowUpService) async throws -> [CaseRecord<VisitWorkflow>] {
        try await service.context.ledger.read { try CaseTable<VisitWorkflow>.children(of: plan, in: $0) }
    }

    @Test func `each visit is made before its day, on the plan's ground, and known above`() async throws {
        try await run { region in
            let clinic = try region.node("jucheng").node.service(FollowUpService.self)
            let plan = try await plan(clinic, visits: 3, startingIn: 10)
            region.clock.advance(by: .seconds(7 * 86_400))
            #expect(try await clinic.plans.list().map(\.state) == [.active])
            #expect(try await visits(of: plan.entry, at: clinic).isEmpty, "it is three days off, and made two before")
            region.clock.advance(by: .seconds(86_400))
            try await region.wait(for: "the first visit") { try await visits(of: plan.entry, at: clinic).count == 1 }
            let first = try #require(try await visits(of: plan.entry, at: clinic).first)
            let creation = try #require(first.creation)
            #expect(first.id.origin == plan.id.origin && first.id.serial.count == 40)
            #expect(creation.fields.follows == plan.entry && !creation.fields.patientKeys.isEmpty)
            let payload = try #require(try await clinic.context.ledger.entry(creation.entry)?.payload)
            let content = try CaseContent(wireBytes: payload)
            #expect(content.patient.name == "赵试七" && content["what"] == "量血压" && content.statement != nil)
            #expect(content.references == [plan.entry.description])

            // Nobody comes for two months: the first and second are missed, the third is waited for.
            region.clock.advance(by: .seconds(60 * 86_400))
            try await region.wait(for: "all three") {
                try await visits(of: plan.entry, at: clinic).map(\.state) == [.due, .missed, .missed]
            }
            try await region.waitUntilAcknowledged()
            let city = try region.node("shi").node.service(FollowUpService.self)
            try await region.wait(for: "the city knows them") {
                try await visits(of: plan.entry, at: city).map(\.state) == [.due, .missed, .missed]
            }
            #expect(try await city.context.ledger.entry(creation.entry)?.payload == nil, "its words stay where it is")
            let last = try #require(try await visits(of: plan.entry, at: clinic).first)
            _ = try await clinic.visits.perform(CaseDeed(.done, by: "王医生"), on: last.id)
            region.clock.advance(by: .seconds(90 * 86_400))
            #expect(try await visits(of: plan.entry, at: clinic).count == 3, "the plan has no more days")
        }
    }

    @Test func `a plan that has ended makes none, and one that is looked at twice makes none twice`() async throws {
        try await run { region in
            let clinic = try region.node("jucheng").node.service(FollowUpService.self)
            let plan = try await plan(clinic, visits: 12, startingIn: 1)
            try await region.wait(for: "the first visit") { try await visits(of: plan.entry, at: clinic).count == 1 }
            let watch = CaseWatch<PlanWorkflow>(context: clinic.context)
            for _ in 0..<3 { try await watch.round() }
            #expect(try await visits(of: plan.entry, at: clinic).count == 1)
            _ = try await clinic.plans.perform(CaseDeed(.ended, by: "王医生"), on: plan.id)
            region.clock.advance(by: .seconds(200 * 86_400))
            try await watch.round()
            let left = try await visits(of: plan.entry, at: clinic)
            #expect(left.count == 1, "a plan that has ended makes no other")
        }
    }

    @Test func `after a long silence all days are made up for, a page at a time`() async throws {
        try await run { region in
            let clinic = try region.node("jucheng").node.service(FollowUpService.self)
            let plan = try await plan(clinic, visits: 45, startingIn: -44 * 30)
            try await region.wait(for: "all visits") { try await visits(of: plan.entry, at: clinic).count == 45 }
            let made = try await visits(of: plan.entry, at: clinic)
            #expect(Set(made.map(\.id)).count == 45)
        }
    }

    @Test func `a visit that its plan did not make is set aside`() async throws {
        try await run { region in
            let clinic = try region.node("jucheng").node.service(FollowUpService.self)
            let plan = try await plan(clinic, visits: 1, startingIn: 100)
            let record = try #require(try await clinic.plans.list().first)
            let (suite, made) = (clinic.context.region.suite, try #require(record.creation))
            let day = record.terms.firstDay
            let content = try CaseContent(
                wireBytes: try #require(try await clinic.context.ledger.entry(plan.entry)?.payload))

            func write(_ change: (inout CaseFields<VisitWorkflow>) -> Void) async throws -> Failure.Code? {
                let id = CaseID<VisitWorkflow>(childOf: plan.entry, on: day, suite: suite)
                var fields = CaseFields<VisitWorkflow>(
                    id: id, home: clinic.context.node, terms: VisitWorkflow.Terms(day: day))
                fields.follows = plan.entry
                fields.namedTime = day
                fields.organizationUnit = made.fields.organizationUnit
                fields.patientKeys = made.fields.patientKeys
                change(&fields)
                let draft = try VisitWorkflow.table.creation.draft(fields, content)
                let ledger = clinic.context.ledger
                return await code { _ = try await ledger.write(lane: .clinical) { try $0.append(draft) } }
            }
            #expect(try await write { $0.namedTime = day.advanced(byMilliseconds: 86_400_000) } == "author.otherPlan")
            #expect(try await write { $0.namedTime = nil } == "author.otherPlan")
            #expect(try await write { $0.patientKeys = [] } == "author.otherPlan")
            let another = try EntryID("shi/1/clinical/1/0")
            #expect(
                try await write {
                    $0.id = CaseID(childOf: another, on: day, suite: suite)
                    $0.follows = another
                } == "author.notRequester")
            #expect(try await write { _ in } == nil, "the plan's own is taken")
        }
    }

    @Test func `what a plan and its visits must agree on is part of the table`() {
        #expect(PlanWorkflow.table.problems() == [] && VisitWorkflow.table.problems() == [])
        func problems(_ change: (inout WorkflowTable<PlanWorkflow>) -> Void) -> [String] {
            var table = PlanWorkflow.table
            change(&table)
            return table.problems()
        }
        #expect(problems { $0.name = "scheme" } == ["a visit does not say that a plan makes it"])
        #expect(problems { $0.creation.headerAudience = .own }.contains("a visit goes further than its plan"))
        #expect(
            problems { $0.creation.keys = .none }.contains(
                "the headers of a plan and its visit do not both name the patient"))
        #expect(problems { $0.recurrences += $0.recurrences } == ["two series are of one workflow"])
        #expect(
            problems { $0.closed = [.active, .ended] }.contains(
                "a series of visit is made in no state, or of a closed case"))
    }
}

/// Runs `body` and gives the code of the failure that it throws; `nil` where it throws none.
func code(_ body: () async throws -> Void) async -> Failure.Code? {
    do {
        try await body()
        return nil
    } catch {
        return (error as? Failure)?.code ?? "test.other"
    }
}
