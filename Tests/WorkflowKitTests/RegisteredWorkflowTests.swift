import Effects
import Ledgers
import NodeRuntime
import Regions
import Testing
import WorkflowKit

/// Every workflow that a service registers, and those of these tests, are held to their tables.
struct RegisteredWorkflowTests {
    private static let all: [any Workflow.Type] =
        [SampleWorkflow.self, SpecimenWorkflow.self]
        + ServiceList.all.compactMap { $0 as? any WorkflowOffer.Type }.flatMap { $0.workflows }

    @Test func `each table is sane, and no two workflows share a name or a kind`() {
        #expect(Self.all.count > 1)
        for workflow in Self.all { #expect(Self.problems(workflow) == [], "\(workflow)") }
        #expect(Set(Self.all.map { Self.name($0) }).count == Self.all.count)
        let kinds = Self.all.flatMap { Self.kinds($0) }
        #expect(Set(kinds).count == kinds.count)
    }

    private static func problems<W: Workflow>(_ workflow: W.Type) -> [String] { W.table.problems() }
    private static func name<W: Workflow>(_ workflow: W.Type) -> String { W.table.name }
    private static func kinds<W: Workflow>(_ workflow: W.Type) -> [EntryKind] {
        [W.table.creation.kind] + W.table.events.map(\.kind)
    }

    @Test func `in every state every event by every role leads where the table says, or is kept as refused`() throws {
        for workflow in Self.all { try Self.exhaust(workflow) }
    }

    private static func exhaust<W: Workflow>(_ workflow: W.Type) throws {
        let walks = try WorkflowWalk<W>.all()
        let reached = try walks.map { try Set($0.ways().keys) }
        #expect(reached.reduce([]) { $0.union($1) } == Set(W.State.allCases), "\(workflow)")
        for walk in walks { try exhaust(walk) }
    }

    private static func exhaust<W: Workflow>(_ walk: WorkflowWalk<W>) throws {
        for (state, way) in try walk.ways() {
            let before = walk.attempt(way)
            for event in W.Event.allCases {
                for role in W.Role.allCases {
                    let step = try walk.step(event, by: role, after: before)
                    let after = walk.attempt(way + [step])
                    let place: Comment = "\(W.table.name): \(state.rawValue) \(event.rawValue) \(role.rawValue)"
                    if walk.isAllowed(event, by: role, after: before, actor: step.fields.actor) {
                        #expect(after.state == before.next(after: event, by: role), place)
                        #expect(after.steps.last == step && after.refusedSteps.isEmpty, place)
                    } else {
                        #expect(after.state == state && after.refusedSteps == [step], place)
                    }
                }
            }
        }
    }

    @Test func `events in any order, and twice, give the same case`() throws {
        for workflow in Self.all { try Self.shuffle(workflow) }
    }

    private static func shuffle<W: Workflow>(_ workflow: W.Type) throws {
        for walk in try WorkflowWalk<W>.all() { try shuffle(walk) }
    }

    private static func shuffle<W: Workflow>(_ walk: WorkflowWalk<W>) throws {
        let random = SeededRandom(seed: 5)
        for way in try walk.ways().values {
            // What nobody may do there lies among it.
            let stray = try walk.step(W.Event.allCases[0], by: W.Role.allCases[0], after: walk.attempt(way))
            var steps = way + [stray]
            let expected = walk.attempt(steps)
            for _ in 0..<20 {
                for index in steps.indices.reversed() {
                    steps.swapAt(index, Int(random.number(below: UInt64(index + 1))))
                }
                #expect(walk.attempt(steps) == expected, "\(W.table.name)")
            }
        }
    }

    @Test func `headers come back as they were written, and cut or changed ones never trap`() throws {
        for workflow in Self.all { try Self.encode(workflow) }
    }

    private static func encode<W: Workflow>(_ workflow: W.Type) throws {
        for step in try WorkflowWalk<W>.all().flatMap({ try $0.ways().values.joined() }) {
            var fields = step.fields
            fields.items = [CaseItem("line", quantity: 3)]
            if let timer = W.table.timers.first { fields.dues[timer.name] = WallTime(milliseconds: 7) }
            let bytes = try fields.encoded()
            #expect(try CaseFields<W>(bytes: bytes) == fields)
            for index in bytes.indices {
                _ = try? CaseFields<W>(bytes: Array(bytes.prefix(index)))
                var changed = bytes
                changed[index] ^= 0x5A
                _ = try? CaseFields<W>(bytes: changed)
            }
        }
    }
}
