import Calls
import Effects
import Links
import Regions
import Synchronization
import Testing
import Wire

@Suite struct DispatchTests {
    private func code(_ answer: CallAnswer) -> CallErrorCode? {
        if case .refused(let refusal) = answer { refusal.code } else { nil }
    }

    @Test func aCallIsDecodedDoneAndAnswered() async throws {
        let node = try await ToyNode()
        let call = try node.inbound(1, "counter", arguments: ["a".wireBytes(), Int64(5).wireBytes()])
        #expect(await node.system.answer(call) == .value(try Int64(5).wireBytes()))
        #expect(await node.system.answer(call) == .value(try Int64(10).wireBytes()))
    }

    @Test func aMethodWithoutAnswerAnswersNothing() async throws {
        let node = try await ToyNode()
        _ = try await node.counter.add("a", by: 1)
        #expect(await node.system.answer(try node.inbound(3, "counter", arguments: ["a".wireBytes()])) == .value([]))
    }

    /// Every desk × every method number, known and not, × every relation × every tier: nobody gets more than the table
    /// says, and nothing is decoded before.
    @Test func onlyWhatTheTableSaysIsAllowed() async throws {
        let node = try await ToyNode()
        for desk in ["counter", "admin", "nobody", ""] {
            for number in UInt16(0)...12 {
                for relation in Relation.allCases {
                    for tier in Tier.allCases {
                        let call = try node.inbound(
                            number, desk, relation: relation, tier: tier, arguments: [[0xFF], [0xFF], [0xFF], [0xFF]])
                        let method = toyMethods.first { $0.number == number }
                        let expected: CallErrorCode =
                            if let method {
                                if method.desk != desk {
                                    .wrongActor
                                } else if !method.callers.contains(where: { $0.allows(relation, tier) }) {
                                    .notEntitled
                                } else {
                                    .malformed
                                }
                            } else {
                                .unknownMethod
                            }
                        #expect(code(await node.system.answer(call)) == expected)
                    }
                }
            }
        }
    }

    @Test func anAdministratorsMethodSentToAnotherDeskIsRefused() async throws {
        let node = try await ToyNode()
        let call = try node.inbound(9, "counter", relation: .parent, tier: .city)
        #expect(code(await node.system.answer(call)) == .wrongActor)
    }

    @Test func tiersAreLookedAt() async throws {
        let node = try await ToyNode()
        for (tier, allowed) in [(Tier.city, true), (.dispatcher, false)] {
            let call = try node.inbound(
                3, "counter", relation: .parent, tier: tier, arguments: ["x".wireBytes()])
            #expect(code(await node.system.answer(call)) == (allowed ? .refusedByDesk : .notEntitled))
        }
    }

    @Test func argumentsOfAnotherNumberOrKindAreRefused() async throws {
        let node = try await ToyNode()
        let bad: [[[UInt8]]] = [
            [], [[97]], [[97], [1]], [[0xFF], [0, 0, 0, 0, 0, 0, 0, 1]],
            [[97], [0, 0, 0, 0, 0, 0, 0, 1], []],
        ]
        for arguments in bad {
            #expect(code(await node.system.answer(try node.inbound(1, "counter", arguments: arguments))) == .malformed)
        }
        var call = try node.inbound(1, "counter")
        call.arguments = [0, 0, 0, 99, 1]
        #expect(code(await node.system.answer(call)) == .malformed)
    }

    @Test func aDesksFailureKeepsItsCodeAndItsWords() async throws {
        let node = try await ToyNode()
        let answer = await node.system.answer(try node.inbound(3, "counter", arguments: ["x".wireBytes()]))
        guard case .refused(let refusal) = answer else {
            Issue.record("the call succeeded")
            return
        }
        #expect(refusal.deskCode == "counter.unknown")
        #expect(refusal.failure(from: "pingding") == Failure("counter.unknown", ""))
        #expect(refusal.correlation == "01ABC")
    }

    @Test func anErrorThatIsNoFailureStaysInside() async throws {
        let told = Mutex<[String]>([])
        let node = try await ToyNode { method, correlation, error in
            told.withLock { $0.append("\(method) \(correlation) \(error is PrivateError)") }
        }
        let call = try node.inbound(5, "counter", arguments: [Int64(1).wireBytes()])
        #expect(await node.system.answer(call) == .refused(CallRefusal(.internal, correlation: "01ABC")))
        #expect(told.withLock { $0 } == ["counter.fail 01ABC true"])
        let cancelled = try node.inbound(5, "counter", arguments: [Int64(2).wireBytes()])
        #expect(code(await node.system.answer(cancelled)) == .cancelled)
    }

    @Test func theDeskKnowsWhoCalls() async throws {
        let node = try await ToyNode()
        let answer = await node.system.answer(try node.inbound(4, "counter"))
        #expect(answer == .value(try "jucheng township child 01ABC".wireBytes()))
        #expect(try await node.counter.who() == "nobody")
    }

    /// Envelopes of a peer that means no good: none crashes the node, none gets an answer that is no refusal.
    @Test func tenThousandHostileEnvelopesAreRefused() async throws {
        let node = try await ToyNode()
        let random = SeededRandom(seed: 2_026)
        let desks = ["counter", "admin", "", "$s2da5AdminC4dumpSSyF", String(repeating: "A", count: 120)]
        for _ in 0..<10_000 {
            var call = try node.inbound(
                UInt16(random.number(below: 12)), desks[Int(random.number(below: UInt64(desks.count)))],
                relation: random.number(below: 2) == 0 ? .child : .parent,
                tier: Tier.allCases[Int(random.number(below: 4))])
            // One byte at least: no method takes arguments of that form by chance but with a length that fits.
            call.arguments = random.bytes(1 + Int(random.number(below: 60)))
            #expect(code(await node.system.answer(call)) != nil)
        }
        #expect(try await node.counter.list().isEmpty)
    }
}
