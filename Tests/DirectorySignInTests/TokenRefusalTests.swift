import ConsoleKit
import Effects
import FHIR
import Testing

@testable import DirectorySignIn

@Suite("What a directory's token has to hold") struct TokenRefusalTests {
    /// A claim that is another than it should be, and the code under which it is refused.
    struct Fault: Sendable, CustomTestStringConvertible {
        var claims: [String: JSONValue]
        var code: String
        var testDescription: String { claims.keys.sorted().joined(separator: " ") + " " + code }

        init(_ claims: [String: JSONValue], _ code: String) { (self.claims, self.code) = (claims, code) }
    }

    private static func number(_ value: Int) -> JSONValue { .number(JSONNumber(value)) }

    private static let now = 1_796_000_000
    private static let client: JSONValue = .string(DirectoryFixture.client)

    static let faults = [
        Fault(["iss": "https://sso.example/realms/staff/"], "directory.issuer"),
        Fault(["iss": "https://other.example"], "directory.issuer"), Fault(["iss": .null], "directory.issuer"),
        Fault(["iss": .array([.string(SampleDirectory.issuer)])], "directory.issuer"),
        Fault(["aud": "other"], "directory.audience"), Fault(["aud": .null], "directory.audience"),
        Fault(["aud": []], "directory.audience"), Fault(["aud": ["other"]], "directory.audience"),
        Fault(["aud": .array([client, "other"])], "directory.authorizedParty"),
        Fault(["azp": "other"], "directory.authorizedParty"), Fault(["azp": ["other"]], "directory.authorizedParty"),
        Fault(["azp": .array([client])], "directory.authorizedParty"),
        Fault(["aud": .array([client, "other"]), "azp": "other"], "directory.authorizedParty"),
        Fault(["exp": number(now - 60)], "directory.expired"), Fault(["exp": .null], "directory.expired"),
        Fault(["exp": "soon"], "directory.expired"), Fault(["exp": number(-1)], "directory.expired"),
        Fault(["exp": .number(JSONNumber(Int.max))], "directory.expired"),
        Fault(["iat": number(now + 61)], "directory.issuedAt"), Fault(["iat": number(now - 301)], "directory.issuedAt"),
        Fault(["iat": .null], "directory.issuedAt"), Fault(["nbf": number(now + 61)], "directory.issuedAt"),
        Fault(["nbf": "now"], "directory.issuedAt"), Fault(["nonce": "other"], "directory.nonce"),
        Fault(["nonce": .null], "directory.nonce"), Fault(["nonce": ""], "directory.nonce"),
        Fault(["sub": .null], "directory.badPerson"), Fault(["sub": ""], "directory.badPerson"),
        Fault(["sub": .string(String(repeating: "a", count: 256))], "directory.badPerson"),
        Fault(["sub": "张"], "directory.badPerson"), Fault(["preferred_username": .null], "directory.badPerson"),
        Fault(["preferred_username": "a\u{202E}b"], "directory.badPerson"),
    ]

    @Test("each claim that is not in order is refused under its own code", arguments: faults)
    func claims(_ fault: Fault) async throws {
        let fixture = try DirectoryFixture()
        #expect(try await fixture.refusal(fault.claims) == fault.code)
        #expect(try await fixture.refusal() == "none", "and the next one is let in")
    }

