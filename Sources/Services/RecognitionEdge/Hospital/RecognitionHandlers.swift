package import EdgeKit
package import Effects
import FHIR
package import Recognition
package import ServiceKit

/// What mutual recognition answers to hospitals' systems: results that they send, searches for results, and orders.
package enum RecognitionHandlers: HospitalHandlers {
    package static let failures = FailureDefinition.recognitionEdge
    package static let endpoints: [any EndpointSet.Type] = [
        RecordEndpoints.self, RecognitionEndpoints.self, SheetEndpoints.self,
    ]

    package static func register(with registry: inout HandlerRegistry, of node: any ServiceDirectory) throws {
        let recognition = try node.service(RecognitionService.self)
        try register(with: &registry, of: node, recognition, store: ReportStore(recognition))
    }

    /// - Parameter store: where reports are put; another one than the service's is for tests alone.
    package static func register(
        with registry: inout HandlerRegistry, of node: any ServiceDirectory, _ recognition: RecognitionService,
        store: ReportStore
    ) throws {
        let intake = ReportIntake(store: store, node: node.context.node.rawValue)
        try registry.add(intake.messages)
        try registry.add(intake.resources)
        let results = ResultDesk(recognition, failures: registry.failures, time: node.context.world.time)
        try registry.add(.read("DiagnosticReport") { try await results.read(id: $0.captured[0], $0) })
        try registry.add(
            EdgeRoute.search("DiagnosticReport", searchParameters) { try await results.search($0, $1) })
        try registry.add(OrderDesk(results: results).routes)
    }

    private static let patient = "The patient's identifier as system|value; a citizen identity number may stand alone."

    private static let searchParameters: [CapabilityStatement.SearchParameter] = [
        .init(name: "patient.identifier", type: "token", documentation: patient),
        .init(name: "subject.identifier", type: "token", documentation: patient),
        .init(
            name: "identifier", type: "token",
            documentation: "The report's own number (filler or placer), beside the patient."),
        .init(name: "_id", type: "token"),
        .init(
            name: "identifier-type", type: "token",
            documentation: "The identifier's type (v2-0203); PI, MR and HC are tried where it is missing."),
        .init(
            name: "status", type: "token",
            documentation: "FHIR's words, with commas between them; read as the node writes them."),
        .init(
            name: "date", type: "date",
            documentation: "The time of observation, else of issue; zones count."),
        .init(name: "issued", type: "date"),
        .init(name: "_lastUpdated", type: "date", documentation: "When the version was published."),
    ]
}
