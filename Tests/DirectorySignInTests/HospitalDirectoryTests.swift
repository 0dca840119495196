import Accounts
import ConsoleKit
import Effects
import FHIR
import Regions
import Testing

@testable import DirectorySignIn

@Suite("A hospital's directory") struct HospitalDirectoryTests {
    @Test func `a browser is sent away with all that brings it back, and nothing that opens anything`() async throws {
        let fixture = try DirectoryFixture()
        let departure = try await fixture.directory.begin(back: "/links")
        #expect(departure.address.hasPrefix(SampleDirectory.issuer + "/auth?"))
        let journey = try await fixture.leave()
        let expected = [
            "response_type": "code", "client_id": DirectoryFixture.client, "scope": "openid profile",
            "redirect_uri": "https://console.example:8444/sign-in/directory/return", "code_challenge_method": "S256",
        ]
        for (name, value) in expected { #expect(journey.fields[name] == value, "\(name)") }
        for secret in ["s3cret", "verifier"] { #expect(!departure.address.contains(secret)) }
        #expect(!departure.ticket.contains(journey.state) && !journey.ticket.contains(journey.nonce))
        #expect(fixture.sample.count("openid-configuration") == 1, "the document is kept")
    }

    @Test func `whoever comes back with a good token is who it says`() async throws {
        let fixture = try DirectoryFixture()
        let person = try await fixture.arrive(
            try await fixture.leave(), ["groups": ["医师", "staff-ops", "医师", "other"]])
        #expect(
            person
                == DirectoryPerson(
                    issuer: SampleDirectory.issuer, subject: "0a1b", name: "Zhang.Shi", person: "张示例",
                    roles: [.doctor, .operator], practitioner: "10234", unit: "hospital", back: "/links"))
        let asked = try #require(fixture.sample.asked.first { $0.form != nil })
        let form = try #require(FormData(encoded: asked.form ?? ""))
        #expect(form["grant_type"] == "authorization_code" && form["code"] == "c0de/+")
        #expect(form["redirect_uri"] == "https://console.example:8444/sign-in/directory/return")
        // RFC 6749, section 2.3.1: both are encoded before they are joined.
        #expect(asked.authorization == "Basic eWlsaWFuJTIwY29uc29sZTpzM2NyZXQlMkYlMkI=")
        #expect(!form.has("client_secret"))
    }

    @Test func `the code is exchanged with the verifier of this departure`() async throws {
        let fixture = try DirectoryFixture()
        for _ in 0..<2 {
            let journey = try await fixture.leave()
            _ = try await fixture.arrive(journey)
            let form = try #require(FormData(encoded: fixture.sample.asked.last { $0.form != nil }?.form ?? ""))
            let departure = Departure(ticket: "", back: "", state: "", nonce: "", verifier: form["code_verifier"])
            #expect(departure.challenge == journey.fields["code_challenge"])
        }
    }

    @Test func `a secret goes into the form where the directory takes it nowhere else`() async throws {
        let fixture = try DirectoryFixture()
        fixture.sample.change { state in
            guard case .object(var object) = state.document else { return }
            object["token_endpoint_auth_methods_supported"] = ["client_secret_post", "private_key_jwt"]
            state.document = .object(object)
        }
        _ = try await fixture.arrive(try await fixture.leave())
        let asked = try #require(fixture.sample.asked.first { $0.form != nil })
        let form = try #require(FormData(encoded: asked.form ?? ""))
        #expect(asked.authorization == nil && form["client_secret"] == "s3cret/+")
        #expect(form["client_id"] == DirectoryFixture.client)
    }

    @Test("nobody comes back twice, to another browser, too late, or without having left")
    func departures() async throws {
        let fixture = try DirectoryFixture()
        let (one, other) = (try await fixture.leave(), try await fixture.leave())
        func expectNobody(_ ticket: String, _ state: String) async {
            await #expect(throws: Failure("directory.departure", "")) {
                try await fixture.directory.finish(DirectoryArrival(ticket: ticket, state: state, code: "c"))
            }
        }
        await expectNobody(one.ticket, other.state)
        await expectNobody("", one.state)
        await expectNobody(one.ticket, "")
        #expect(fixture.sample.asked.allSatisfy { $0.form == nil }, "the directory was not asked for any of them")
        _ = try await fixture.arrive(one)
        await expectNobody(one.ticket, one.state)
        fixture.time.advance(milliseconds: Limits.departureMilliseconds + 1)
        await expectNobody(other.ticket, other.state)
    }

