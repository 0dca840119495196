import Calls
import Effects
import Foundation
import Ledgers
import Links
import MessageCorpus
import NodeRuntime
import Recognition
import RecognitionTestKit
import Regions
import Synchronization
import Testing
import Wire
import YilianTestKit

/// Carries calls as a node's links do, and writes down what it carries; bends the answers where it is told to.
private final class Listening: CallCarrier {
    struct Heard {
        var caller: NodeID
        var callee: NodeID
        var method: UInt16
        var desk: String
        var lane: Lane
        var arguments: [UInt8]
        var answer: [UInt8]
    }

    private struct State {
        var heard: [Heard] = []
        var bend: (method: UInt16, answer: [UInt8], isForOne: Bool)?
        var bentCount = 0
    }

    private let node: NodeID
    private let hub: LinkHub
    private let state = Mutex(State())

    init(_ node: NodeID, hub: LinkHub) {
        self.node = node
        self.hub = hub
    }

    var heard: [Heard] { state.withLock { $0.heard } }
    /// How many bent answers were given.
    var bentCount: Int { state.withLock { $0.bentCount } }

    /// - Parameters:
    ///   - answer: what every call of a method is answered with from now on; nil for the truth.
    ///   - isForOne: whether the truth is told again after one such answer.
    func bend(_ method: UInt16, _ answer: [UInt8]?, isForOne: Bool = false) {
        state.withLock { $0.bend = answer.map { (method, $0, isForOne) } }
    }

    nonisolated(nonsending) func call(
        to peer: NodeID, method: UInt16, target: String, arguments: [UInt8], lane: Lane,
        deadlineMilliseconds: Int64, correlation: String
    ) async throws -> [UInt8] {
        let answer = try await hub.call(
            to: peer, method: method, target: target, arguments: arguments, lane: lane,
            deadlineMilliseconds: deadlineMilliseconds, correlation: correlation)
        return state.withLock { state in
            if let bend = state.bend, bend.method == method {
                state.bentCount += 1
                if bend.isForOne { state.bend = nil }
                return bend.answer
            }
            // One of each is enough, the longest of its kind.
            let known = state.heard.firstIndex { $0.method == method && $0.callee == peer }
            let heard = Heard(
                caller: node, callee: peer, method: method, desk: target, lane: lane, arguments: arguments,
                answer: answer)
            if let known {
                if state.heard[known].arguments.count < arguments.count { state.heard[known] = heard }
            } else {
                state.heard.append(heard)
            }
            return answer
        }
    }
}

/// Extreme numbers and texts in every field of every call between neighbours, and of every answer to a question.
@Suite("Extreme calls of a hostile node", .serialized)
struct ExtremeCallTests {
    @Test("in what is asked")
    func questions() async {
        let trail = Trail("questions")
        await #expect(processExitsWith: .success) { await Attack.saying { try await ExtremeCallTests.ask() } }
        trail.expectEnded()
    }

    @Test("in what is answered")
    func answers() async {
        let trail = Trail("answers")
        await #expect(processExitsWith: .success) { await Attack.saying { try await ExtremeCallTests.answer() } }
        trail.expectEnded()
    }

    @Test("in what a neighbour answers a courier, at each new link")
    func courierAnswers() async {
        let trail = Trail("courier")
        await #expect(processExitsWith: .success) { await Attack.saying { try await ExtremeCallTests.answerCourier() } }
        trail.expectEnded()
    }

    /// A region that has lived, and what its nodes said to each other meanwhile.
    private static func listen(
        _ body: @Sendable (ExtremeRegion, [String: Listening]) async throws -> Void
    ) async throws {
        try await ExtremeRegion.run { extreme in
            var listening: [String: Listening] = [:]
            for handle in extreme.region.allNodes {
                let carrier = Listening(handle.nodeID, hub: try handle.node.hub)
                try handle.node.context.system.setCarrier(carrier)
                listening[handle.id] = carrier
            }
            _ = try await HonestEntries(of: extreme.region)
            let doctor = try extreme.region.node("yuxian")
            let found = try await doctor.find(People.wang)
            for result in found.results { _ = try await doctor.open(result) }
            try await body(extreme, listening)
        }
    }

    private static func ask() async throws {
        let trail = Trail("questions", process: getppid())
        try await listen { extreme, listening in
            let region = extreme.region
            var (tries, methods) = (0, Set<UInt16>())
            for heard in listening.values.flatMap(\.heard) {
                let system = try region.node(heard.callee.rawValue).node.context.system
                let tree = region.tree
                let relation: Relation = tree.parent(of: heard.caller) == heard.callee ? .child : .parent
                guard let tier = tree.tier(of: heard.caller) else { continue }
                for variant in ExtremeForms.some(
                    of: Self.variants(of: heard.arguments), atMost: ExtremeForms.tries(150))
                {
                    trail.note("method \(heard.method): \(variant.place)")
                    let answer = await system.answer(
                        InboundCall(
                            caller: heard.caller, neighbour: Neighbour(relation: relation, tier: tier),
                            method: heard.method, desk: heard.desk, arguments: variant.bytes, lane: heard.lane,
                            deadline: region.world.time.monotonicTime.advanced(byMilliseconds: 5_000),
                            correlation: "extreme"))
                    if case .refused(let refusal) = answer {
                        #expect(refusal.code != .internal, "method \(heard.method): \(variant.place)")
                    }
                    tries += 1
                }
                methods.insert(heard.method)
            }
            #expect(tries > 200, "\(tries) tries")
            #expect(methods.count >= 6, "\(methods.sorted())")
            trail.note("everything, at every node")
            try await extreme.expectUnharmed(after: "questions")
            trail.note(nil)
        }
    }

