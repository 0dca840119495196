import Consultation
import Effects
import Foundation
import Hummingbird
import NodeRuntime
import Regions
import ServiceKit

extension OperatorAPI {
    func addConsultations(to routes: Routes) {
        routes.get("consultations") { request, _ in
            let state: ConsultationState? = try request.parameter("state").map {
                try KnownWord.value($0, what: "state")
            }
            let filter = ConsultationFilter(
                state: state, specialty: request.parameter("specialty"),
                limit: try request.number("limit").map { min(Int(clamping: $0), Limits.queryResults) }
                    ?? Limits.queryResults)
            let found = try await service().list(filter)
            // Requests outlive the roster that had their specialty.
            if found.isEmpty, let specialty = filter.specialty { try checkSpecialty(specialty) }
            return try ConsoleAnswer.json(found.map(ConsultationInfo.init))
        }
        routes.get("consultations/show") { request, _ in
            let record = try await service().show(try ConsultationID(try request.required("id")))
            return try ConsoleAnswer.json(ConsultationInfo(record))
        }
        routes.post("consultations") { request, _ in
            let created = try await service().create(try draft(try await request.json(ConsultationOrder.self)))
            return try ConsoleAnswer.json(
                ConsultationCreation(request: created.id.description, isDuplicate: created.isDuplicate))
        }
        routes.post("consultations/read") { request, _ in
            let reading = try await request.json(ConsultationReading.self)
            return try ConsoleAnswer.json(
                ConsultationFileInfo(try await read(reading), documents: reading.documents == true))
        }
        routes.post("consultations/claim") { request, _ in
            let action = try await request.json(ConsultationAction.self)
            return try ConsoleAnswer.json(
                ConsultationReceiptInfo(
                    try await service().claim(
                        try ConsultationID(action.request), attempt: action.attempt, expert: action.actor)))
        }
        routes.post("consultations/report") { request, _ in
            let action = try await request.json(ConsultationAction.self)
            let text = ConsultationReportText(
                findings: action.findings ?? "", conclusion: action.conclusion ?? "")
            return try ConsoleAnswer.json(
                ConsultationReceiptInfo(
                    try await service().report(
                        try ConsultationID(action.request), attempt: action.attempt, expert: action.actor, text: text)))
        }
        routes.post("consultations/acknowledge") { request, _ in
            let action = try await request.json(ConsultationAction.self)
            return try ConsoleAnswer.json(
                ConsultationReceiptInfo(
                    try await service().acknowledge(
                        try ConsultationID(action.request), attempt: action.attempt, practitioner: action.actor)))
        }
    }

    private func checkSpecialty(_ word: String) throws {
        let region = setup.region
        let known = Set(
            region.serviceLevels.map(\.specialty) + region.rosters.flatMap { $0.experts.flatMap(\.specialties) })
        try KnownWord.check(word, what: "specialty in this region", among: known.sorted())
    }

    private func service() throws -> ConsultationService {
        try setup.node.service(ConsultationService.self)
    }

    private func read(_ reading: ConsultationReading) async throws -> ConsultationService.File {
        let reader = ConsultationService.Reader(
            practitioner: reading.practitioner, organizationUnit: reading.unit ?? firstUnit)
        return try await service().read(try ConsultationID(reading.request), reader: reader)
    }

    private var firstUnit: String {
        setup.region.organizationUnits(at: setup.node.context.node).first?.id.rawValue ?? ""
    }

    private func draft(_ order: ConsultationOrder) throws -> ConsultationDraft {
        let desk = AccessDesk(setup: setup)
        let person = try desk.identifier(
            type: order.identifierType, authority: order.identifierAuthority, value: order.identifier)
        let patient = ConsultationPatient(
            identifiers: [.init(type: person.type, authority: person.authority, value: person.value)],
            name: order.patientName, birthDate: order.patientBirthDate ?? "", sex: order.patientSex ?? "")
        if let sex = order.patientSex { try KnownWord.check(sex, what: "sex", among: ["M", "F", "O", "U"]) }
        if let date = order.patientBirthDate, date.utf8.count != 10 || (try? WallTime(recorded: date)) == nil {
            throw Failure("console.badRequest", "the date of birth is no day", remedy: "write it as 1970-01-31")
        }
        let attachments = try order.attachments.map { attachment in
            guard let content = Data(base64Encoded: attachment.content) else {
                throw Failure("console.badRequest", "an attachment is not base 64", place: "attachments")
            }
            return ConsultationAttachment(
                contentType: attachment.contentType, title: attachment.title, bytes: Array(content))
        }
        return ConsultationDraft(
            kind: order.kind,
            content: ConsultationContent(
                patient: patient, clinicalSummary: order.clinicalSummary, reason: order.reason,
                attachments: attachments, orderNumber: order.orderNumber ?? ""),
            practitioner: order.practitioner, organizationUnit: try desk.unit(order.unit), consent: order.consent,
            breakGlassReason: order.breakGlassReason)
    }
}
