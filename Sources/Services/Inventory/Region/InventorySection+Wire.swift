import Effects
import InventoryKit
import Regions
import SwiftProtobuf

extension InventorySection {
    package func wireBytes() throws -> [UInt8] {
        var message = PBInventorySection()
        message.inventories = inventories.map(\.message)
        do { return try message.serializedBytes() } catch { throw Self.unreadable }
    }

    package init(wireBytes bytes: [UInt8]) throws {
        let message: PBInventorySection
        do { message = try PBInventorySection(serializedBytes: bytes) } catch { throw Self.unreadable }
        self.init(inventories: try message.inventories.map(OfferedInventory.init))
    }
}

extension OfferedInventory {
    fileprivate var message: PBOfferedInventory {
        var message = PBOfferedInventory()
        message.id = terms.id
        message.name = terms.name
        message.kind = kind.rawValue
        message.unit = terms.unit.rawValue
        message.node = terms.owner.rawValue
        message.holdSeconds = terms.holdSeconds
        message.wishSeconds = terms.wishSeconds
        message.isAlone = terms.isAlone
        return message
    }

    fileprivate init(_ message: PBOfferedInventory) throws {
        guard let kind = InventoryKind(rawValue: message.kind) else { throw InventorySection.unreadable }
        func seconds(_ number: UInt32) throws -> UInt32 {
            UInt32(try PeerNumber.count(number, atMost: Limits.holdSeconds, "how long something is held"))
        }
        self.init(
            kind: kind,
            terms: InventoryTerms(
                id: try NameForm.check(message.id, "an inventory's id"), name: message.name,
                unit: try OrgUnitID(message.unit), owner: try NodeID(message.node),
                holdSeconds: try seconds(PeerNumber.label(message.holdSeconds)),
                wishSeconds: try seconds(PeerNumber.label(message.wishSeconds)), isAlone: message.isAlone))
    }
}
