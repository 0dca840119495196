import Calls
import Effects
import Links
import NodeRuntime
import Regions
import Testing
import Wire
import YilianTestKit

@Suite("Every method from every caller", .serialized)
struct MethodMatrixTests {
    /// Whether the contract's words let a caller in: `child`, `parent(city|county)`.
    private static func allows(_ callers: [String], _ relation: Relation, _ tier: Tier) -> Bool {
        callers.contains { caller in
            let parts = caller.split { "(|)".contains($0) }.map(String.init)
            return parts.first == relation.rawName && (parts.count == 1 || parts.dropFirst().contains(tier.rawValue))
        }
    }

    private static func answer(
        _ node: YilianNode, _ caller: NodeID, desk: String, method: UInt16, _ relation: Relation, _ tier: Tier
    ) async -> CallAnswer {
        await node.context.system.answer(
            InboundCall(
                caller: caller, neighbour: Neighbour(relation: relation, tier: tier), method: method, desk: desk,
                arguments: [], lane: .clinical,
                deadline: node.context.world.time.monotonicTime.advanced(
                    byMilliseconds: 1_000), correlation: "matrix"))
    }

    @Test("exactly the entitled cells of desks × methods × relations × tiers answer, on every tier's node")
    func matrix() async throws {
        let lines = try Contract.lines()
        let desks = Set(lines.map(\.desk)).sorted() + ["", "nobody", "Courier"]
        let numbers = lines.map(\.number) + [0, 8, 99, 999, .max]
        try await TestRegion.run(.small) { region in
            var cells = 0
            for handle in region.allNodes where handle.id != "yuxian" {
                let node = try handle.node
                let caller = try NodeID("somebody")
                for desk in desks {
                    for number in numbers {
                        for relation in Relation.allCases {
                            for tier in Tier.allCases {
                                let line = lines.first { $0.number == number }
                                let answer = await Self.answer(
                                    node, caller, desk: desk, method: number, relation, tier)
                                let what = "\(handle.id): \(desk) \(number) from \(relation) \(tier)"
                                if line == nil {
                                    #expect(answer.refusal == .unknownMethod, "\(what)")
                                } else if line?.desk != desk {
                                    #expect(answer.refusal == .wrongActor, "\(what)")
                                } else if !Self.allows(line?.callers ?? [], relation, tier) {
                                    #expect(answer.refusal == .notEntitled, "\(what)")
                                } else {
                                    // The desk was reached: it answered, or said what is wrong with no arguments.
                                    let reached: [CallErrorCode?] = [nil, .malformed, .refusedByDesk]
                                    #expect(reached.contains(answer.refusal), "\(what)")
                                }
                                cells += 1
                            }
                        }
                    }
                }
            }
            #expect(cells == 4 * desks.count * numbers.count * 12)
        }
    }

    @Test("no method lets in a caller that no link can bring")
    func relations() throws {
        for line in try Contract.lines() {
            #expect(!line.callers.isEmpty, "\(line.name) can be called by nobody")
            #expect(
                line.callers.allSatisfy { $0.hasPrefix("parent") || $0.hasPrefix("child") || $0 == "local" },
                "\(line.name)")
        }
    }
}

extension Relation {
    var rawName: String { "\(self)" }
}

extension CallAnswer {
    /// The number of the refusal; nil for a value.
    var refusal: CallErrorCode? {
        guard case .refused(let refusal) = self else { return nil }
        return refusal.code
    }
}
