import Calls
import Effects
import Recognition
import RecognitionTestKit
import Regions
import ServiceKit
import Testing
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
                ("a made-up doctor", { $0.practitioner = "dr-nobody" }),
                ("a doctor of another county", { $0.practitioner = "dr-bai" }),
                ("a doctor of a made-up department", { ($0.practitioner, $0.organizationUnit) = ("dr-bai", "急诊") }),
                ("a review by somebody who treats", { $0.purpose = "qualityReview" }),
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
}
