import Accounts
import ConsoleKit
import Effects
import FHIR
import Regions
import Testing

@testable import DirectorySignIn

/// A node's side of a directory, with a clock that stands until a test moves it.
struct DirectoryFixture {
    let time = ManualTime(wallTime: WallTime(milliseconds: 1_796_000_000_000))
    let disk = MemoryDisk()
    let sample: SampleDirectory
    let directory: HospitalDirectory
    let key: SampleKey

    static let secretFile = "/data/directory.secret"
    static let client = "yilian console"

    static func settings() throws -> DirectorySettings {
        var settings = DirectorySettings(
            issuer: try #require(DirectoryAddress(SampleDirectory.issuer)), client: client,
            secretFile: secretFile)
        settings.roles = [
            .init(word: "staff-ops", role: "operator"), .init(word: "医师", role: "doctor"),
            .init(word: "sysadmin", role: "systemAdministrator"),
        ]
        settings.practitionerClaim = "staff_number"
        settings.unit = try OrgUnitID("hospital")
        return settings
    }

    init(_ key: SampleKey? = nil, settings: DirectorySettings? = nil) throws {
        self.key = if let key { key } else { try SampleKeys.rsa }
        sample = SampleDirectory(keys: [self.key])
        try disk.createDirectory("/data", mode: 0o700)
        try disk.write("s3cret/+\n", to: Self.secretFile, mode: 0o600)
        let world = World(
            time: time, random: SeededRandom(seed: 3), disk: disk, makeWorker: { _ in InlineWorker() })
        directory = try HospitalDirectory(
            try settings ?? Self.settings(), console: NetworkAddress(host: "console.example", port: 8444),
            secretFile: Self.secretFile, transport: sample, world: world)
    }

    var seconds: Int { Int(time.wallTime.milliseconds / 1_000) }

    /// What a browser was sent away with.
    struct Journey {
        var ticket: String
        var fields: FormData

        var state: String { fields["state"] }
        var nonce: String { fields["nonce"] }
    }

    func leave(back: String = "/links") async throws -> Journey {
        let departure = try await directory.begin(back: back)
        let query = try #require(departure.address.split(separator: "?", maxSplits: 1).last)
        return Journey(ticket: departure.ticket, fields: try #require(FormData(encoded: String(query))))
    }

    /// What a good token claims for a journey; `.null` takes a claim out.
    func claims(_ journey: Journey, _ others: [String: JSONValue] = [:]) -> JSONValue {
        var object: JSONObject = [
            "iss": .string(SampleDirectory.issuer), "aud": .string(Self.client), "sub": "0a1b",
            "exp": .number(JSONNumber(seconds + 300)), "iat": .number(JSONNumber(seconds)),
            "nonce": .string(journey.nonce), "preferred_username": "Zhang.Shi", "name": "张示例",
            "groups": ["staff-ops", "nobody"], "staff_number": "10234",
        ]
        for (name, value) in others { object[name] = value == .null ? nil : value }
        return .object(object)
    }

    /// Comes back with a token of these claims.
    func arrive(
        _ journey: Journey, _ others: [String: JSONValue] = [:], header: [String: JSONValue] = [:],
        by key: SampleKey? = nil
    ) async throws -> DirectoryPerson {
        let token = try (key ?? self.key).token(claims(journey, others), header: header)
        sample.change { $0.token = SampleDirectory.reply(token: token) }
        return try await directory.finish(
            DirectoryArrival(ticket: journey.ticket, state: journey.state, code: "c0de/+"))
    }

    /// The code of what a whole sign-in fails with.
    func refusal(
        _ others: [String: JSONValue] = [:], header: [String: JSONValue] = [:], by key: SampleKey? = nil
    ) async throws -> String {
        let journey = try await leave()
        do {
            _ = try await arrive(journey, others, header: header, by: key)
            return "none"
        } catch let failure as Failure { return failure.code.rawValue }
    }
}
