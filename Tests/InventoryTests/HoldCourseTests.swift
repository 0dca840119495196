import Effects
import Foundation
import Ledgers
import Regions
import Testing
import Trust

@testable import InventoryKit

/// The course of a hold, without a node and without a socket.
struct HoldCourseTests {
    /// What is allowed, written a second time by hand.
    private static let allowed: [String: HoldState] = [
        "asked held asker": .held, "asked wished asker": .wished, "wished held decider": .held,
        "wished takenBack asker": .takenBack, "wished lapsed decider": .lapsed, "held confirmed asker": .confirmed,
        "held released asker": .released, "held released place": .released, "held expired decider": .expired,
        "confirmed released asker": .released, "confirmed released place": .released,
    ]

    @Test(arguments: HoldState.allCases, InventoryEvent.allCases)
    func `every event by every role in every state leads where the table says, or is refused`(
        state: HoldState, event: InventoryEvent
    ) {
        for role in HoldRole.allCases {
            let expected = Self.allowed["\(state.rawValue) \(event.rawValue) \(role.rawValue)"]
            #expect(HoldCourse.state(after: state, event, by: role) == expected, "\(role)")
        }
    }

    @Test func `the table has no line twice, every state is reached, and what takes a unit has a way out`() {
        let keys = HoldCourse.transitions.map { "\($0.from) \($0.event) \($0.role)" }
        #expect(Set(keys).count == keys.count && keys.count == Self.allowed.count)
        #expect(Set(HoldCourse.transitions.map(\.to)).union([.asked]) == Set(HoldState.allCases))
        for state in HoldState.allCases where state.isLive { #expect(!state.isOver, "\(state)") }
        // Nothing waits or is held for ever unless somebody has confirmed it.
        for (state, end) in [(HoldState.wished, InventoryEvent.lapsed), (.held, .expired)] {
            #expect(HoldCourse.transitions.contains { $0.from == state && $0.event == end && $0.role == .decider })
        }
    }

    @Test(arguments: ["docs/inventory.md", "docs/inventory.zh-CN.md"])
    func `the documentation shows the table of the code`(page: String) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = String(
            decoding: try SystemDisk().read(root.appendingPathComponent(page).path, limitBytes: 1 << 20), as: UTF8.self)
        #expect(text.contains(HoldCourse.markdownTable()))
    }

    @Test func `at its end a hold cannot be confirmed, whether or not that was written down`() throws {
        let course = Course()
        let record = try course.record([.held], until: 1_000)
        for (now, isInTime) in [(Int64(999), true), (1_000, false), (1_001, false)] {
            let rule = HoldRule(
                command: try course.command(.confirm), record: record, now: WallTime(milliseconds: now))
            if isInTime {
                #expect(try rule.decision() == .append(.confirmed))
            } else {
                #expect(code { try rule.decision() } == "inventory.tooLate", "\(now)")
            }
        }
        let expired = try course.record([.held, .expired], until: 1_000)
        let rule = HoldRule(command: try course.command(.confirm), record: expired, now: WallTime(milliseconds: 5))
        #expect(code { try rule.decision() } == "inventory.tooLate")
    }

    @Test func `the same command again is the same hold, and what is over is not held again`() throws {
        let course = Course()
        func decision(_ action: SignedHoldCommand.Action, _ events: [InventoryEvent]) throws -> HoldRule.Decision {
            try HoldRule(
                command: course.command(action), record: try course.record(events), now: WallTime(milliseconds: 5)
            ).decision()
        }
        #expect(try HoldRule(command: course.command(.hold), record: nil, now: .epoch).decision() == .give)
        guard case .duplicate(let held) = try decision(.hold, [.held, .confirmed]) else {
            Issue.record("a hold that is there is no duplicate")
            return
        }
        #expect(held.event == .held)
        guard case .duplicate = try decision(.confirm, [.held, .confirmed]),
            case .duplicate = try decision(.release, [.held, .released])
        else {
            Issue.record("what was done is done again")
            return
        }
        for events in [[InventoryEvent.held, .expired], [.held, .released], [.held, .confirmed, .released]] {
            #expect(code { _ = try decision(.hold, events) } == "inventory.wrongState", "\(events)")
        }
        #expect(code { _ = try decision(.confirm, [.held, .released]) } == "inventory.wrongState")
    }

