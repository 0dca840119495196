import Effects
import Ledgers
import Regions
import WorkflowKit

/// A workflow whose lines have states of their own: the specimens of a laboratory request, each by its barcode.
enum SpecimenWorkflow: Workflow {
    enum State: String, CaseWord { case asked, reported, lapsed }
    enum Event: String, CaseWord { case collected, sent, received, rejected, reported, lapsed }
    enum Role: String, CaseWord { case orderer, nurse, laboratory, home }

    struct Terms: CaseTerms {
        var kind = "blood"
        var topic = "laboratory"
        var madeTime = WallTime(milliseconds: 0)

        init() {}
        init(bytes: [UInt8]) throws {}
        func encoded() throws -> [UInt8] { [] }
    }

    static let table = WorkflowTable<SpecimenWorkflow>(
        name: "specimens", noun: "order", showVerb: "yilian order show", listVerb: "yilian order list",
        createAction: "specimens.order", readAction: "specimens.read", initial: .asked, closed: [.reported, .lapsed],
        settled: [.reported], homeRole: .home,
        creation: CaseCreation(
            kind: EntryKind(9_040), role: .orderer, keys: .none, headerAudience: .region, payloadAudience: .city,
            form: CaseForm([]), isAgreed: { _, _ in true }, firstHome: { origin, _ in origin }),
        events: [
            EventRule(.collected, EntryKind(9_041), .stated, readers: [.homes]),
            EventRule(.sent, EntryKind(9_042), .stated, readers: [.homes]),
            EventRule(.received, EntryKind(9_043), .stated, readers: [.homes]),
            EventRule(.rejected, EntryKind(9_044), .stated, readers: [.homes]),
            EventRule(.reported, EntryKind(9_045), readers: [.origin]),
            EventRule(.lapsed, EntryKind(9_046), readers: [.origin]),
        ],
        roles: [role(.nurse), role(.laboratory)],
        itemMoves: [
            CaseItemMove(.collected, from: nil, to: "collected"),
            CaseItemMove(.sent, from: "collected", to: "inTransit"),
            CaseItemMove(.received, from: "collected", to: "received"),
            CaseItemMove(.received, from: "inTransit", to: "received"),
            CaseItemMove(.rejected, from: "received", to: "rejected"),
        ],
        transitions: [
            .init(.asked, .collected, .nurse, .asked, "a specimen is taken"),
            .init(.asked, .sent, .nurse, .asked, "the courier has it"),
            .init(.asked, .received, .laboratory, .asked, "it is there"),
            .init(.asked, .rejected, .laboratory, .asked, "it cannot be used"),
            .init(.asked, .reported, .laboratory, .reported, "the results are there"),
            .init(.asked, .lapsed, .home, .lapsed, "nobody sent a specimen"),
        ])

    private static func role(_ role: Role) -> RoleRule<SpecimenWorkflow> {
        RoleRule(
            role, holds: { _ in true }, refusal: { _ in Failure("specimens.never", "") },
            authorRefusal: { _ in Failure("author.never", "") })
    }
}
