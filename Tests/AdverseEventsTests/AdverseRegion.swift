import AdverseEvents
import Effects
import Regions
import ServiceKit
import Synchronization
import WorkflowKit
import YilianTestKit

/// A small region that has agreed on adverse events: `jucheng` is a township of `pingding`, `yuxian` the other county.
///
/// People work from eight to six, Monday to Friday. The unit's own controller sits at the township, the group's at the county.
enum AdverseRegion {
    static let acceptSeconds: UInt32 = 4 * 3_600
    static let analysisSeconds: UInt32 = 8 * 3_600
    static let lawSeconds: UInt32 = 12 * 3_600

    static let patientName = "赵试七"
    static let patientNumber = "C-471300"
    static let reporter = "N-55021"

    static func run(_ body: @Sendable (TestRegion) async throws -> Void) async throws {
        try await TestRegion.run(.small, TestOptions(clock: .manual)) { region in
            try await region.publishConfiguration { configuration in
                configuration.adverseLevels = [
                    AdverseLevel(
                        grade: "level-1", name: "警告事件", acceptSeconds: acceptSeconds,
                        analysisSeconds: analysisSeconds, lawSeconds: lawSeconds),
                    AdverseLevel(
                        grade: "level-4", name: "隐患事件", acceptSeconds: acceptSeconds, analysisSeconds: analysisSeconds),
                ]
                configuration.adverseControllers = [
                    line(at: "jucheng", "qc-unit"), line(at: "pingding", "qc-group"),
                ]
                configuration.workingHours = WorkingHours(
                    calendar: CaseCalendar(dayMinutes: 480..<1_080, holidays: [], countsWeekends: false))
            }
            try await region.waitUntilConfigured()
            try await body(region)
        }
    }

    private static func line(at node: String, _ practitioner: String) -> AdverseControllers {
        guard let unit = OrgUnitID(rawValue: "jucheng"), let node = NodeID(rawValue: node) else {
            preconditionFailure("these have the form of ids")
        }
        return AdverseControllers(unit: unit, node: node, practitioners: [practitioner])
    }

    static func report(
        _ grade: String = "level-1", reporter: String = AdverseRegion.reporter, number: String = "",
        values: [String: String] = ["what": "输液时误用邻床药物", "harm": "mild", "day": "2026-11-30"]
    ) -> AdverseService.Report {
        AdverseService.Report(
            grade, .medication, unit: "jucheng", values: values,
            patient: PatientDemographics(
                identifiers: [.init(type: "MR", authority: "ehc", value: patientNumber)], name: patientName),
            reporter: reporter, number: number)
    }

    static func asking(_ practitioner: String, at unit: String) -> Asking {
        Asking(practitioner: practitioner, organizationUnit: unit, purpose: .adverseReview)
    }
}

extension TestRegion {
    func adverse(_ node: String) throws -> AdverseService { try self.node(node).node.service(AdverseService.self) }

    /// A controller at a node does something, as soon as the node knows of the event.
    @discardableResult
    func act(
        _ node: String, _ practitioner: String, _ event: AdverseAction, _ id: CaseID<AdverseWorkflow>,
        _ values: [String: String], day: WallTime? = nil
    ) async throws -> CaseReceipt<AdverseWorkflow> {
        let book = try adverse(node).book
        let deed = CaseDeed<AdverseWorkflow>(event, by: practitioner, values: values, day: day)
        let early: Set<Failure.Code> = ["adverse.unknown", "adverse.wrongState", "workflow.unmatched"]
        let found = Mutex<CaseReceipt<AdverseWorkflow>?>(nil)
        try await wait(for: "\(event.rawValue) at \(node)") {
            do {
                let receipt = try await book.perform(deed, on: id)
                found.withLock { $0 = receipt }
                return true
            } catch let failure as Failure where early.contains(failure.code) {
                return false
            }
        }
        guard let receipt = found.withLock({ $0 }) else { throw Failure("test.never", "nothing was answered") }
        return receipt
    }

    func wait(_ node: String, knows id: CaseID<AdverseWorkflow>, as state: AdverseState) async throws {
        let book = try adverse(node).book
        try await wait(for: "\(state.rawValue) at \(node)") { (try? await book.show(id).state) == state }
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
