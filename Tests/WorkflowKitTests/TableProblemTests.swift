import Ledgers
import Testing
import WorkflowKit

/// A table that cannot be used is found out.
struct TableProblemTests {
    private typealias Table = WorkflowTable<SampleWorkflow>

    private func problems(_ change: (inout Table) -> Void) -> [String] {
        var table = SampleWorkflow.table
        change(&table)
        return table.problems()
    }

    @Test func `a state without an exit, without an owner, or to which nothing leads`() {
        #expect(SampleWorkflow.table.problems() == [])
        let dead = problems { $0.transitions.removeAll { $0.from == .read } }
        #expect(dead.contains("the state read has no exit") && dead.contains("the state read has no owner"))
        #expect(dead.contains("nothing leads to the state confirmed"))
        #expect(problems { $0.closed = [] }.contains("no state is closed: no case would ever end"))
        #expect(problems { $0.settled = [.read] } == ["the settled state read is not closed"])
        #expect(problems { $0.transitions.append($0.transitions[0]) }.count == 1)
    }

    @Test func `an event without a rule, a line, a reader or a kind of its own`() {
        #expect(problems { $0.events.removeLast() }.contains("the event lapsed has 0 rules"))
        #expect(problems { $0.events[0] = $0.events[1] }.contains("the event scanned has 0 rules"))
        #expect(problems { $0.events[1].kind = $0.events[2].kind } == ["two events have one kind"])
        let secret = problems {
            $0.events[0].readers = []
            $0.events[0].headerAudience = .own
        }
        let below = "whose header stays below the region"
        #expect(secret == ["nobody reads the event scanned", "others write after scanned, \(below)"])
        #expect(
            problems { $0.events[1].payloadAudience = .region } == []
                && problems {
                    $0.events[1].payloadAudience = .region
                    $0.events[1].headerAudience = .city
                } == [
                    "what is written with read would go further than its header", "others write after read, \(below)",
                ])
        #expect(problems { $0.creation.headerAudience = .city } == ["others write after orderer, \(below)"])
        #expect(
            problems { $0.events[0].handover = .target } == ["scanned is stated on the spot and names another node"])
    }

    @Test func `a timer that nothing starts, that runs nowhere, or that has no consequence where it runs`() {
        #expect(problems { $0.timers[0].anchor = .events([]) } == ["nothing starts the timer reading"])
        #expect(problems { $0.timers[0].states = [] } == ["the timer reading runs nowhere"])
        #expect(
            problems { $0.timers[0].states = [.scanned, .read] }
                == ["the timer reading runs out in read without a consequence"])
        #expect(
            problems { $0.timers[1].consequence = .event(.lapsed) }.first
                == "the timer law cannot be stopped and would move a case from every state")
    }

    @Test func `a seat that nobody takes or that is not there, a role without a rule`() {
        #expect(problems { $0.seats.removeFirst() }.contains("read names a seat 'first' that there is none"))
        #expect(
            problems { $0.seats.append(CaseSeat("third", .reader)) } == ["nothing fills the seat third"])
        #expect(problems { $0.seats[0].count = 0 } == ["the seat first has no place"])
        #expect(problems { $0.seats[2].quorum = 4 } == ["the seat panel never has its quorum"])
        #expect(problems { $0.seats[2].role = .scanner } == ["the seat panel is taken in another role than its own"])
        #expect(
            problems { $0.timers[1].fulfilledBy = [] } == ["the timer law cannot be stopped, and nothing fulfils it"])
        #expect(
            problems { $0.roles.removeAll { $0.role == .reader } }.contains("the role reader has no rule of its own"))
    }
}
