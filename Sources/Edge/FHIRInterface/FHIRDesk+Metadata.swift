import FHIR
import NodeRuntime

extension FHIRDesk {
    func metadata(_ request: FHIRRequest) -> JSONValue {
        let patient = "The patient's identifier as system|value; a citizen identity number may stand alone."
        let report = CapabilityStatement.Resource(
            type: "DiagnosticReport", interactions: ["create", "read", "search-type"],
            searchParameters: [
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
            ])
        let bundle = CapabilityStatement.Resource(type: "Bundle", interactions: ["create"])
        let person = CapabilityStatement.Resource(
            type: "Patient", interactions: [],
            operations: [
                .init(
                    name: "match", definition: "http://hl7.org/fhir/OperationDefinition/Patient-match",
                    documentation: "By identifiers; name, birth date and sex are compared, never searched for."),
                .init(
                    name: "ihe-pix", definition: "https://profiles.ihe.net/ITI/PIXm/OperationDefinition/IHE.PIXm.pix",
                    documentation: "From one identifier to the others that lie at this node, as ITI-83 asks."),
            ])
        return CapabilityStatement(
            softwareVersion: intake.node.setup.release, date: intake.node.startedAt.description,
            description: "Yilian node \(intake.node.context.node)", address: request.baseURL,
            resources: [report, person, bundle]
        ).json
    }
}
