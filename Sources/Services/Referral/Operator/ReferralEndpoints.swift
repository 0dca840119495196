import Effects
import Regions
package import ServiceKit
package import WorkflowKit

/// What an operator asks of referrals.
package enum ReferralEndpoints: EndpointSet {
    /// What somebody fills in to refer a patient.
    package typealias Order = CaseOrderInfo

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
                write.serve { order in
                    let content = try order.content(of: ReferralWorkflow.self, at: service.context)
                    let asking = try order.asking(for: .treatment, at: service.context)
                    return .init(try await service.write(order.kind, content, asking))
                },
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
