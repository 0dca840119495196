import Effects
package import Regions
import SwiftProtobuf

extension AccessRules: RegionSection {
    package static let name = "access"
    package static let keys = ["access"]
    package static let unwritten = AccessRules.standard

    package func check(in checker: inout RegionChecker) {
        let configuration = checker.configuration
        for (index, line) in registers.enumerated()
        where configuration.organizationUnit(line.unit) == nil && !checker.excused.contains(line.unit.rawValue) {
            checker.find(
                "region.unknownReference", "access.practitioners.\(index)", key: "unit",
                "there is no unit '\(line.unit)' in this region",
                remedy: checker.nearest(
                    to: line.unit.rawValue, among: configuration.organizationUnits.map(\.id.rawValue),
                    else: "correct the name, or add the unit under 'units'"))
        }
    }

    package func wireBytes() throws -> [UInt8] {
        do { return try message.serializedBytes() } catch { throw Self.unreadable }
    }

    package init(wireBytes bytes: [UInt8]) throws {
        let message: PBAccessRules
        do { message = try PBAccessRules(serializedBytes: bytes) } catch { throw Self.unreadable }
        try self.init(message)
    }

    package func compare(with old: Self, in difference: inout RegionDifference) {
        difference.compare(Self.purposes(old), Self.purposes(self))
        difference.compare([Self.item(old.rates)], [Self.item(rates)])
        difference.compare(Self.registered(old), Self.registered(self))
    }

    private static func purposes(_ access: AccessRules) -> [RegionDifference.Item] {
        access.grounds.sorted { $0.key < $1.key }.map { purpose, grounds in
            let words = grounds.isEmpty ? "nothing: nobody asks" : grounds.map(\.rawValue).joined(separator: " or ")
            return RegionDifference.Item("purpose \(purpose)", [("rests on", words)])
        }
    }

    private static func registered(_ access: AccessRules) -> [RegionDifference.Item] {
        var purposes: [String: Set<String>] = [:]
        for line in access.registers {
            for practitioner in line.practitioners {
                purposes["practitioner \(practitioner) of \(line.unit)", default: []].formUnion(
                    line.purposes.isEmpty ? ["treating"] : line.purposes)
            }
        }
        return purposes.sorted { $0.key < $1.key }.map {
            RegionDifference.Item($0, [("for", $1.sorted().joined(separator: " "))])
        }
    }

    private static func item(_ rates: AccessRates) -> RegionDifference.Item {
        RegionDifference.Item(
            "persons who may be looked up in ten minutes",
            [
                ("practitioner", "\(rates.practitioner)"), ("system", "\(rates.system)"), ("node", "\(rates.node)"),
                ("miss", "\(rates.miss)"),
            ])
    }
}

extension RegionConfiguration {
    /// What is asked of whoever looks people up.
    package var access: AccessRules {
        get { section(AccessRules.self) }
        set { set(newValue) }
    }
}
