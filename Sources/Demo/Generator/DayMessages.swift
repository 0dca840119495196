/// The messages of one node's day, each made when it is asked for.
package struct DayMessages: Sequence, IteratorProtocol, Sendable {
    private let day: NodeDay?
    private var position = 0

    init(_ day: NodeDay?) {
        self.day = day
    }

    package var underestimatedCount: Int { (day?.sendings.count ?? 0) - position }

    package mutating func next() -> GeneratedMessage? {
        guard let day, position < day.sendings.count else { return nil }
        defer { position += 1 }
        let sending = day.sendings[position]
        return day.plans[sending.plan].message(sending)
    }
}
