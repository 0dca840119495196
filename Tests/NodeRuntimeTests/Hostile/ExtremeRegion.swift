import AdverseEvents
import Consultation
import Diagnosis
import Effects
import Imaging
import Identity
import IdentityTestKit
import Indicators
import Inventory
import InventoryKit
import Referral
import Ledgers
import NodeRuntime
import Recognition
import RecognitionTestKit
import Regions
import ServiceKit
import Testing
import WorkflowKit
import YilianTestKit

/// A region in which everything has happened once, and what every node of it must still be able to do after an attack.
struct ExtremeRegion {
    let region: TestRegion

    static func run(_ body: @Sendable (ExtremeRegion) async throws -> Void) async throws {
        try await RecognitionRegion.run { region in
            try await region.publishConfiguration { configuration in
                configuration.rosters = [
                    ExpertRoster(
                        home: try NodeID("pingding"),
                        experts: [
                            Expert(id: "ecg-li", name: "李专家", node: try NodeID("pingding"), specialties: ["ecg"]),
                            Expert(
                                id: "ecg-wu", name: "武专家", node: try NodeID("pingding"), specialties: ["ecg"],
                                capabilities: ["audit"],
                                duty: [DutyTime(weekdays: Set(1...7), from: 0, to: 0)],
                                absences: [Absence(days: 0...1)], capacity: 5),
                        ]),
                    ExpertRoster(
                        home: try NodeID("yuxian"),
                        experts: [
                            Expert(
                                id: "path-wu", name: "吴专家", node: try NodeID("yuxian"),
                                specialties: ["pathology", "ecg"])
                        ]),
                ]
                configuration.serviceLevels = ["ecg", "pathology"].map { kind in
                    ServiceLevel(
                        kind: kind, name: kind, specialty: kind, claimSeconds: 600, reportSeconds: 600,
                        graceSeconds: 60)
                }
                configuration.diagnosisLevels = [("ecg", UInt32?.none), ("audited", 600), ("path", nil)].map {
                    kind, audit in
                    DiagnosisLevel(
                        kind: kind, name: kind, specialty: kind == "path" ? "pathology" : "ecg", modality: .ecg,
                        claimSeconds: kind == "path" ? 1 : 600, reportSeconds: 600, auditSeconds: audit,
                        graceSeconds: 1)
                }
                configuration.referralLevels = [("up", UInt32(600)), ("short", 1)].map { kind, seconds in
                    ReferralLevel(
                        kind: kind, name: kind, direction: .up, answerSeconds: seconds, arrivalSeconds: seconds,
                        returnSeconds: seconds)
                }
                configuration.adverseLevels = [("up", UInt32(600)), ("short", 1)].map { grade, seconds in
                    AdverseLevel(
                        grade: grade, name: grade, acceptSeconds: seconds, analysisSeconds: seconds,
                        lawSeconds: seconds)
                }
                configuration.adverseControllers = [
                    AdverseControllers(
                        unit: try OrgUnitID("jucheng"), node: try NodeID("jucheng"), practitioners: ["王医生"])
                ]
                configuration.inventories = try [("beds", UInt32(600)), ("numbers", 1)].map { id, seconds in
                    OfferedInventory(
                        kind: .bed,
                        terms: InventoryTerms(
                            id: id, name: id, unit: try OrgUnitID("pingding"), owner: try NodeID("pingding"),
                            holdSeconds: seconds, wishSeconds: seconds))
                }
            }
            try await region.waitUntilConfigured()
            try await body(ExtremeRegion(region: region))
        }
    }

    /// Every question that a person can ask a node, every sheet, every statistic.
    ///
    /// - Returns: what failed, by its name.
    func ask(_ handle: TestNode) async throws -> [String] {
        let node = try handle.node
        let recognition = try handle.recognition
        let consultations = try node.service(ConsultationService.self)
        let indicators = try node.service(IndicatorsService.self)
        let now = region.clock.time.wallTime
        var failed: [String] = []
        func question(_ name: String, _ body: () async throws -> Void) async {
            do { try await body() } catch { failed.append("\(name) at \(handle.id): \(error)") }
        }
        await question("statistics") { _ = try await recognition.statistics() }
        for kind in ReportingPeriod.Kind.allCases {
            let period = ReportingPeriod(kind, containing: now)
            await question("the sheet of a \(kind)") { _ = try await recognition.sheet(period) }
            await question("the figures of a \(kind)") { _ = try await indicators.show(period) }
            guard handle.tier != "dispatcher" else { continue }
            await question("closing a \(kind)") { _ = try await indicators.close(period, force: true) }
        }
        await question("alerts") { _ = try await recognition.alerts() }
        await question("openings without consent") { _ = try await recognition.breakGlassOpenings(since: .epoch) }
        await question("decisions") { _ = try await recognition.decisions() }
        await question("certificates") { _ = try await recognition.certificates() }
        await question("requests") {
            for record in try await consultations.list().prefix(50) { _ = try await consultations.show(record.id) }
        }
        let referrals = try node.service(ReferralService.self)
        await question("referrals") {
            for record in try await referrals.list().prefix(50) { _ = try await referrals.show(record.id) }
        }
        let diagnoses = try node.service(DiagnosisService.self)
        await question("diagnoses") {
            for record in try await diagnoses.book.list().prefix(50) { _ = try await diagnoses.book.show(record.id) }
        }
        let imaging = try node.service(ImagingService.self)
        let images = try ImagingEndpoints.endpoints(of: node)
        await question("images that were put aside") {
            for endpoint in images { _ = try await endpoint.respond(EndpointRequest()) }
            _ = try await imaging.figures()
        }
        let adverse = try node.service(AdverseService.self)
        await question("adverse events") {
            for record in try await adverse.book.list().prefix(50) { _ = try await adverse.book.show(record.id) }
        }
        let inventories = try node.service(InventoryService.self)
        await question("holds") {
            for record in try await inventories.holds().prefix(50) { _ = try await inventories.show(record.id) }
        }
        await question("what is free") { _ = try await inventories.stock("beds") }
        await question("the log of identities") { _ = try await handle.identityLog() }
        await question("renewal of identities") { _ = try await handle.renewIdentities() }
        await question("the ledger's figures") { _ = try await node.context.ledger.statistics() }
        if handle.tier != "dispatcher" {
            await question("finding") { _ = try await handle.find(People.wang) }
        }
        return failed
    }

    /// What must hold after an attack: every node runs, every ledger is sound, a refold gives what there was, honest
    /// work goes on.
    func expectUnharmed(after what: String) async throws {
        for handle in region.allNodes {
            #expect(handle.isRunning, "\(what): \(handle.id) has ended: \(handle.failure ?? "")")
            #expect(try await handle.verifyLedger() == [], "\(what): \(handle.id)")
            #expect(try await ask(handle) == [], "\(what)")
            let report = try await handle.node.context.ledger.refold()
            #expect(report.skippedCount == 0, "\(what): \(handle.id): \(report.skipped)")
            #expect(try await ask(handle) == [], "\(what), refolded")
        }
        let number = "after-\(what)"
        try await region.node("jucheng").publish(RecognitionRegion.report(number, of: People.li))
        try await region.wait(for: "a result of somebody else after \(what)") {
            try await region.node("yuxian").find(People.li).results.count >= 1
        }
    }
}
