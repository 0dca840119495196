import Effects
import Foundation
import Regions
package import ServiceKit
package import WorkflowKit

/// What an operator asks of consultations, for requesters and experts.
package enum ConsultationEndpoints: EndpointSet {
    /// Which requests are listed; what is not given narrows nothing.
    package struct ListQuestion: Codable, Sendable, Equatable {
        /// A state of an attempt, such as `offered`.
        package var state: String?
        package var specialty: String?
        package var limit: UInt32?

        package init(state: String? = nil, specialty: String? = nil, limit: UInt32? = nil) {
            self.state = state
            self.specialty = specialty
            self.limit = limit
        }
    }

    /// One request by its id.
    package struct ShowQuestion: Codable, Sendable, Equatable {
        package var id: String

        package init(id: String) { self.id = id }
    }

    /// The work list, as every workflow has it.
    package static let cases = CaseEndpoints<ConsultationWorkflow>(path: "consultations")

    package static let list = Endpoint<ListQuestion, [ConsultationInfo]>(
        .get, "consultations",
        summary: "The requests that concern this node, the newest first; nothing of the patients.",
        question: .query, answer: .json)

    package static let show = Endpoint<ShowQuestion, ConsultationInfo>(
        .get, "consultations/show", summary: "What became of a request; nothing of the patient.", question: .query,
        answer: .json, failures: [.absent])

    package static let create = Endpoint<ConsultationOrder, ConsultationCreation>(
        .post, "consultations", summary: "Makes a request at the node where the patient is.",
        role: .practitioner { $0.practitioner }, question: .json, answer: .json, failures: [.forbidden, .conflict])

    package static let read = Endpoint<ConsultationReading, ConsultationFileInfo>(
        .post, "consultations/read", summary: "Opens a request: what was asked, and every report on it.",
        role: .practitioner { $0.practitioner }, audit: ConsultationService.readAction, question: .json, answer: .json,
        failures: [.absent, .forbidden])

    package static let claim = action("claim", "Claims a request for an expert; one claim at most succeeds.")
    package static let report = action("report", "Reports on a request that the expert has claimed.")
    package static let acknowledge = action("acknowledge", "Takes note of a report, where the request was made.")

    private static func action(
        _ name: String, _ summary: String
    ) -> Endpoint<ConsultationAction, ConsultationReceiptInfo> {
        Endpoint(
            .post, "consultations/\(name)", summary: summary, role: .practitioner { $0.actor }, question: .json,
            answer: .json, failures: [.absent, .forbidden, .conflict, .tooLate])
    }

    package static func endpoints(of node: any ServiceDirectory) throws -> [ServedEndpoint] {
        let service = try node.service(ConsultationService.self)
        return cases.serveWork(service.book) + [
            list.serve { question in
                let most = Limits.queryResults
                let filter = ConsultationFilter(
                    state: try question.state.map { try KnownWord.value($0, what: "state") },
                    topic: question.specialty,
                    limit: question.limit.map { min(Int($0), most) } ?? most)
                let found = try await service.list(filter)
                // Requests outlive the roster that had their specialty.
                if found.isEmpty, let specialty = filter.topic { try service.check(specialty: specialty) }
                return found.map(ConsultationInfo.init)
            },
            show.serve { ConsultationInfo(try await service.show(try ConsultationID($0.id))) },
            create.serve { order in
                let created = try await service.create(try order.draft(at: service.context))
                return ConsultationCreation(request: created.id.description, isDuplicate: created.isDuplicate)
            },
            read.serve { try await service.file($0) },
            claim.serve { action in
                ConsultationReceiptInfo(
                    try await service.claim(
                        try ConsultationID(action.request), attempt: action.attempt, expert: action.actor))
            },
            report.serve { action in
                ConsultationReceiptInfo(
                    try await service.report(
                        try ConsultationID(action.request), attempt: action.attempt, expert: action.actor,
                        text: ConsultationReportText(
                            findings: action.findings ?? "", conclusion: action.conclusion ?? "")))
            },
            acknowledge.serve { action in
                ConsultationReceiptInfo(
                    try await service.acknowledge(
                        try ConsultationID(action.request), attempt: action.attempt, practitioner: action.actor))
            },
        ]
    }
}

extension ConsultationService {
    fileprivate func check(specialty: String) throws {
        let region = context.region.current
        let known = Set(
            region.serviceLevels.map(\.specialty) + region.rosters.flatMap { $0.experts.flatMap(\.specialties) })
        try KnownWord.check(specialty, what: "specialty in this region", among: known.sorted())
    }

    fileprivate func file(_ reading: ConsultationReading) async throws -> ConsultationFileInfo {
        let unit = try AskingReader(context).unit(reading.unit)
        return ConsultationFileInfo(
            try await read(try ConsultationID(reading.request), by: reading.practitioner, of: unit),
            documents: reading.documents == true)
    }
}

extension ConsultationOrder {
    fileprivate func draft(at context: NodeContext) throws -> ConsultationDraft {
        let reader = AskingReader(context)
        let person = try reader.identifier(type: identifierType, authority: identifierAuthority, value: identifier)
        let patient = PatientDemographics(
            identifiers: [person], name: patientName, birthDate: patientBirthDate, sex: patientSex)
        if let patientSex { try KnownWord.check(patientSex, what: "sex", among: ["M", "F", "O", "U"]) }
        if let date = patientBirthDate, date.utf8.count != 10 || (try? WallTime(recorded: date)) == nil {
            throw Failure("console.badRequest", "the date of birth is no day", remedy: "write it as 1970-01-31")
        }
        let attachments = try attachments.map { attachment in
            guard let content = Data(base64Encoded: attachment.content) else {
                throw Failure("console.badRequest", "an attachment is not base 64", place: "attachments")
            }
            return ConsultationAttachment(
                contentType: attachment.contentType, title: attachment.title, bytes: Array(content))
        }
        return ConsultationDraft(
            kind: kind,
            content: ConsultationContent(
                patient: patient, clinicalSummary: clinicalSummary, reason: reason, attachments: attachments,
                orderNumber: orderNumber ?? ""),
            asking: Asking(
                practitioner: practitioner, organizationUnit: try reader.unit(unit), purpose: .consultation,
                consent: consent, breakGlassReason: breakGlassReason))
    }
}
