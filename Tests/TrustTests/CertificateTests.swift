import Effects
import Testing
import Trust
import X509

@Suite("Certificates")
struct CertificateTests {
    @Test("an issued certificate names its region, node, serial number and validity")
    func issued() throws {
        let world = TestWorld.make()
        let authority = try RegionAuthority.create(regionID: "yangquan", world: world)
        let issued = try authority.issue(node: "pingding", validityDays: 30, world: world)
        let identity = try NodeCertificate.identity(der: issued.certificateDER)
        let now = world.time.wallTime
        #expect(identity == issued.identity)
        #expect(identity.region == "yangquan")
        #expect(identity.node == "pingding")
        #expect(identity.serial.count == 40)
        #expect(identity.serial == identity.serial.lowercased())
        #expect(identity.notBefore == now.advanced(byMilliseconds: -3_600_000))
        #expect(identity.notAfter == now.advanced(byMilliseconds: 30 * 86_400_000))
        #expect(NodeCertificate.isSigned(der: issued.certificateDER, by: authority.certificateDER))
    }

    @Test("two certificates of one node differ in serial number and key")
    func fresh() throws {
        let world = TestWorld.make()
        let authority = try RegionAuthority.create(regionID: "yangquan", world: world)
        let first = try authority.issue(node: "pingding", world: world)
        let second = try authority.issue(node: "pingding", world: world)
        #expect(first.identity.serial != second.identity.serial)
        #expect(first.keyPEM != second.keyPEM)
    }

    @Test("PEM text is read back, also with several certificates and words around them")
    func pem() throws {
        let world = TestWorld.make()
        let authority = try RegionAuthority.create(regionID: "yangquan", world: world)
        let issued = try authority.issue(node: "pingding", world: world)
        let text = "a chain\n" + issued.certificatePEM + "\n" + authority.certificatePEM
        #expect(try NodeCertificate.der(pem: text) == [issued.certificateDER, authority.certificateDER])
        for text in ["", "no certificate", issued.keyPEM, "-----BEGIN CERTIFICATE-----\n"] {
            #expect(throws: Failure("cert.malformed", "")) { try NodeCertificate.der(pem: text) }
        }
    }

