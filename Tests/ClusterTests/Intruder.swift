import Demo
import Effects
import Foundation
import FoundationNetworking
import Links
import Logging
import NIOCore
import NIOPosix
import Regions
import TLSTransport
import Testing
import Wire

/// Somebody who dials a node and is not who he should be, or does not say what he should.
struct Intruder {
    let cluster: Cluster
    /// The node that is dialled.
    let target: String

    /// Runs `body` until the target has counted one more refusal with this reason; its log tells of the first of an
    /// address and a reason in a minute alone.
    func expectingRefusal(_ reason: String, _ body: () async throws -> Void) async throws {
        let before = try await refusals(reason)
        try await body()
        try await cluster.wait(for: "a refusal with the reason \(reason)", seconds: 30) {
            try await refusals(reason) > before
        }
        #expect(try !cluster.log(of: target).lines("a link was refused", ["reason": reason]).isEmpty)
    }

    /// What the target's metrics say.
    private func refusals(_ reason: String) async throws -> Int {
        let page = try #require(URL(string: "http://\(try cluster.stage.node(target).addresses.health)/metrics"))
        let (body, _) = try await URLSession.shared.data(from: page)
        let name = "yilian_link_refusals_total{reason=\"\(reason)\"} "
        let line = String(decoding: body, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix(name) }
        return try line.map { try #require(Int($0.dropFirst(name.count))) } ?? 0
    }

    private func address() throws -> LinkAddress {
        try LinkAddress(try #require(try cluster.stage.node(target).addresses.link))
    }

    /// A transport with the certificate that lies in a folder, believing the region's own authority.
    private func transport(certificateFolder: String) throws -> TLSLinkTransport {
        let disk = cluster.world.disk
        return try TLSLinkTransport(
            region: try RegionID("yangquan"),
            credentials: TLSCredentials(
                certificate: try disk.readText(certificateFolder + "/tls.crt"),
                key: try disk.readText(certificateFolder + "/tls.key"),
                roots: try disk.readText(try cluster.stage.node(target).authorityFile)))
    }

    /// Dials as a township, with somebody's certificate and a claim, until the target has refused.
    func dial(certificateFolder: String, claiming node: String, expecting reason: String) async throws {
        let parent = try NodeID(target)
        let (address, claimed) = try (address(), NodeID(node))
        let hub = LinkHub(
            policy: LinkPolicy(
                region: try RegionID("yangquan"), node: claimed, tier: .township, release: "1", methodNumbers: [],
                codecs: [.zlib], configurationVersion: { 1 },
                parent: { LinkPolicy.Parent(node: parent, addresses: [address]) },
                neighbour: { $0 == parent ? Neighbour(relation: .parent, tier: .county) : nil },
                neighbours: { [parent] }, isRevoked: { _ in false }),
            transport: try transport(certificateFolder: certificateFolder), world: cluster.world,
            logger: Logger(label: "intruder") { _ in SwiftLogNoOpLogHandler() },
            onCall: { .refused(CallRefusal(.unknownMethod, correlation: $0.correlation)) }, onEvent: { _ in })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await hub.run() }
            let result: Result<Void, any Error>
            do {
                try await expectingRefusal(reason) {}
                result = .success(())
            } catch {
                result = .failure(error)
            }
            #expect(hub.facts(of: parent) == nil)
            hub.stop()
            try result.get()
        }
    }

    /// Says these bytes over TLS, with a node's own certificate.
    func say(_ bytes: [UInt8], certificateFolder: String) async throws {
        let connection = try await transport(certificateFolder: certificateFolder).connect(to: try address())
        _ = try await connection.authenticate()
        try await connection.send(bytes)
        // Reads until the target hangs up; that it does so with an error is as good.
        while let more = try? await connection.receive(), !more.isEmpty {}
        connection.close(sending: [])
    }

    /// Says these bytes over plain TCP.
    func sayPlainly(_ bytes: [UInt8]) async throws {
        let address = try address()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: address.host, port: address.port).get()
        // The target may hang up before everything is written.
        try? await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
        try? await channel.closeFuture.get()
    }
}
