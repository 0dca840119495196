import EdgeKit
import Effects
import FHIR
import Identity
import ServiceKit

extension PersonDesk {
    /// The other identifiers of a person, as IHE's PIXm asks for them (ITI-83): those that lie here in clear.
    ///
    /// Each names the entry that holds it and the evidence that leads to it. The index at the city holds no
    /// identifiers but those of its own hospitals, and says so where it finds none.
    func crossReference(_ call: EdgeCall) async throws -> EdgeResponse {
        let order = try CrossReferenceOrder(call.request.query)
        let ground = try call.ground()
        let readings = order.source.identifiers(now: now)
        guard let answer = try await person(readings, question: "identity.lookup", ground) else {
            throw FHIRRefusal(
                404, .notFound, "sourceIdentifier Patient Identifier not found", expression: "sourceIdentifier")
        }
        let others = answer.identifiers.filter { !readings.contains($0.identifier) && order.takes($0.identifier) }
        guard !others.isEmpty || !answer.isIndex else {
            throw FHIRRefusal(
                404, .notFound,
                "this node is an index: it knows keys, and no identifiers; ask at the county or township that holds them"
            )
        }
        return EdgeResponse(
            200,
            [
                "resourceType": "Parameters", "id": .string(call.correlation),
                "parameter": .array(others.map { ["name": "targetIdentifier", "valueIdentifier": Self.element($0)] }),
            ] as JSONValue)
    }

    /// An identifier with where it stands and why it is the same person's.
    static func element(_ known: PersonAnswer.Known) -> JSONValue {
        var extensions = known.path.map {
            FHIRExtensions.text(FHIRExtensions.evidence, $0.word + " " + $0.entry.description)
        }
        if let entry = known.heldBy {
            extensions.append(FHIRExtensions.text(FHIRExtensions.entry, entry.description))
        }
        return FHIRPatientWriter.identifier(known.identifier, extensions: extensions)
    }
}

/// From which identifier to which others somebody wants to come.
struct CrossReferenceOrder: Sendable, Equatable {
    var source: PatientToken
    /// The authorities of the identifiers that are wanted; all where none is named.
    var targets: [String]

    private static let knownNames: Set<String> = [
        "sourceIdentifier", "targetSystem", "identifier-type", "_format", "_pretty",
    ]

    /// - Throws: a refusal with 400.
    init(_ query: FHIRQuery) throws {
        if let unknown = query.items.first(where: { !Self.knownNames.contains($0.name) }) {
            throw FHIRRefusal(
                400, .notSupported, "the parameter is not known here", expression: String(unknown.name.prefix(64)))
        }
        let sources = query.values(["sourceIdentifier"])
        guard let text = sources.first, sources.count == 1 else {
            throw FHIRRefusal(
                400, .required, "one identifier is needed: sourceIdentifier=system|value",
                expression: "sourceIdentifier")
        }
        source = try PatientToken(text, type: query.values(["identifier-type"]).first)
        targets = query.values(["targetSystem"]).flatMap { $0.split(separator: ",").map(String.init) }
            .map(PatientToken.plainAuthority)
    }

    func takes(_ identifier: PatientIdentifier) -> Bool {
        targets.isEmpty || targets.contains(PatientToken.plainAuthority(identifier.authority))
    }
}
