import Effects
import Testing
import Trust

@Suite("Against the openssl command line", .enabled(if: OpenSSLTool.isPresent))
struct OpenSSLTests {
    private static let disk = SystemDisk()
    /// The ASN.1 before the point of an SM2 key: SubjectPublicKeyInfo of id-ecPublicKey and sm2p256v1.
    private static let publicPrefix = "3059301306072a8648ce3d020106082a811ccf5501822d034200"
    private static let profiles: String = {
        let parts = #filePath.split(separator: "/").dropLast(3)
        return "/" + parts.joined(separator: "/") + "/Certs/profiles"
    }()

    private static func writeKey(_ key: SigningKey, to folder: String) throws {
        let prefix = try #require(Hex.bytes(publicPrefix))
        try disk.write(prefix + key.publicKey.bytes, to: folder + "/public.der", mode: 0o644)
        // ECPrivateKey (RFC 5915) with the named curve and the point.
        let head = try #require(Hex.bytes("30770201010420"))
        let curve = try #require(Hex.bytes("a00a06082a811ccf5501822da144034200"))
        try disk.write(head + key.privateBytes + curve + key.publicKey.bytes, to: folder + "/private.der", mode: 0o600)
    }

    @Test("openssl verifies our SM2 signature, and we verify its")
    func sm2Signatures() async throws {
        try await TestWorld.withFolder { folder in
            let key = try Trust.Suite(.sm2).makeSigningKey(random: SystemRandom())
            try Self.writeKey(key, to: folder)
            let message = SystemRandom().bytes(300)
            try Self.disk.write(message, to: folder + "/message", mode: 0o644)
            try Self.disk.write(try key.sign(message), to: folder + "/ours", mode: 0o644)
            let common = ["-rawin", "-digest", "sm3", "-in", "message", "-pkeyopt", "distid:1234567812345678"]
            let verified = try await OpenSSLTool.run(
                ["pkeyutl", "-verify", "-pubin", "-inkey", "public.der", "-keyform", "DER", "-sigfile", "ours"]
                    + common,
                in: folder)
            #expect(verified.succeeded, "\(verified.output)")
            let signed = try await OpenSSLTool.run(
                ["pkeyutl", "-sign", "-inkey", "private.der", "-keyform", "DER", "-out", "theirs"] + common, in: folder)
            #expect(signed.succeeded, "\(signed.output)")
            let theirs = try Self.disk.read(folder + "/theirs", limitBytes: 1000)
            #expect(key.publicKey.verify(signature: theirs, message: message))
            #expect(!key.publicKey.verify(signature: theirs, message: message + [0]))
        }
    }

    @Test("openssl opens our SM2 box, and finds the context's digest before the secret")
    func sm2Boxes() async throws {
        try await TestWorld.withFolder { folder in
            let signing = try Trust.Suite(.sm2).makeSigningKey(random: SystemRandom())
            let key = try BoxKey(suite: Trust.Suite(.sm2), privateBytes: signing.privateBytes)
            try Self.writeKey(signing, to: folder)
            let secret = SystemRandom().bytes(32)
            try Self.disk.write(try key.publicKey.seal(secret, context: [1, 2]), to: folder + "/box", mode: 0o644)
            let opened = try await OpenSSLTool.run(
                ["pkeyutl", "-decrypt", "-inkey", "private.der", "-keyform", "DER", "-in", "box", "-out", "plain"],
                in: folder)
            #expect(opened.succeeded, "\(opened.output)")
            let plain = try Self.disk.read(folder + "/plain", limitBytes: 1000)
            #expect(plain == Trust.Suite(.sm2).digest([1, 2]).bytes + secret)
        }
    }

    @Test("openssl accepts our chain, and the names and usages are where it looks for them")
    func ourCertificates() async throws {
        try await TestWorld.withFolder { folder in
            let world = TestWorld.make(time: SystemTime(), disk: Self.disk, seed: SystemRandom().next())
            let authority = AuthorityFolder(path: folder + "/pki", world: world)
            try authority.initialise(region: "yangquan", suite: .ed25519)
            let facts = try authority.issue(node: "pingding")
            for purpose in ["sslserver", "sslclient"] {
                let verified = try await OpenSSLTool.run(
                    [
                        "verify", "-x509_strict", "-purpose", purpose, "-verify_hostname", "localhost", "-verify_ip",
                        "127.0.0.1", "-CAfile", "pki/ca.crt", "pki/pingding/tls.crt",
                    ], in: folder)
                #expect(verified.succeeded, "\(verified.output)")
            }
            let shown = try await OpenSSLTool.run(
                ["x509", "-in", "pki/pingding/tls.crt", "-noout", "-serial", "-ext", "subjectAltName"], in: folder)
            #expect(shown.output.contains("URI:yilian://yangquan/pingding"))
            let serial = try #require(facts.certificates.first).serial
            #expect(shown.output.contains("serial=" + serial.uppercased()))
            let checked = try await OpenSSLTool.run(
                ["pkey", "-in", "pki/pingding/tls.key", "-check", "-noout"], in: folder)
            #expect(checked.succeeded, "\(checked.output)")
        }
    }

    @Test("a node certificate that openssl issues by Certs/profiles is accepted, also by an authority read from there")
    func profiles() async throws {
        try await TestWorld.withFolder { folder in
            for name in ["ca.cnf", "node.cnf"] {
                let text = try Self.disk.readText(Self.profiles + "/" + name)
                    .replacing("example-region", with: "yangquan").replacing("example-node", with: "pingding")
                try Self.disk.write(text, to: folder + "/" + name)
            }
            let commands = [
                "ecparam -name prime256v1 -genkey -noout -out ca.key",
                "req -x509 -new -sha256 -config ca.cnf -key ca.key -days 3650 -out ca.crt",
                "ecparam -name prime256v1 -genkey -noout -out tls.key",
                "req -new -sha256 -config node.cnf -key tls.key -out node.csr",
                "x509 -req -sha256 -in node.csr -CA ca.crt -CAkey ca.key -days 397 "
                    + "-set_serial 0x4123456789abcdef0123456789abcdef01234567 -extfile node.cnf -extensions node "
                    + "-out tls.crt",
            ]
            for command in commands {
                let result = try await OpenSSLTool.run(command.split(separator: " ").map(String.init), in: folder)
                #expect(result.succeeded, "\(command): \(result.output)")
            }
            let certificate = try NodeCertificate.der(pem: try Self.disk.readText(folder + "/tls.crt"))[0]
            let identity = try NodeCertificate.identity(der: certificate)
            #expect(identity.region == "yangquan")
            #expect(identity.node == "pingding")
            #expect(identity.serial == "4123456789abcdef0123456789abcdef01234567")
            let authorityPEM = try Self.disk.readText(folder + "/ca.crt")
            let authorityDER = try NodeCertificate.der(pem: authorityPEM)[0]
            #expect(NodeCertificate.isSigned(der: certificate, by: authorityDER))
            #expect(throws: Failure("cert.isAuthority", "")) { try NodeCertificate.identity(der: authorityDER) }
            let authority = try RegionAuthority(
                certificatePEM: authorityPEM, keyPEM: try Self.disk.readText(folder + "/ca.key"))
            #expect(authority.regionID == "yangquan")
            let world = TestWorld.make(time: SystemTime(), disk: Self.disk)
            let issued = try authority.issue(node: "yuxian", world: world)
            #expect(NodeCertificate.isSigned(der: issued.certificateDER, by: authorityDER))
        }
    }
}
