import Effects
package import ServiceKit

extension ConsultationService: FigureOffer {
    package func figures() async throws -> [ServiceFigure] {
        let open = try await openRequests()
        let states = ConsultationState.allCases.map { state in
            ServiceFigure(
                "yilian_consultation_open_requests", "Requests in which something is left to do.",
                Double(open.counts[state] ?? 0), labels: [("state", state.rawValue)])
        }
        let age = open.oldest.map { max(0, Double(context.now.milliseconds(since: $0)) / 1000) } ?? 0
        return states + [
            ServiceFigure(
                "yilian_consultation_oldest_open_request_age_seconds",
                "Age of the oldest request in which something is left to do; 0 where there is none.", age)
        ]
    }
}
