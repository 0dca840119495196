import Effects
import Testing
import Trust

@Suite("The authority's folder")
struct AuthorityFolderTests {
    private static func folder(
        _ suite: SuiteID = .ed25519, time: ManualTime = ManualTime(), disk: any Disk = MemoryDisk()
    ) throws -> AuthorityFolder {
        let folder = AuthorityFolder(path: "pki", world: TestWorld.make(time: time, disk: disk))
        try folder.initialise(region: "yangquan", suite: suite)
        return folder
    }

    @Test("keys lie on the disk for their owner alone, certificates for everybody", arguments: SuiteID.allCases)
    func modes(_ suite: SuiteID) async throws {
        try await TestWorld.withFolder { path in
            let disk = SystemDisk()
            let folder = AuthorityFolder(path: path + "/pki", world: TestWorld.make(disk: disk))
            try folder.initialise(region: "yangquan", suite: suite)
            try folder.issue(node: "pingding")
            try folder.renew(node: "pingding", newLedgerKey: true)
            try folder.revoke("pingding", reason: "lost")
            let node = try disk.list(folder.nodeFolderPath("pingding"))
            #expect(node.count == 7)
            for name in node {
                let mode = try disk.mode(folder.nodeFolderPath("pingding") + "/" + name)
                #expect(mode == (name.hasSuffix(".key") ? 0o600 : 0o644), "\(name)")
            }
            #expect(try disk.mode(folder.authorityKeyPath) == 0o600)
            #expect(try disk.mode(folder.regionKeyPath) == 0o600)
            #expect(try disk.mode(folder.authorityCertificatePath) == 0o644)
            #expect(try disk.mode(folder.regionPublicKeyPath) == 0o644)
            #expect(try disk.mode(folder.path) == 0o700)
            #expect(try disk.mode(folder.nodeFolderPath("pingding")) == 0o700)
            #expect(try disk.list(folder.path).filter { $0.hasSuffix(".new") } == [])
        }
    }

