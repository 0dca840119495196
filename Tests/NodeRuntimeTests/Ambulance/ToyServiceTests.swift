import Accounts
import ArgumentParser
import Console
import ConsoleKit
import ConsolePages
import Demo
import EdgeKit
import Effects
import FHIR
import IndicatorsTestKit
import Ledgers
import NodeRuntime
import Regions
import ServiceKit
import Simulator
import Testing
import VerbKit
import YilianTestKit

@testable import Edge

@Suite("A service is added by its folder and a line", .serialized)
struct ToyServiceTests {
    /// The line; others below register what it answers to hospitals' systems, its verbs with its scene, its pages, and its
    /// play.
    fileprivate static let services = ServiceList.all + [AmbulanceService.self]

    private static var options: TestOptions {
        var options = TestOptions()
        options.services = services
        options.handlers = ServiceList.handlers + [AmbulanceHandlers.self]
        return options
    }

    @Test("its entries are written, travel, are folded and asked for between nodes; who may not write them is refused")
    func region() async throws {
        try await TestRegion.run(.small, Self.options) { configuration in
            configuration.set(AmbulanceSection(nodes: [try NodeID("jucheng")]))
        } _: { region in
            func service(_ id: String) throws -> AmbulanceService {
                try region.node(id).node.service(AmbulanceService.self)
            }
            try await service("jucheng").send("C-1")
            await #expect(throws: Failure("author.noAmbulance", "")) { try await service("yuxian").send("C-2") }
            try await region.waitUntilAcknowledged()
            #expect(try await service("jucheng").trips(knownAt: NodeID("pingding")) == ["C-1"])
            #expect(try await service("pingding").trips(knownAt: NodeID("shi")) == ["C-1"])
            let figures = try await region.node("jucheng").figures()
            #expect(figures.filter { $0.indicator == "ambulance-trips" }.map(\.numerator) == [1])
        }
    }

