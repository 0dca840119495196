import Effects
import Inventory
import Ledgers
import Regions
import ServiceKit
import Testing

@testable import InventoryKit

/// Nobody gives what is not theirs to give, and nobody takes in another's name.
struct InventoryAuthorshipTests {
    /// What a node tries to write.
    private struct Attempt: Sendable {
        var author: String
        var event: InventoryEvent
        var code: String
        var change: @Sendable (inout HoldFields, InventoryRegion) throws -> Void = { _, _ in }
    }

    private static func command(
        _ action: SignedHoldCommand.Action, of hold: HoldID, by origin: String, decider: String = "east",
        _ region: InventoryRegion
    ) throws -> SignedHoldCommand {
        let context = try region[origin].context
        return try SignedHoldCommand(
            .init(
                action, hold, of: "east-beds", decider: try NodeID(decider), actor: "doctor", unit: "",
                origin: context.node), madeAt: region.time.wallTime, key: context.signingKey)
    }

    private static let attempts: [Attempt] = [
        // Another county gives the county's beds.
        Attempt(author: "west", event: .held, code: "author.notTheDecider") { fields, region in
            fields.decider = try NodeID("west")
            fields.command = try command(.hold, of: fields.hold, by: "hill", decider: "west", region)
        },
        // Somebody decides in the owner's name.
        Attempt(author: "west", event: .held, code: "author.notTheDecider") { fields, region in
            fields.command = try command(.hold, of: fields.hold, by: "hill", region)
        },
        Attempt(author: "hill", event: .expired, code: "author.notTheDecider"),
        // The owner takes a bed in somebody's name who did not ask.
        Attempt(author: "east", event: .held, code: "author.unsignedHold"),
        Attempt(author: "east", event: .held, code: "author.unsignedHold") { fields, region in
            fields.command = try command(.hold, of: fields.hold, by: "lake", region)
        },
        Attempt(author: "east", event: .confirmed, code: "author.unsignedHold") { fields, region in
            fields.command = try command(.hold, of: fields.hold, by: "hill", region)
        },
        Attempt(author: "east", event: .released, code: "author.unsignedHold") { fields, region in
            fields.command = try command(.release, of: fields.hold, by: "lake", region)
        },
        Attempt(author: "east", event: .held, code: "author.unsignedHold") { fields, region in
            let other = HoldID(origin: try NodeID("hill"), serial: "2")
            fields.command = try command(.hold, of: other, by: "hill", region)
        },
        // A wish in another's name.
        Attempt(author: "lake", event: .wished, code: "author.notTheAsker") { fields, region in
            fields.command = try command(.wish, of: fields.hold, by: "lake", region)
        },
        Attempt(author: "hill", event: .wished, code: "author.notTheAsker"),
        // What was allotted to nobody.
        Attempt(author: "west", event: .held, code: "author.notTheDecider") { fields, region in
            let west = try region["west"].context
            fields.decider = west.node
            fields.command = try command(.hold, of: fields.hold, by: "hill", decider: "west", region)
            fields.allotment = try SignedAllotment(
                inventory: "east-beds", lot: "ward", units: try UnitRange(1, 3), owner: try NodeID("east"),
                node: west.node, number: 1, madeAt: region.time.wallTime, key: west.signingKey)
        },
        // What was allotted is another unit.
        Attempt(author: "west", event: .held, code: "author.notTheDecider") { fields, region in
            let (west, east) = (try region["west"].context, try region["east"].context)
            fields.decider = west.node
            fields.command = try command(.hold, of: fields.hold, by: "hill", decider: "west", region)
            fields.allotment = try SignedAllotment(
                inventory: "east-beds", lot: "ward", units: try UnitRange(2, 3), owner: east.node, node: west.node,
                number: 1, madeAt: region.time.wallTime, key: east.signingKey)
        },
    ]

