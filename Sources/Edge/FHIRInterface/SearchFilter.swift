import Effects
import Recognition

/// What a search for reports asks: of whom, in which states, of which time, and how many.
struct SearchFilter: Sendable, Equatable {
    var patient: PatientToken?
    /// FHIR's words; empty where any will do.
    var statuses: Set<String> = []
    var dates: [DateCondition] = []
    var count = Limits.resultsPerAnswer

    private static let patientNames: Set<String> = [
        "patient.identifier", "subject.identifier", "patient:identifier", "subject:identifier", "identifier",
        "patient:Patient.identifier", "subject:Patient.identifier",
    ]
    private static let typeName = "identifier-type"
    private static let knownNames = patientNames.union([
        typeName, "status", "date", "_count", "_format", "_pretty", "_total", "_sort",
    ])
    static let knownStatuses: Set<String> = ["preliminary", "final", "corrected", "entered-in-error"]

    /// - Throws: a refusal with 400 for a parameter that is unknown or cannot be read: one that were passed over
    ///   silently would show more than was asked for.
    init(_ query: FHIRQuery) throws {
        if let unknown = query.items.first(where: { !Self.knownNames.contains($0.name) }) {
            let name = String(unknown.name.prefix(64))
            throw FHIRRefusal(400, .notSupported, "the search parameter is not known here", expression: name)
        }
        let tokens = query.values(Self.patientNames)
        guard tokens.count <= 1 else {
            throw FHIRRefusal(400, .invalid, "a search is about one patient; there are several identifiers")
        }
        let types = query.values([Self.typeName])
        patient = try tokens.first.map { try PatientToken($0, type: types.first) }
        for list in query.values(["status"]) {
            for word in list.split(separator: ",") {
                guard Self.knownStatuses.contains(String(word)) else {
                    let known = Self.knownStatuses.sorted().joined(separator: ", ")
                    throw FHIRRefusal(400, .codeInvalid, "the status is one of \(known)", expression: "status")
                }
                statuses.insert(String(word))
            }
        }
        dates = try query.values(["date"]).map(DateCondition.init)
        if let text = query.values(["_count"]).last {
            guard let number = Int(text), number >= 0 else {
                throw FHIRRefusal(400, .value, "_count is not a number", expression: "_count")
            }
            count = min(number, Limits.resultsPerAnswer)
        }
    }

    func takes(_ summary: ReportSummary) -> Bool {
        (statuses.isEmpty || statuses.contains(Self.word(summary)))
            && dates.allSatisfy { $0.holds(for: summary.fields.observedTime ?? summary.fields.issuedTime) }
    }

    static func word(_ summary: ReportSummary) -> String {
        if summary.isVoid { return "entered-in-error" }
        switch summary.fields.status {
        case .preliminary: return "preliminary"
        case .final: return "final"
        case .corrected: return "corrected"
        case .void: return "entered-in-error"
        }
    }
}
