import Effects
import Referral
import Regions
import ServiceKit
import WorkflowKit
import YilianTestKit

/// A small region that has agreed on referrals: `jucheng` is a township of `pingding`, `yuxian` the other county.
enum ReferralRegion {
    static let answerSeconds: UInt32 = 3_600
    static let arrivalSeconds: UInt32 = 86_400
    static let returnSeconds: UInt32 = 86_400

    static func run(_ body: @Sendable (TestRegion) async throws -> Void) async throws {
        try await TestRegion.run(.small, TestOptions(clock: .manual)) { region in
            try await region.publishConfiguration { configuration in
                configuration.referralLevels = [
                    ReferralLevel(
                        kind: "up-green", name: "绿色通道", direction: .up, answerSeconds: answerSeconds,
                        arrivalSeconds: arrivalSeconds, returnSeconds: returnSeconds)
                ]
            }
            try await region.waitUntilConfigured()
            try await body(region)
        }
    }

    static let patientName = "赵试七"

    static func content(order: String = "") -> CaseContent {
        CaseContent(
            patient: PatientDemographics(
                identifiers: [.init(type: "MR", authority: "ehc", value: "C-4713")], name: patientName),
            values: ["diagnosis": "急性心肌梗死", "summary": "胸痛两小时", "reason": "需介入治疗"],
            references: ["pingding/1/bulk/1/0"], orderNumber: order)
    }

    static let asking = Asking(
        practitioner: "王医生", organizationUnit: "jucheng", purpose: .treatment, consent: "口头")
}

extension TestRegion {
    func referrals(_ node: String) throws -> ReferralService { try self.node(node).node.service(ReferralService.self) }

    /// Somebody at a node does something, as soon as the node knows enough of the referral.
    @discardableResult
    func act(
        _ node: String, _ event: ReferralEvent, _ id: ReferralID, _ values: [String: String] = [:],
        target: String? = nil, day: WallTime? = nil
    ) async throws -> ReferralReceipt {
        let service = try referrals(node)
        let deed = ReferralService.Deed(
            event, by: "李医生", values: values, to: try target.map { ReferralReceiver(node: try NodeID($0)) }, day: day)
        let early: Set<Failure.Code> = [
            "referral.wrongState", "referral.notItsHome", "referral.unknown", "referral.notTheKeeper",
            "workflow.unmatched", "call.notReachable",
        ]
        let found = Found()
        try await wait(for: "\(event.rawValue) at \(node)") {
            do {
                await found.set(try await service.act(deed, on: id))
                return true
            } catch let failure as Failure where early.contains(failure.code) {
                return false
            }
        }
        return try await found.receipt()
    }

    private actor Found {
        private var value: ReferralReceipt?
        func set(_ receipt: ReferralReceipt) { value = receipt }
        func receipt() throws -> ReferralReceipt {
            guard let value else { throw Failure("test.never", "nothing was answered") }
            return value
        }
    }

    /// Waits until a node knows a referral in a state.
    func wait(_ node: String, knows id: ReferralID, as state: ReferralState) async throws {
        let service = try referrals(node)
        try await wait(for: "\(state.rawValue) at \(node)") { (try? await service.show(id).state) == state }
    }
}

/// Runs `body` and gives the code of the failure that it throws; `nil` where it throws none.
func code(_ body: () async throws -> Void) async -> Failure.Code? {
    do {
        try await body()
        return nil
    } catch {
        return (error as? Failure)?.code ?? "test.other"
    }
}
