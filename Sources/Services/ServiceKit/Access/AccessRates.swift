import Effects
import Regions

/// How many persons may be looked up in ten minutes, before whoever does it is refused and an alert opens.
///
/// A person who was looked up a moment ago costs nothing again; one whom nobody knows counts for several.
package struct AccessRates: Hashable, Sendable {
    /// By one practitioner; a doctor with full consulting hours sees about ten.
    package var practitioner: UInt32
    /// By one hospital's system.
    package var system: UInt32
    /// By one node, in the name of all who sit there.
    package var node: UInt32
    /// What a person counts for whom nobody knows.
    package var miss: UInt32

    package init(practitioner: UInt32 = 300, system: UInt32 = 3_000, node: UInt32 = 10_000, miss: UInt32 = 5) {
        self.practitioner = practitioner
        self.system = system
        self.node = node
        self.miss = miss
    }

    /// What may be written, so that no sum of it overflows.
    package static let range: ClosedRange<UInt32> = 1...1_000_000

    /// As much as may be written, for whoever measures.
    package static let highest = AccessRates(
        practitioner: range.upperBound, system: range.upperBound, node: range.upperBound)

    var message: PBAccessRates {
        var message = PBAccessRates()
        message.practitionerPersons = practitioner
        message.systemPersons = system
        message.nodePersons = node
        message.missWeight = miss
        return message
    }

    /// A number that is missing is the default's; one beyond what may be written is its nearest.
    init(_ message: PBAccessRates) {
        let standard = AccessRates()
        let limit = Int(Self.range.upperBound)
        func number(_ written: Int, _ other: UInt32) -> UInt32 { written == 0 ? other : UInt32(written) }
        self.init(
            practitioner: number(PeerNumber.atMost(limit, message.practitionerPersons), standard.practitioner),
            system: number(PeerNumber.atMost(limit, message.systemPersons), standard.system),
            node: number(PeerNumber.atMost(limit, message.nodePersons), standard.node),
            miss: number(PeerNumber.atMost(limit, message.missWeight), standard.miss))
    }
}
