import Effects
import HL7
import Regions
import ServiceKit
import Testing
import Trust

@testable import DestinationClients
@testable import Destinations

@Suite("Messages go to a real receiver over MLLP", .timeLimit(.minutes(1)))
struct MLLPDeliveryTests {
    private func clients(_ destination: Destination) throws -> any DestinationClient {
        let clients = try HospitalClients([destination], resolve: { $0 }, world: .system)
        return try #require(clients.clients[destination.name])
    }

    private func controlID(_ bytes: [UInt8]) -> String? { HL7Message.headerAlone(of: bytes)?.controlID }

    @Test("over one connection, in order, with the receiver's names and the source's text")
    func order() async throws {
        try await HospitalReceiver.run { receiver in
            let destination = try Destination.sample(port: receiver.port)
            let service = try await SampleNode([destination]).open()
            let source = SampleSource(ledger: service.context.ledger)
            try await source.add([(1, "a"), (2, "b"), (3, "a")])
            try await service.collector(of: [source]).collect()
            _ = try await service.run(destination, try clients(destination), DeliveryRule()).drain()
            let messages = try receiver.came.map { try HL7Message.parse($0, defaultEncoding: .utf8) }
            let items = messages.map { $0.segment("OBX")?.field(3).text }
            #expect(items == ["m1", "m2", "m3"])
            #expect(messages.allSatisfy { $0.header.field(5).text == "HIS" && $0.header.field(6).text == "HILL" })
            #expect(Set(messages.map(\.controlID)).count == 3)
            #expect(receiver.connectionCount == 1)
            #expect(try await service.queues() == [])
        }
    }

    @Test("what was not acknowledged when the node died goes again after its start, under the same control id")
    func restart() async throws {
        try await HospitalReceiver.run(.hangsUp) { receiver in
            let destination = try Destination.sample(port: receiver.port)
            let node = try SampleNode([destination])
            let service = try await node.open()
            let source = SampleSource(ledger: service.context.ledger)
            try await source.add([(1, "a"), (2, "a")])
            try await service.collector(of: [source]).collect()
            let client = try clients(destination)
            _ = try await service.run(destination, client, DeliveryRule()).turn(pauses: 0)
            #expect(try await service.queues().first?.count == 2)
            node.time.advance(milliseconds: 1_000)
            try await service.context.ledger.store.close()
            receiver.behaves(.answers("AA"))
            let again = try await node.open()
            _ = try await again.run(destination, try clients(destination), DeliveryRule()).drain()
            let ids = receiver.came.map(controlID)
            #expect(ids.count == 3 && ids[0] == ids[1] && ids[1] != ids[2])
            #expect(try await again.queues() == [])
        }
    }

    @Test("a connection that the receiver closed between two messages is dialled anew, and nothing is lost")
    func redialled() async throws {
        try await HospitalReceiver.run { receiver in
            let destination = try Destination.sample(port: receiver.port)
            let node = try SampleNode([destination])
            let service = try await node.open()
            let source = SampleSource(ledger: service.context.ledger)
            let run = service.run(destination, try clients(destination), DeliveryRule())
            try await source.add([(1, "a")])
            try await service.collector(of: [source]).collect()
            _ = try await run.drain()
            receiver.behaves(.hangsUp)
            try await source.add([(2, "a")])
            try await service.collector(of: [source]).collect()
            _ = try await run.turn(pauses: 0)
            #expect(try await service.queues().first?.count == 1)
            node.time.advance(milliseconds: 1_000)
            receiver.behaves(.answersOthersFirst)
            _ = try await run.drain()
            #expect(Set(receiver.came.dropFirst().map(controlID)).count == 1)
            #expect(try await service.queues() == [])
        }
    }

