/// A queue in which everybody who has put something in takes turns, however much each of them has there.
///
/// What one has put in keeps its order.
struct FairQueue<Origin: Hashable, Element> {
    private var lines: [Origin: ArraySlice<Element>] = [:]
    /// Who has something here, in the order of their turns.
    private var turns: ArraySlice<Origin> = []
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    /// The element whose turn it is.
    var first: Element? { turns.first.flatMap { lines[$0]?.first } }

    mutating func append(_ element: Element, of origin: Origin) {
        if lines[origin] == nil { turns.append(origin) }
        lines[origin, default: []].append(element)
        count += 1
    }

    /// Takes the element whose turn it is.
    mutating func popFirst() -> Element? {
        guard let origin = turns.popFirst(), var line = lines.removeValue(forKey: origin),
            let element = line.popFirst()
        else { return nil }
        count -= 1
        if !line.isEmpty {
            lines[origin] = line
            turns.append(origin)
        }
        return element
    }

    /// Puts elements back that were taken and had no room; they stand before everything else of theirs, and their
    /// owners' turns come first.
    ///
    /// - Parameter elements: in the order in which they were taken.
    mutating func putBack(_ elements: [(element: Element, origin: Origin)]) {
        for (element, origin) in elements.reversed() {
            lines[origin] = [element] + (lines[origin] ?? [])
            turns.removeAll { $0 == origin }
            turns.insert(origin, at: turns.startIndex)
            count += 1
        }
    }
}

extension FairQueue: Sendable where Origin: Sendable, Element: Sendable {}
