import Testing

@testable import Ledgers

struct FairQueueTests {
    private func queue(_ elements: String...) -> FairQueue<Character, String> {
        var queue = FairQueue<Character, String>()
        for element in elements { queue.append(element, of: element.first ?? "?") }
        return queue
    }

    private func all(_ queue: FairQueue<Character, String>) -> [String] {
        var queue = queue
        var all: [String] = []
        while let next = queue.popFirst() { all.append(next) }
        #expect(queue.isEmpty && queue.count == 0 && queue.first == nil)
        return all
    }

    @Test("everybody takes turns, however much one of them has put in")
    func turns() {
        #expect(all(queue("a1", "a2", "a3", "a4", "b1", "c1", "b2")) == ["a1", "b1", "c1", "a2", "b2", "a3", "a4"])
    }

    @Test("what one has put in keeps its order, also where it was put back")
    func putBack() {
        var queue = queue("a1", "a2", "b1", "b2", "c1")
        let taken = (0..<4).compactMap { _ in queue.popFirst() }
        #expect(taken == ["a1", "b1", "c1", "a2"])
        queue.putBack(taken.dropFirst().map { ($0, $0.first ?? "?") })
        #expect(queue.first == "b1" && queue.count == 4)
        let rest = all(queue)
        #expect(rest.first == "b1")
        #expect(rest.filter { $0.hasPrefix("b") } == ["b1", "b2"])
        #expect(Set(rest) == ["b1", "c1", "a2", "b2"])
    }
}
