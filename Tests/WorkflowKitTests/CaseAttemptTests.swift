import Effects
import Ledgers
import Regions
import Testing
import Trust
import WorkflowKit

/// What the parts of a table do to one attempt.
struct CaseAttemptTests {
    private typealias Attempt = CaseAttempt<SampleWorkflow>
    private let walk: WorkflowWalk<SampleWorkflow>

    init() throws { walk = try WorkflowWalk() }

    @Test func `what was stated on the spot comes before what the home decided later without it`() throws {
        let moved = try walk.step(.moved, by: .orderer, after: walk.attempt([]))
        let after = walk.attempt([moved])
        // The new home gives the case up while the scan is on its way to it.
        let lapsed = try walk.step(.lapsed, by: .home, after: after)
        var scanned = try walk.step(.scanned, by: .scanner, after: after)
        scanned.authorTime = WallTime(milliseconds: 900)
        #expect(scanned.fields.number == 1 && lapsed.fields.number == 2)
        for order in [[moved, lapsed, scanned], [scanned, moved, lapsed], [lapsed, scanned, moved]] {
            let attempt = walk.attempt(order)
            #expect(
                attempt.steps.map(\.event) == [.moved, .scanned, .lapsed], "the scan counts, and then lapses unread")
        }
    }

    @Test func `after a handover the new home alone decides, and the term says so`() throws {
        let moved = try walk.step(.moved, by: .orderer, after: walk.attempt([]))
        let attempt = walk.attempt([moved])
        #expect(attempt.home == walk.other && attempt.term == 2 && attempt.formerHomes == [walk.home])
        // The old home, restored from before the handover, goes on.
        let stale = try walk.step(.lapsed, by: .home, after: walk.attempt([]))
        let both = walk.attempt([stale, moved])
        #expect(both.steps.count == 1 && both.refusedSteps.count == 1)
        let fresh = try walk.step(.lapsed, by: .home, after: attempt)
        #expect(walk.attempt([moved, fresh]).state == .lapsed)
        var forged = fresh
        forged.fields.home = walk.home
        #expect(walk.attempt([moved, forged]).refusedSteps == [forged])
    }

    private func confirmable() throws -> [CaseStep<SampleWorkflow>] {
        let scanned = try walk.step(.scanned, by: .scanner, after: walk.attempt([]))
        let read = try walk.step(.read, by: .reader, after: walk.attempt([scanned]), actor: "li")
        return [scanned, read]
    }

    @Test func `a seat has so many places, and nobody who read also confirms`() throws {
        var steps = try confirmable()
        let self1 = try walk.step(.confirmed, by: .reader, after: walk.attempt(steps), actor: "li")
        #expect(walk.attempt(steps + [self1]).refusedSteps == [self1])
        for actor in ["wang", "zhao"] {
            steps.append(try walk.step(.confirmed, by: .reader, after: walk.attempt(steps), actor: actor))
        }
        let attempt = walk.attempt(steps)
        #expect(attempt.refusedSteps.isEmpty && attempt.holders(of: "second").map(\.actor) == ["wang", "zhao"])
        #expect(!attempt.canTake("second", "sun"))
        let third = try walk.step(.confirmed, by: .reader, after: attempt, actor: "sun")
        #expect(walk.attempt(steps + [third]).refusedSteps == [third])
        let stranger = try walk.step(.closed, by: .reader, after: attempt, actor: "li")
        #expect(walk.attempt(steps + [stranger]).refusedSteps == [stranger])
        let closed = try walk.step(.closed, by: .reader, after: attempt, actor: "wang")
        #expect(walk.attempt(steps + [closed]).state == .closed)
    }

    @Test func `two of three sign before the case goes on, each once, and whoever read first is none of them`() throws {
        var steps = try confirmable()
        steps.append(try walk.step(.confirmed, by: .reader, after: walk.attempt(steps), actor: "wang"))
        let configuration = RegionConfiguration(
            region: try RegionID("sample"), name: "示例", version: 1, validFrom: .epoch)
        func said(_ actor: String) throws -> CommandRule<SampleWorkflow>.Decision {
            let attempt = walk.attempt(steps)
            let id = CaseID<SampleWorkflow>(origin: walk.home, serial: "1")
            let command = CaseCommand(
                id: id, attempt: 1, home: walk.home, actor: actor, origin: walk.home, event: .signed, role: .reader)
            return try CommandRule(
                command: command, record: try #require(CaseRecord(id, entries: steps)), attempt: attempt,
                configuration: configuration, now: .epoch
            ).decision(suite: .ed25519)
        }
        func refusal(_ actor: String) -> Failure.Code? {
            do {
                _ = try said(actor)
                return nil
            } catch { return (error as? Failure)?.code }
        }
        func sign(_ actor: String) throws {
            steps.append(try walk.step(.signed, by: .reader, after: walk.attempt(steps), actor: actor))
        }
        #expect(refusal("li") == "sample.taken")
        guard case .append(.signed, to: .confirmed, _) = try said("zhao") else {
            Issue.record("one of three is not enough")
            return
        }
        try sign("zhao")
        #expect(walk.attempt(steps).state == .confirmed)
        guard case .duplicate = try said("zhao") else {
            Issue.record("the same again counts once")
            return
        }
        guard case .append(.signed, to: .signed, _) = try said("sun") else {
            Issue.record("two are enough")
            return
        }
        try sign("sun")
        #expect(walk.attempt(steps).state == .signed)
        try sign("wang")
        let attempt = walk.attempt(steps)
        #expect(attempt.refusedSteps.isEmpty && attempt.holders(of: "panel").map(\.actor) == ["zhao", "sun", "wang"])
        #expect(refusal("qian") == "sample.taken", "there are three places")
        // In whichever order they come, and with one who may not among them, the same two are the quorum.
        let stray = try walk.step(.signed, by: .reader, after: attempt, actor: "li")
        #expect(walk.attempt((steps + [stray]).reversed()).steps == attempt.steps)
    }

    @Test func `of a line no more is given out than there is`() throws {
        let lines = [CaseItem("amoxicillin", quantity: 3)]
        var steps = try confirmable()
        steps.append(try walk.step(.confirmed, by: .reader, after: walk.attempt(steps, lines: lines), actor: "wang"))
        func dispense(_ name: String, _ quantity: Int) throws -> CaseStep<SampleWorkflow> {
            let before = walk.attempt(steps, lines: lines)
            return try walk.step(
                .dispensed, by: .orderer, after: before, items: [CaseItem(name, quantity: quantity)])
        }
        steps.append(try dispense("amoxicillin", 2))
        let more = try dispense("amoxicillin", 2)
        #expect(walk.attempt(steps + [more], lines: lines).refusedSteps == [more])
        let unknown = try dispense("morphine", 1)
        #expect(walk.attempt(steps + [unknown], lines: lines).refusedSteps == [unknown])
        steps.append(try dispense("amoxicillin", 1))
        let attempt = walk.attempt(steps, lines: lines)
        #expect(attempt.refusedSteps.isEmpty && attempt.left("amoxicillin", of: lines) == 0)
    }

    @Test func `a timer runs in its states, and a law's until the end`() throws {
        var scanned = try walk.step(.scanned, by: .scanner, after: walk.attempt([]))
        scanned.fields.dues = ["reading": WallTime(milliseconds: 50)]
        #expect(walk.attempt([scanned]).deadline == WallTime(milliseconds: 50))
        var read = try walk.step(.read, by: .reader, after: walk.attempt([scanned]))
        read.fields.dues = ["law": WallTime(milliseconds: 90)]
        let attempt = walk.attempt([scanned, read])
        #expect(attempt.running.map(\.timer.name) == ["law"] && attempt.deadline == WallTime(milliseconds: 90))
    }

    @Test func `a home lets lapse what nobody did in time, and looks again when something is due`() throws {
        var scanned = try walk.step(.scanned, by: .scanner, after: walk.attempt([]))
        scanned.fields.dues = ["reading": WallTime(milliseconds: 50)]
        let id = CaseID<SampleWorkflow>(origin: walk.home, serial: "1")
        let record = try #require(CaseRecord(id, entries: [scanned]))
        let configuration = RegionConfiguration(
            region: try RegionID("sample"), name: "示例", version: 1, validFrom: .epoch)
        let rule = HomeRule<SampleWorkflow>(
            node: walk.home, tree: ManagementTree(configuration, at: .epoch), configuration: configuration)
        #expect(try rule.decision(for: record, at: .epoch) == .wait(until: WallTime(milliseconds: 50)))
        let lapse = HomeMove<SampleWorkflow>(.lapsed, reason: "reading")
        #expect(
            try rule.decision(for: record, at: WallTime(milliseconds: 50)) == .act(.move(record.attempts[0], lapse)))
        let elsewhere = HomeRule<SampleWorkflow>(
            node: walk.other, tree: rule.tree, configuration: configuration)
        #expect(try elsewhere.decision(for: record, at: WallTime(milliseconds: 50)) == .wait(until: nil))
    }

    @Test func `a child of a case has one id for a day, however often and wherever it is made`() throws {
        let plan = try EntryID("east/1/clinical/1/0")
        func child(_ time: String) throws -> CaseID<SampleWorkflow> {
            CaseID(childOf: plan, on: try WallTime(text: time), suite: .ed25519)
        }
        // Days of China's time.
        let first = try child("2026-12-01T16:00:00Z")
        #expect(try first == child("2026-12-02T15:59:59Z"))
        #expect(try first != child("2026-12-01T15:59:59Z") && first != child("2026-12-02T16:00:00Z"))
        #expect(first.origin == plan.author && (try? CaseID<SampleWorkflow>(first.description)) == first)
    }
}
