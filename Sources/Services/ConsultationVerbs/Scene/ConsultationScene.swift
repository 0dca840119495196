import Console
import Consultation
import Demo
import Effects

/// The experts' part: an ECG request that is claimed and reported, and one that nobody claims in time.
struct ConsultationScene: DemoScene {
    /// What became of one request.
    private struct Request: Encodable {
        var request: String
        var kind: String
        var state: String
        var attempts: Int
        var home: String
        var claimant: String?
        var refusedClaimToldWho: Bool?
    }

    private let stage: DemoStage
    private var requests: [Request] = []

    init(_ stage: DemoStage) { self.stage = stage }

    var outcome: [String: any Encodable & Sendable] { ["consultations": requests] }

    mutating func play(_ act: DemoAct) async throws {
        guard case .day = act else { return }
        stage.printer.heading("An ECG request of Zhangzhuang, offered to two experts of Pingding")
        requests.append(try await claimedRequest())
        stage.printer.heading("An ECG request that nobody in Pingding claims before its deadline")
        requests.append(try await escalatedRequest())
    }

    private func order(_ number: String, kind: String) -> ConsultationOrder {
        let patient = DemoPerson.liJianguo
        return ConsultationOrder(
            kind: kind, identifier: patient.identityNumber, patientName: patient.name,
            clinicalSummary: "胸闷2小时，心电图已采集", reason: "请协助诊断心电图", practitioner: "张庄镇卫生院 王医生",
            consent: "DEMO-CONSENT-2", orderNumber: "ZZ-ECG-\(number)")
    }

    private func create(_ order: ConsultationOrder) async throws -> String {
        let created = try await stage.client(try stage.node("zhangzhuang")) { client in
            try await client.ask(ConsultationEndpoints.create, order)
        }
        stage.printer.say("  requested: \(created.request) (\(order.kind))")
        return created.request
    }

    private func info(_ request: String, at node: DemoNode) async throws -> ConsultationInfo? {
        try await stage.client(node) { client -> ConsultationInfo? in
            do {
                return try await client.ask(ConsultationEndpoints.show, .init(id: request))
            } catch let failure as Failure where failure.code.rawValue.hasPrefix("consultation.") {
                return nil
            }
        }
    }

    private func claim(_ request: String, by expert: String, at node: DemoNode) async throws -> ConsultationReceiptInfo
    {
        try await stage.client(node) { client in
            try await client.ask(ConsultationEndpoints.claim, ConsultationAction(request: request, actor: expert))
        }
    }

    private func report(_ request: String, by expert: String, at node: DemoNode) async throws {
        let action = ConsultationAction(
            request: request, actor: expert, findings: "窦性心律，心率78次/分，II、III、aVF导联ST段压低0.05mV",
            conclusion: "下壁ST段改变，请结合临床")
        let receipt = try await stage.client(node) { client in
            try await client.ask(ConsultationEndpoints.report, action)
        }
        stage.printer.say("  reported by \(receipt.actor) at \(receipt.home): \(receipt.state)")
    }

    private func claimedRequest() async throws -> Request {
        let home = try stage.node("pingding")
        let requester = try stage.node("zhangzhuang")
        let request = try await create(order("1", kind: "ecg-routine"))
        let offered = try await stage.wait(
            for: "the offer", seconds: 60, { try await info(request, at: home) },
            until: { $0?.state == "offered" })
        stage.printer.say("  offered to: \(offered?.attempts.last?.offeredTo.joined(separator: ", ") ?? "")")
        let toldWho = try await race(request, at: home)
        let winner = try await info(request, at: home)?.attempts.last?.claimant ?? ""
        stage.printer.say("  claimed by \(winner); the other expert was told who has it: \(toldWho ? "yes" : "no")")
        try await report(request, by: winner, at: home)
        _ = try await stage.wait(
            for: "the report's arrival at Zhangzhuang", seconds: 60, { try await info(request, at: requester) },
            until: { $0?.state == "reported" })
        let action = ConsultationAction(request: request, actor: "张庄镇卫生院 王医生")
        let receipt = try await stage.client(requester) { client in
            try await client.ask(ConsultationEndpoints.acknowledge, action)
        }
        stage.printer.say("  acknowledged at Zhangzhuang: \(receipt.state)")
        _ = try await stage.wait(
            for: "the home's word on the acknowledgement", seconds: 60, { try await info(request, at: requester) },
            until: { $0?.state == "acknowledged" })
        var outcome = try await self.outcome(request, at: requester)
        outcome.refusedClaimToldWho = toldWho
        return outcome
    }

    /// Both experts claim at once.
    ///
    /// - Returns: whether exactly one was refused, with the name of who has it.
    private func race(_ request: String, at home: DemoNode) async throws -> Bool {
        let told = try await withThrowingTaskGroup(of: String?.self) { group in
            for expert in ["ecg-li", "ecg-zhao"] {
                group.addTask {
                    do {
                        _ = try await claim(request, by: expert, at: home)
                        return nil
                    } catch let failure as Failure where failure.code == "consultation.taken" {
                        return failure.message
                    }
                }
            }
            return try await group.reduce(into: [String]()) { told, message in told += message.map { [$0] } ?? [] }
        }
        return told.count == 1 && (told.first?.contains("ecg-") ?? false)
    }

    private func escalatedRequest() async throws -> Request {
        let city = try stage.node("yangquan-shi")
        let request = try await create(order("2", kind: "ecg-emergency"))
        stage.printer.say("  nobody in the county claims it …")
        let escalated = try await stage.wait(
            for: "the escalation to the city", seconds: 120, { try await info(request, at: city) },
            until: { info in info.map { $0.attempts.count > 1 && $0.attempts.last?.state == "offered" } ?? false })
        let attempts = escalated?.attempts ?? []
        stage.printer.say(
            "  escalated (\(attempts.first?.escalationReason ?? "")): attempt \(attempts.last?.number ?? 0) at "
                + "\(attempts.last?.home ?? ""), offered to \(attempts.last?.offeredTo.joined(separator: ", ") ?? "")")
        let expert = attempts.last?.offeredTo.first ?? "ecg-chen"
        _ = try await claim(request, by: expert, at: city)
        try await report(request, by: expert, at: city)
        _ = try await stage.wait(
            for: "the report's arrival at Zhangzhuang", seconds: 60,
            { try await info(request, at: try stage.node("zhangzhuang")) }, until: { $0?.state == "reported" })
        return try await outcome(request, at: try stage.node("zhangzhuang"))
    }

    private func outcome(_ request: String, at node: DemoNode) async throws -> Request {
        guard let info = try await info(request, at: node) else {
            throw Failure("demo.lost", "a request was lost", place: request)
        }
        return Request(
            request: request, kind: info.kind, state: info.state, attempts: info.attempts.count,
            home: info.attempts.last?.home ?? "", claimant: info.attempts.last?.claimant)
    }
}
