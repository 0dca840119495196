import Effects
import Ledgers
import Regions
import SQLiteStorage
import ServiceKit
import Storage
import Testing
import Trust

@testable import Identity

/// Identity entries of several ledgers, folded into tables of their own, without ledgers around them.
struct IdentityFixture {
    /// Entries in the order in which they were written.
    private(set) var entries: [Entry] = []
    private var written: [String: UInt64] = [:]
    private let secret = PatientKeySecret(epoch: 1, suite: .ed25519, random: SeededRandom(seed: 3))

    /// The key of an invented person's identifier.
    func key(_ value: String, epoch: UInt32 = 1) throws -> PatientKeyReference {
        PatientKeyReference(
            epoch: epoch, key: try secret.patientKey(type: "MR", authority: "ward \(epoch)", value: value))
    }

    private func keys(_ values: [String]) throws -> [PatientKeyReference] { try values.map { try key($0) } }

    /// The id of an entry that an author writes next.
    mutating func next(_ author: String) throws -> EntryID {
        let sequence = written[author, default: 0]
        written[author] = sequence + 1
        return try EntryID("\(author)/1/clinical/\(sequence)/0")
    }

    @discardableResult
    mutating func link(
        _ values: String..., author: String = "hill", causes: [EntryID] = [], at time: Int64 = 0
    ) throws -> EntryID {
        let fields = IdentityLink(keys: try keys(values), evidence: .document, reference: "", actor: Self.actor)
        return try add(.identityLink, try fields.encoded(), author: author, causes: causes, at: time)
    }

    @discardableResult
    mutating func separate(
        _ first: [String] = [], _ second: [String] = [], author: String = "hill", causes: [EntryID] = [],
        at time: Int64 = 0
    ) throws -> EntryID {
        let groups = first.isEmpty ? [] : [try keys(first), try keys(second)]
        let fields = IdentitySeparation(groups: groups, reason: "登记错误", actor: Self.actor)
        return try add(.identitySeparation, try fields.encoded(), author: author, causes: causes, at: time)
    }

    @discardableResult
    mutating func add(
        _ kind: EntryKind, _ fields: [UInt8], author: String, causes: [EntryID], at time: Int64 = 0
    ) throws -> EntryID {
        let id = try next(author)
        entries.append(
            Entry(
                id: id, kind: kind, subject: "identity", authorTime: WallTime(milliseconds: time),
                receivedTime: .epoch, causes: causes, fields: fields, payload: nil, hasPayload: false))
        return id
    }

    static let actor = IdentityActor(
        asking: Asking(practitioner: "D-1", organizationUnit: "hill-wsy", purpose: .treatment), statement: "s")

    /// Folds entries into new tables and gives what `body` reads there.
    func folding<Value: Sendable>(
        _ entries: [Entry]? = nil, _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        let folder =
            (ProcessImage.environment("YILIAN_TEST_FOLDER") ?? "/tmp") + "/yilian-identity-\(SystemRandom().next())"
        try SystemDisk().createDirectory(folder, mode: 0o700)
        defer { try? SystemDisk().remove(folder) }
        let world = World(
            time: ManualTime(), random: SeededRandom(seed: 1), disk: SystemDisk(),
            makeWorker: { ThreadWorker(name: $0) })
        let store = try SQLiteStore(path: folder + "/identity.sqlite", world: world, onBroken: { _ in })
        let projection = IdentityProjection()
        try await store.migrate(projection.migrations)
        let configuration = RegionConfiguration(
            region: try RegionID("sample"), name: "示例", version: 1, suite: SuiteID.ed25519.rawValue,
            validFrom: .epoch, organizationUnits: [], nodes: [], management: [])
        let context = FoldContext(
            node: try NodeID("city"), tree: ManagementTree(configuration, at: .epoch), suite: .ed25519)
        let folded = entries ?? self.entries
        let value = try await store.write { sql in
            for entry in folded { try projection.fold(entry, in: sql, context: context) }
            return try body(sql)
        }
        try await store.close()
        return value
    }

    /// Who is found from some identifiers, by their values among `values`.
    func found(
        _ asked: String..., among values: [String], reports: [[String]] = [], entries: [Entry]? = nil
    ) async throws -> Set<String> {
        let answer = try await equivalents(asked, reports: reports, entries: entries)
        return Set(try values.filter { answer.keys.contains(try key($0)) })
    }

    func equivalents(
        _ asked: [String], reports: [[String]] = [], entries: [Entry]? = nil
    ) async throws -> Equivalents {
        let askedKeys = try keys(asked)
        let reported = try reports.map { try keys($0) }
        return try await folding(entries) { sql in
            try IdentityIndex.equivalents(
                of: askedKeys, neighbours: { try Self.neighbours(of: $0, reports: reported) }, in: sql)
        }
    }

    private static func neighbours(
        of key: PatientKeyReference, reports: [[PatientKeyReference]]
    ) throws -> [(PatientKeyReference, EntryID)] {
        var found: [(PatientKeyReference, EntryID)] = []
        for (number, report) in reports.enumerated() where report.contains(key) {
            let entry = try EntryID("lab/1/bulk/\(number)/0")
            found += report.filter { $0 != key }.map { ($0, entry) }
        }
        return found
    }
}