    @Test func `who was not let in there is not let in here`() async throws {
        let fixture = try DirectoryFixture()
        func refusal(_ code: String, error: String = "", issuer: String = "") async throws -> String {
            let journey = try await fixture.leave()
            do {
                _ = try await fixture.directory.finish(
                    DirectoryArrival(
                        ticket: journey.ticket, state: journey.state, code: code, error: error, issuer: issuer))
                return "none"
            } catch let failure as Failure { return failure.code.rawValue }
        }
        #expect(try await refusal("", error: "access_denied") == "directory.refused")
        #expect(try await refusal("c", error: "x") == "directory.refused")
        #expect(try await refusal("") == "directory.refused")
        #expect(try await refusal(String(repeating: "a", count: 4_001)) == "directory.refused")
        #expect(try await refusal("c", issuer: "https://other.example") == "directory.issuer")
        #expect(fixture.sample.asked.allSatisfy { $0.form == nil }, "no code was brought to the directory")
        for (reply, code) in [
            (SampleDirectory.reply(["error": "invalid_grant"], status: 400), "directory.refused"),
            (SampleDirectory.reply(["error": "invalid_client"], status: 400), "directory.client"),
            (SampleDirectory.reply(["error": "invalid_client"], status: 401), "directory.client"),
            (DirectoryReply(status: 401, body: []), "directory.client"),
            (DirectoryReply(status: 302, body: []), "directory.badAnswer"),
            (DirectoryReply(status: 503, body: []), "directory.unreachable"),
            (DirectoryReply(status: 200, body: Array("<html>".utf8)), "directory.badAnswer"),
            (SampleDirectory.reply([:]), "directory.badAnswer"), (SampleDirectory.reply([]), "directory.badAnswer"),
            (SampleDirectory.reply(["id_token": 7]), "directory.badAnswer"),
        ] {
            fixture.sample.change { $0.token = reply }
            #expect(try await refusal("c") == code, "\(reply.status)")
        }
    }

    @Test func `a directory that says who it is has to say so each time`() async throws {
        let fixture = try DirectoryFixture()
        fixture.sample.change { state in
            guard case .object(var object) = state.document else { return }
            object["authorization_response_iss_parameter_supported"] = true
            state.document = .object(object)
        }
        let journey = try await fixture.leave()
        let token = try fixture.key.token(fixture.claims(journey))
        fixture.sample.change { $0.token = SampleDirectory.reply(token: token) }
        var arrival = DirectoryArrival(
            ticket: journey.ticket, state: journey.state, code: "c", issuer: SampleDirectory.issuer)
        #expect(try await fixture.directory.finish(arrival).subject == "0a1b")
        let again = try await fixture.leave()
        (arrival.ticket, arrival.state, arrival.issuer) = (again.ticket, again.state, "")
        await #expect(throws: Failure("directory.issuer", "")) { try await fixture.directory.finish(arrival) }
    }

