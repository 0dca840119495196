import Effects
import Testing

@testable import Regions

@Suite struct ManagementTreeTests {
    static func tree(_ date: String) throws -> ManagementTree {
        ManagementTree(try SampleRegion.configuration(), at: try WallTime(text: date))
    }

    static func id(_ text: String) throws -> NodeID { try NodeID(text) }

    @Test func aTownshipMovesAtMidnightOfTheDay() throws {
        let hill = try Self.id("hill")
        #expect(try Self.tree("2026-06-30T23:59:59.999+08:00").parent(of: hill) == Self.id("east"))
        #expect(try Self.tree("2026-07-01").parent(of: hill) == Self.id("west"))
        #expect(try Self.tree("2026-07-01").children(of: Self.id("east")) == [])
        #expect(try Self.tree("2026-07-01").children(of: Self.id("west")) == [hill])
    }

    @Test func beforeItsFirstDayANodeIsNotInTheTree() throws {
        let tree = try Self.tree("2025-12-31")
        let hill = try Self.id("hill")
        #expect(tree.parent(of: hill) == nil && tree.depth(of: hill) == nil)
        #expect(tree.nextHop(from: hill, to: try Self.id("root")) == nil)
        #expect(tree.depth(of: try Self.id("root")) == 0)
    }

    @Test func ancestorsAndDescendantsFollowTheTree() throws {
        let tree = try Self.tree("2026-03-01")
        #expect(tree.root == (try Self.id("root")))
        #expect(tree.ancestors(of: try Self.id("hill")).map(\.rawValue) == ["east", "city", "root"])
        #expect(tree.descendants(of: try Self.id("root")).map(\.rawValue) == ["city", "east", "west", "hill"])
        #expect(tree.isAncestor(try Self.id("city"), of: try Self.id("hill")))
        #expect(!tree.isAncestor(try Self.id("west"), of: try Self.id("hill")))
        #expect(!tree.isAncestor(try Self.id("hill"), of: try Self.id("hill")))
        #expect(tree.city(of: try Self.id("hill")) == (try Self.id("city")))
        #expect(tree.city(of: try Self.id("root")) == nil)
        #expect(tree.county(of: try Self.id("hill")) == (try Self.id("east")))
        #expect(tree.depth(of: try Self.id("hill")) == 3)
    }

    @Test func onlyNeighboursHaveARelation() throws {
        let tree = try Self.tree("2026-03-01")
        let expected: [(String, String, Relation?)] = [
            ("hill", "hill", .local), ("hill", "east", .child), ("east", "hill", .parent), ("hill", "west", nil),
            ("hill", "city", nil), ("east", "west", nil), ("root", "city", .parent), ("city", "root", .child),
            ("nobody", "east", nil), ("nobody", "nobody", nil),
        ]
        for (caller, callee, relation) in expected {
            #expect(tree.relation(of: try Self.id(caller), to: try Self.id(callee)) == relation, "\(caller) \(callee)")
        }
    }

    @Test func theNextHopLeadsAlongTheTree() throws {
        let tree = try Self.tree("2026-03-01")
        let expected: [(String, String, String?)] = [
            ("hill", "root", "east"), ("root", "hill", "city"), ("city", "hill", "east"), ("hill", "west", "east"),
            ("east", "west", "city"), ("west", "hill", "city"), ("hill", "hill", nil), ("hill", "nobody", nil),
        ]
        for (from, to, hop) in expected {
            let answer = tree.nextHop(from: try Self.id(from), to: try Self.id(to))
            #expect(answer?.rawValue == hop, "\(from) → \(to)")
        }
    }

    @Test func everyPathEndsAtItsGoal() throws {
        let tree = try Self.tree("2026-08-01")
        let nodes = try SampleRegion.configuration().nodes.map(\.id)
        for from in nodes {
            for to in nodes where from != to {
                var current = from
                var steps = 0
                while current != to, let hop = tree.nextHop(from: current, to: to), steps < 10 {
                    #expect(tree.relation(of: current, to: hop) != nil)
                    current = hop
                    steps += 1
                }
                #expect(current == to)
            }
        }
    }

    @Test func anInconsistentConfigurationMakesNoEndlessWalk() throws {
        var region = try SampleRegion.configuration()
        let start = WallTime.epoch
        region.management = [
            ManagementEdge(child: try Self.id("east"), parent: try Self.id("hill"), from: start),
            ManagementEdge(child: try Self.id("hill"), parent: try Self.id("east"), from: start),
            ManagementEdge(child: try Self.id("city"), parent: try Self.id("city"), from: start),
        ]
        let tree = ManagementTree(region, at: start)
        #expect(tree.ancestors(of: try Self.id("hill")).map(\.rawValue) == ["east"])
        #expect(tree.descendants(of: try Self.id("root")) == [])
    }

    @Test func whatSomebodySignedComesOverTheNeighbourThatLeadsToThem() throws {
        let tree = try Self.tree("2026-03-01")
        let expected: [(origin: String, caller: String?, node: String, leads: Bool)] = [
            ("hill", nil, "hill", true), ("hill", nil, "east", false), ("hill", "hill", "east", true),
            ("hill", "city", "east", false), ("hill", "east", "city", true), ("west", "east", "city", false),
            ("west", "west", "west", false), ("nobody", nil, "nobody", true), ("nobody", "city", "east", false),
        ]
        for (origin, caller, node, leads) in expected {
            let answer = tree.leads(
                from: try Self.id(origin), over: try caller.map(Self.id), to: try Self.id(node))
            #expect(answer == leads, "\(origin) over \(caller ?? "-") to \(node)")
        }
    }

    @Test func whatIsPassedOnNeverGoesBack() throws {
        let tree = try Self.tree("2026-03-01")
        let expected: [(node: String, goal: String, caller: String?, next: String?)] = [
            ("east", "root", "hill", "city"), ("east", "root", nil, "city"), ("east", "root", "city", nil),
            ("city", "hill", "root", "east"), ("city", "hill", "east", nil), ("east", "nobody", "hill", nil),
        ]
        for (node, goal, caller, next) in expected {
            let answer = tree.onward(from: try Self.id(node), to: try Self.id(goal), after: try caller.map(Self.id))
            #expect(answer == (try next.map(Self.id)), "\(node) to \(goal) after \(caller ?? "-")")
        }
    }
}