    @Test("what was issued is read back and fits together", arguments: SuiteID.allCases)
    func facts(_ suite: SuiteID) throws {
        let disk = MemoryDisk()
        let folder = try Self.folder(suite, disk: disk)
        let facts = try folder.issue(node: "pingding")
        #expect(try folder.facts("pingding") == facts)
        #expect(try folder.nodes() == [facts])
        let place = folder.nodeFolderPath("pingding")
        let identity = try NodeCertificate.identity(
            der: try #require(try NodeCertificate.der(pem: try disk.readText(place + "/tls.crt")).first))
        #expect(facts.certificates.map(\.serial) == [identity.serial])
        #expect(facts.certificates.map(\.to) == [identity.notAfter])
        let ledgerKey = try KeyFile.signingKey(at: place + "/ledger.key", disk: disk)
        let recorded = try #require(facts.ledgerKeys.first)
        #expect(try recorded.key(suite: Trust.Suite(suite)) == ledgerKey.publicKey)
        #expect(recorded.to == nil)
        let boxKey = try KeyFile.boxKey(at: place + "/box.key", disk: disk)
        #expect(try facts.boxKey() == boxKey.publicKey)
        let root = try KeyFile.publicKey(at: place + "/region.pub", disk: disk)
        #expect(try root == folder.regionSigningKey().publicKey)
        #expect(try disk.readText(place + "/ca.crt") == folder.authority().certificatePEM)
    }

    @Test("nothing is overwritten")
    func overwriting() throws {
        let disk = MemoryDisk()
        let folder = try Self.folder(disk: disk)
        let key = try disk.readText(folder.authorityKeyPath)
        #expect(throws: Failure("cert.standsAlready", "")) {
            try folder.initialise(region: "yangquan", suite: .ed25519)
        }
        #expect(try disk.readText(folder.authorityKeyPath) == key)
        // Nor beside what is left of one.
        for name in ["patient-key-epoch-3.key", "region.configuration", "nodes/jucheng.json", "region.pub"] {
            try disk.write("x", to: "left/" + name)
            let left = AuthorityFolder(path: "left", world: TestWorld.make(disk: disk))
            #expect(throws: Failure("cert.standsAlready", ""), "\(name)") {
                try left.initialise(region: "yangquan", suite: .ed25519)
            }
            try disk.remove("left/" + name)
        }
        try folder.issue(node: "pingding")
        let ledgerKey = try disk.readText(folder.nodeFolderPath("pingding") + "/ledger.key")
        #expect(throws: Failure("cert.issued", "")) { try folder.issue(node: "pingding") }
        #expect(try disk.readText(folder.nodeFolderPath("pingding") + "/ledger.key") == ledgerKey)
        try disk.remove(folder.factsPath("pingding"))
        #expect(throws: Failure("key.exists", "")) { try folder.issue(node: "pingding") }
        #expect(throws: Failure("cert.malformedID", "")) { try folder.issue(node: "nodes") }
        #expect(throws: Failure("cert.malformedID", "")) { try folder.issue(node: "../x") }
        #expect(throws: Failure("cert.noSuchNode", "")) { try folder.facts("../revocations") }
    }

    @Test("a key that others can reach is not used", arguments: [0o640, 0o604, 0o660, 0o601] as [UInt32])
    func exposed(_ mode: UInt32) throws {
        let disk = MemoryDisk()
        let folder = try Self.folder(disk: disk)
        try folder.issue(node: "a")
        for path in [folder.authorityKeyPath, folder.regionKeyPath, folder.nodeFolderPath("a") + "/box.key"] {
            try disk.write(try disk.readText(path), to: path, mode: mode)
        }
        let failure = #expect(throws: Failure.self) { try folder.authority() }
        #expect(failure?.code == "key.exposed")
        #expect(failure?.remedy?.contains("chmod 600 pki/ca.key") == true)
        #expect(throws: Failure("key.exposed", "")) { try folder.regionSigningKey() }
        #expect(throws: Failure("key.exposed", "")) {
            try KeyFile.boxKey(at: folder.nodeFolderPath("a") + "/box.key", disk: disk)
        }
        #expect(throws: Failure("key.exposed", "")) { try folder.issue(node: "b") }
    }

    @Test("a key of another kind, a damaged one and a missing one are told apart, and none is quoted")
    func wrongFiles() throws {
        let disk = MemoryDisk()
        let folder = try Self.folder(disk: disk)
        try folder.issue(node: "a")
        let place = folder.nodeFolderPath("a")
        #expect(throws: Failure("key.wrongKind", "")) { try KeyFile.signingKey(at: place + "/box.key", disk: disk) }
        #expect(throws: Failure("key.wrongKind", "")) { try KeyFile.boxKey(at: place + "/ledger.key", disk: disk) }
        #expect(throws: Failure("key.wrongKind", "")) { try KeyFile.publicKey(at: place + "/ledger.key", disk: disk) }
        #expect(throws: Failure("key.missing", "")) { try KeyFile.boxKey(at: place + "/no.key", disk: disk) }
        let text = try disk.readText(place + "/ledger.key")
        let key = try KeyFile.signingKey(at: place + "/ledger.key", disk: disk)
        let hex = Hex.text(key.privateBytes)
        let other = Hex.text(key.privateBytes.map { $0 ^ 1 })
        let damages = [
            String(text.dropLast(20)), text.replacing(hex, with: other), text.replacing(hex, with: "zz"), "{}",
        ]
        for damage in damages {
            try disk.write(damage, to: place + "/ledger.key", mode: 0o600)
            let failure = #expect(throws: Failure.self) {
                try KeyFile.signingKey(at: place + "/ledger.key", disk: disk)
            }
            #expect(failure?.code == "key.malformed")
            #expect(failure?.description.contains(hex.prefix(16)) == false)
        }
    }

    @Test("a renewed node has two certificates that both count, and a new ledger key only on request")
    func renew() throws {
        let time = ManualTime()
        let disk = MemoryDisk()
        let folder = try Self.folder(time: time, disk: disk)
        let first = try folder.issue(node: "a", validityDays: 10)
        time.advance(milliseconds: 9 * 86_400_000)
        let second = try folder.renew(node: "a", validityDays: 20)
        #expect(second.certificates.count == 2)
        #expect(second.certificates[0] == first.certificates[0])
        #expect(second.ledgerKeys == first.ledgerKeys)
        let third = try folder.renew(node: "a", newLedgerKey: true, overlapDays: 3)
        #expect(third.ledgerKeys.count == 2)
        #expect(third.ledgerKeys[0].to == time.wallTime.advanced(byMilliseconds: 3 * 86_400_000))
        #expect(third.ledgerKeys[1].to == nil)
        let place = folder.nodeFolderPath("a")
        #expect(try KeyFile.signingKey(at: place + "/ledger.key", disk: disk).id.hex == third.ledgerKeys[1].id)
        let kept = try KeyFile.signingKey(at: place + "/ledger-\(first.ledgerKeys[0].id).key", disk: disk)
        #expect(kept.id.hex == first.ledgerKeys[0].id)
        #expect(try folder.facts("a") == third)
        #expect(throws: Failure("cert.noSuchNode", "")) { try folder.renew(node: "b") }
    }

    @Test("a renewal keeps the names of the certificate before, adds some and drops some")
    func names() throws {
        let folder = try Self.folder()
        let given = CertificateHosts(dnsNames: ["a.example.org"], ipAddresses: ["10.1.2.3", "fd00:0:0:0:0:0:0:1"])
        let first = try folder.issue(node: "a", hosts: CertificateHosts.loopback.adding(given))
        #expect(first.certificates[0].hosts.dnsNames == ["localhost", "a.example.org"])
        #expect(first.certificates[0].hosts.ipAddresses == ["127.0.0.1", "10.1.2.3", "fd00:0:0:0:0:0:0:1"])
        #expect(try folder.facts("a") == first, "the names are on record")
        #expect(try folder.renew(node: "a").certificates[1].hosts == first.certificates[0].hosts)
        let third = try folder.renew(
            node: "a", adding: CertificateHosts(dnsNames: ["b.example.org", "localhost"], ipAddresses: []),
            dropping: ["a.example.org", "10.1.2.3"])
        #expect(third.certificates[2].hosts.names == ["localhost", "b.example.org", "127.0.0.1", "fd00:0:0:0:0:0:0:1"])
        #expect(throws: Failure("cert.noSuchName", "")) { try folder.renew(node: "a", dropping: ["c.example.org"]) }
        #expect(try folder.facts("a") == third, "a refused renewal leaves nothing behind")
    }

    @Test("an ended ledger key is prolonged, and never shortened")
    func prolong() throws {
        let time = ManualTime()
        let folder = try Self.folder(time: time)
        let first = try folder.issue(node: "a").ledgerKeys[0]
        #expect(throws: Failure("cert.noSuchKey", "")) { try folder.prolong(node: "a", until: time.wallTime) }
        try folder.renew(node: "a", newLedgerKey: true, overlapDays: 0)
        let end = time.wallTime
        time.advance(milliseconds: 3_600_000)
        let prolonged = try folder.prolong(node: "a", until: time.wallTime)
        #expect(prolonged.id == first.id && prolonged.to == time.wallTime)
        #expect(try folder.facts("a").ledgerKeys[0] == prolonged)
        #expect(throws: Failure("cert.notLater", "")) { try folder.prolong(node: "a", key: first.id, until: end) }
        #expect(throws: Failure("cert.noSuchKey", "")) { try folder.prolong(node: "a", key: "00", until: end) }
        #expect(throws: Failure("cert.malformedValidity", "")) {
            try folder.prolong(node: "a", until: time.wallTime.advanced(byMilliseconds: 366 * 86_400_000))
        }
    }

    @Test("what ends within its warning is to be replaced: the newest certificate, the newest key, the authority")
    func ending() throws {
        let time = ManualTime()
        let folder = try Self.folder(time: time)
        func ending() throws -> [String] { try folder.list().filter(\.isEnding).map { "\($0.kind) \($0.node)" } }
        try folder.issue(node: "a", validityDays: 400)
        #expect(try ending() == [])
        // The one that was issued last is the one that the node has, however long the older one goes on.
        try folder.renew(node: "a", validityDays: 29)
        #expect(try ending() == ["node a"])
        try folder.renew(node: "a", newLedgerKey: true, overlapDays: 7)
        #expect(try ending() == [], "a renewal takes the warning away")
        #expect(try folder.list().filter { $0.kind == .ledgerKey }.map(\.isReplaced) == [true])
        time.advance(milliseconds: Int64(3650 - 397 - 29) * 86_400_000)
        #expect(try ending().contains("authority yangquan"), "the next renewals would outlive it")
    }

    @Test("every remedy is a command that can be run as it stands")
    func remedies() throws {
        let folder = try Self.folder()
        try folder.issue(node: "a")
        let issued = #expect(throws: Failure.self) { try folder.issue(node: "a") }
        #expect(issued?.remedy?.contains("`yilian cert renew pki a`") == true)
        let unknown = #expect(throws: Failure.self) { try folder.renew(node: "b") }
        #expect(unknown?.remedy?.contains("`yilian cert list pki`") == true)
    }

    @Test("a list shows days left and what was revoked")
    func list() throws {
        let time = ManualTime()
        let folder = try Self.folder(time: time)
        try folder.issue(node: "b", validityDays: 10)
        let serial = try #require(try folder.issue(node: "a", validityDays: 20).certificates.first).serial
        #expect(try folder.list().map(\.node) == ["yangquan", "a", "b"])
        #expect(try folder.list().map(\.daysLeft) == [3650, 20, 10])
        try folder.revoke(serial.uppercased(), reason: "stolen laptop")
        time.advance(milliseconds: 10 * 86_400_000 + 1)
        let list = Array(try folder.list().dropFirst())
        #expect(list.map(\.daysLeft) == [9, -1])
        #expect(list.map(\.isUsable) == [false, false])
        #expect(list[0].revocation?.reason == "stolen laptop")
        #expect(list[1].revocation == nil)
    }

    @Test("a revocation names a serial number or a node, and is made once")
    func revoke() throws {
        let time = ManualTime()
        let folder = try Self.folder(time: time)
        #expect(try folder.revocations() == [])
        try folder.issue(node: "a", validityDays: 10)
        let facts = try folder.renew(node: "a", validityDays: 20)
        try folder.issue(node: "b")
        let one = try folder.revoke(facts.certificates[0].serial, reason: "lost")
        #expect(one.map(\.serial) == [facts.certificates[0].serial])
        #expect(one.map(\.at) == [time.wallTime])
        let rest = try folder.revoke("a", reason: "node closed")
        #expect(rest.map(\.serial) == [facts.certificates[1].serial])
        #expect(try folder.revocations() == one + rest)
        #expect(throws: Failure("cert.revoked", "")) { try folder.revoke("a", reason: "again") }
        #expect(throws: Failure("cert.noSuchCertificate", "")) { try folder.revoke("4f4f", reason: "x") }
        #expect(throws: Failure("cert.noReason", "")) { try folder.revoke("b", reason: " ") }
    }

    @Test("verbs before init say what to run first")
    func noFolder() throws {
        let folder = AuthorityFolder(path: "nowhere", world: TestWorld.make())
        for body in [{ _ = try folder.list() }, { _ = try folder.authority() }, { _ = try folder.issue(node: "a") }] {
            let failure = #expect(throws: Failure.self) { try body() }
            #expect(failure?.code == "cert.noFolder")
            #expect(failure?.remedy?.contains("yilian cert init nowhere") == true)
        }
    }

    @Test("a damaged record is a failure with its path")
    func damagedRecords() throws {
        let disk = MemoryDisk()
        let folder = try Self.folder(disk: disk)
        try folder.issue(node: "a")
        let text = try disk.readText(folder.factsPath("a"))
        for damage in ["", "[]", String(text.dropLast(9)), text.replacing("T", with: " ")] {
            try disk.write(damage, to: folder.factsPath("a"))
            let failure = #expect(throws: Failure.self) { try folder.facts("a") }
            #expect(failure?.code == "cert.malformedFile")
            #expect(failure?.place == folder.factsPath("a"))
        }
    }

    @Test("a certificate that was issued elsewhere is adopted into the list, one of another region is not")
    func adopt() throws {
        let world = TestWorld.make(seed: 5)
        let folder = try Self.folder()
        try folder.issue(node: "a")
        let elsewhere = try RegionAuthority.create(regionID: "yangquan", world: world).issue(node: "a", world: world)
        let facts = try folder.adopt(certificatePEM: elsewhere.certificatePEM)
        #expect(facts.certificates.map(\.serial).contains(elsewhere.identity.serial))
        #expect(try folder.adopt(certificatePEM: elsewhere.certificatePEM) == facts)
        try folder.revoke(elsewhere.identity.serial, reason: "test")
        let foreign = try RegionAuthority.create(regionID: "taiyuan", world: world).issue(node: "a", world: world)
        #expect(throws: Failure("cert.foreignRegion", "")) {
            try folder.adopt(certificatePEM: foreign.certificatePEM)
        }
    }
}