    @Test("an authority is read back from its files, and only as a pair")
    func authorityFiles() throws {
        let world = TestWorld.make()
        let authority = try RegionAuthority.create(regionID: "yangquan", world: world)
        let other = try RegionAuthority.create(regionID: "yangquan", world: world)
        let copy = try RegionAuthority(certificatePEM: authority.certificatePEM, keyPEM: authority.keyPEM)
        #expect(copy.regionID == "yangquan")
        #expect(copy.serial == authority.serial)
        #expect(throws: Failure("cert.wrongKey", "")) {
            try RegionAuthority(certificatePEM: authority.certificatePEM, keyPEM: other.keyPEM)
        }
        #expect(throws: Failure("key.malformed", "")) {
            try RegionAuthority(certificatePEM: authority.certificatePEM, keyPEM: "no key")
        }
        let issued = try authority.issue(node: "pingding", world: world)
        #expect(throws: Failure("cert.notAuthority", "")) {
            try RegionAuthority(certificatePEM: issued.certificatePEM, keyPEM: issued.keyPEM)
        }
        #expect(!NodeCertificate.isSigned(der: issued.certificateDER, by: other.certificateDER))
        #expect(!NodeCertificate.isSigned(der: issued.certificateDER, by: issued.certificateDER))
    }

    @Test(
        "names other than exactly one URI of our form are refused, each with its reason",
        arguments: [
            NamesCase([], "cert.noIdentity"),
            NamesCase([.dnsName("pingding")], "cert.noIdentity"),
            NamesCase(
                [.uniformResourceIdentifier("yilian://a/b"), .uniformResourceIdentifier("yilian://a/c")],
                "cert.ambiguousIdentity"),
            NamesCase(
                [.uniformResourceIdentifier("yilian://a/b"), .uniformResourceIdentifier("https://a/b")],
                "cert.ambiguousIdentity"),
            NamesCase(
                [.uniformResourceIdentifier("yilian://a/b"), .uniformResourceIdentifier("yilian://a/b")],
                "cert.ambiguousIdentity"),
            NamesCase([.uniformResourceIdentifier("https://a/b")], "cert.foreignIdentity"),
            NamesCase([.uniformResourceIdentifier("Yilian://a/b")], "cert.foreignIdentity"),
            NamesCase([.uniformResourceIdentifier("yilian:a/b")], "cert.foreignIdentity"),
            NamesCase([.uniformResourceIdentifier("yilian://a")], "cert.foreignIdentity"),
            NamesCase([.uniformResourceIdentifier("yilian://a/")], "cert.foreignIdentity"),
            NamesCase([.uniformResourceIdentifier("yilian:///b")], "cert.foreignIdentity"),
            NamesCase([.uniformResourceIdentifier("yilian://a/b/")], "cert.foreignIdentity"),
            NamesCase([.uniformResourceIdentifier("yilian://a/b/c")], "cert.foreignIdentity"),
            NamesCase([.uniformResourceIdentifier("yilian://a/b?c")], "cert.foreignIdentity"),
            NamesCase([.uniformResourceIdentifier("yilian://a/B")], "cert.foreignIdentity"),
            NamesCase([.uniformResourceIdentifier("yilian://a/b%2e")], "cert.foreignIdentity"),
            NamesCase([.uniformResourceIdentifier("yilian://a/../b")], "cert.foreignIdentity"),
            NamesCase([.uniformResourceIdentifier("yilian://a/b\0c")], "cert.foreignIdentity"),
            NamesCase(
                [.uniformResourceIdentifier("yilian://a/" + String(repeating: "b", count: 64))],
                "cert.foreignIdentity"),
        ])
    func names(_ names: NamesCase) throws {
        let der = try HandmadeCertificate.der(names: names.names)
        let failure = #expect(throws: Failure.self) { try NodeCertificate.identity(der: der) }
        #expect(failure?.code == names.code)
    }

    @Test("one URI beside DNS names and addresses, and the longest ids, are accepted")
    func acceptedNames() throws {
        let id = String(repeating: "b", count: 63)
        let der = try HandmadeCertificate.der(names: [
            .dnsName("other"), .uniformResourceIdentifier("yilian://a-1/" + id), .dnsName("localhost"),
        ])
        let identity = try NodeCertificate.identity(der: der)
        #expect(identity.region == "a-1")
        #expect(identity.node == id)
    }

    @Test("a certificate without any names and an authority's are refused")
    func notNodes() throws {
        let bare = try HandmadeCertificate.der(names: nil)
        #expect(throws: Failure("cert.noIdentity", "")) { try NodeCertificate.identity(der: bare) }
        let authority = try RegionAuthority.create(regionID: "yangquan", world: TestWorld.make())
        #expect(throws: Failure("cert.isAuthority", "")) {
            try NodeCertificate.identity(der: authority.certificateDER)
        }
    }

    @Test("a certificate cut at any byte, and any changed byte, never traps")
    func hostile() throws {
        let world = TestWorld.make()
        let der = try RegionAuthority.create(regionID: "yangquan", world: world)
            .issue(node: "pingding", world: world).certificateDER
        for length in 0..<der.count {
            #expect(throws: Failure("cert.malformed", "")) {
                try NodeCertificate.identity(der: Array(der[..<length]))
            }
        }
        #expect(throws: Failure("cert.malformed", "")) { try NodeCertificate.identity(der: der + [0]) }
        let random = SeededRandom(seed: 3)
        for index in der.indices {
            var changed = der
            changed[index] ^= UInt8(truncatingIfNeeded: random.next() | 1)
            _ = try? NodeCertificate.identity(der: changed)
        }
        #expect(throws: Failure("cert.malformed", "")) {
            try NodeCertificate.identity(der: [UInt8](repeating: 0x30, count: Limits.certificateBytes + 1))
        }
    }

    @Test("malformed requests are refused with a failure that says what to do")
    func requests() throws {
        let world = TestWorld.make()
        let authority = try RegionAuthority.create(regionID: "yangquan", validityDays: 100, world: world)
        let long = String(repeating: "a", count: 64)
        for node in ["", "Ping", "a/b", "..", "平定", "a b", long] {
            #expect(throws: Failure("cert.malformedID", "")) { try authority.issue(node: node, world: world) }
            #expect(throws: Failure("cert.malformedID", "")) {
                try RegionAuthority.create(regionID: node, world: world)
            }
        }
        for days in [0, -1, 3651, Int.max, Int.min] {
            #expect(throws: Failure("cert.malformedValidity", "")) {
                try authority.issue(node: "a", validityDays: days, world: world)
            }
        }
        #expect(throws: Failure("cert.outlivesAuthority", "")) {
            try authority.issue(node: "a", validityDays: 101, world: world)
        }
        for address in [
            "1.2.3", "1.2.3.256", "1.2.3.4.5", "::1::", ":::", "1:2", "g::1", "+1.2.3.4", "1:2:3:4:5:6:7:8:9",
        ] {
            let hosts = CertificateHosts(dnsNames: [], ipAddresses: [address])
            #expect(throws: Failure("cert.malformedHost", ""), "\(address)") {
                try authority.issue(node: "a", validityDays: 1, hosts: hosts, world: world)
            }
        }
        for name in ["", "a..b", "-a b", "ä.de", "*.example.org"] {
            let hosts = CertificateHosts(dnsNames: [name], ipAddresses: [])
            #expect(throws: Failure("cert.malformedHost", ""), "\(name)") {
                try authority.issue(node: "a", validityDays: 1, hosts: hosts, world: world)
            }
        }
    }

    @Test("hosts stand in the certificate as they were given")
    func hosts() throws {
        let world = TestWorld.make()
        let authority = try RegionAuthority.create(regionID: "yangquan", world: world)
        let hosts = CertificateHosts(
            dnsNames: ["LIS.example.org"], ipAddresses: ["10.1.2.3", "fd00::1", "::", "1:2:3:4:5:6:7:8"])
        let issued = try authority.issue(node: "a", hosts: hosts, world: world)
        let certificate = try Certificate(derEncoded: issued.certificateDER)
        let names = try #require(try certificate.extensions.subjectAlternativeNames)
        var addresses: [[UInt8]] = []
        for case .ipAddress(let octets) in names { addresses.append(Array(octets.bytes)) }
        #expect(
            addresses == [
                [10, 1, 2, 3], [0xFD, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], [UInt8](repeating: 0, count: 16),
                [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8],
            ])
        #expect(names.contains(.dnsName("LIS.example.org")))
    }

    @Test("a judgement names region, time and revocation")
    func judgement() throws {
        let identity = CertificateIdentity(
            region: "yangquan", node: "a", serial: "4f", notBefore: WallTime(milliseconds: 10),
            notAfter: WallTime(milliseconds: 20))
        func objection(_ region: String, _ now: Int64, _ revoked: Set<String>) -> String? {
            identity.judge(region: region, now: WallTime(milliseconds: now), revokedSerials: revoked).objection?.rule
        }
        #expect(objection("yangquan", 10, []) == nil)
        #expect(objection("yangquan", 20, ["4e"]) == nil)
        #expect(objection("taiyuan", 15, []) == "it is of this region")
        #expect(objection("yangquan", 9, []) == "it is valid already")
        #expect(objection("yangquan", 21, []) == "it is still valid")
        #expect(objection("yangquan", 15, ["4f"]) == "it is not revoked")
    }
}
