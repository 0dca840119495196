import EdgeKit
import Effects
import FHIR
import Foundation
import Ledgers
import Recognition
import Regions
import ServiceKit

/// The body of `POST /recognition/match`.
struct MatchQuestion: Decodable {
    struct Identifier: Decodable {
        var system: String?
        var value: String
        /// Table 0203, where the number does not tell.
        var type: String?
    }

    struct Code: Decodable {
        var system: String?
        var code: String
        var orderNumber: String?
    }

    /// What the hospital knows of the patient besides: results that contradict it are not recognised unseen.
    struct Person: Decodable {
        var name: String?
        var birthDate: String?
        /// FHIR's word, HL7's letter or Chinese.
        var sex: String?
    }

    var patient: [Identifier]
    var person: Person?
    var orderNumber: String?
    var items: [Code]

    var demographics: PatientDemographics? {
        person.map {
            PatientDemographics(
                identifiers: [], name: $0.name, birthDate: $0.birthDate, sex: $0.sex.map(PersonRule.sex))
        }
    }
}

/// The body of `POST /recognition/open`.
struct OpeningQuestion: Decodable {
    var patient: [MatchQuestion.Identifier]
    var entry: String
    /// The order for which it is opened; of an order without a number, the match.
    var orderNumber: String?
    var match: String?
}

extension OrderDesk {
    func match(_ call: EdgeCall) async throws -> EdgeResponse {
        let ground = try call.ground()
        let question: MatchQuestion = try await Self.read(call)
        let identifiers = try identifiers(question.patient)
        let match = try await recognition.match(
            MatchOrder(
                number: question.orderNumber, unit: try OrgUnitID(call.principal.institution),
                codes: question.items.map {
                    .init(system: $0.system ?? "", code: $0.code, orderNumber: $0.orderNumber)
                }, person: question.demographics), ground, about: identifiers)
        noteForLinks(match, identifiers, call, ground)
        return try Self.json(MatchInfo(match))
    }

    /// Opens one result: its header and its values, as FHIR resources; the diagnosis is marked as not recognisable.
    func opened(_ call: EdgeCall) async throws -> EdgeResponse {
        let ground = try call.ground()
        let question: OpeningQuestion = try await Self.read(call)
        let entry = try EntryID(question.entry)
        var asking = ground
        asking.order = asking.order ?? question.orderNumber ?? question.match
        let (report, statement) = try await recognition.open(
            entry, asking, about: try identifiers(question.patient))
        let summary = ReportSummary(opened: report)
        let resources = results.writer(call.request).resources(report.content, ResultDesk.metadata(summary))
        let answer: JSONValue = [
            "entry": .string(question.entry), "servedBy": .string(report.servedBy.rawValue),
            "statement": .string(statement.statement.id),
            "recognisable": "data", "notRecognisable": "conclusion",
            "note": "诊断结论不在互认之列。A diagnosis is not recognisable.",
            "report": ResultDesk.contained(resources),
        ]
        return EdgeResponse(200, answer)
    }

    private func identifiers(_ given: [MatchQuestion.Identifier]) throws -> [PatientIdentifier] {
        let now = results.now
        guard given.count <= Limits.identifiersGiven else {
            throw Failure(
                "hook.malformed", "the request names more than \(Limits.identifiersGiven) identifiers of the patient",
                remedy: "name those that the results may have come under")
        }
        // One meaning each: a number that could be of two kinds could be two people's.
        let identifiers = try given.compactMap { identifier in
            try PatientToken(system: identifier.system ?? "", value: identifier.value, type: identifier.type)
                .identifiers(now: now).first
        }
        guard !identifiers.isEmpty else {
            throw Failure(
                "hook.noPatient", "the request names no patient", remedy: "send at least one identifier of the patient")
        }
        return identifiers
    }
}