    @Test func `only who made it confirms it, and they or the place give it back`() throws {
        let course = Course()
        let record = try course.record([.held])
        func decision(_ action: SignedHoldCommand.Action, by origin: String) throws -> HoldRule.Decision {
            try HoldRule(
                command: course.command(action, origin: origin), record: record, now: WallTime(milliseconds: 5)
            ).decision()
        }
        #expect(code { _ = try decision(.confirm, by: "lake") } == "inventory.notTheHolder")
        #expect(code { _ = try decision(.confirm, by: "east") } == "inventory.notTheHolder")
        #expect(code { _ = try decision(.release, by: "lake") } == "inventory.notTheHolder")
        #expect(try decision(.release, by: "hill") == .append(.released))
        #expect(try decision(.release, by: "east") == .append(.released))
    }

    @Test func `the events of a hold in any order give the same hold, and what does not fit is kept apart`() throws {
        let course = Course()
        let steps = try course.steps([.wished, .held, .confirmed, .takenBack, .released, .expired])
        let expected = try #require(HoldRecord(course.id, entries: steps))
        #expect(expected.state == .released)
        #expect(expected.refusedSteps.map(\.event) == [.expired, .takenBack])
        let random = SeededRandom(seed: 3)
        for _ in 0..<50 {
            var shuffled = steps
            for index in shuffled.indices.reversed() {
                shuffled.swapAt(index, Int(random.number(below: UInt64(index + 1))))
            }
            #expect(HoldRecord(course.id, entries: shuffled) == expected)
        }
    }

    @Test func `a unit range says what it can hold`() throws {
        #expect(try UnitRange("1-20").units == 1...20)
        #expect(try UnitRange("7").units == 7...7)
        for text in ["", "0", "5-4", "1-2-3", "a", "1-", "-1", "1-101", "99999999999999999999"] {
            #expect(code { _ = try UnitRange(text) } == "inventory.badUnits", "\(text)")
        }
    }

    @Test func `what it is for is an id, never words`() {
        for text in ["hill.01KB", "", "a/b_c-d"] { #expect(SignedHoldCommand.isID(text)) }
        for text in ["张三", "a b", "a\u{0}", String(repeating: "x", count: 121)] {
            #expect(!SignedHoldCommand.isID(text))
        }
    }
}

/// Makes the steps of one hold.
struct Course {
    let id = HoldID(origin: Course.node("hill"), serial: "1")
    private let key: SigningKey?

    init() { key = try? Suite.ed25519.makeSigningKey(random: SeededRandom(seed: 1)) }

    static func node(_ name: String) -> NodeID {
        guard let node = NodeID(rawValue: name) else { preconditionFailure("a name of this file") }
        return node
    }

    func command(_ action: SignedHoldCommand.Action, origin: String = "hill") throws -> SignedHoldCommand {
        try SignedHoldCommand(
            .init(
                action, id, of: "east-beds", decider: Self.node("east"), actor: "doctor", unit: "",
                origin: Self.node(origin)), madeAt: .epoch, key: try #require(key))
    }

    func steps(_ events: [InventoryEvent], until: Int64 = 1_000) throws -> [HoldStep] {
        try events.enumerated().map { index, event in
            var fields = HoldFields(hold: id, inventory: "east-beds", lot: "ward", decider: Self.node("east"))
            fields.unit = event.isStated ? 0 : 1
            fields.number = event.isStated ? 0 : index + 1
            fields.until = event == .held ? WallTime(milliseconds: until) : nil
            return HoldStep(
                entry: try EntryID("\(event.isStated ? "hill" : "east")/1/clinical/\(index)/0"), event: event,
                fields: fields, authorTime: WallTime(milliseconds: Int64(index)))
        }
    }

    func record(_ events: [InventoryEvent], until: Int64 = 1_000) throws -> HoldRecord {
        try #require(HoldRecord(id, entries: try steps(events, until: until)))
    }
}

/// The code of what a question is refused with.
func code(_ body: () throws -> some Any) -> String? {
    do {
        _ = try body()
        return nil
    } catch {
        return (error as? Failure)?.code.rawValue
    }
}
