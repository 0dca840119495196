import EdgeKit
import Effects
import FHIR
import Inventory
import InventoryKit
import Referral
import Regions
import ServiceKit
import Testing
import WorkflowKit
import YilianTestKit

@testable import ReferralEdge

/// Beds that are held for referrals, at real homes.
@Suite("A bed is held for a referral, taken with its answer, and given back", .serialized)
struct ReferralHoldTests {
    private static let holdSeconds: UInt32 = 1_800

    /// A region in which the county offers some beds.
    private func run(beds: Int, _ body: @Sendable (TestRegion) async throws -> Void) async throws {
        try await ReferralRegion.run { region in
            try await region.publishConfiguration { configuration in
                configuration.inventories = [
                    OfferedInventory(
                        kind: .bed,
                        terms: InventoryTerms(
                            id: "beds", name: "床位", unit: try OrgUnitID("pingding"), owner: try NodeID("pingding"),
                            holdSeconds: Self.holdSeconds, wishSeconds: 86_400))
                ]
            }
            try await region.waitUntilConfigured()
            let owner = try region.beds("pingding")
            try await region.wait(for: "the owner to match its parent") { owner.witness.isMatched }
            _ = try await owner.offer(try UnitRange(1, beds), of: "ward", in: "beds", UnitSpan(), by: "护士")
            try await body(region)
        }
    }

    private func write(_ region: TestRegion) async throws -> ReferralID {
        try await region.referrals("jucheng").write("up-green", ReferralRegion.content(), ReferralRegion.asking).id
    }

    /// A bed that somebody at a node holds for a referral, as soon as the node knows it.
    private func hold(_ region: TestRegion, _ id: ReferralID, at node: String = "jucheng") async throws -> HoldID {
        let service = try region.beds(node)
        let asker = InventoryService.Asker(practitioner: "王医生", reference: id.description)
        let hold = HoldID(origin: service.context.node, serial: "H\(region.clock.time.wallTime.milliseconds)")
        try await region.wait(for: "a bed") {
            do {
                return try await service.hold("beds", id: hold, for: asker).state == .held
            } catch let failure as Failure where failure.isAway || failure.code == "inventory.unsecured" {
                return false
            }
        }
        try await region.wait(for: "the hold at \(node)") { (try? await service.show(hold).state) == .held }
        return hold
    }

    private func offer(_ region: TestRegion, _ id: ReferralID, _ hold: HoldID?) async throws {
        let receiver = ReferralReceiver(node: try NodeID("pingding"))
        _ = try await region.referrals("jucheng").act(
            .init(.offered, by: "王医生", to: receiver, hold: hold), on: id)
        try await region.wait("pingding", knows: id, as: .offered)
    }

    private func wait(_ region: TestRegion, _ hold: HoldID, is state: HoldState) async throws {
        for node in ["jucheng", "pingding"] {
            try await region.wait(for: "\(state.rawValue) at \(node)") {
                (try? await region.beds(node).show(hold).state) == state
            }
        }
    }

    @Test func `accepting confirms what was held, and the bed is free again once the patient has left`() async throws {
        try await run(beds: 1) { region in
            let id = try await write(region)
            let bed = try await hold(region, id)
            try await offer(region, id, bed)
            #expect(try await region.beds("pingding").show(bed).state == .held)
            try await region.act("pingding", .accepted, id)
            #expect(try await region.beds("pingding").show(bed).state == .confirmed)
            // The last bed is taken, whatever time passes.
            region.clock.advance(by: .seconds(Int(Self.holdSeconds) + 1))
            let other = try await write(region)
            let asker = InventoryService.Asker(practitioner: "王医生", reference: other.description)
            // Links that slept through the leap of the clock come up again first.
            try await region.wait(for: "the refusal of the last bed") {
                await code { _ = try await region.beds("jucheng").hold("beds", for: asker) } == "inventory.none"
            }
            try await region.act("pingding", .arrived, id)
            try await region.act("pingding", .admitted, id)
            try await region.act(
                "pingding", .discharged, id, ["diagnosis": "心梗", "plan": "随访"], day: region.clock.time.wallTime)
            try await wait(region, bed, is: .released)
            _ = try await hold(region, other)
        }
    }

    @Test(arguments: [ReferralEvent.declined, .rerouted, .withdrawn])
    func `what is held is given back once the referral goes another way`(event: ReferralEvent) async throws {
        try await run(beds: 1) { region in
            let id = try await write(region)
            let bed = try await hold(region, id)
            try await offer(region, id, bed)
            switch event {
            case .declined: try await region.act("pingding", .declined, id, ["why": "notOurField"])
            case .rerouted: try await region.act("jucheng", .rerouted, id, target: "yuxian")
            default: try await region.act("jucheng", .withdrawn, id)
            }
            try await wait(region, bed, is: .released)
        }
    }

