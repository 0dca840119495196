import Effects
import Inventory
import InventoryKit
import Ledgers
import Regions
import Simulator

/// A township's people who want beds: they hold, confirm or let it pass, give back, and wait their turn.
///
/// `@unchecked Sendable` holds because it is touched on the simulation's one thread only.
final class BedDesk: @unchecked Sendable {
    private let node: SimulatedNode
    private let owners: [NodeID]
    private let shared: SharedSimulation
    private let journal: BedJournal
    /// What is confirmed and not given back.
    private var stays: [HoldID] = []
    private var wishes: [HoldID] = []

    init(_ node: SimulatedNode, owners: [NodeID], shared: SharedSimulation, journal: BedJournal) {
        self.node = node
        self.owners = owners
        self.shared = shared
        self.journal = journal
    }

    private var asker: InventoryService.Asker { InventoryService.Asker(practitioner: "D-3") }

    func run() async throws {
        while true {
            try await shared.time.sleep(milliseconds: 60_000 + Int64(shared.random.number(below: 120_000)))
            do {
                try await look()
            } catch let error as CancellationError {
                guard !Task.isCancelled else { throw error }
            } catch {
                shared.log.add("\(node.id) has no bed: \(error)")
            }
        }
    }

    private func look() async throws {
        if let wish = wishes.first {
            try await follow(wish)
        } else if stays.count >= 2 || (!stays.isEmpty && shared.random.number(below: 3) == 0) {
            try await giveBack()
        } else {
            try await want()
        }
    }

    private func want() async throws {
        guard let owner = shared.choice(owners) else { return }
        let inventory = InventoryPlay.name(of: owner)
        // Now and then somebody asks a hospital that may have been allotted a bed.
        let decider = shared.random.number(below: 5) == 0 ? shared.choice(owners) : nil
        let asker = asker
        let id = HoldID(origin: node.id, serial: "B\(shared.random.number(below: 1 << 52))")
        do {
            let receipt = try await node.ask {
                try await $0.service(InventoryService.self).hold(inventory, id: id, at: decider, for: asker)
            }
            guard let receipt else { return }
            try await confirm(receipt)
        } catch let failure as Failure where failure.code == "inventory.none" {
            guard shared.random.number(below: 2) == 0 else { return }
            let wish = try await node.ask {
                try await $0.service(InventoryService.self).wish(inventory, for: asker)
            }
            if let wish { wishes.append(wish) }
        }
    }

    /// Somebody asks the patient, who may not want it; whoever is told of a confirmation has the bed.
    private func confirm(_ receipt: HoldReceipt) async throws {
        shared.note("held \(receipt.hold) \(receipt.lot) \(receipt.unit)")
        try await shared.time.sleep(milliseconds: Int64(shared.random.number(below: 60_000)))
        guard shared.random.number(below: 4) > 0 else { return }
        let (asker, hold) = (asker, receipt.hold)
        let confirmed = try await node.ask { try await $0.service(InventoryService.self).confirm(hold, for: asker) }
        guard let confirmed, confirmed.state == .confirmed else { return }
        shared.note("confirmed \(hold)")
        journal.begin(
            BedJournal.Stay(
                hold: hold, bed: "\(confirmed.inventory) \(confirmed.lot) \(confirmed.unit)",
                entry: try EntryID(confirmed.entry), from: shared.elapsed))
        stays.append(hold)
    }

    /// Whoever has asked to give a bed back is without it from then on, whatever comes of it.
    private func giveBack() async throws {
        let hold = stays.removeFirst()
        journal.end(hold, at: shared.elapsed)
        let asker = asker
        for _ in 0..<10 {
            do {
                let done = try await node.ask { try await $0.service(InventoryService.self).release(hold, for: asker) }
                if done != nil { return }
            } catch let failure as Failure
                where failure.code == "inventory.wrongState" || failure.code == "inventory.unknownHold"
            {
                return
            } catch {
                shared.log.add("\(node.id) could not give back \(hold): \(error)")
            }
            try await shared.time.sleep(milliseconds: 30_000)
        }
    }

    private func follow(_ wish: HoldID) async throws {
        let record = try await node.ask { try await $0.service(InventoryService.self).show(wish) }
        guard let record else { return }
        switch record.state {
        case .held:
            wishes.removeFirst()
            guard let held = record.held else { return }
            let (asker, hold) = (asker, record.id)
            let confirmed = try await node.ask { try await $0.service(InventoryService.self).confirm(hold, for: asker) }
            guard let confirmed, confirmed.state == .confirmed else { return }
            journal.begin(
                BedJournal.Stay(
                    hold: hold, bed: "\(confirmed.inventory) \(held.fields.lot) \(held.fields.unit)",
                    entry: try EntryID(confirmed.entry), from: shared.elapsed))
            stays.append(hold)
        case .wished:
            guard shared.random.number(below: 10) == 0 else { return }
            let asker = asker
            wishes.removeFirst()
            _ = try await node.ask { try await $0.service(InventoryService.self).takeBack(wish, for: asker) }
        default: wishes.removeFirst()
        }
    }
}