    @Test("operators ask of it by its endpoints, and people are asked about for its purpose on its grounds")
    func operators() async throws {
        try await TestRegion.run(.small, Self.options) { configuration in
            configuration.set(AmbulanceSection(nodes: [try NodeID("jucheng")]))
        } _: { region in
            let node = try region.node("jucheng").node
            try await node.service(AmbulanceService.self).send("C-1")
            let served = try ServiceList.endpoints(of: Self.services).flatMap { try $0.endpoints(of: node) }
            let trips = try #require(served.first { $0.description.path == "ambulance/trips" })
            let request = try AmbulanceEndpoints.trips.request(NoQuestion())
            #expect(try AmbulanceEndpoints.trips.read(try await trips.respond(request)) == ["C-1"])
            var asking = Asking(practitioner: "driver", organizationUnit: "jucheng", purpose: .transport)
            func sign() throws {
                _ = try node.context.sign(asking, about: [People.wang.key], question: "ambulance.trip")
            }
            #expect(throws: Failure("access.noGround", "")) { try sign() }
            asking.order = "120-7"
            try sign()
            let statement = try node.context.sign(asking, about: [People.wang.key], question: "ambulance.trip")
                .statement
            #expect(throws: Failure("access.incomplete", "")) {
                try AccessRule(purposes: ServiceList.purposes).check(statement)
            }
        }
    }

    @Test("it tells hospitals' systems what goes on, each thing once, and those who watch the node how much")
    func outgoing() async throws {
        try await TestRegion.run(.small, Self.options) { configuration in
            configuration.set(AmbulanceSection(nodes: [try NodeID("jucheng")]))
        } _: { region in
            let node = try region.node("jucheng").node
            try await node.service(AmbulanceService.self).send("C-1")
            var figures: [ServiceFigure] = []
            for offer in node.offers((any FigureOffer).self) { figures += try await offer.figures() }
            #expect(figures.first { $0.metric == "ambulance_trips" }?.value == 1)
            let header = OutgoingContent.Header(
                controlID: "C1", application: "HIS", facility: "JC", characterSet: "UNICODE UTF-8", time: .epoch)
            var told: [String] = []
            for source in node.offers((any OutgoingSource).self) + node.offers((any OutgoingSource).self) {
                for notice in try await source.dueMessages(after: .min, limit: 10) {
                    told.append(try #require(try await source.content(of: notice, for: ["his"])?.hl7?(header)))
                    try await node.context.ledger.write(lane: .clinical) { try source.mark(notice, in: $0) }
                }
            }
            #expect(told == ["MSH|^~\\&|YILIAN|||JC\rOBR|1||C-1\r"])
        }
    }

    @Test("it plays in a simulated region, with thieves about, and nothing that was acknowledged is lost")
    func play() async {
        // A simulation takes its process for itself.
        await #expect(processExitsWith: .success) {
            let plan = SimulationPlan(seed: 5, hours: 0.25, counties: 2, townships: 3)
            let outcome = try Simulation.run(plan, plays: [AmbulancePlay.self], services: ToyServiceTests.services)
            #expect(outcome.violations == [])
        }
    }

    @Test("it has a scene in the demo, which plays its part and is heard in the end")
    func scene() async throws {
        let options = DemoOptions(
            nodesFolder: "/dev/null", messagesFolder: "/dev/null", keepFolder: nil, exits: true, printsJSON: true,
            seed: 1, suite: "ed25519", dayPercent: 0, program: "yilian", isTerminal: false)
        let stage = DemoStage(
            options: options, folder: "/dev/null", world: .system,
            printer: DemoPrinter(isTerminal: false, isQuiet: true)
        )
        var show = DemoShow([try #require(AmbulanceVerbs.scene)], on: stage)
        #expect(throws: Failure("demo.incomplete", "")) { try show.check() }
        try await show.play(.arrival(DemoIntake(messages: 0, reports: 0, refused: [:])))
        for act in [DemoAct.account, .day, .close, .evening] { try await show.play(act) }
        try show.check()
        #expect(show.outcome["ambulances"] as? [String] == ["C-1"])
        #expect(
            show.invitations(program: "yilian", folder: "d") == ["yilian ambulance trips --data d/jucheng"])
    }

    @Test("a hospital's system orders it by HL7 v2, once, and reads of it by FHIR; other messages go where they went")
    func hospital() async throws {
        try await TestRegion.run(.small, Self.options) { configuration in
            configuration.set(AmbulanceSection(nodes: [try NodeID("jucheng")]))
        } _: { region in
            let node = try region.node("jucheng").node
            let intake = try MessageIntake(
                node: node, handlers: Self.options.handlers, logger: node.setup.logger)
            let principal = try intake.principal(named: "his", institution: .unit(OrgUnitID("jucheng")))
            func take(_ type: String, _ plate: String = "C-1") async -> IntakeResult {
                let text =
                    "MSH|^~\\&|HIS|JC|YILIAN|YQ|20261121083000||\(type)|M-1|P|2.5.1\r" + "OBR|1|P-1|\(plate)|120\r"
                return await intake.take(Array(text.utf8), format: .hl7v2, principal: principal)
            }
            func text(_ result: IntakeResult) -> String { String(decoding: result.answer, as: UTF8.self) }
            let looked = await intake.look(
                Array("MSH|^~\\&|HIS|JC|||20261121083000||OMG^O19|M-0|P|2.5.1\rOBR|1||C-0\r".utf8), principal: principal
            )
            #expect(looked.outcome == .accepted && looked.recordCount == 1)
            let first = await take("OMG^O19")
            #expect(text(first).contains("MSA|AA|M-1") && first.records.map(\.key) == ["C-1"])
            let again = await take("OMG^O19")
            #expect(again.outcome == .duplicate && again.answer == first.answer)
            #expect(try await node.service(AmbulanceService.self).trips() == ["C-1"])
            #expect(text(await take("OMG^O19", "")).contains("MSA|AE|M-1"))
            let event = text(await take("OMG^O20"))
            #expect(event.contains("MSA|AR|M-1") && event.contains("only event O19 is taken here"))
            let type = text(await take("ADT^A01"))
            #expect(type.contains("MSA|AR|M-1") && type.contains("O19 (orders of ambulances) are taken here"))
        }
    }

    @Test("its routes are found by method and path, stand in the CapabilityStatement, and are guarded as all are")
    func routes() async throws {
        try await TestRegion.run(.small, Self.options) { region in
            let (node, folder) = (try region.node("jucheng").node, try region.node("jucheng").folder)
            let token = String(repeating: "t", count: 32)
            try SystemDisk().write(token, to: folder + "/his.token", mode: 0o600)
            let tokens = try TokenBook(
                systems: [
                    HospitalSystem(
                        name: "his", institution: .unit(try OrgUnitID("jucheng")), tokenFile: folder + "/his.token")
                ], resolve: { $0 }, world: node.setup.world, logger: node.setup.logger)
            let desk = FHIRDesk(
                intake: try MessageIntake(node: node, handlers: Self.options.handlers, logger: node.setup.logger),
                tokens: tokens, logger: node.setup.logger)
            func ask(_ method: String, _ path: String..., headers: [String: String] = [:]) async -> EdgeResponse {
                let all = ["authorization": "Bearer " + token].merging(headers) { $1 }
                return await desk.answer(EdgeRequest(method: method, path: path, headers: all)) { _ in
                    Array(#"{"resourceType":"Device","id":"C-1"}"#.utf8)
                }
            }
            #expect(await ask("GET", "Device", "C-1").status == 404)
            #expect(await ask("GET", "Device", "C-1", headers: ["authorization": "Bearer nobody"]).status == 401)
            let other = await ask("DELETE", "Device", "C-1")
            #expect(other.status == 405 && other.headers["Allow"] == "GET, PUT")
            for (tag, status) in [("W/\"1\"", 200), ("W/\"2\"", 412), ("1", 400)] {
                #expect(await ask("PUT", "Device", "C-1", headers: ["if-match": tag]).status == status, "\(tag)")
            }
            let statement = try JSONParser.parse(await ask("GET", "metadata").body)
            let device = statement["rest"]?.items.first?["resource"]?.items.first { $0["type"] == "Device" }
            #expect(device?["interaction"]?.items.compactMap { $0["code"]?.string } == ["read", "update"])
        }
    }

    @Test("its keys stand in the files of a region and of a node, and are held against each other")
    func files() throws {
        let sections = ServiceList.sections(of: Self.services)
        let region = try RegionFile.read(
            """
            region: testland
            name: 试验区
            version: 1
            validFrom: 2026-01-01
            units:
              - {id: dc, name: 调度中心, division: 140300, tier: dispatcher, kind: dispatch-centre, node: diaodu}
              - {id: yy, name: 市医院, division: 140300, tier: city, kind: hospital, node: shi}
            nodes:
              - {id: diaodu, name: 调度, tier: dispatcher, unit: dc, division: 140300}
              - {id: shi, name: 市, tier: city, unit: yy, division: 140300}
            management: [{child: shi, parent: diaodu, from: 2026-01-01}]
            ambulances: [shi]
            """, fileName: "region.yaml", sections: sections)
        #expect(region.section(AmbulanceSection.self).nodes.map(\.rawValue) == ["shi"])
        let carried = try RegionConfiguration(wireBytes: region.wireBytes(), sections: sections.region)
        #expect(carried == region)
        #expect(carried.sectionContents.map(\.lines) == [["ambulance: 1"]])
        for (node, codes) in [("shi", []), ("diaodu", ["config.notInRegion"])] as [(String, [Failure.Code])] {
            let text = "node: \(node)\ndataFolder: data\nlink: {listen: \"0.0.0.0:7443\"}\ngarage: north\n"
            let file = try NodeFile.read(text, fileName: "n.yaml", sections: sections)
            #expect(file.section(AmbulanceGarage.self).name == "north")
            #expect(file.problems(in: region).map(\.code) == codes)
        }
        let unknown = NodeFile.check(
            "node: shi\ndataFolder: data\ngarage: north\n", fileName: "n.yaml", sections: ServiceList.sections)
        #expect(unknown.problems.map(\.code) == ["config.unknownKey"])
    }

    @Test("its noun stands below a program that lists it, with the options that all verbs share")
    func verbs() throws {
        struct Program: ParsableCommand {
            static let configuration = CommandConfiguration(
                commandName: "yilian", subcommands: AmbulanceVerbs.nouns)
        }
        let parsed = try Program.parseAsRoot(["ambulance", "trips", "--data", "d", "--json", "--garage", "north"])
        let trips = try #require(parsed as? AmbulanceTrips)
        #expect(trips.node.data == "d" && trips.output.json && trips.garage == "north")
        let complaint = #expect(throws: (any Error).self) {
            try Program.parseAsRoot(["ambulance", "trips", "--garage", ""])
        }
        let said = complaint.map { Program.message(for: $0) }
        #expect(said == AmbulanceVerbs.words.complaints.first?.english)
        #expect(Program.helpMessage(for: AmbulanceCommand.self).contains("List their trips."))
    }

    @Test("its page stands in the menu of whoever may open it, shows what the node says, and is closed to others")
    func pages() async throws {
        try await TestRegion.run(.small, Self.options) { configuration in
            configuration.set(AmbulanceSection(nodes: [try NodeID("jucheng")]))
        } _: { region in
            let node = try region.node("jucheng").node
            try await node.service(AmbulanceService.self).send("<C-1>")
            let accounts = try await AccountBook.open(
                store: node.context.ledger.store, world: node.context.world, cost: .init(logN: 2, blocks: 8, lanes: 1))
            let face = NodeFace(id: "jucheng", name: "锯城", tier: "township", release: "1")
            let site = ConsoleSite(
                node: { face }, accounts: accounts,
                endpoints: try ServiceList.endpoints(of: Self.services).flatMap { try $0.endpoints(of: node) },
                services: [AmbulancePages.self], catalogue: .console, world: node.context.world,
                logger: node.setup.logger)
            func open(as role: ConsoleRole) async throws -> (status: Int, text: String) {
                let visitor = Visitor(account: role.rawValue, name: "周示例", roles: [role])
                let secret = accounts.sessions.begin(visitor, step: .done, address: "")
                let answer = await site.respond(
                    to: PageRequest(.get, "/ambulances", cookies: ["__Host-yilian": secret]))
                return (answer.status, String(decoding: answer.body, as: UTF8.self))
            }
            let page = try await open(as: .operator)
            #expect(page.status == 200 && page.text.contains("&lt;C-1&gt;") && !page.text.contains("<C-1>"))
            #expect(page.text.contains("href=\"/ambulances\"") && page.text.contains("已出车 1 辆"))
            let closed = try await open(as: .doctor)
            #expect(closed.status == 403 && !closed.text.contains("C-1"))
        }
    }

    @Test("its methods and kinds stand beside the others, which stay as they are")
    func lists() throws {
        let methods = try ServiceList.methods(of: Self.services)
        #expect(methods.map(\.name) == (try ServiceList.methods().map(\.name)) + ["ambulance.trips"])
        let kinds = Set(ServiceList.projections(of: Self.services).kinds)
        #expect(kinds == Set(ServiceList.projections.kinds).union([.ambulanceTrip]))
    }
}
