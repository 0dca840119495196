import Effects
import NodeRuntime

/// Asks every node of a region at rest what a person may ask it: whatever was done to it, nothing has stopped.
struct GoingOn {
    private let shared: SharedSimulation

    init(_ shared: SharedSimulation) {
        self.shared = shared
    }

    func ask() async {
        for node in shared.nodes {
            for question in shared.plays.inTurns({ $0.questions() }) { await ask(question, at: node) }
        }
    }

    private func ask(_ question: SimulatedQuestion, at node: SimulatedNode) async {
        do {
            let answered: Bool? = try await node.ask {
                try await question.ask($0)
                return true
            }
            if answered == nil { shared.verdict.violation("stopped", "\(node.id) does not answer: \(question.name)") }
        } catch {
            shared.verdict.violation("stopped", "\(node.id) cannot say \(question.name): \(error)")
        }
    }
}
