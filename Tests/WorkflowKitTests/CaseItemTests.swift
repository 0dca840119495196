import Effects
import Ledgers
import Regions
import Testing
import Trust
import WorkflowKit

/// Lines below a case that have states of their own.
struct CaseItemTests {
    private typealias Step = CaseStep<SpecimenWorkflow>
    private let walk: WorkflowWalk<SpecimenWorkflow>

    init() throws { walk = try WorkflowWalk() }

    private func step(_ event: SpecimenWorkflow.Event, _ names: String..., after steps: [Step]) throws -> Step {
        let role: SpecimenWorkflow.Role = event == .collected || event == .sent ? .nurse : .laboratory
        return try walk.step(event, by: role, after: walk.attempt(steps), items: names.map { CaseItem($0) })
    }

    @Test func `each specimen goes its own way, whatever the others do and in whichever order it is heard of`() throws {
        var steps = [try step(.collected, "T-1", "T-2", "T-3", after: [])]
        steps.append(try step(.sent, "T-1", "T-2", after: steps))
        steps.append(try step(.received, "T-2", "T-3", after: steps))
        steps.append(try step(.rejected, "T-3", after: steps))
        let expected = ["T-1": "inTransit", "T-2": "received", "T-3": "rejected"]
        for order in [steps, steps.reversed(), Array(steps[2...] + steps[..<2])] {
            let attempt = walk.attempt(order)
            #expect(attempt.itemStates == expected && attempt.refusedSteps.isEmpty && attempt.state == .asked)
        }
    }

    @Test func `what a specimen does not allow is kept as refused, and moves none of those that are named with it`()
        throws
    {
        let taken = [try step(.collected, "T-1", "T-2", after: [])]
        let steps = taken + [try step(.sent, "T-1", after: taken)]
        for wrong in [
            try step(.collected, "T-1", after: steps), try step(.sent, "T-2", "T-1", after: steps),
            try step(.received, "T-9", after: steps), try step(.received, "T-2", "T-2", after: steps),
        ] {
            let attempt = walk.attempt(steps + [wrong])
            #expect(attempt.refusedSteps == [wrong] && attempt.itemStates == ["T-1": "inTransit", "T-2": "collected"])
        }
        let about = try step(.reported, "T-1", after: steps)
        #expect(walk.attempt(steps + [about]).refusedSteps == [about], "a report is about no specimen of its own")
    }

    @Test func `whoever acts is told where the specimen is`() throws {
        let taken = try step(.collected, "T-1", after: [])
        let sent = try step(.sent, "T-1", after: [taken])
        let id = CaseID<SpecimenWorkflow>(origin: walk.home, serial: "1")
        let record = try #require(CaseRecord(id, entries: [taken, sent]))
        let configuration = RegionConfiguration(
            region: try RegionID("sample"), name: "示例", version: 1, validFrom: .epoch)
        func refusal(_ event: SpecimenWorkflow.Event, _ names: [String]) throws -> Failure? {
            let role: SpecimenWorkflow.Role = event == .sent ? .nurse : .laboratory
            var command = CaseCommand(
                id: id, attempt: 1, home: walk.home, actor: "li", origin: walk.home, event: event, role: role)
            command.items = names.map { CaseItem($0) }
            let rule = CommandRule(
                command: command, record: record, attempt: walk.attempt([taken, sent]), configuration: configuration,
                now: .epoch)
            do {
                _ = try rule.decision(suite: .ed25519)
                return nil
            } catch let failure as Failure { return failure }
        }
        #expect(try refusal(.received, ["T-1"]) == nil)
        let rejected = try refusal(.rejected, ["T-1"])
        #expect(rejected?.code == "specimens.wrongState" && rejected?.message.contains("'T-1' is inTransit") == true)
        #expect(try refusal(.received, ["T-2"])?.message.contains("'T-2' is new") == true)
        for names in [[], ["T-1", "T-1"]] {
            #expect(try refusal(.received, names)?.code == "specimens.badContent")
        }
        #expect(try refusal(.reported, ["T-1"])?.code == "specimens.badContent")
    }

    @Test func `a table says so where a line's state is never reached, or an event leads two ways`() {
        var table = SpecimenWorkflow.table
        table.itemMoves.append(CaseItemMove(.received, from: "lost", to: "received"))
        #expect(table.problems() == ["no line is ever lost, from which received leads"])
        table = SpecimenWorkflow.table
        table.itemMoves.append(CaseItemMove(.received, from: "collected", to: "rejected"))
        #expect(table.problems() == ["a line goes two ways by 'received collected'"])
    }
}