    @Test func `what a clock may be off, a second client and a list of one are taken`() async throws {
        let fixture = try DirectoryFixture()
        let good: [[String: JSONValue]] = [
            ["exp": Self.number(Self.now - 59)], ["iat": Self.number(Self.now + 60)],
            ["iat": Self.number(Self.now - 300)], ["aud": .array([Self.client])], ["azp": Self.client],
            ["aud": .array([Self.client, "other"]), "azp": Self.client], ["nbf": Self.number(Self.now + 60)],
            ["iat": .number(try #require(JSONNumber(lexical: "1796000000.25")))],
        ]
        for claims in good { #expect(try await fixture.refusal(claims) == "none", "\(claims)") }
    }

    @Test func `the second factor of the directory is asked for by level and by way`() async throws {
        var settings = try DirectoryFixture.settings()
        settings.levels = ["gold", "silver"]
        settings.methods = ["pwd", "otp"]
        let fixture = try DirectoryFixture(settings: settings)
        let ways: JSONValue = ["otp", "pwd", "face"]
        #expect(try await fixture.refusal(["acr": "silver", "amr": ways]) == "none")
        let weak: [[String: JSONValue]] = [
            [:], ["acr": "silver"], ["amr": ways], ["acr": "bronze", "amr": ways], ["acr": "gold", "amr": ["pwd"]],
            ["acr": "gold", "amr": "otp"],
        ]
        for claims in weak { #expect(try await fixture.refusal(claims) == "directory.assurance", "\(claims)") }
        #expect(try await fixture.leave().fields["acr_values"] == "gold silver")
    }

    @Test func `both ways of signing are taken`() async throws {
        for key in [try SampleKeys.rsa, SampleKeys.elliptic] {
            let fixture = try DirectoryFixture(key)
            #expect(try await fixture.refusal() == "none", "\(key.way)")
            #expect(try await fixture.refusal(header: ["kid": .null]) == "none", "\(key.way), of one key unnamed")
        }
    }

    @Test("no other way of signing is: not without a key, not with one that both sides know")
    func ways() async throws {
        let fixture = try DirectoryFixture()
        for way in ["none", "None", "HS256", "HS512", "RS384", "PS256", "ES384", "EdDSA", "rs256", ""] {
            #expect(
                try await fixture.refusal(header: ["alg": .string(way)]) == "directory.algorithm", "\(way)")
        }
        // The oldest trick: the public key as a secret that both know.
        let modulus = try #require(fixture.key.published["n"]?.string)
        let secret = SampleKey.secret(fixture.key.id, Array(modulus.utf8))
        #expect(try await fixture.refusal(by: secret) == "directory.algorithm")
        let journey = try await fixture.leave()
        let unsigned = ["{\"alg\":\"none\"}", JSONPrinter.text(fixture.claims(journey))].map {
            Base64URL.encode(Array($0.utf8))
        }.joined(separator: ".")
        fixture.sample.change { $0.token = SampleDirectory.reply(token: unsigned + ".") }
        await #expect(throws: Failure("directory.algorithm", "")) {
            try await fixture.directory.finish(.init(ticket: journey.ticket, state: journey.state, code: "c"))
        }
    }

    @Test("a signature of another key, of a key of another kind, or over other claims does not hold")
    func signatures() async throws {
        let fixture = try DirectoryFixture()
        let other = try SampleKeys.otherRSA
        #expect(try await fixture.refusal(header: ["kid": "r1"], by: other) == "directory.signature")
        let elliptic = SampleKeys.elliptic
        #expect(try await fixture.refusal(by: elliptic) == "directory.unknownKey")
        #expect(
            try await fixture.refusal(header: ["kid": "r1"], by: elliptic) == "directory.unknownKey",
            "its name makes it none of the other kind")
        #expect(
            try await fixture.refusal(header: ["kid": "r1", "alg": "RS256"], by: elliptic) == "directory.signature")
        let journey = try await fixture.leave()
        let parts = try fixture.key.token(fixture.claims(journey)).split(separator: ".")
        let raised = Base64URL.encode(
            JSONPrinter.bytes(fixture.claims(journey, ["groups": ["sysadmin"]])))
        fixture.sample.change { $0.token = SampleDirectory.reply(token: "\(parts[0]).\(raised).\(parts[2])") }
        await #expect(throws: Failure("directory.signature", "")) {
            try await fixture.directory.finish(.init(ticket: journey.ticket, state: journey.state, code: "c"))
        }
    }

    @Test func `what cannot be read is refused, wherever it is cut`() async throws {
        let fixture = try DirectoryFixture(SampleKeys.elliptic)
        let token = try fixture.key.token(["iss": "a"])
        let keys = try await DirectoryKeys(["keys": .array([fixture.key.published])])
        #expect(try IDToken(token).claims(signedBy: keys).string("iss") == "a")
        for length in 0..<token.utf8.count {
            let cut = String(token.prefix(length))
            #expect(throws: Failure.self, "\(length)") { try IDToken(cut).claims(signedBy: keys) }
        }
        for text in ["a.b.c", "..", token + ".", token + "=", " " + token, "e30.e30.", "W10.W10."] {
            #expect(throws: Failure("directory.badToken", ""), "\(text)") { try IDToken(text) }
        }
        let huge = String(repeating: "a", count: Limits.directoryTokenBytes)
        #expect(throws: Failure("directory.badToken", "")) { try IDToken(token + huge) }
        #expect(throws: Failure("directory.badToken", "")) {
            try IDToken(try fixture.key.token([:], header: ["crit": ["exp"]]))
        }
    }

    @Test func `of a set only what is public, long enough and meant for signing is a key`() async throws {
        let good = try SampleKeys.rsa
        func count(_ changes: [String: JSONValue]) async throws -> Int {
            guard case .object(var object) = good.published else { return -1 }
            for (name, value) in changes { object[name] = value == .null ? nil : value }
            let keys = try await DirectoryKeys(["keys": [.object(object), "nonsense", [:]]])
            return keys.candidates(id: nil, way: .rs256).count
        }
        #expect(try await count([:]) == 1)
        #expect(try await count(["alg": .null, "use": .null, "kid": .null]) == 1)
        #expect(try await count(["key_ops": ["verify"], "x5c": ["AAAA"], "d": "AAAA"]) == 1)
        let none: [[String: JSONValue]] = [
            ["use": "enc"], ["alg": "RS512"], ["key_ops": ["sign"]], ["kty": "oct"], ["n": .null], ["e": .null],
            ["n": "AQAB"], ["n": .string(String(repeating: "A", count: 5_000))], ["e": "AAAAAAAAAAAAAAAAAAAA"],
            ["n": "not base64!"],
        ]
        for changes in none { #expect(try await count(changes) == 0, "\(changes)") }
        let short = Base64URL.encode([UInt8](repeating: 0xC5, count: 255))
        #expect(try await count(["n": .string(short)]) == 0, "shorter than 2048 bits")
        let point = SampleKeys.elliptic
        guard case .object(var off) = point.published else { return }
        off["y"] = off["x"]
        #expect(
            try await DirectoryKeys(["keys": [.object(off)]]).candidates(id: nil, way: .es256).isEmpty,
            "a point that is not on the curve")
        let many = (0..<100).map { _ in point.published }
        #expect(
            try await DirectoryKeys(["keys": .array(many)]).candidates(id: nil, way: .es256).count
                == Limits.directoryKeys)
        for json in [[:], ["keys": [:]], []] as [JSONValue] {
            await #expect(throws: Failure("directory.badAnswer", "")) { try await DirectoryKeys(json) }
        }
    }
}
