import Effects
import Ledgers
import Regions
import SQLiteStorage
import ServiceKit
import Storage
import Testing
import Trust

@testable import Recognition

/// What the index of reports finds where keys begin alike, and which headers it refuses.
struct ReportIndexTests {
    private static let alike = ["00112233445566778899aabbccddeeff00112233", "00112233445566778899aabbccddeeff00112234"]
    private static let time = RuleRegion.time("2026-03-20T10:00:00+08:00")

    /// Keys of two persons that begin with the same eight bytes.
    private static func patient(_ last: UInt8) throws -> PatientKeyReference {
        let bytes = [UInt8](repeating: 7, count: 31) + [last]
        return PatientKeyReference(epoch: 1, key: try #require(PatientKey(bytes: bytes)))
    }

    private func report(
        _ index: Int, key: String, patients: [PatientKeyReference], version: Int = 1, status: ReportStatus = .final,
        minutes: Int64 = 0, author: String = "hill"
    ) throws -> Entry {
        let fields = ReportFields(
            ReportSubmission(
                content: ReportContent(
                    institution: "hill-centre", patient: PatientDemographics(identifiers: []),
                    service: Coding(codes: [.init(code: "GLU")]), status: status, category: .laboratory),
                format: .fhir, messageID: "1"), reportKey: key, patientKeys: patients, version: version)
        return Entry(
            id: try EntryID("\(author)/0/bulk/\(index)/0"), kind: .report, subject: key,
            authorTime: Self.time.advanced(byMilliseconds: minutes * 60_000), receivedTime: Self.time, causes: [],
            fields: try fields.encoded(), payload: nil, hasPayload: false)
    }

    /// Folds entries into an index and looks at it.
    private func look<Value: Sendable>(
        at entries: [Entry], _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        let folder = "/tmp/yilian-index-\(SystemRandom().next())"
        try SystemDisk().createDirectory(folder, mode: 0o700)
        defer { try? SystemDisk().remove(folder) }
        let store = try SQLiteStore(path: folder + "/s.sqlite", world: .system, onBroken: { _ in })
        let projection = RecognitionProjection()
        // A report's fold looks whether somebody here has read the result.
        try await store.migrate(RecognitionService.projections.flatMap(\.migrations))
        let context = FoldContext(
            node: try NodeID("shi"), tree: ManagementTree(RuleRegion.configuration, at: Self.time), suite: .ed25519)
        let value = try await store.write { sql in
            for entry in entries { try projection.fold(entry, in: sql, context: context) }
            return try body(sql)
        }
        try await store.close()
        return value
    }

    @Test func `results whose keys begin alike, of persons whose keys begin alike, stay apart`() async throws {
        let (one, other) = (try Self.patient(1), try Self.patient(2))
        #expect(one.indexNumber == other.indexNumber)
        let entries = [
            try report(1, key: Self.alike[0], patients: [one]),
            try report(2, key: Self.alike[1], patients: [other]),
            try report(3, key: Self.alike[1], patients: [other], version: 2, status: .void),
        ]
        try await look(at: entries) { sql throws in
            #expect(try ReportTable.results(of: [one], limit: 10, in: sql).map(\.key) == [Self.alike[0]])
            #expect(try ReportTable.results(of: [other], limit: 10, in: sql).map(\.key) == [Self.alike[1]])
            #expect(try ReportTable.standing(of: one, in: sql).map(\.fields.reportKey) == [Self.alike[0]])
            #expect(try ReportTable.standing(of: other, in: sql).isEmpty)
            #expect(try ReportTable.versions(of: Self.alike[0], in: sql).count == 1)
            #expect(try ReportTable.result(Self.alike[0], in: sql).summary?.isVoid == false)
            #expect(try ReportTable.result(Self.alike[1], in: sql).summary?.isVoid == true)
            #expect(try ReportTable.result(Self.alike[0], in: sql).names(one))
            #expect(try !ReportTable.result(Self.alike[0], in: sql).names(other))
        }
    }

    @Test func `other keys of a person are not those of one whose key begins alike`() async throws {
        let (one, other) = (try Self.patient(1), try Self.patient(2))
        let second = PatientKeyReference(
            epoch: 1, key: try #require(PatientKey(bytes: [UInt8](repeating: 9, count: 32))))
        let entries = [
            try report(1, key: Self.alike[0], patients: [one]),
            try report(2, key: Self.alike[1], patients: [other, second]),
        ]
        try await look(at: entries) { sql throws in
            #expect(try ReportTable.otherKeys(of: [one], limit: 10, in: sql) == [])
            #expect(try ReportTable.otherKeys(of: [other], limit: 10, in: sql) == [second])
        }
    }

    @Test func `a result that a correction gave to another person is that person's alone`() async throws {
        let wrong = try Self.patient(1)
        let right = PatientKeyReference(
            epoch: 1, key: try #require(PatientKey(bytes: [UInt8](repeating: 9, count: 32))))
        let entries = [
            try report(1, key: Self.alike[0], patients: [wrong]),
            try report(2, key: Self.alike[0], patients: [right], version: 2),
        ]
        try await look(at: entries) { sql throws in
            #expect(try ReportTable.results(of: [right], limit: 10, in: sql).map(\.key) == [Self.alike[0]])
            // Nothing is counted under the old number that could not be opened by it.
            #expect(try ReportTable.results(of: [wrong], limit: 10, in: sql).isEmpty)
            #expect(try ReportTable.standing(of: wrong, in: sql).isEmpty)
            #expect(try ReportTable.standing(of: right, in: sql).map(\.fields.version) == [2])
        }
    }

    @Test func `beyond the limit the last result is not believed to be whole`() async throws {
        let patient = try Self.patient(1)
        let entries = try (1...Limits.queryResults + 1).map {
            // So many versions are more than one author may write.
            try report($0, key: Self.alike[0], patients: [patient], version: $0, author: "author-\($0 % 5)")
        }
        try await look(at: entries) { sql throws in #expect(try ReportTable.standing(of: patient, in: sql).isEmpty) }
    }

    @Test(
        "a header whose key is not 40 lower-case digits is refused",
        arguments: ["", "0011", alike[0] + "00", alike[0].uppercased(), "0011223344556677889-aabbccddeeff00112233"])
    func malformedKey(key: String) async throws {
        let entry = try report(1, key: key, patients: [try Self.patient(1)])
        await #expect(throws: Failure("recognition.malformed", "")) { try await look(at: [entry]) { _ in } }
    }

    @Test func `what a header of a newer program says besides is kept`() async throws {
        var entry = try report(1, key: Self.alike[0], patients: [try Self.patient(1)])
        let future: [UInt8] = [0xF2, 0x07, 0x02, 0x68, 0x69]
        entry.fields += future
        let stored = try await look(at: [entry]) { sql in
            try sql.rows("SELECT fields FROM report_version", []).map { try $0.bytes(0) }
        }
        #expect(stored == [Array(entry.fields.dropFirst(42))])
        #expect(stored.first?.suffix(future.count) == future[...])
    }

    @Test func `rows of an older program's index are found by this one`() async throws {
        let folder = "/tmp/yilian-index-\(SystemRandom().next())"
        try SystemDisk().createDirectory(folder, mode: 0o700)
        defer { try? SystemDisk().remove(folder) }
        let store = try SQLiteStore(path: folder + "/s.sqlite", world: .system, onBroken: { _ in })
        let projection = RecognitionProjection()
        let patient = try Self.patient(1)
        let entries = [
            try report(1, key: Self.alike[0], patients: [patient]),
            try report(2, key: Self.alike[0], patients: [patient], version: 2, status: .corrected),
            try report(3, key: "not-a-digest", patients: [patient]),
        ]
        try await store.migrate(projection.migrations.filter { $0.number < 4 })
        try await store.write { sql in
            for entry in entries {
                let fields = try ReportFields(bytes: entry.fields)
                try sql.execute(
                    """
                    INSERT INTO report_version (entry, report_key, version, status, author, author_time, received_at,
                        fields, content_digest, has_payload)
                    VALUES ($1, $2, $3, $4, 'hill', 5, 6, $5, $6, 1)
                    """,
                    [
                        entry.id.description, fields.reportKey, fields.version, Int(fields.status.rawValue),
                        entry.fields, [UInt8]([1, 2]),
                    ])
                try sql.execute(
                    """
                    INSERT INTO report_patient (patient_key, report_key) VALUES ($1, $2)
                    ON CONFLICT (patient_key, report_key) DO NOTHING
                    """, [patient.indexBytes, fields.reportKey])
            }
        }
        try await store.migrate(projection.migrations)
        try await store.read { sql in
            let tables = try sql.rows("SELECT name FROM sqlite_schema WHERE name LIKE 'former%'", [])
            #expect(tables.isEmpty)
            #expect(try ReportTable.results(of: [patient], limit: 10, in: sql).map(\.key) == [Self.alike[0]])
            let versions = try ReportTable.versions(of: Self.alike[0], in: sql)
            #expect(versions.map(\.entry) == entries.prefix(2).map(\.id))
            #expect(try versions.map(\.fields) == entries.prefix(2).map { try ReportFields(bytes: $0.fields) })
            #expect(versions.map(\.hasPayload) == [true, true])
            #expect(versions.map(\.contentDigest) == [[1, 2], [1, 2]])
            #expect(versions.map(\.authorTime.milliseconds) == [5, 5])
        }
        try await store.close()
    }

    @Test func `a person's other keys come from every version of a result`() async throws {
        let keys = try [3, 4, 5].map { byte in
            PatientKeyReference(epoch: 1, key: try #require(PatientKey(bytes: [UInt8](repeating: byte, count: 32))))
        }
        let entries = [
            try report(1, key: Self.alike[0], patients: [keys[0], keys[1]]),
            try report(2, key: Self.alike[0], patients: [keys[1], keys[2]], version: 2),
        ]
        try await look(at: entries) { sql throws in
            #expect(Set(try ReportTable.otherKeys(of: [keys[2]], limit: 10, in: sql)) == [keys[0], keys[1]])
        }
    }

    @Test func `of a person with many results the newest are named, and no more are looked at`() async throws {
        let patient = try Self.patient(1)
        let entries = try (1...9).map {
            try report($0, key: String(repeating: "\($0)", count: 40), patients: [patient], minutes: Int64($0))
        }
        try await look(at: entries) { sql throws in
            let keys = try ReportTable.results(of: [patient], limit: 2, in: sql).map(\.key)
            #expect(keys == ["9", "8"].map { String(repeating: $0, count: 40) })
        }
    }
}
