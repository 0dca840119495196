import Effects
import NIOSSL
import Testing
import Trust

@testable import DirectorySignIn

@Suite("Questions to a directory on their way") struct DirectoryTransportTests {
    private static func transport(_ time: any TimeSource = SystemTime(), authority: String? = nil)
        -> HTTPDirectoryTransport
    {
        var world = World.system
        world.time = time
        return HTTPDirectoryTransport(authorityFile: authority, world: world)
    }

    /// The code of what a question to a server ends with.
    private static func outcome(_ transport: HTTPDirectoryTransport, _ address: String) async throws -> String {
        do {
            return "\(try await transport.ask(DirectoryQuestion(address: address)).status)"
        } catch let failure as Failure { return failure.code.rawValue }
    }

    @Test func `a look and a form arrive as they are meant`() async throws {
        try await PlainServer.run(.init(status: 201, body: Array("{}".utf8))) { server, address in
            let transport = Self.transport()
            #expect(
                try await transport.ask(.init(address: address + "/a?b=c"))
                    == DirectoryReply(status: 201, body: Array("{}".utf8)))
            _ = try await transport.ask(.init(address: address + "/t", form: "code=1", authorization: "Basic x"))
            #expect(
                server.came == [
                    .init(method: "GET", uri: "/a?b=c", authorization: nil, type: nil, body: []),
                    .init(
                        method: "POST", uri: "/t", authorization: "Basic x",
                        type: "application/x-www-form-urlencoded", body: Array("code=1".utf8)),
                ])
        }
    }

    @Test func `no redirect is followed`() async throws {
        try await PlainServer.run(.init(status: 302, headers: ["location": "/elsewhere"])) { server, address in
            let outcome = try await Self.outcome(Self.transport(), address + "/a")
            #expect(outcome == "302")
            #expect(server.came.map(\.uri) == ["/a"])
        }
    }

    @Test func `an answer may be so long and no longer`() async throws {
        for (more, expected) in [(0, "200"), (1, "directory.badAnswer")] {
            let body = [UInt8](repeating: 0x20, count: Limits.directoryAnswerBytes + more)
            try await PlainServer.run(.init(body: body)) { _, address in
                let outcome = try await Self.outcome(Self.transport(), address)
                #expect(outcome == expected)
            }
        }
    }

    @Test func `an answer that never ends is not waited for`() async throws {
        try await PlainServer.run(.init(body: [0x20], isEndless: true)) { _, address in
            // The time that is up at once stands for the ten seconds.
            let began = SystemTime().monotonicTime
            let outcome = try await Self.outcome(Self.transport(ElapsedTime()), address)
            #expect(outcome == "directory.unreachable")
            let took = SystemTime().monotonicTime.milliseconds(since: began)
            #expect(took < Limits.directoryAnswerMilliseconds / 2, "\(took) ms")
        }
    }

    @Test func `nobody who listens is one who does not answer`() async throws {
        var address = ""
        try await PlainServer.run(.init()) { address = $1 }
        #expect(try await Self.outcome(Self.transport(), address) == "directory.unreachable")
    }

    @Test("a certificate of the authority that the file names is believed, and no other")
    func authority() async throws {
        let folder = "/tmp/yilian-directory-\(SystemRandom().next())"
        let disk = SystemDisk()
        try disk.createDirectory(folder, mode: 0o700)
        defer { try? disk.remove(folder) }
        let authority = try RegionAuthority.create(regionID: "sample", world: .system)
        let other = try RegionAuthority.create(regionID: "sample", world: .system)
        try disk.write(authority.certificatePEM, to: folder + "/one.crt")
        try disk.write(other.certificatePEM, to: folder + "/other.crt")
        let issued = try authority.issue(node: "directory", validityDays: 2, world: .system)
        let shown = try NIOSSLCertificate.fromPEMBytes(Array(issued.certificatePEM.utf8))
        let key = try NIOSSLPrivateKey(bytes: Array(issued.keyPEM.utf8), format: .pem)
        let tls = try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: shown.map { .certificate($0) }, privateKey: .privateKey(key)))
        try await PlainServer.run(.init(), tls: tls) { server, address in
            for (file, expected) in [("/one.crt", "200"), ("/other.crt", "directory.unreachable")] {
                let outcome = try await Self.outcome(Self.transport(authority: folder + file), address)
                #expect(outcome == expected, "\(file)")
            }
            let outcome = try await Self.outcome(Self.transport(), address)
            #expect(outcome == "directory.unreachable", "the machine's authorities do not know it")
            #expect(server.came.count == 1)
        }
    }
}

/// A clock on which every sleep is over at once.
private struct ElapsedTime: TimeSource {
    var wallTime: WallTime { SystemTime().wallTime }
    var monotonicTime: MonotonicTime { SystemTime().monotonicTime }
    func sleep(until deadline: MonotonicTime) async throws {}
}
