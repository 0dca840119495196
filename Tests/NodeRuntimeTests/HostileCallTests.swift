import Calls
import Couriers
import Effects
import Ledgers
import Links
import NodeRuntime
import RecognitionTestKit
import Regions
import Synchronization
import Testing
import Wire
import YilianTestKit

@Suite("Hostile calls", .serialized)
struct HostileCallTests {
    /// A seeded source of envelopes that no honest node sends.
    private struct Forge {
        let random: SeededRandom
        let lines: [Contract.Line]
        /// Arguments that an honest node could send, to be bent.
        let honest: [[UInt8]]

        private func below(_ bound: Int) -> Int { Int(random.number(below: UInt64(bound))) }

        private func one<Element>(of elements: [Element], else other: Element) -> Element {
            elements.isEmpty ? other : elements[below(elements.count)]
        }

        private func desk() -> String {
            switch below(5) {
            case 0: ""
            case 1: String(repeating: "$s4main", count: 1 + below(20_000))
            case 2: String(decoding: random.bytes(below(200)), as: UTF8.self)
            default: one(of: lines.map(\.desk), else: "courier")
            }
        }

        private func arguments() -> [UInt8] {
            switch below(5) {
            case 0: return []
            case 1: return random.bytes(below(4_000))
            case 2: return [0xFF, 0xFF, 0xFF, 0xFF] + random.bytes(below(40))
            case 3: return Array(one(of: honest, else: []).dropLast(1 + below(30)))
            default:
                var bytes = one(of: honest, else: [])
                for _ in 0...below(8) where !bytes.isEmpty { bytes[below(bytes.count)] ^= UInt8(1 << below(8)) }
                return bytes
            }
        }

        func request() -> CallRequest {
            let isKnown = below(4) > 0
            let line = one(of: lines, else: .init(number: 0, desk: "", name: "", callers: []))
            return CallRequest(
                method: isKnown ? line.number : UInt16(truncatingIfNeeded: random.next()),
                desk: isKnown && below(3) > 0 ? line.desk : desk(), deadlineMilliseconds: 2_000,
                correlation: "hostile", arguments: arguments())
        }
    }

    /// What the call of a desk hands to its carrier; carries nothing.
    private final class Recorder: CallCarrier {
        let arguments = Mutex<[[UInt8]]>([])

        func call(
            to peer: NodeID, method: UInt16, target: String, arguments bytes: [UInt8], lane: Lane,
            deadlineMilliseconds: Int64, correlation: String
        ) async throws -> [UInt8] {
            arguments.withLock { $0.append(bytes) }
            throw Failure("test.recorded", "nothing was sent")
        }
    }

