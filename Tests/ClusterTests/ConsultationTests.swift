import Console
import Consultation
import Demo
import Effects
import Testing

extension RegionPlan {
    /// 25 experts of the county's roster sit at the county, 25 at the city's node.
    fileprivate static let fiftyExperts = (1...50).map {
        Expert(id: "expert-\($0)", node: $0 <= 25 ? "pingding" : "yangquan-shi")
    }

    fileprivate static let withExperts = RegionPlan(
        nodes: ["diaodu", "yangquan-shi", "pingding", "zhangzhuang"],
        rosters: ["pingding": fiftyExperts, "yangquan-shi": [Expert(id: "city-expert", node: "yangquan-shi")]],
        levels: [
            Level(kind: "ecg-routine", claimSeconds: 600, reportSeconds: 600, graceSeconds: 60),
            Level(kind: "ecg-short", claimSeconds: 60, reportSeconds: 3, graceSeconds: 2),
        ])
}

extension ClusterTests {
    @Suite("Experts and their homes", .serialized, .region(.withExperts))
    struct ConsultationTests {
        private func create(_ cluster: Cluster, kind: String) async throws -> String {
            let person = DemoPerson.liJianguo
            let created = try await cluster.ask(
                "zhangzhuang", ConsultationEndpoints.create,
                ConsultationOrder(
                    kind: kind, identifier: person.identityNumber, patientName: person.name, clinicalSummary: "胸闷",
                    reason: "请诊断", practitioner: "doctor-wang", consent: "TEST-CONSENT"))
            return created.request
        }

        /// `nil` where the node does not know the request yet.
        private func info(_ request: String, at id: String, _ cluster: Cluster) async throws -> ConsultationInfo? {
            do {
                return try await cluster.ask(id, ConsultationEndpoints.show, .init(id: request))
            } catch let failure as Failure where failure.code == "consultation.unknown" {
                return nil
            }
        }

        private func wait(
            for state: String, attempt: Int = 1, of request: String, at id: String, _ cluster: Cluster
        ) async throws {
            try await cluster.wait(for: "attempt \(attempt) to be \(state) at \(id)") {
                let attempts = try await info(request, at: id, cluster)?.attempts ?? []
                return attempts.contains { $0.number == attempt && $0.state == state }
            }
        }

        private func claim(_ request: String, by expert: String, at id: String, _ cluster: Cluster) async throws {
            _ = try await cluster.ask(
                id, ConsultationEndpoints.claim, ConsultationAction(request: request, actor: expert))
        }

        private func report(
            _ request: String, by expert: String, saying conclusion: String, at id: String, _ cluster: Cluster
        ) async throws {
            _ = try await cluster.ask(
                id, ConsultationEndpoints.report,
                ConsultationAction(request: request, actor: expert, findings: "窦性心律", conclusion: conclusion))
        }

        @Test("of fifty experts at two nodes who claim at once one has it, and the others are told who")
        func race() async throws {
            let cluster = try Cluster.current
            let request = try await create(cluster, kind: "ecg-routine")
            for id in ["pingding", "yangquan-shi"] {
                try await wait(for: "offered", of: request, at: id, cluster)
            }
            let refusals = try await withThrowingTaskGroup(of: (String, Failure?).self) { group in
                for expert in RegionPlan.fiftyExperts {
                    group.addTask {
                        do {
                            try await claim(request, by: expert.id, at: expert.node, cluster)
                            return (expert.id, nil)
                        } catch let failure as Failure {
                            return (expert.id, failure)
                        }
                    }
                }
                return try await group.reduce(into: [String: Failure?]()) { $0.updateValue($1.1, forKey: $1.0) }
            }
            let winners = refusals.filter { $0.value == nil }.map(\.key)
            let winner = try #require(winners.first)
            #expect(winners.count == 1 && refusals.count == 50)
            for case (let expert, let failure?) in refusals {
                #expect(failure.code == "consultation.taken", "\(expert): \(failure)")
                #expect(failure.message.contains(winner), "\(expert) is told who has it")
            }
            for id in ["pingding", "yangquan-shi", "zhangzhuang"] {
                try await wait(for: "claimed", of: request, at: id, cluster)
                let attempts = try await info(request, at: id, cluster)?.attempts ?? []
                #expect(attempts.map(\.claimant) == [winner], "at \(id)")
                #expect(attempts.first?.steps.filter { $0.event == "claimed" }.count == 1)
            }
        }

        @Test("a home that dies after a claim is replaced by a second attempt; both reports reach the requester")
        func deadHome() async throws {
            let cluster = try Cluster.current
            let request = try await create(cluster, kind: "ecg-short")
            try await wait(for: "offered", of: request, at: "pingding", cluster)
            try await claim(request, by: "expert-1", at: "pingding", cluster)
            try await wait(for: "claimed", of: request, at: "diaodu", cluster)
            try await cluster.kill("pingding")

            try await wait(for: "offered", attempt: 2, of: request, at: "yangquan-shi", cluster)
            try await claim(request, by: "city-expert", at: "yangquan-shi", cluster)
            try await report(request, by: "city-expert", saying: "下壁ST段改变", at: "yangquan-shi", cluster)

            try await cluster.stage.restart("pingding")
            try await report(request, by: "expert-1", saying: "未见异常", at: "pingding", cluster)
            try await cluster.wait(for: "both reports at the requester") {
                let attempts = try await info(request, at: "zhangzhuang", cluster)?.attempts ?? []
                return attempts.map(\.reportVersions) == [1, 1]
            }
            let shown = try await cluster.stage.yilian([
                "consult", "show", request, "--data", try cluster.stage.node("zhangzhuang").dataFolder,
            ])
            #expect(shown.contains("expert-1") && shown.contains("city-expert"), "\(shown)")
            let file = try await cluster.ask(
                "zhangzhuang", ConsultationEndpoints.read,
                ConsultationReading(request: request, practitioner: "doctor-wang"))
            #expect(
                Set(file.reports.map { "\($0.attempt) \($0.expert) \($0.conclusion)" }) == [
                    "1 expert-1 未见异常", "2 city-expert 下壁ST段改变",
                ])
            for id in cluster.nodeIDs { #expect(try await cluster.ledgerProblems(of: id) == [], "\(id)") }
        }
    }
}