    @Test func `a document of another issuer, or that leads anywhere but over HTTPS, is not gone by`() async throws {
        let changes: [(String, JSONValue, String)] = [
            ("issuer", "https://sso.example/realms/other", "directory.issuer"), ("issuer", .null, "directory.issuer"),
            ("token_endpoint", "http://sso.example/token", "directory.badAnswer"),
            ("jwks_uri", "file:///etc/passwd", "directory.badAnswer"), ("jwks_uri", .null, "directory.badAnswer"),
            ("authorization_endpoint", "https://a@b.example/", "directory.badAnswer"),
            ("authorization_endpoint", "https://b.example/\r\nset-cookie: a=b", "directory.badAnswer"),
            ("authorization_endpoint", "javascript:alert(1)", "directory.badAnswer"),
            ("response_types_supported", ["token"], "directory.badAnswer"),
        ]
        for (name, value, code) in changes {
            let fixture = try DirectoryFixture()
            fixture.sample.change { state in
                guard case .object(var object) = state.document else { return }
                object[name] = value == .null ? nil : value
                state.document = .object(object)
            }
            await #expect(throws: Failure(Failure.Code(rawValue: code), ""), "\(name) \(value)") {
                try await fixture.directory.begin(back: "/")
            }
        }
    }

    @Test("keys are fetched again for one that is not known, at most once a minute")
    func keys() async throws {
        let fixture = try DirectoryFixture()
        let fresh = try SampleKeys.otherRSA
        #expect(try await fixture.refusal() == "none")
        #expect(fixture.sample.count("/keys") == 1)
        for _ in 0..<3 { #expect(try await fixture.refusal(by: fresh) == "directory.unknownKey") }
        #expect(fixture.sample.count("/keys") == 1)
        #expect(try await fixture.refusal() == "none", "the old key is as good as before")
        fixture.time.advance(milliseconds: Limits.directoryKeysMilliseconds)
        for _ in 0..<3 { #expect(try await fixture.refusal(by: fresh) == "directory.unknownKey") }
        #expect(fixture.sample.count("/keys") == 2)
        fixture.sample.change { $0.keys = ["keys": .array([fixture.key.published, fresh.published])] }
        fixture.time.advance(milliseconds: Limits.directoryKeysMilliseconds)
        #expect(try await fixture.refusal(by: fresh) == "none")
        #expect(try await fixture.refusal() == "none")
        #expect(fixture.sample.count("/keys") == 3)
        fixture.time.advance(milliseconds: Limits.directoryDocumentMilliseconds)
        fixture.sample.change { $0.keys = ["keys": .array([fresh.published])] }
        #expect(try await fixture.refusal() == "directory.unknownKey", "a key that was taken back is none any more")
        #expect(fixture.sample.count("openid-configuration") == 2)
    }

    @Test func `a directory that is away is said to be, and asked again after a while`() async throws {
        let fixture = try DirectoryFixture()
        fixture.sample.change { $0.isAway = true }
        let since = fixture.time.wallTime
        #expect(fixture.directory.awaySince == nil)
        for _ in 0..<4 {
            await #expect(throws: Failure("directory.unreachable", "")) {
                try await fixture.directory.begin(back: "/")
            }
        }
        #expect(fixture.directory.awaySince == since && fixture.sample.asked.count == 1)
        fixture.time.advance(milliseconds: Limits.directoryRetryMilliseconds)
        await #expect(throws: Failure("directory.unreachable", "")) { try await fixture.directory.begin(back: "/") }
        #expect(fixture.directory.awaySince == since && fixture.sample.asked.count == 2)
        fixture.sample.change { $0.isAway = false }
        fixture.time.advance(milliseconds: Limits.directoryRetryMilliseconds)
        #expect(try await fixture.refusal() == "none")
        #expect(fixture.directory.awaySince == nil)
    }

    @Test func `the secret is read at each sign-in, and by nobody else`() async throws {
        let fixture = try DirectoryFixture()
        #expect(try await fixture.refusal() == "none")
        try fixture.disk.setMode(0o640, of: DirectoryFixture.secretFile)
        #expect(try await fixture.refusal() == "key.exposed")
        try fixture.disk.write("\n", to: DirectoryFixture.secretFile, mode: 0o600)
        #expect(try await fixture.refusal() == "directory.secret")
        try fixture.disk.write("another", to: DirectoryFixture.secretFile, mode: 0o600)
        #expect(try await fixture.refusal() == "none")
    }

    @Test func `a check of the file says everything that would keep people from signing in`() throws {
        let disk = MemoryDisk()
        try disk.createDirectory("/data", mode: 0o700)
        var settings = try DirectoryFixture.settings()
        settings.authorityFile = "/data/ca.crt"
        func codes() -> [String] {
            HospitalDirectory.failures(settings, resolve: { $0 }, disk: disk).map(\.code.rawValue)
        }
        settings.practitionerClaim = nil
        #expect(codes() == ["directory.noPractitioner", "key.missing", "disk.notFound"])
        settings.practitionerClaim = "staff_number"
        try disk.write("secret", to: DirectoryFixture.secretFile, mode: 0o644)
        try disk.write("no certificate", to: "/data/ca.crt", mode: 0o644)
        #expect(codes() == ["key.exposed", "directory.authority"])
        try disk.setMode(0o600, of: DirectoryFixture.secretFile)
        settings.authorityFile = nil
        #expect(codes() == [])
        #expect(HospitalDirectory.failures(nil, resolve: { $0 }, disk: disk).isEmpty)
    }
}
