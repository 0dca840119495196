import Effects
import Regions
package import ServiceKit
package import WorkflowKit

/// What an operator asks of referrals.
package enum ReferralEndpoints: EndpointSet {
    /// What somebody fills in to refer a patient.
    package struct Order: Codable, Sendable, Equatable {
        /// A kind of the region's `referralLevels`.
        package var kind: String
        package var identifierType: String
        package var identifierAuthority: String
        package var identifier: String
        package var patientName: String
        package var patientSex: String?
        package var patientBirthDate: String?
        package var practitioner: String
        package var unit: String?
        package var consent: String?
        package var breakGlassReason: String?
        /// The hospital system's own number.
        package var orderNumber: String?
        /// By the fields of the form `referral`.
        package var values: [CaseValue]
        /// Entries that belong to it: recognised results, open consultations.
        package var references: [String]

        package init(
            kind: String, identifierType: String = "citizenID", identifierAuthority: String = "CN", identifier: String,
            patientName: String, patientSex: String? = nil, patientBirthDate: String? = nil, practitioner: String,
            unit: String? = nil, consent: String? = nil, breakGlassReason: String? = nil, orderNumber: String? = nil,
            values: [CaseValue], references: [String] = []
        ) {
            self.kind = kind
            self.identifierType = identifierType
            self.identifierAuthority = identifierAuthority
            self.identifier = identifier
            self.patientName = patientName
            self.patientSex = patientSex
            self.patientBirthDate = patientBirthDate
            self.practitioner = practitioner
            self.unit = unit
            self.consent = consent
            self.breakGlassReason = breakGlassReason
            self.orderNumber = orderNumber
            self.values = values
            self.references = references
        }
    }

    package static let cases = CaseEndpoints<ReferralWorkflow>(path: "referrals")

    package static let levels = Endpoint<NoQuestion, [ReferralLevelInfo]>(
        .get, "referrals/levels", summary: "The kinds of referral that the region agreed on.", question: .none,
        answer: .json)

    package static let write = Endpoint<Order, CaseEndpoints<ReferralWorkflow>.Creation>(
        .post, "referrals", summary: "Writes a referral at the node where the patient is.",
        role: .practitioner { $0.practitioner }, question: .json, answer: .json, failures: [.forbidden, .conflict])

    package static func endpoints(of node: any ServiceDirectory) throws -> [ServedEndpoint] {
        let service = try node.service(ReferralService.self)
        return cases.serve(
            service.book, purpose: .treatment,
            checkTopic: { _ = try KnownWord.value($0, what: "direction") as ReferralDirection },
            read: { try await service.read($0, $1) },
            act: { try await service.act(try $0.deed(service), on: try ReferralID($0.id)) })
            + [
                levels.serve { _ in service.context.region.current.referralLevels.map(ReferralLevelInfo.init) },
                write.serve { .init(try await service.write($0)) },
            ]
    }
}

extension CaseEndpoints.Action where W == ReferralWorkflow {
    /// Whoever is asked is named as a unit or as a node; a line is what is held of an inventory.
    fileprivate func deed(_ service: ReferralService) throws -> ReferralService.Deed {
        let receiver = try target.map { try service.receiver(named: $0) }
        var action = self
        action.target = receiver?.node.rawValue
        var deed = try action.deed()
        deed.unit = receiver?.unit ?? ""
        return deed
    }
}

extension ReferralService {
    fileprivate func write(_ order: ReferralEndpoints.Order) async throws -> CreatedCase<ReferralWorkflow> {
        let desk = AskingReader(context)
        let person = try desk.identifier(
            type: order.identifierType, authority: order.identifierAuthority, value: order.identifier)
        if let sex = order.patientSex { try KnownWord.check(sex, what: "sex", among: ["M", "F", "O", "U"]) }
        let content = CaseContent(
            patient: PatientDemographics(
                identifiers: [person], name: order.patientName, birthDate: order.patientBirthDate,
                sex: order.patientSex), values: try order.values.byField(of: ReferralWorkflow.self),
            references: order.references, orderNumber: order.orderNumber ?? "")
        let asking = Asking(
            practitioner: order.practitioner, organizationUnit: try desk.unit(order.unit),
            purpose: order.consent == nil ? .emergency : .treatment, consent: order.consent,
            breakGlassReason: order.breakGlassReason)
        return try await write(order.kind, content, asking)
    }
}
