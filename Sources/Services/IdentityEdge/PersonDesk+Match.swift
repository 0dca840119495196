import EdgeKit
import Effects
import FHIR
import Identity
import ServiceKit

extension PersonDesk {
    /// Somebody who may be the person that was described.
    struct Candidate: Sendable {
        var answer: PersonAnswer
        /// The elements that disagree.
        var disagreements: [String]
        /// Found by a number that does not say who issued it, which may be several people's.
        var isByBareNumber: Bool
        /// Found by a number that is no longer in use, which may be somebody else's now.
        var isByFormerNumber: Bool
    }

    /// Whether a person is known here, by identifiers; the rest of the description confirms or contradicts.
    func match(_ call: EdgeCall) async throws -> EdgeResponse {
        let order = try PatientMatchOrder(try await call.body(limitBytes: Limits.httpsFormBytes), now: now)
        let ground = try call.ground()
        var candidates: [Candidate] = []
        for identifier in order.patient.identifiers {
            let readings = identifier.readings
            guard let answer = try await person(readings, question: "identity.match", ground) else { continue }
            let keys = Set(answer.equivalents.keys)
            guard !candidates.contains(where: { !keys.isDisjoint(with: $0.answer.equivalents.keys) }) else { continue }
            let fields = DemographicComparison(given: order.patient).disagreements(with: answer.people)
            candidates.append(
                Candidate(
                    answer: answer, disagreements: fields, isByBareNumber: !identifier.namesItsIssuer,
                    isByFormerNumber: identifier.isFormer))
        }
        // Whom a former number leads to besides is no doubt about the others.
        let isOnePerson = candidates.filter { !$0.isByFormerNumber }.count < 2
        let isCertain: (Candidate) -> Bool = {
            isOnePerson && $0.disagreements.isEmpty && !$0.isByBareNumber && !$0.isByFormerNumber
        }
        let shown = candidates.filter { !order.wantsCertainOnly || isCertain($0) }.prefix(order.count)
        let entries = shown.enumerated().map { number, candidate in
            Self.entry(
                call.request.baseURL, candidate, id: call.correlation + "-\(number + 1)",
                isCertain: isCertain(candidate))
        }
        var bundle: JSONObject = ["resourceType": "Bundle", "type": "searchset"]
        bundle["total"] = .number(JSONNumber(entries.count))
        if !entries.isEmpty { bundle["entry"] = .array(entries) }
        return EdgeResponse(
            200,
            OperationOutcome(Self.issues(candidates) + Self.placeholders(order)).added(
                to: .object(bundle), id: call.correlation))
    }

    private static func entry(
        _ baseURL: String, _ candidate: Candidate, id: String, isCertain: Bool
    ) -> JSONValue {
        let newest = candidate.answer.people.first
        var patient = FHIRPatientWriter().patient(
            PatientDemographics(
                identifiers: [], name: newest?.name, birthDate: newest?.birthDate, sex: newest?.sex), id: id)
        patient["identifier"] = .array(candidate.answer.identifiers.map(element))
        return [
            "fullUrl": .string(baseURL + "/Patient/" + id), "resource": .object(patient),
            "search": [
                "extension": [
                    [
                        "url": "http://hl7.org/fhir/StructureDefinition/match-grade",
                        "valueCode": .string(isCertain ? "certain" : "possible"),
                    ]
                ],
                "mode": "match", "score": JSONNumber(lexical: isCertain ? "1" : "0.5").map { .number($0) } ?? 0,
            ],
        ]
    }

    private static func placeholders(_ order: PatientMatchOrder) -> [OperationOutcome.Issue] {
        guard order.hasPlaceholders else { return [] }
        return [
            .init(
                .value, "identifiers that are place-holders name nobody and were passed over",
                expression: "Patient.identifier", severity: .warning)
        ]
    }

    /// What keeps a match from being certain, in names of elements.
    private static func issues(_ candidates: [Candidate]) -> [OperationOutcome.Issue] {
        var issues: [OperationOutcome.Issue] = []
        let persons = candidates.filter { !$0.isByFormerNumber }.count
        if persons > 1 {
            issues.append(
                .init(
                    .businessRule, "the identifiers belong to \(persons) persons who are not linked here",
                    expression: "Patient.identifier", severity: .warning))
        }
        if candidates.contains(where: \.isByFormerNumber) {
            issues.append(
                .init(
                    .businessRule, "an identifier that is no longer in use may be somebody else's now",
                    expression: "Patient.identifier.use", severity: .warning))
        }
        if candidates.contains(where: \.isByBareNumber) {
            issues.append(
                .init(
                    .businessRule, "an identifier without its system may be several people's",
                    expression: "Patient.identifier.system", severity: .warning))
        }
        for field in Set(candidates.flatMap(\.disagreements)).sorted() {
            issues.append(
                .init(
                    .businessRule, "\(field) is another one than what lies here under these identifiers",
                    expression: "Patient." + field, severity: .warning))
        }
        if candidates.contains(where: { !$0.answer.equivalents.separated.isEmpty }) {
            issues.append(
                .init(
                    .informational, "some identifiers were found to be another person's and are left out",
                    severity: .information))
        }
        if candidates.contains(where: \.answer.equivalents.isTruncated) {
            issues.append(
                .init(.tooLong, "the person has more identifiers than are followed", severity: .warning))
        }
        return issues
    }
}
