import Distributed
import Effects
import Links
import Logging
import Regions
import Synchronization
import Testing
import Wire

@testable import Calls

/// Carries calls to another actor system directly, as a link would.
private struct Carrier: CallCarrier {
    let target: YilianActorSystem
    let caller: NodeID
    let neighbour: Neighbour
    let seen = Seen()

    final class Seen: Sendable {
        let calls = Mutex<[String]>([])
    }

    func call(
        to peer: NodeID, method: UInt16, target desk: String, arguments: [UInt8], lane: Lane,
        deadlineMilliseconds: Int64, correlation: String
    ) async throws -> [UInt8] {
        seen.calls.withLock { $0.append("\(method) \(lane) \(deadlineMilliseconds) \(correlation)") }
        guard peer == target.node else { throw Failure("call.notANeighbour", "no") }
        let call = InboundCall(
            caller: caller, neighbour: neighbour, method: method, desk: desk, arguments: arguments, lane: lane,
            deadline: MonotonicTime(nanoseconds: .max), correlation: correlation)
        switch await target.answer(call) {
        case .value(let bytes): return bytes
        case .refused(let refusal): throw refusal.failure(from: peer.rawValue)
        }
    }
}

@Suite struct CallingTests {
    @Test func correlationIdsCountInDigitsOfBase32() {
        let prefix = Array("ABCDEFG7-".utf8)
        for number: UInt64 in [0, 1, 9, 10, 31, 32, 1_023, 1_024, 1 << 35, .max] {
            #expect(Correlations.text(prefix, number) == "ABCDEFG7-" + String(number, radix: 32))
        }
    }

    private func pair() async throws -> (child: ToyNode, parent: ToyNode, carrier: Carrier) {
        let parent = try await ToyNode("city")
        let child = try await ToyNode("pingding")
        let carrier = Carrier(
            target: parent.system, caller: try NodeID("pingding"),
            neighbour: Neighbour(relation: .child, tier: .county))
        child.system.setCarrier(carrier)
        return (child, parent, carrier)
    }

    @Test func aStubCallsTheDeskOfAnotherNode() async throws {
        let (child, parent, carrier) = try await pair()
        let desk = try counterDesk.at(NodeID("city"), child.system)
        #expect(try await desk.add("a", by: 3) == 3)
        #expect(try await desk.list() == ["a"])
        #expect(try await parent.counter.add("a", by: 0) == 3)
        let calls = carrier.seen.calls.withLock { $0 }
        #expect(
            calls.map { $0.split(separator: " ").prefix(3).joined(separator: " ") }
                == ["1 clinical 15000", "2 bulk 15000"])
    }

    @Test func aStubMadeByHandIsTheSame() async throws {
        let (child, _, _) = try await pair()
        let address = ActorAddress(node: try NodeID("city"), desk: "counter")
        let desk = try $CounterCalls.resolve(id: address, using: child.system)
        #expect(try await desk.who().hasPrefix("pingding county child "))
    }

    @Test func aRefusalOfTheDeskIsThrownAsItWas() async throws {
        let (child, _, _) = try await pair()
        let desk = try counterDesk.at(NodeID("city"), child.system)
        await #expect(throws: Failure("counter.unknown", "")) { try await desk.forget("x") }
        await #expect(throws: Failure("call.internal", "")) { try await desk.fail(1) }
    }

    @Test func whatIsNotAllowedIsRefusedThere() async throws {
        let (child, _, _) = try await pair()
        let desk = try adminDesk.at(NodeID("city"), child.system)
        await #expect(throws: Failure("call.notEntitled", "")) { try await desk.dump() }
    }

    @Test func theOwnDeskIsCalledDirectly() async throws {
        let (child, _, carrier) = try await pair()
        let desk = try adminDesk.at(NodeID("pingding"), child.system)
        #expect(try await desk.dump() == "secret")
        #expect(carrier.seen.calls.withLock { $0.isEmpty })
    }

    @Test func aStubOfTheOwnDeskGoesThroughTheTableAsLocal() async throws {
        let (child, _, _) = try await pair()
        let counter = ActorAddress(node: try NodeID("pingding"), desk: "counter")
        #expect(
            try await $CounterCalls.resolve(id: counter, using: child.system).who().hasPrefix("pingding county local"))
        let admin = ActorAddress(node: try NodeID("pingding"), desk: "admin")
        await #expect(throws: Failure("call.notEntitled", "")) {
            try await $AdminCalls.resolve(id: admin, using: child.system).dump()
        }
    }

    @Test func theContextOfACallIsHandedOn() async throws {
        let (child, _, carrier) = try await pair()
        let desk = try counterDesk.at(NodeID("city"), child.system)
        let context = CallContext(
            caller: try NodeID("jucheng"), tier: .township, relation: .child, correlation: "01ROOT",
            deadline: MonotonicTime(nanoseconds: 700_000_000))
        _ = try await CallContext.$current.withValue(context) { try await desk.list() }
        #expect(carrier.seen.calls.withLock { $0 } == ["2 bulk 700 01ROOT"])
        let late = CallContext(
            caller: context.caller, tier: .township, relation: .child, correlation: "01ROOT",
            deadline: MonotonicTime(nanoseconds: 0))
        await #expect(throws: Failure("call.deadlineExceeded", "")) {
            try await CallContext.$current.withValue(late) { try await desk.list() }
        }
    }

    @Test func whoIsNoNeighbourIsNotCalled() async throws {
        let (child, _, _) = try await pair()
        let desk = try counterDesk.at(NodeID("elsewhere"), child.system)
        await #expect(throws: Failure("call.notANeighbour", "")) { try await desk.list() }
    }

    @Test func withoutLinksNobodyIsReachable() async throws {
        let node = try await ToyNode()
        let desk = try counterDesk.at(NodeID("city"), node.system)
        await #expect(throws: Failure("call.notReachable", "")) { try await desk.list() }
    }

    @Test func aFunctionWithoutNumberCannotBeCalled() async throws {
        let system = YilianActorSystem(
            node: try NodeID("pingding"), tier: .county, table: try await MethodTable([]), world: testWorld())
        let desk = try counterDesk.at(NodeID("city"), system)
        await #expect(throws: Failure("call.unknownTarget", "")) { try await desk.list() }
    }
}
