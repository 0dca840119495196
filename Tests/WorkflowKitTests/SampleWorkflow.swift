import Effects
import Ledgers
import Regions
import WorkflowKit

/// A workflow that has every part of the kit: slides are read by two pathologists after somebody has scanned them, the case
/// can be handed over, and its lines are used up one by one.
enum SampleWorkflow: Workflow {
    enum State: String, CaseWord {
        case ordered, scanned, read, confirmed, signed, closed, lapsed
    }

    enum Event: String, CaseWord {
        case scanned, read, confirmed, dispensed, moved, closed, lapsed, signed
    }

    enum Role: String, CaseWord {
        case orderer, scanner, reader, home
    }

    struct Terms: CaseTerms {
        var kind = "slides"
        var topic = "pathology"
        var madeTime = WallTime(milliseconds: 0)

        init() {}
        init(bytes: [UInt8]) throws {}
        func encoded() throws -> [UInt8] { [] }
    }

    static let table = WorkflowTable<SampleWorkflow>(
        name: "sample", noun: "slide order", showVerb: "yilian sample show", listVerb: "yilian sample list",
        createAction: "sample.order", readAction: "sample.read", initial: .ordered, closed: [.closed, .lapsed],
        settled: [], homeRole: .home,
        creation: CaseCreation(
            kind: EntryKind(9_000), role: .orderer, keys: .none, headerAudience: .region, payloadAudience: .city,
            form: CaseForm([]), isAgreed: { _, _ in true }, firstHome: { origin, _ in origin }),
        events: [
            EventRule(.scanned, EntryKind(9_001), .stated, readers: [.homes]),
            EventRule(.read, EntryKind(9_002), form: reading, fills: "first", readers: [.origin]),
            EventRule(.confirmed, EntryKind(9_003), form: reading, fills: "second", readers: [.origin]),
            EventRule(.dispensed, EntryKind(9_004), readers: [.origin]),
            EventRule(.moved, EntryKind(9_005), handover: .target, readers: [.homes]),
            EventRule(.closed, EntryKind(9_006), holder: "second", readers: [.origin]),
            EventRule(.signed, EntryKind(9_008), fills: "panel", readers: [.origin]),
            EventRule(.lapsed, EntryKind(9_007), readers: [.origin]),
        ],
        roles: [role(.orderer), role(.scanner), role(.reader)],
        seats: [
            CaseSeat("first", .reader), CaseSeat("second", .reader, count: 2, distinctFrom: ["first"]),
            CaseSeat("panel", .reader, count: 3, quorum: 2, distinctFrom: ["first"]),
        ],
        timers: [
            CaseTimer("reading", anchor: .events([.scanned]), states: [.scanned], consequence: .event(.lapsed)) { _ in
                3_600
            },
            CaseTimer(
                "law", anchor: .field([.read]) { _ in WallTime(milliseconds: 1_000) }, states: [], isUnstoppable: true,
                fulfilledBy: [.closed], consequence: .notice
            ) { _ in 86_400 },
        ],
        transitions: [
            .init(.ordered, .scanned, .scanner, .scanned, "the slides are scanned where they lie"),
            .init(.ordered, .moved, .orderer, .ordered, "another laboratory is to do it"),
            .init(.ordered, .lapsed, .home, .lapsed, "nobody scanned them"),
            .init(.scanned, .read, .reader, .read, "the first pathologist reads"),
            .init(.scanned, .lapsed, .home, .lapsed, "nobody read them in time"),
            .init(.read, .confirmed, .reader, .confirmed, "another one confirms"),
            .init(.confirmed, .confirmed, .reader, .confirmed, "a third one confirms, too"),
            .init(.confirmed, .dispensed, .orderer, .confirmed, "a part is given out"),
            .init(.confirmed, .closed, .reader, .closed, "who confirmed closes it"),
            .init(.confirmed, .signed, .reader, .signed, "two of three sign"),
            .init(.signed, .signed, .reader, .signed, "the third signs, too"),
            .init(.signed, .closed, .reader, .closed, "who confirmed closes it"),
        ])

    private static let reading = CaseForm(
        [
            CaseForm.Field("finding", .text(limitBytes: 100), isRequired: true, "finding", "所见"),
            CaseForm.Field("grade", .code(["low", "high"]), "grade", "分级"),
            CaseForm.Field("day", .day, "day", "日期"),
        ])

    private static func role(_ role: Role) -> RoleRule<SampleWorkflow> {
        RoleRule(
            role, holds: { _ in true }, refusal: { _ in Failure("sample.never", "") },
            authorRefusal: { _ in Failure("author.never", "") })
    }

}
