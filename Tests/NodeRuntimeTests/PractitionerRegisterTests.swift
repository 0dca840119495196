import Calls
import Consultation
import Effects
import Recognition
import RecognitionTestKit
import Regions
import ServiceKit
import Testing
import WorkflowKit
import YilianTestKit

@Suite("The register of practitioners", .serialized)
struct PractitionerRegisterTests {
    private static func code(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? Failure)?.code.rawValue ?? (error as? TestFailure)?.code ?? "\(type(of: error))"
        }
    }

    /// Two who treat and one who reviews at the township, and a doctor at the other county.
    private static func run(_ body: @Sendable (TestRegion) async throws -> Void) async throws {
        try await TestRegion.run(.small) { region in
            try await region.node("yuxian").publish(TestReport("Y-1", of: People.wang))
            try await region.waitUntilAcknowledged()
            try await region.publishConfiguration { configuration in
                configuration.access.registers = [
                    PractitionerRegister(unit: try OrgUnitID("jucheng"), practitioners: ["dr-li", "张医生"]),
                    PractitionerRegister(
                        unit: try OrgUnitID("jucheng"), practitioners: ["dr-shen"], purposes: ["qualityReview"]),
                    PractitionerRegister(unit: try OrgUnitID("yuxian"), practitioners: ["dr-bai"]),
                ]
            }
            try await region.waitUntilConfigured()
            try await body(region)
        }
    }

    @Test("whoever stands in it asks for what its line says, in the unit or a department of it; nobody else does")
    func signing() async throws {
        try await Self.run { region in
            let node = try region.node("jucheng")
            let cases: [(String, String, TestInquirer.Purpose, String?)] = [
                ("dr-li", "jucheng", .treatment, nil), ("张医生", "急诊", .treatment, nil),
                ("dr-li", "jucheng", .qualityReview, "access.notRegistered"),
                ("dr-shen", "jucheng", .qualityReview, nil),
                ("dr-shen", "jucheng", .treatment, "access.notRegistered"),
                ("dr-nobody", "jucheng", .treatment, "access.notRegistered"),
                ("dr-bai", "jucheng", .treatment, "access.notRegistered"),
                ("dr-bai", "急诊", .treatment, "access.notRegistered"),
            ]
            for (practitioner, unit, purpose, expected) in cases {
                let inquirer = TestInquirer(practitioner, organizationUnit: unit, purpose: purpose)
                let code = await Self.code {
                    let found = try await node.find(People.wang, by: inquirer)
                    #expect(found.results.count == 1 && found.unreached.isEmpty)
                }
                #expect(code == expected, "\(practitioner) of \(unit) for \(purpose)")
            }
        }
    }

    @Test("an emergency asks for no line of its own, but for one of whoever treats")
    func emergency() async throws {
        try await Self.run { region in
            let node = try region.node("jucheng")
            let doctor = TestInquirer(
                "dr-li", organizationUnit: "jucheng", purpose: .emergency, breakGlassReason: "昏迷", order: nil)
            #expect(try await node.find(People.wang, by: doctor).results.count == 1)
            var stranger = doctor
            stranger.practitioner = "dr-nobody"
            let code = await Self.code { _ = try await node.find(People.wang, by: stranger) }
            #expect(code == "access.notRegistered")
        }
    }

    @Test(
        "a node that signs for whomever it likes is refused by its county, its city and the node that holds the result")
    func hops() async throws {
        try await Self.run { region in
            let signer = try region.node("jucheng")
            let doctor = TestInquirer("dr-li", organizationUnit: "jucheng")
            let found = try #require(try await signer.find(People.wang, by: doctor).results.first)
            let forgeries: [(String, @Sendable (inout PBAccessStatement) -> Void)] = [
                ("a made-up doctor", { $0.asking.practitioner = "dr-nobody" }),
                ("a doctor of another county", { $0.asking.practitioner = "dr-bai" }),
                (
                    "a doctor of a made-up department",
                    { ($0.asking.practitioner, $0.asking.organizationUnit) = ("dr-bai", "急诊") }
                ),
                ("a review by somebody who treats", { $0.asking.purpose = "qualityReview" }),
            ]
            for (index, (name, edit)) in forgeries.enumerated() {
                for (callee, caller) in [("pingding", "jucheng"), ("shi", "pingding"), ("yuxian", "shi")] {
                    let statement = try found.statement.forged(by: signer) {
                        $0.id = "forged-\(index)-\(callee)"
                        $0.question = "recognition.fetch \(found.id)"
                        edit(&$0)
                    }
                    let code = await Self.code {
                        let desk = try DeskInterface.recognition.at(
                            NodeID(callee), try region.node(caller).node.context.system)
                        _ = try await desk.fetch(FetchRequest(entry: found.id, statement: statement))
                    }
                    #expect(code == "access.notRegistered", "\(name) at \(callee)")
                }
            }
        }
    }

    @Test("nobody decides or takes note in a name that the register of the unit does not enter among those who treat")
    func deciding() async throws {
        try await RecognitionRegion.run { region in
            let (issuer, doctor) = (try region.node("jucheng"), try region.node("yuxian"))
            try await issuer.publish(RecognitionRegion.report("J-1", of: People.wang))
            try await region.waitUntilAcknowledged()
            try await region.publishConfiguration { configuration in
                let unit = try OrgUnitID("yuxian")
                configuration.access.registers = [
                    PractitionerRegister(unit: unit, practitioners: ["张医生"]),
                    PractitionerRegister(unit: unit, practitioners: ["dr-shen"], purposes: ["qualityReview"]),
                    PractitionerRegister(unit: try OrgUnitID("jucheng"), practitioners: ["dr-li"]),
                ]
            }
            try await region.waitUntilConfigured()
            let match = try await doctor.match(People.wang)
            let offered = try #require(match.items.first?.candidates.first)
            for name in ["dr-nobody", "dr-shen", "dr-li"] {
                let code = await Self.code {
                    _ = try await doctor.recognition.decide(
                        DecisionRequest(
                            match: match.id, item: "GLU", entry: offered.summary.entry, practitioner: name))
                }
                #expect(code == "access.notRegistered", "\(name)")
            }
            #expect(try await doctor.recognition.decisions().isEmpty)
            _ = try await doctor.decide(match)
            try await issuer.publish(
                RecognitionRegion.report("J-1", of: People.wang, value: "6.50", status: .corrected))
            try await region.wait(for: "the alert") { try await doctor.recognition.alerts().count == 1 }
            let alert = try #require(try await doctor.recognition.alerts().first)
            let code = await Self.code {
                try await doctor.recognition.acknowledge(alert.current, unit: "yuxian", practitioner: "dr-nobody")
            }
            #expect(code == "access.notRegistered")
            try await doctor.recognition.acknowledge(alert.current, unit: "yuxian", practitioner: "张医生")
            #expect(try await doctor.recognition.alerts().isEmpty)
        }
    }

    @Test("nobody takes note of a report in a name that the register does not enter, nor does its home believe it")
    func acknowledging() async throws {
        try await TestRegion.run(.small) { region in
            let (clinic, county) = (try region.node("jucheng").node, try region.node("pingding").node)
            try await region.publishConfiguration { configuration in
                let home = try NodeID("pingding")
                configuration.rosters = [
                    ExpertRoster(
                        home: home, experts: [Expert(id: "ecg-li", name: "李", node: home, specialties: ["ecg"])])
                ]
                configuration.serviceLevels = [
                    ServiceLevel(
                        kind: "ecg", name: "心电", specialty: "ecg", claimSeconds: 600, reportSeconds: 600,
                        graceSeconds: 60)
                ]
                configuration.access.registers = [
                    PractitionerRegister(unit: try OrgUnitID("jucheng"), practitioners: ["王医生"])
                ]
            }
            try await region.waitUntilConfigured()
            let (requests, experts) = (
                try clinic.service(ConsultationService.self), try county.service(ConsultationService.self)
            )
            func draft(_ practitioner: String) -> ConsultationDraft {
                ConsultationDraft(
                    kind: "ecg",
                    content: ConsultationContent(
                        patient: PatientDemographics(
                            identifiers: [PatientIdentifier(type: "MR", authority: "ehc", value: "C-4713")],
                            name: "赵试七"), clinicalSummary: "胸痛", reason: "诊断"),
                    asking: Asking(
                        practitioner: practitioner, organizationUnit: "jucheng", purpose: .consultation,
                        consent: "C-4713"))
            }
            let unknown = await Self.code { _ = try await requests.create(draft("dr-nobody")) }
            #expect(unknown == "access.notRegistered")
            let id = try await requests.create(draft("王医生")).id
            try await region.wait(for: "an offer") { try await experts.list().contains { $0.state == .offered } }
            _ = try await experts.claim(id, expert: "ecg-li")
            _ = try await experts.report(
                id, expert: "ecg-li", text: ConsultationReportText(findings: "窦性心律", conclusion: "正常"))
            try await region.wait(for: "the report") { try await requests.list().contains(where: \.isReported) }
            let refused = await Self.code { _ = try await requests.acknowledge(id, practitioner: "dr-nobody") }
            #expect(refused == "access.notRegistered")
            // The clinic's node signs for whomever it likes.
            var command = ConsultationCommand(
                id: id, attempt: 1, home: try NodeID("pingding"), actor: "dr-nobody",
                origin: try NodeID("jucheng"), event: .acknowledged, role: .requester)
            command = try command.signed(by: clinic.context)
            let signed = command
            let disbelieved = await Self.code {
                _ = try await DeskInterface.consultation.at(NodeID("pingding"), clinic.context.system).command(signed)
            }
            #expect(disbelieved == "access.notRegistered")
            #expect(try await requests.acknowledge(id, practitioner: "王医生").state == .acknowledged)
        }
    }
}
