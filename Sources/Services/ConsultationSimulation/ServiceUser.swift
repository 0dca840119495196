import Consultation
import Effects
import Simulator

/// Somebody at a simulated node who uses the service there.
struct ServiceUser: Sendable {
    let node: SimulatedNode
    let shared: SharedSimulation
    let journal: RequestJournal

    /// - Returns: `nil` where no process runs, or it died before it answered.
    func ask<Value: Sendable>(
        _ question: @escaping @Sendable (ConsultationService) async throws -> Value
    ) async throws -> Value? {
        try await node.ask { try await question($0.service(ConsultationService.self)) }
    }

    /// Does something again and again, as long as the simulation lasts; what is refused is a line of the log.
    ///
    /// - Parameters:
    ///   - pause: the pause before each round, in milliseconds; how long it is in it is drawn.
    ///   - what: what the log says of a round that failed.
    func rounds(pause: Range<Int64>, _ what: String, _ round: () async throws -> Void) async throws {
        while true {
            let drawn = Int64(shared.random.number(below: UInt64(pause.upperBound - pause.lowerBound)))
            try await shared.time.sleep(milliseconds: pause.lowerBound + drawn)
            do {
                try await round()
            } catch let error as CancellationError {
                guard !Task.isCancelled else { throw error }
            } catch {
                shared.log.add("\(node.id) \(what): \(error)")
            }
        }
    }
}
