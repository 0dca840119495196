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
        message.practitioner = practitioner
        message.system = system
        message.node = node
        message.miss = miss
        return message
    }

    /// A number that is missing is the default's; one beyond what may be written is its nearest.
    init(_ message: PBAccessRates) {
        let standard = AccessRates()
        func number(_ written: UInt32, _ other: UInt32) -> UInt32 {
            written == 0 ? other : min(max(written, Self.range.lowerBound), Self.range.upperBound)
        }
        self.init(
            practitioner: number(message.practitioner, standard.practitioner),
            system: number(message.system, standard.system), node: number(message.node, standard.node),
            miss: number(message.miss, standard.miss))
    }
}
