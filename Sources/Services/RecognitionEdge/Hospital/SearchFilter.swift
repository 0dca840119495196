import EdgeKit
import Effects
import FHIR
import Recognition

/// What a search for reports asks: of whom, in which states, of which time, and how many.
struct SearchFilter: Sendable, Equatable {
    /// The patient, by any of these identifiers.
    var patients: [PatientToken] = []
    /// The report's own numbers: any of each list.
    var numbers: [[SearchToken]] = []
    /// The reports' ids; empty where any will do.
    var ids: Set<String> = []
    /// FHIR's words; `nil` where any will do.
    var statuses: Set<String>?
    var dates: [DateCondition] = []
    var issued: [DateCondition] = []
    var updated: [DateCondition] = []
    var order = SearchOrder()
    var count = Limits.resultsPerAnswer
    /// Parameters that are not known here, where the request is lenient about them.
    var ignored: [String] = []
    /// What was looked at, as an address repeats it.
    private(set) var processed: [FHIRQuery.Item] = []

    private static let patientNames: Set<String> = [
        "patient.identifier", "subject.identifier", "patient:identifier", "subject:identifier",
        "patient:Patient.identifier", "subject:Patient.identifier",
    ]
    /// What says how an answer looks and nothing about what is in it; its resources come along in any case.
    private static let plainNames: Set<String> = ["_format", "_pretty", "_total"]
    private static let included: Set<String> = [
        "DiagnosticReport:subject", "DiagnosticReport:patient", "DiagnosticReport:result", "DiagnosticReport:specimen",
    ]
    /// FHIR's words for a report's status, as this node writes them.
    private static let statusWords = [
        "registered": "preliminary", "partial": "preliminary", "preliminary": "preliminary", "final": "final",
        "amended": "corrected", "corrected": "corrected", "appended": "corrected", "cancelled": "entered-in-error",
        "entered-in-error": "entered-in-error", "unknown": "unknown",
    ]

    /// - Parameter isLenient: an unknown parameter is passed over and named in the answer (`Prefer:
    ///   handling=lenient`).
    /// - Throws: a refusal with 400 for a parameter that cannot be read, or is unknown: one that were passed over
    ///   silently would show more than was asked for.
    init(_ query: FHIRQuery, isLenient: Bool = false) throws {
        for item in query.items where !item.value.isEmpty || Self.patientNames.contains(item.name) {
            guard try take(item, query) else {
                let name = String(item.name.prefix(64))
                guard isLenient else {
                    throw FHIRRefusal(
                        400, .notSupported, "the search parameter is not known here", expression: name)
                }
                ignored.append(name)
                continue
            }
            if !Self.plainNames.contains(item.name) { processed.append(item) }
        }
    }

    /// - Returns: whether the parameter is known.
    private mutating func take(_ item: FHIRQuery.Item, _ query: FHIRQuery) throws -> Bool {
        switch item.name {
        case let name where Self.patientNames.contains(name): try takePatient(item, query)
        case "identifier-type": break
        case "identifier": numbers.append(SearchToken.alternatives(item.value).map(SearchToken.init))
        case "_id":
            let given = Set(SearchToken.alternatives(item.value).map { SearchToken($0).value })
            ids = ids.isEmpty ? given : ids.intersection(given)
        case "status": try takeStatus(item.value)
        case "date": dates.append(try DateCondition(item.value))
        case "issued": issued.append(try DateCondition(item.value, name: "issued"))
        case "_lastUpdated": updated.append(try DateCondition(item.value, name: "_lastUpdated"))
        case "_sort": order = try SearchOrder(item.value)
        case "_count":
            guard let number = Int(item.value), number >= 0 else {
                throw FHIRRefusal(400, .value, "_count is not a number", expression: "_count")
            }
            count = min(number, Limits.resultsPerAnswer)
        case "_summary" where item.value == "count": count = 0
        case "_summary" where item.value == "false": break
        case "_include": return Self.included.contains(item.value)
        case let name where Self.plainNames.contains(name): break
        default: return false
        }
        return true
    }

    private mutating func takePatient(_ item: FHIRQuery.Item, _ query: FHIRQuery) throws {
        guard patients.isEmpty else {
            throw FHIRRefusal(
                400, .invalid,
                "a search is about one patient; name his or her identifiers with commas between them",
                expression: item.name)
        }
        let type = query.values(["identifier-type"]).first
        let alternatives = SearchToken.alternatives(item.value)
        guard !alternatives.isEmpty, alternatives.count <= Limits.searchedIdentifiers else {
            throw FHIRRefusal(
                400, .value, "name 1 to \(Limits.searchedIdentifiers) identifiers; write system|value",
                expression: "patient.identifier")
        }
        patients = try alternatives.map { try PatientToken($0, type: type) }
    }

    private mutating func takeStatus(_ text: String) throws {
        var words: Set<String> = []
        for alternative in SearchToken.alternatives(text) {
            guard let word = Self.statusWords[SearchToken(alternative).value] else {
                let known = Self.statusWords.keys.sorted().joined(separator: ", ")
                throw FHIRRefusal(400, .codeInvalid, "the status is one of \(known)", expression: "status")
            }
            words.insert(word)
        }
        statuses = statuses.map { $0.intersection(words) } ?? words
    }

    func takes(_ summary: ReportSummary) -> Bool {
        (statuses.map { $0.contains(Self.word(summary)) } ?? true)
            && (ids.isEmpty || ids.contains(summary.fields.reportKey))
            && dates.allSatisfy { $0.holds(for: summary.fields.observedTime ?? summary.fields.issuedTime) }
            && issued.allSatisfy { $0.holds(for: summary.fields.issuedTime) }
            && updated.allSatisfy { $0.holds(for: summary.authorTime) }
    }

    /// Whether a date narrows the search and the report has none that can be read.
    func cannotDate(_ summary: ReportSummary) -> Bool {
        let date = summary.fields.observedTime ?? summary.fields.issuedTime
        return !dates.isEmpty && date.flatMap(TimeSpan.init) == nil
            || !issued.isEmpty && summary.fields.issuedTime.flatMap(TimeSpan.init) == nil
    }

    /// Whether a report has one of the numbers; its institution tells them apart, so their systems are left aside.
    func takes(_ content: ReportContent) -> Bool {
        numbers.allSatisfy { list in
            list.contains { token in
                token.value == content.fillerOrderNumber || token.value == content.placerOrderNumber
            }
        }
    }

    /// The address of the search as it was understood.
    func address(_ base: String) -> String {
        let query = processed.map { PercentCoding.encode($0.name) + "=" + PercentCoding.encode($0.value) }
        return base + "/DiagnosticReport" + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
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