    @Test func `what is not its author's to write is refused, and nothing comes of it`() async throws {
        try await InventoryRegion.run(beds: 3) { region in
            for (number, attempt) in Self.attempts.enumerated() {
                var fields = HoldFields(
                    hold: HoldID(origin: try NodeID("hill"), serial: "1"), inventory: "east-beds", lot: "ward",
                    decider: try NodeID("east"))
                if !attempt.event.isStated { (fields.unit, fields.number) = (1, 1) }
                try attempt.change(&fields, region)
                let draft = EntryDraft(
                    kind: InventoryPlan.hospitals.kind(of: attempt.event), subject: fields.hold.description,
                    fields: try fields.encoded(), headerAudience: .region)
                let ledger = try region[attempt.author].ledger
                let refused = await failure {
                    _ = try await ledger.write(lane: .clinical) { try $0.append(draft) }
                }
                #expect(refused?.code.rawValue == attempt.code, "\(number): \(attempt.event) by \(attempt.author)")
            }
            #expect(try await region.service("east").stock("east-beds").free == 3)
        }
    }

    @Test func `who stands in no register holds nothing, at their node and at every fold`() async throws {
        try await InventoryRegion.run(beds: 1, practitioners: ["doctor", "nurse"]) { region in
            let hill = try region.service("hill")
            let refused = await failure { _ = try await hill.hold("east-beds", for: .init(practitioner: "stranger")) }
            #expect(refused?.code == "access.notRegistered")
            let wish = await failure { _ = try await hill.wish("east-beds", for: .init(practitioner: "stranger")) }
            #expect(wish?.code == "access.notRegistered")
            let context = hill.context
            let id = HoldID(origin: context.node, serial: "1")
            for (event, action, author) in [
                (InventoryEvent.held, SignedHoldCommand.Action.hold, "east"), (.wished, .wish, "hill"),
            ] {
                var fields = HoldFields(hold: id, inventory: "east-beds", lot: "ward", decider: try NodeID("east"))
                if !event.isStated { (fields.unit, fields.number) = (1, 1) }
                fields.command = try SignedHoldCommand(
                    .init(
                        action, id, of: "east-beds", lot: "ward", decider: fields.decider, actor: "stranger", unit: "",
                        origin: context.node), madeAt: region.time.wallTime, key: context.signingKey)
                let draft = EntryDraft(
                    kind: InventoryPlan.hospitals.kind(of: event), subject: id.description,
                    fields: try fields.encoded(),
                    headerAudience: .region)
                let ledger = try region[author].ledger
                let unregistered = await failure {
                    _ = try await ledger.write(lane: .clinical) { try $0.append(draft) }
                }
                #expect(unregistered?.code == "author.notRegistered", "\(event)")
            }
            let held = try await region.asking { try await hill.hold("east-beds", for: .init(practitioner: "doctor")) }
            #expect(held.unit == 1)
        }
    }

    @Test func `nobody offers in another's inventory, and nobody gives back what was not allotted`() async throws {
        try await InventoryRegion.run(beds: 1) { region in
            for (event, code) in [
                (InventoryEvent.offered, "author.notInventoryOwner"), (.closed, "author.notInventoryOwner"),
                (.allotted, "author.notTheDecider"), (.returned, "author.notTheDecider"),
            ] {
                let fields = LotFields(
                    inventory: "east-beds", lot: "ward", units: try UnitRange(1, 1), number: 9)
                let draft = EntryDraft(
                    kind: InventoryPlan.hospitals.kind(of: event), subject: fields.subject,
                    fields: try fields.encoded(), headerAudience: .region)
                let ledger = try region["west"].ledger
                let refused = await failure {
                    _ = try await ledger.write(lane: .clinical) { try $0.append(draft) }
                }
                #expect(refused?.code.rawValue == code, "\(event)")
            }
        }
    }

    @Test func `a header holds ids, times and names of lots, and nothing of a person`() async throws {
        try await InventoryRegion.run(beds: 1) { region in
            let hill = try region.service("hill")
            let held = try await region.asking {
                try await hill.hold("east-beds", for: .init(practitioner: "doctor", reference: "hill.01KB"))
            }
            let entry = try #require(try await region["east"].ledger.entry(try EntryID(held.entry)))
            #expect(!entry.hasPayload)
            #expect(try HoldFields(bytes: entry.fields).command?.order.reference == "hill.01KB")
        }
    }
}