    @Test func `who accepts after the hold has ended is told so, and nobody is promised a bed that is gone`()
        async throws
    {
        try await run(beds: 1) { region in
            let id = try await write(region)
            let bed = try await hold(region, id)
            try await offer(region, id, bed)
            region.clock.advance(by: .seconds(Int(Self.holdSeconds) + 1))
            try await wait(region, bed, is: .expired)
            let other = try await write(region)
            let second = try await hold(region, other)
            let refused = await code {
                _ = try await region.referrals("pingding").act(.init(.accepted, by: "李医生"), on: id)
            }
            #expect(refused == "inventory.tooLate")
            #expect(try await region.referrals("jucheng").show(id).state == .offered)
            // The one that has the bed now is accepted with it.
            try await offer(region, other, second)
            try await region.act("pingding", .accepted, other)
            #expect(try await region.beds("pingding").show(second).state == .confirmed)
        }
    }

    @Test func `a hold is for one referral alone, and for whoever is asked`() async throws {
        try await run(beds: 2) { region in
            let (id, other) = (try await write(region), try await write(region))
            let bed = try await hold(region, id)
            let clinic = try region.referrals("jucheng")
            func named(_ hold: HoldID, on id: ReferralID, to node: String) async -> Failure.Code? {
                await code {
                    let receiver = ReferralReceiver(node: try NodeID(node))
                    _ = try await clinic.act(.init(.offered, by: "王医生", to: receiver, hold: hold), on: id)
                }
            }
            #expect(await named(bed, on: other, to: "pingding") == "referral.otherHold")
            #expect(await named(bed, on: id, to: "yuxian") == "referral.otherHold")
            let nobodys = HoldID(origin: clinic.context.node, serial: "none")
            #expect(await named(nobodys, on: id, to: "pingding") == "inventory.unknownHold")
            #expect(try await clinic.show(id).state == .drafted)
        }
    }

    @Test func `who accepts names a bed of their own, and the one that was asked for is free`() async throws {
        try await run(beds: 2) { region in
            let id = try await write(region)
            let asked = try await hold(region, id)
            try await offer(region, id, asked)
            region.clock.advance(by: .seconds(1))
            let own = try await hold(region, id, at: "pingding")
            _ = try await region.referrals("pingding").act(
                .init(.accepted, by: "李医生", to: nil, hold: own), on: id)
            #expect(try await region.beds("pingding").show(own).state == .confirmed)
            try await wait(region, asked, is: .released)
        }
    }

    @Test func `a hospital's system sees what is free, holds it for its referral and names it`() async throws {
        try await run(beds: 1) { region in
            let clinic = ReferralHospital(region, "jucheng")
            let id = try await clinic.create(["performer": nil]).referral
            let desk = AppointmentHandlers(inventories: try region.beds("jucheng"), referrals: try clinic.source)
            func ask(_ method: String, _ path: String, _ body: JSONValue?, _ headers: [String: String] = [:])
                async throws -> EdgeResponse
            {
                let parts = path.split(separator: "/").map(String.init)
                let route = try #require(
                    desk.routes.first { $0.method == method && $0.path.captured(in: parts) != nil })
                let call = clinic.call(method, body, captured: Array(parts.dropFirst()), headers: headers)
                guard case .system(let handler) = route.handler else { throw Failure("test.never", "no handler") }
                return try await handler(call)
            }
            let appointment: JSONValue = [
                "resourceType": "Appointment", "status": "proposed", "slot": [["reference": "Slot/beds.ward"]],
                "basedOn": [["reference": .string("ServiceRequest/\(id)")]],
            ]
            let made = try await ask("POST", "Appointment", appointment)
            let name = try #require(made.headers["Location"]?.split(separator: "/").last.map(String.init))
            let bed = try HoldID(name)
            try await region.wait(for: "the hold") { (try? await region.beds("jucheng").show(bed).state) == .held }
            let shown = try FHIRResource.parse(try await ask("GET", "Appointment/\(name)", nil).body)
            #expect(shown.string("status") == "pending")
            try await clinic.change(
                id, "offered",
                [
                    "owner": ["identifier": ["value": "pingding"]],
                    "input": [
                        ["type": ["text": "hold"], "valueReference": ["reference": .string("Appointment/\(name)")]]
                    ],
                ])
            try await region.wait("pingding", knows: id, as: .offered)
            try await ReferralHospital(region, "pingding").change(id, "accepted")
            try await wait(region, bed, is: .confirmed)
            let (tag, cancelled) = (
                try await ask("GET", "Appointment/\(name)", nil).headers["ETag"],
                JSONValue.object(["resourceType": "Appointment", "id": .string(name), "status": "cancelled"])
            )
            let missing = await refusal { _ = try await ask("PUT", "Appointment/\(name)", cancelled) }
            #expect(missing?.status == 428)
            let stale = await refusal {
                _ = try await ask("PUT", "Appointment/\(name)", cancelled, ["if-match": "W/\"1\""])
            }
            #expect(stale?.status == 412 && tag != "W/\"1\"")
            let other = ReferralHospital(region, "jucheng", unit: "elsewhere")
            let hidden = await code {
                let call = other.call("GET", captured: [name])
                let route = try #require(desk.routes.first { $0.name == "read Appointment" })
                guard case .system(let handler) = route.handler else { return }
                _ = try await handler(call)
            }
            #expect(hidden == "inventory.unknownHold")
        }
    }
}

extension TestRegion {
    func beds(_ node: String) throws -> InventoryService { try self.node(node).node.service(InventoryService.self) }
}
