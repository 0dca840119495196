import Effects
import Regions
import Testing

@testable import Links

struct LinkTwinsTests {
    private let node = NodeID(rawValue: "jucheng")
    private let start = WallTime(milliseconds: 1_000_000)

    @Test("two processes with one identity are suspected once they take each other's place again and again")
    func suspected() throws {
        let node = try #require(node)
        var twins = LinkTwins()
        for step in 0..<2 {
            let now = start.advanced(byMilliseconds: Int64(step) * 10_000)
            let early = twins.tookOver(node, from: "10.1.1.1:5", to: "10.2.2.2:6", at: now)
            #expect(early == nil)
            #expect(twins.suspicion(of: node, at: now) == nil)
        }
        let now = start.advanced(byMilliseconds: 20_000)
        let told = twins.tookOver(node, from: "10.2.2.2:6", to: "10.1.1.1:7", at: now)
        let suspicion = try #require(told)
        #expect(suspicion.addresses == ["10.1.1.1:7", "10.2.2.2:6"])
        #expect(suspicion.text.contains("10.1.1.1:7 and 10.2.2.2:6"))
        #expect(twins.suspicion(of: node, at: now)?.since == now)
        let again = twins.tookOver(node, from: "a", to: "b", at: now)
        #expect(again == nil, "it is said once")
        let later = now.advanced(byMilliseconds: LinkTwins.spanMilliseconds)
        #expect(twins.suspicion(of: node, at: later) == nil, "and forgotten when it is over")
    }

    @Test("a node that comes back now and then is no twin")
    func restarts() throws {
        let node = try #require(node)
        var twins = LinkTwins()
        for step in 0..<10 {
            let now = start.advanced(byMilliseconds: Int64(step) * LinkTwins.spanMilliseconds / 2)
            let told = twins.tookOver(node, from: "10.1.1.1:5", to: "10.1.1.1:6", at: now)
            #expect(told == nil)
            #expect(twins.suspicion(of: node, at: now) == nil)
        }
    }

    @Test("a parent is told that it was not dialled, never that it has not dialled")
    func explanations() throws {
        let node = try #require(node)
        var status = LinkStatus(
            peer: node, neighbour: Neighbour(relation: .parent, tier: .county), state: .down, since: start)
        #expect(status.explanation == "this node has not dialled it yet")
        status.hasAddress = false
        #expect(status.explanation.contains("no address of the parent is known"))
        #expect(status.explanation.contains("link.parents"))
        status.neighbour = Neighbour(relation: .child, tier: .township)
        #expect(status.explanation.contains("has not dialled us yet"))
    }
}
