import Effects
import InventoryKit
import Regions
package import ServiceKit
package import WorkflowKit

/// What an operator asks of referrals.
package enum ReferralEndpoints: EndpointSet {
    /// Which referrals are listed; what is not given narrows nothing.
    package struct ListQuestion: Codable, Sendable, Equatable {
        package var state: String?
        package var direction: String?
        package var limit: UInt32?

        package init(state: String? = nil, direction: String? = nil, limit: UInt32? = nil) {
            self.state = state
            self.direction = direction
            self.limit = limit
        }
    }

    /// One referral by its id.
    package struct ShowQuestion: Codable, Sendable, Equatable {
        package var id: String

        package init(id: String) { self.id = id }
    }

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

    /// A referral that was written.
    package struct Creation: Codable, Sendable, Equatable {
        package var referral: String
        /// The same order had written this referral before.
        package var isDuplicate: Bool
    }

    /// What somebody does about a referral.
    package struct Action: Codable, Sendable, Equatable {
        package var referral: String
        /// An event of the workflow, such as `accepted`.
        package var event: String
        package var practitioner: String
        /// The unit or node that is asked.
        package var target: String?
        /// The day of return, as 2026-12-31.
        package var day: String?
        /// What is held for the referral of an inventory.
        package var hold: String?
        /// By the fields of the event's form.
        package var values: [CaseValue]

        package init(
            referral: String, event: String, practitioner: String, target: String? = nil, day: String? = nil,
            hold: String? = nil, values: [CaseValue] = []
        ) {
            self.referral = referral
            self.event = event
            self.practitioner = practitioner
            self.target = target
            self.day = day
            self.hold = hold
            self.values = values
        }
    }

    /// What was answered to it.
    package struct Receipt: Codable, Sendable, Equatable {
        package var referral: String
        package var home: String
        package var state: String
        package var entry: String
        package var time: String
        package var isDuplicate: Bool
    }

    /// Who opens a referral.
    package struct Reading: Codable, Sendable, Equatable {
        package var referral: String
        package var practitioner: String
        package var unit: String?

        package init(referral: String, practitioner: String, unit: String? = nil) {
            self.referral = referral
            self.practitioner = practitioner
            self.unit = unit
        }
    }

    package static let list = Endpoint<ListQuestion, [ReferralInfo]>(
        .get, "referrals", summary: "The referrals that concern this node, the newest first; nothing of the patients.",
        question: .query, answer: .json)

    package static let show = Endpoint<ShowQuestion, ReferralInfo>(
        .get, "referrals/show", summary: "What became of a referral; nothing of the patient.", question: .query,
        answer: .json, failures: [.absent])

    package static let levels = Endpoint<NoQuestion, [ReferralLevelInfo]>(
        .get, "referrals/levels", summary: "The kinds of referral that the region agreed on.", question: .none,
        answer: .json)

    package static let forms = Endpoint<NoQuestion, [CaseFormInfo]>(
        .get, "referrals/forms", summary: "What is filled in with which event.", question: .none, answer: .json)

    package static let write = Endpoint<Order, Creation>(
        .post, "referrals", summary: "Writes a referral at the node where the patient is.",
        role: .practitioner { $0.practitioner }, question: .json, answer: .json, failures: [.forbidden, .conflict])

    package static let read = Endpoint<Reading, ReferralFileInfo>(
        .post, "referrals/read", summary: "Opens a referral: what the referrer wrote, and what was written since.",
        role: .practitioner { $0.practitioner }, audit: ReferralWorkflow.table.readAction, question: .json,
        answer: .json, failures: [.absent, .forbidden])

    package static let act = Endpoint<Action, Receipt>(
        .post, "referrals/act", summary: "Offers, answers, admits, discharges, hands back: one event of the workflow.",
        role: .practitioner { $0.practitioner }, question: .json, answer: .json,
        failures: [.absent, .forbidden, .conflict, .tooLate])

    package static func endpoints(of node: any ServiceDirectory) throws -> [ServedEndpoint] {
        let service = try node.service(ReferralService.self)
        return [
            list.serve { question in
                let most = Limits.queryResults
                let direction = try question.direction.map {
                    try KnownWord.value($0, what: "direction") as ReferralDirection
                }
                return try await service.list(
                    CaseFilter(
                        state: try question.state.map { try KnownWord.value($0, what: "state") },
                        topic: direction?.rawValue, limit: question.limit.map { min(Int($0), most) } ?? most)
                ).map(ReferralInfo.init)
            },
            show.serve { ReferralInfo(try await service.show(try ReferralID($0.id))) },
            levels.serve { _ in service.context.region.current.referralLevels.map(ReferralLevelInfo.init) },
            forms.serve { _ in CaseFormInfo.all(of: ReferralWorkflow.self) },
            write.serve { try await service.write($0) },
            read.serve { reading in
                let asking = Asking(
                    practitioner: reading.practitioner,
                    organizationUnit: try AskingReader(service.context).unit(reading.unit), purpose: .treatment)
                return ReferralFileInfo(try await service.read(try ReferralID(reading.referral), asking))
            },
            act.serve { action in
                let receipt = try await service.act(
                    try action.deed(service), on: try ReferralID(action.referral))
                return Receipt(
                    referral: receipt.id.description, home: receipt.home.rawValue, state: receipt.state.rawValue,
                    entry: receipt.entry, time: receipt.time.description, isDuplicate: receipt.isDuplicate)
            },
        ]
    }
}

extension ReferralEndpoints.Action {
    fileprivate func deed(_ service: ReferralService) throws -> ReferralService.Deed {
        ReferralService.Deed(
            try KnownWord.value(event, what: "event of a referral"), by: practitioner,
            values: try values.byField(of: ReferralWorkflow.self),
            to: try target.map { try service.receiver(named: $0) }, day: try day.map(ReferralService.Deed.day),
            hold: try hold.map { try HoldID($0) })
    }
}

extension ReferralService {
    fileprivate func write(_ order: ReferralEndpoints.Order) async throws -> ReferralEndpoints.Creation {
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
        let created = try await write(order.kind, content, asking)
        return ReferralEndpoints.Creation(referral: created.id.description, isDuplicate: created.isDuplicate)
    }
}