    @Test("a message over which the receiver hangs up is held in the end, and other patients' messages go on at once")
    func poison() async throws {
        try await HospitalReceiver.run(.hangsUpOver("m1")) { receiver in
            let destination = try Destination.sample(port: receiver.port)
            let node = try SampleNode([destination])
            let service = try await node.open()
            let source = SampleSource(ledger: service.context.ledger)
            let run = service.run(destination, try clients(destination), DeliveryRule(attempts: 3))
            try await source.add([(1, "a"), (2, "a")])
            for number in Int64(3)...7 {
                try await source.add([(number, "b\(number)")])
                try await service.collector(of: [source]).collect()
                _ = try await run.drain()
                node.time.advance(milliseconds: 60_000)
                #expect(try receiver.came.contains { try key($0) == "m\(number)" }, "\(number)")
            }
            let item = try #require(try await service.stuckItems(limit: 1).first)
            #expect(item.state == .stopped && item.item == "his/1" && item.code == "no answer")
            #expect(try !receiver.came.contains { try key($0) == "m2" })
            try await service.drop("his/1")
            _ = try await run.drain()
            #expect(try receiver.came.last.map(key) == "m2")
        }
    }

    private func key(_ bytes: [UInt8]) throws -> String? {
        try HL7Message.parse(bytes, defaultEncoding: .utf8).segment("OBX")?.field(3).text
    }

    @Test(
        "odd answers are read where they say which message they acknowledge, and are none otherwise",
        arguments: [
            // Without the last CR, without the frame's end, with blanks, in small letters.
            ("<MSH|^~\\&|H|H|Y|Y|1||ACK|1|P|2.3\rMSA|AA|#\r>", "accepted"),
            ("<MSH|^~\\&|H|H|Y|Y|1||ACK|1|P|2.3\nMSA|aa| # \n>\r", "accepted"),
            ("<MSH|^~\\&|H\rMSA|CA|#>\r", "accepted"),
            ("<MSH|^~\\&|H\rMSA|AR|#|张三的号码有误\rERR|||204^张三^HL70357\r>\r", "refused: error 204"),
            ("<MSH|^~\\&|H\rMSA|AR|#\rERR|||207\r>\r", "failed: error 207"),
            ("<MSH|^~\\&|H\rMSA|AE|#\rERR|PID^1^3^204&张三\r>\r", "failed: error 204 at PID-3"),
            ("<MSH|^~\\&|H\rMSA|AE|#\rERR||张三^1^3|李四\r>\r", "failed: the system gave no reason by number"),
            ("<MSH|^~\\&|H\rMSA||#>\r", "failed: the acknowledgement has no code that is known"),
            ("no frame at all", "unanswered"), ("<not HL7>\r", "unanswered"), ("<MSA|AA|#>\r", "unanswered"),
            ("<MSH|^~\\&|H\rMSA|AA|ANOTHER>\r", "unanswered"), ("<MSH|^~\\&|H\rMSA|AA>\r", "unanswered"),
            ("", "unanswered"),
        ])
    func odd(answer: String, meaning: String) async throws {
        try await HospitalReceiver.run(.says(answer)) { receiver in
            let outcome = try await sent(to: receiver.port, waiting: meaning == "unanswered" ? 200 : 20_000)
            let text =
                switch outcome {
                case .accepted: "accepted"
                case .refused(let words): "refused: " + words.text
                case .failed(let words): "failed: " + words.text
                case .unanswered: "unanswered"
                case .unreachable: "away"
                }
            #expect(text == meaning)
        }
    }

    @Test("an answer without an end, one byte at a time, or half a connection does no harm")
    func extremes() async throws {
        let endless = "<" + String(repeating: "x", count: Limits.deliveryAnswerBytes + 10)
        for behaviour in [HospitalReceiver.Behaviour.says(endless), .says(String(endless.dropFirst())), .halfCloses] {
            try await HospitalReceiver.run(behaviour) { receiver in
                guard case .unanswered = try await sent(to: receiver.port) else {
                    Issue.record("taken for an answer: \(behaviour)")
                    return
                }
            }
        }
        let slow = try await HospitalReceiver.run(.drips("AA")) { try await sent(to: $0.port) }
        #expect(slow == .accepted)
    }

