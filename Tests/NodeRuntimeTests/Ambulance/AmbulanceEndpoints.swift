import Ledgers
import ServiceKit

/// What operators ask of the toy service.
enum AmbulanceEndpoints: EndpointSet {
    static let trips = Endpoint<NoQuestion, [String]>(
        .get, "ambulance/trips", summary: "The ambulances that went out.", question: .none, answer: .json)

    static func endpoints(of node: any ServiceDirectory) throws -> [ServedEndpoint] {
        let service = try node.service(AmbulanceService.self)
        return [trips.serve { _ in try await service.trips() }]
    }
}
