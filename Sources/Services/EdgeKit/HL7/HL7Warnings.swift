package import HL7

/// What the sender of a message is to know although it was taken, each thing once.
///
/// The same about several segments of one name is said at the first of them, with how many there are.
package struct HL7Warnings {
    private struct Key: Hashable {
        var segment: String
        var field: Int?
        var component: Int?
        var text: String
    }

    private var order: [HL7Problem] = []
    private var counts: [Int] = []
    private var places: [Key: Int] = [:]

    package init() {}

    package mutating func add(_ problem: HL7Problem) { add(problem, count: 1) }

    package mutating func add(_ problems: [HL7Problem]) {
        for problem in problems { add(problem) }
    }

    package mutating func add(_ others: HL7Warnings) {
        for (problem, count) in zip(others.order, others.counts) { add(problem, count: count) }
    }

    private mutating func add(_ problem: HL7Problem, count: Int) {
        let key = Key(
            segment: problem.segment, field: problem.field, component: problem.component, text: problem.text)
        if let place = places[key] {
            counts[place] += count
        } else {
            places[key] = order.count
            order.append(problem)
            counts.append(count)
        }
    }

    /// The warnings in their order, as many as an answer lists.
    package var list: [HL7Problem] {
        let all = zip(order, counts).map { problem, count in
            guard count > 1 else { return problem }
            var problem = problem
            problem.text += " (\(count) times)"
            return problem
        }
        return HL7Problem.first(HL7Acknowledgement.problemLimit, of: all)
    }
}
