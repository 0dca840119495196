import Console
import Demo
import Effects
import Referral
import WorkflowKit

/// A patient's way from a township to the county's hospital and back.
struct ReferralScene: DemoScene {
    /// What became of the referral.
    private struct Outcome: Encodable {
        var referral: String
        var state: String
        var home: String
        /// How often deciding has passed on.
        var term: Int
        var events: Int
    }

    private static let referrer = "张庄镇卫生院 王医生"
    private static let doctor = "pingding-doctor"

    private let stage: DemoStage
    private var referral: Outcome?

    init(_ stage: DemoStage) { self.stage = stage }

    var outcome: [String: any Encodable & Sendable] { referral.map { ["referral": $0] } ?? [:] }
    var invitations: [String] {
        referral.map { ["{yilian} referral show \($0.referral) --data {folder}/zhangzhuang"] } ?? []
    }

    mutating func play(_ act: DemoAct) async throws {
        guard case .day = act else { return }
        stage.printer.heading(
            "A patient is referred from Zhangzhuang up to the county's hospital, and back with a plan")
        let id = try await write()
        try await self.act(id, .offered, as: Self.referrer, at: "zhangzhuang", target: "pingding-renmin")
        try await wait(id, for: .offered, at: "pingding")
        for event in [ReferralEvent.accepted, .arrived, .admitted] {
            try await self.act(id, event, as: Self.doctor, at: "pingding")
            let state: ReferralState = event == .accepted ? .accepted : event == .arrived ? .arrived : .admitted
            try await wait(id, for: state, at: "pingding")
        }
        try await self.act(
            id, .discharged, as: Self.doctor, at: "pingding",
            day: String(stage.world.time.wallTime.chinaText.prefix(10)),
            values: ["diagnosis": "不稳定性心绞痛", "plan": "双联抗血小板，两周后复诊", "watch": "有无出血"])
        try await self.act(id, .downOffered, as: Self.doctor, at: "pingding", target: "zhangzhuang-wsy")
        try await wait(id, for: .downOffered, at: "zhangzhuang")
        try await self.act(id, .downTaken, as: Self.referrer, at: "zhangzhuang")
        try await wait(id, for: .downTaken, at: "zhangzhuang")
        try await self.act(
            id, .followedUp, as: Self.referrer, at: "zhangzhuang", values: ["text": "按期复诊，无出血"])
        try await self.act(id, .closed, as: Self.referrer, at: "zhangzhuang")
        let info = try await wait(id, for: .closed, at: "pingding")
        referral = Outcome(
            referral: id, state: info.state, home: info.home, term: info.term, events: info.steps.count)
    }

    private func write() async throws -> String {
        let patient = DemoPerson.liJianguo
        let order = ReferralEndpoints.Order(
            kind: "up-green", identifier: patient.identityNumber, patientName: patient.name,
            practitioner: Self.referrer, consent: "DEMO-CONSENT-3", orderNumber: "ZZ-ZZ-1",
            values: [
                .init(field: "diagnosis", text: "不稳定性心绞痛"), .init(field: "summary", text: "胸闷2小时，心电图ST段压低"),
                .init(field: "reason", text: "需介入治疗"),
            ])
        let created = try await stage.client(try stage.node("zhangzhuang")) { client in
            try await client.ask(ReferralEndpoints.write, order)
        }
        stage.printer.say("  written: \(created.id)")
        return created.id
    }

    private func act(
        _ id: String, _ event: ReferralEvent, as practitioner: String, at node: String, target: String? = nil,
        day: String? = nil, values: [String: String] = [:]
    ) async throws {
        let action = CaseEndpoints<ReferralWorkflow>.Action(
            id: id, event: event.rawValue, practitioner: practitioner, target: target, day: day,
            values: values.sorted { $0.key < $1.key }.map { .init(field: $0.key, text: $0.value) })
        let receipt = try await stage.client(try stage.node(node)) { client in
            try await client.ask(ReferralEndpoints.cases.act, action)
        }
        stage.printer.say("  \(event.rawValue) at \(node): decided at \(receipt.home)")
    }

    @discardableResult
    private func wait(_ id: String, for state: ReferralState, at name: String) async throws -> CaseInfo {
        let node = try stage.node(name)
        let found = try await stage.wait(
            for: "the referral, \(state.rawValue), at \(name)", seconds: 60, { try await info(id, at: node) },
            until: { $0?.state == state.rawValue })
        guard let found else { throw Failure("demo.lost", "a request was lost", place: id) }
        return found
    }

    private func info(_ id: String, at node: DemoNode) async throws -> CaseInfo? {
        try await stage.client(node) { client -> CaseInfo? in
            do {
                return try await client.ask(ReferralEndpoints.cases.show, .init(id: id))
            } catch let failure as Failure where failure.code == "referral.unknown" {
                return nil
            }
        }
    }
}