    private static func answer() async throws {
        let trail = Trail("answers", process: getppid())
        try await listen { extreme, listening in
            let doctor = try extreme.region.node("yuxian")
            guard let carrier = listening[doctor.id] else { return }
            var (tries, methods) = (0, Set<UInt16>())
            for heard in carrier.heard where heard.callee.rawValue == "shi" && heard.method >= 100 {
                // Each is a whole question of a doctor's, with what every node on the way writes down of it.
                for variant in ExtremeForms.some(of: Self.variants(of: heard.answer), atMost: ExtremeForms.tries(50)) {
                    trail.note("method \(heard.method): \(variant.place)")
                    carrier.bend(heard.method, variant.bytes)
                    // What is wrong is refused or left out; nothing else is asked of it.
                    let found = try? await doctor.find(People.wang)
                    for result in found?.results.prefix(2) ?? [] { _ = try? await doctor.open(result) }
                    _ = try? await doctor.match(People.wang)
                    tries += 1
                }
                methods.insert(heard.method)
                carrier.bend(heard.method, nil)
            }
            #expect(tries > 80, "\(tries) tries")
            #expect(methods.count >= 2, "\(methods.sorted())")
            trail.note("everything, at every node")
            try await extreme.expectUnharmed(after: "answers")
            trail.note(nil)
        }
    }

    /// The courier of a township asks its county again at each link; a reader elsewhere is owed each correction.
    private static func answerCourier() async throws {
        let trail = Trail("courier", process: getppid())
        try await listen { extreme, listening in
            let region = extreme.region
            let author = try region.node("jucheng")
            guard let carrier = listening[author.id] else { return }
            var (tries, methods) = (0, Set<UInt16>())
            let asked: Set<UInt16> = [1, 2, 8]
            func connect() async throws {
                try region.cut("jucheng", "pingding")
                try await region.wait(for: "the cut") { try !region.areLinked("jucheng", "pingding") }
                try region.heal("jucheng", "pingding")
                try await region.wait(for: "the link") { try region.areLinked("jucheng", "pingding") }
            }
            try await connect()
            try await region.waitUntilAcknowledged()
            let before = carrier.heard.filter { $0.callee.rawValue == "pingding" && $0.method < 100 }
            for heard in before.sorted(by: { $0.method > $1.method }) where asked.contains(heard.method) {
                let all = Self.variants(of: heard.answer)
                // A link for each: few of them, and always the greatest numbers that travel as they are.
                for variant in ExtremeForms.some(of: all, atMost: ExtremeForms.tries(2)) + all.suffix(3) {
                    trail.note("method \(heard.method): \(variant.place)")
                    // What a link begins with is bent for as long as it lasts. An answer to a delivery that cannot be
                    // read makes a courier wait longer from try to try: one of each.
                    carrier.bend(heard.method, variant.bytes, isForOne: ![1, 8].contains(heard.method))
                    let bent = carrier.bentCount
                    try await connect()
                    try await author.publish(
                        RecognitionRegion.report(
                            "J-1", of: People.wang, value: "6.\(100 + tries)", status: .corrected))
                    try await region.wait(for: "a bent answer of method \(heard.method)") { carrier.bentCount > bent }
                    carrier.bend(heard.method, nil)
                    tries += 1
                }
                methods.insert(heard.method)
            }
            #expect(tries >= 8, "\(tries) tries")
            #expect(methods == asked, "\(methods.sorted())")
            trail.note("everything, at every node")
            try await connect()
            try await extreme.expectUnharmed(after: "courier")
            trail.note(nil)
        }
    }

    /// Bent as messages; where the bytes are a list or an optional value, what stands in it.
    private static func variants(of bytes: [UInt8]) -> [ExtremeValues.Variant] {
        var all = ExtremeValues.variants(of: bytes, depth: 4).filter { $0.bytes.count < 256 << 10 }
        // Numbers that travel as they are: counts, marks, lengths of lists.
        for extreme in [UInt64(0), 1 << 31, 1 << 32 - 1, 1 << 63, .max] {
            for width in [4, 8] where bytes.count >= width {
                let number = (0..<width).reversed().map { UInt8(truncatingIfNeeded: extreme >> UInt64(8 * $0)) }
                all.append(.init(place: "first \(width) bytes=\(extreme)", bytes: number + bytes.dropFirst(width)))
            }
        }
        return all
    }
}