    /// The honest arguments of courier calls that a node could send to its parent.
    private func honestArguments(_ handle: TestNode, parent: NodeID) async throws -> [[UInt8]] {
        let node = try handle.node
        let recorder = Recorder()
        let system = YilianActorSystem(
            node: handle.nodeID, tier: .township, table: try await MethodTable(try ServiceList.methods()),
            world: node.context.world)
        system.setCarrier(recorder)
        let peer = try DeskInterface.courier.at(parent, system)
        let position = try #require(
            try await node.context.ledger.positions().first { $0.chain.author == handle.nodeID })
        let batches = try await node.context.ledger.batches(
            from: ChainPosition(chain: position.chain, nextSequence: 0), for: parent)
        // Each of them throws what the recorder throws; what counts is what it has recorded.
        _ = try? await peer.deliver(BatchDelivery(batches: batches))
        _ = try? await peer.giveBack(position)
        _ = try? await peer.offerRegion(try node.context.region.signed.wireBytes())
        _ = try? await peer.trace("\(position.chain)/0/0")
        let recorded = recorder.arguments.withLock { $0 }
        #expect(recorded.count == 4)
        return recorded
    }

    @Test("15,000 seeded envelopes: none crashes, none reaches a desk outside the table, each is refused by number")
    func seeded() async throws {
        try await TestRegion.run(.small) { region in
            try await region.node("jucheng").publish(TestReport("J-1", of: People.wang))
            try await region.waitUntilAcknowledged()
            let county = try region.node("pingding")
            let (node, lines) = (try county.node, try Contract.lines())
            let forge = Forge(
                random: SeededRandom(seed: 20_261_121), lines: lines,
                honest: try await honestArguments(try region.node("jucheng"), parent: county.nodeID))
            let before = try await positions(region)
            let tries = 15_000
            var counts: [String: Int] = [:]
            for number in 0..<tries {
                let request = forge.request()
                let relation: Relation = number % 2 == 0 ? .child : .parent
                let tier: Tier = relation == .child ? .township : .city
                let answer = await node.context.system.answer(
                    InboundCall(
                        caller: try NodeID(relation == .child ? "jucheng" : "shi"),
                        neighbour: Neighbour(relation: relation, tier: tier), method: request.method,
                        desk: request.desk, arguments: request.arguments, lane: .clinical,
                        deadline: node.context.world.time.monotonicTime.advanced(byMilliseconds: 2_000),
                        correlation: request.correlation))
                let line = lines.first { $0.number == request.method && $0.desk == request.desk }
                switch answer {
                case .refused(let refusal):
                    #expect((1...9).contains(refusal.code.rawValue), "envelope \(number): \(refusal.code)")
                    counts[refusal.code.name, default: 0] += 1
                case .value:
                    // A bent envelope can still be an honest one, or hold a batch that the receipt refuses.
                    let mayCall = line?.callers.contains { $0.hasPrefix("\(relation)") } == true
                    #expect(mayCall, "envelope \(number)")
                    counts["answered", default: 0] += 1
                }
            }
            for code in ["unknownMethod", "wrongActor", "notEntitled", "malformed", "refusedByDesk"] {
                #expect(counts[code, default: 0] > 50, "\(code) of \(counts)")
            }
            #expect(counts["answered", default: 0] < tries / 4, "\(counts)")
            #expect(try await positions(region) == before, "no envelope moves a ledger")
            try await expectUnharmed(region)
        }
    }

    @Test("over a real link too, and the link lives", arguments: TestOptions.LinkKind.allCases)
    func overLink(links: TestOptions.LinkKind) async throws {
        try await TestRegion.run(.small, TestOptions(links: links)) { region in
            try await region.node("jucheng").publish(TestReport("J-1", of: People.wang))
            try await region.waitUntilAcknowledged()
            let county = try region.node("pingding").nodeID
            let hub = try region.node("jucheng").node.hub
            let forge = Forge(
                random: SeededRandom(seed: 7), lines: try Contract.lines(),
                honest: try await honestArguments(try region.node("jucheng"), parent: county))
            for number in 0..<500 {
                let request = forge.request()
                guard request.desk.utf8.count <= 128 else { continue }
                do {
                    _ = try await hub.call(
                        to: county, method: request.method, target: request.desk, arguments: request.arguments,
                        lane: .clinical, deadlineMilliseconds: 5_000, correlation: "hostile-\(number)")
                } catch let failure as Failure {
                    #expect(failure.code != "call.internal" && failure.code != "call.notReachable", "\(failure)")
                }
            }
            #expect(try region.areLinked("jucheng", "pingding"))
            try await expectUnharmed(region)
        }
    }

    @Test("bytes that are no call at all are refused before anything is looked up")
    func noise() throws {
        let random = SeededRandom(seed: 3)
        var refused = 0
        for _ in 0..<10_000 {
            let bytes = random.bytes(Int(random.number(below: 300)))
            do {
                let request = try CallRequest(message: bytes)
                #expect(request.desk.utf8.count <= 128 && request.correlation.utf8.count <= 128 * 4)
            } catch let failure as Failure {
                #expect(failure.code == "wire.badValue")
                refused += 1
            }
        }
        #expect(refused > 9_000)
    }

    /// How far every chain goes, at every node.
    private func positions(_ region: TestRegion) async throws -> [String: [ChainPosition]] {
        var all: [String: [ChainPosition]] = [:]
        for node in region.allNodes { all["\(node.id)"] = try await node.node.context.ledger.positions() }
        return all
    }

    private func expectUnharmed(_ region: TestRegion) async throws {
        for node in region.allNodes {
            #expect(node.isRunning, "\(node.id): \(node.failure ?? "")")
            #expect(try await node.verifyLedger() == [], "\(node.id)")
            #expect(node.configurationVersion == 1)
        }
        try await region.node("jucheng").publish(TestReport("J-2", of: People.li))
        try await region.waitUntilAcknowledged()
        #expect(try await region.node("yuxian").find(People.li).results.count == 1)
    }
}