    @Test(
        "the receiver's code decides; its words may name the patient, and are not kept",
        arguments: [("AE", "stopped"), ("CE", "stopped"), ("AR", "refused"), ("CR", "refused"), ("??", "stopped")])
    func codes(code: String, state: String) async throws {
        try await HospitalReceiver.run(.answers(code)) { receiver in
            let destination = try Destination.sample(port: receiver.port)
            let service = try await SampleNode([destination]).open()
            let source = SampleSource(ledger: service.context.ledger)
            try await source.add([(1, "a")])
            try await service.collector(of: [source]).collect()
            _ = try await service.run(destination, try clients(destination), DeliveryRule(attempts: 1)).drain()
            let item = try #require(try await service.stuckItems(limit: 1).first)
            #expect("\(item.state)" == state)
            #expect(code == "??" || item.code == code && item.reason.contains("error 20"), "\(item.reason)")
            #expect(!item.reason.contains("数据库忙") && !item.reason.contains("稍后"))
        }
    }

    @Test("CA counts as an acknowledgement, and nobody who listens is said as that")
    func others() async throws {
        let (port, outcome) = try await HospitalReceiver.run(.answers("CA")) { receiver in
            (receiver.port, try await sent(to: receiver.port))
        }
        #expect(outcome == .accepted)
        guard case .unreachable(let words, nil) = try await sent(to: port) else {
            Issue.record("a closed port is taken for an answer")
            return
        }
        #expect(words.code == "no connection")
    }

    @Test(
        "over TLS only to a system whose certificate is of the CA that the node's file names", arguments: [true, false])
    func encrypted(isOwn: Bool) async throws {
        let world = World.system
        let authority = try RegionAuthority.create(regionID: "sample", world: world)
        let believed = isOwn ? authority : try RegionAuthority.create(regionID: "sample", world: world)
        let tls = try HospitalFHIRServer.context(authority, world: world)
        try await HospitalReceiver.run(tls: tls) { receiver in
            let address = NetworkAddress(host: "127.0.0.1", port: receiver.port)
            var destination = try Destination.sample(port: receiver.port)
            destination.way = .mllp(.init(address: address, authorityFile: "ca.pem"))
            let node = try SampleNode([destination])
            try world.disk.write(believed.certificatePEM, to: node.folder + "/ca.pem")
            let folder = node.folder
            let clients = try HospitalClients([destination], resolve: { folder + "/" + $0 }, world: world)
            let outcome = try await clients.clients["his"]?.send(try await message(at: node))
            if isOwn {
                #expect(outcome == .accepted && receiver.came.count == 1)
            } else {
                guard case .unreachable = outcome else {
                    Issue.record("somebody else's system was believed")
                    return
                }
                #expect(receiver.came == [])
            }
            await clients.close()
        }
    }

    /// - Parameter milliseconds: how long an answer is waited for.
    private func sent(to port: UInt16, waiting milliseconds: Int64 = 20_000) async throws -> DeliveryOutcome {
        let destination = try Destination.sample(port: port)
        guard case .mllp(let way) = destination.way else { return .accepted }
        let client = MLLPClient(way, security: nil, time: SystemTime(), answerMilliseconds: milliseconds)
        defer { client.close() }
        return try await client.send(try await message(at: try SampleNode([destination])))
    }

    /// A message that waits at a node.
    private func message(at node: SampleNode) async throws -> WaitingMessage {
        let service = try await node.open()
        let source = SampleSource(ledger: service.context.ledger)
        try await source.add([(1, "a")])
        try await service.collector(of: [source]).collect()
        return try #require(
            try await service.context.ledger.read { try DestinationQueue.next(of: "his", in: $0) })
    }
}
