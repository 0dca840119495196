import EdgeKit
import Effects
import FHIR
import ServiceKit

/// What `Patient/$match` is asked: whom, and which answers are wanted.
struct PatientMatchOrder: Sendable {
    /// With the identifiers that name somebody.
    var patient: PatientDemographics
    /// Some identifiers are place-holders, by which nobody is looked for.
    var hasPlaceholders = false
    var wantsCertainOnly = false
    var count = Limits.matchesPerAnswer

    /// - Throws: a refusal with 400 for what is no Parameters resource, with 422 where nothing can be matched.
    init(_ bytes: [UInt8], now: WallTime) throws {
        guard let parameters = try? FHIRResource.parse(bytes), parameters.type == "Parameters" else {
            throw FHIRRefusal(400, .structure, "send a Parameters resource with a Patient in 'resource'")
        }
        var resource: FHIRResource?
        for item in parameters.items("parameter") {
            switch item["name"]?.string {
            case "resource": resource = item["resource"].flatMap { try? FHIRResource($0) }
            case "onlyCertainMatches": wantsCertainOnly = item["valueBoolean"] == true
            case "count":
                guard let number = item["valueInteger"]?.lexical.flatMap({ Int($0) }), number > 0 else {
                    throw FHIRRefusal(400, .value, "count is no positive number", expression: "count")
                }
                count = min(number, Limits.matchesPerAnswer)
            default:
                throw FHIRRefusal(400, .notSupported, "a parameter is not known here", expression: "parameter")
            }
        }
        guard let resource, resource.type == "Patient" else {
            throw FHIRRefusal(400, .required, "the parameter 'resource' holds no Patient", expression: "resource")
        }
        patient = FHIRPatientMapper(now: now).patient(resource)
        let given = patient.identifiers.count
        patient.identifiers.removeAll { $0.reach == .nobody }
        hasPlaceholders = patient.identifiers.count < given
        guard !patient.identifiers.isEmpty else {
            throw FHIRRefusal(
                422, .required,
                hasPlaceholders
                    ? "the identifiers are place-holders that name nobody (Patient.identifier)"
                    : "an identifier is needed (Patient.identifier with system and value): nobody is searched by name, birth date or sex",
                expression: "Patient.identifier")
        }
        guard patient.identifiers.count <= Limits.matchedIdentifiers else {
            throw FHIRRefusal(
                422, .tooLong, "at most \(Limits.matchedIdentifiers) identifiers are matched at a time",
                expression: "Patient.identifier")
        }
    }
}
