import Effects
import Foundation
import Links
import NIOCore
import NIOPosix
import Regions
import TLSTransport
import Testing

/// Strangers who take places and say little or nothing, on real sockets.
///
/// The full size, with times, is `Benchmarks/run --only hostile`.
@Suite(.serialized, .timeLimit(.minutes(1))) struct HostilePeersTests {
    /// Connections of strangers; closed together.
    private struct Strangers {
        var channels: [any Channel] = []

        /// Dials from an address of the loopback network; a connection that is closed at once counts too.
        mutating func dial(_ address: LinkAddress, from source: String, count: Int) async throws {
            for _ in 0..<count {
                channels.append(
                    try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                        .bind(to: SocketAddress(ipAddress: source, port: 0))
                        .connect(host: address.host, port: address.port).get())
            }
        }

        /// The beginning of a TLS record, one byte of it from each.
        func drip(_ byte: UInt8) {
            for channel in channels where channel.isActive {
                channel.writeAndFlush(ByteBuffer(bytes: [byte]), promise: nil)
            }
        }

        func close() {
            for channel in channels { channel.close(promise: nil) }
        }
    }

    /// Sockets of this machine that a listener on the port has accepted and not closed.
    private static func openSockets(port: Int) throws -> Int {
        let suffix = ":" + String(format: "%04X", port)
        return try String(contentsOfFile: "/proc/net/tcp", encoding: .utf8).split(separator: "\n").filter { line in
            let fields = line.split(separator: " ")
            return fields.count > 3 && fields[1].hasSuffix(suffix) && fields[3] == "01"
        }.count
    }

    private func call(_ county: TLSNode, _ city: TLSNode) async throws {
        let answer = try await county.hub.call(
            to: city.node, method: 1, target: "echo", arguments: [1, 2, 3], lane: .clinical,
            deadlineMilliseconds: 5_000, correlation: "01")
        #expect(answer == [1, 2, 3])
    }

    @Test func silentAndDrippingStrangersKeepNobodyOut() async throws {
        let region = try Throwaway()
        let city = try TLSNode(
            "city", .city, transport: region.transport("city"), child: "pingding", otherChild: "yuxian")
        let address = try await city.hub.listen(on: LinkAddress(host: "127.0.0.1", port: 0))
        let county = try TLSNode(
            "pingding", .county, transport: region.transport("pingding"), parent: ("city", address))
        let late = try TLSNode("yuxian", .county, transport: region.transport("yuxian"), parent: ("city", address))
        try await running([city, county]) {
            try await soon("the honest county has a link") { city.isUp("pingding") && county.isUp("city") }
            var (silent, dripping) = (Strangers(), Strangers())
            defer {
                silent.close()
                dripping.close()
            }
            for host in 2...8 { try await silent.dial(address, from: "127.0.0.\(host)", count: 45) }
            try await dripping.dial(address, from: "127.0.0.9", count: 20)
            try await soon("more than may have been refused") { city.hub.load.refusals["tooManyLinks"] ?? 0 > 50 }
            // Nothing that strangers do reaches the links that are up, and newcomers find a place.
            try await running([late]) {
                for byte in [UInt8(0x16), 0x03, 0x01, 0x02, 0x00, 0x01] {
                    dripping.drip(byte)
                    for _ in 0..<20 { try await call(county, city) }
                    #expect(city.hub.load.halfOpen <= Limits.halfOpenLinks)
                    try await tlsWorld.time.sleep(milliseconds: 100)
                }
                try await soon("a newcomer gets its link") { city.isUp("yuxian") && late.isUp("city") }
                try await call(late, city)
            }
            #expect(!city.events.contains("down pingding"))
            silent.close()
            dripping.close()
            try await soon("places and descriptors are free again") {
                try city.hub.load.halfOpen == 0 && Self.openSockets(port: address.port) <= 2
            }
            try await call(county, city)
        }
    }

    @Test func strangersBehindOneAddressShutOutNobodyOfIt() async throws {
        let region = try Throwaway()
        let city = try TLSNode(
            "city", .city, transport: region.transport("city"), child: "pingding", otherChild: "yuxian")
        let address = try await city.hub.listen(on: LinkAddress(host: "127.0.0.1", port: 0))
        let county = try TLSNode(
            "pingding", .county, transport: region.transport("pingding"), parent: ("city", address))
        let late = try TLSNode("yuxian", .county, transport: region.transport("yuxian"), parent: ("city", address))
        try await running([city, county]) {
            try await soon("the honest county has a link") { city.isUp("pingding") && county.isUp("city") }
            var strangers = Strangers()
            defer { strangers.close() }
            // Also from the address that the honest ones have.
            try await strangers.dial(address, from: "127.0.0.1", count: Limits.halfOpenLinksPerAddress + 40)
            try await soon("the address has all that it may have") {
                city.hub.load.halfOpen == Limits.halfOpenLinksPerAddress
            }
            try await running([late]) {
                try await soon("another county of that address has a link") { city.isUp("yuxian") && late.isUp("city") }
                try await call(late, city)
                try await call(county, city)
            }
            #expect(city.hub.load.halfOpen <= Limits.halfOpenLinksPerAddress)
            #expect(!city.events.contains("down pingding"))
        }
    }
}
