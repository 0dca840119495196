import Effects
package import Regions

/// What a doctor is about to order, as the hospital's system says it.
package struct MatchOrder: Sendable, Equatable {
    package struct Code: Sendable, Equatable {
        /// The coding system as the hospital names it; empty where it names none.
        package var system: String
        package var code: String
        /// The number of this line of the order, where it has one of its own.
        package var orderNumber: String?

        package init(system: String = "", code: String, orderNumber: String? = nil) {
            self.system = system
            self.code = code
            self.orderNumber = orderNumber
        }
    }

    /// The hospital's number of the order, where there is one already; decisions are idempotent by it.
    package var number: String?
    /// The ordering institution, one of the node's units.
    package var unit: OrgUnitID
    /// The region's codes, the unit's own, or LOINC; items or panels.
    package var codes: [Code]
    /// What the order says of its patient, where it does: what contradicts it is left to the doctor.
    package var person: PatientDemographics?

    package init(
        number: String? = nil, unit: OrgUnitID, codes: [Code], person: PatientDemographics? = nil
    ) {
        self.number = number
        self.unit = unit
        self.codes = codes
        self.person = person
    }

    /// The order's number, or the first of its lines'.
    var anyNumber: String? { number ?? codes.lazy.compactMap(\.orderNumber).first }

    /// - Throws: `recognition.noItems`, `recognition.tooManyItems`, `recognition.badOrderNumber`.
    func check() throws {
        guard !codes.isEmpty else {
            throw Failure(
                "recognition.noItems", "the order names no item", remedy: "name at least one item or panel by its code")
        }
        guard codes.count <= Limits.orderItems else {
            throw Failure(
                "recognition.tooManyItems", "the order names more than \(Limits.orderItems) items",
                remedy: "ask for the items of one order at a time")
        }
        let numbers = [number] + codes.map(\.orderNumber)
        if numbers.compactMap({ $0 }).contains(where: { $0.isEmpty || $0.utf8.count > Limits.orderNumberBytes }) {
            throw Failure(
                "recognition.badOrderNumber", "an order number has 1 to \(Limits.orderNumberBytes) bytes",
                remedy: "leave it out where the order has none yet")
        }
    }

    /// The catalogue's items behind the codes, each once, in the order of the codes, and the codes that the catalogue
    /// does not know.
    func resolved(_ rules: RecognitionIndex, at now: WallTime) -> (items: [OrderedItem], unknown: [Code]) {
        var items: [OrderedItem] = []
        var unknown: [Code] = []
        for code in codes {
            let meant = code.system.isEmpty ? anySystem(code.code) : [(system: code.system, code: code.code)]
            let known = rules.resolve(codes: meant, unit: unit)
            let members = known.map { rules.panel($0)?.items ?? [$0] } ?? []
            let found = members.compactMap { rules.item($0, at: now) }
            if found.isEmpty { unknown.append(code) }
            for item in found where !items.contains(where: { $0.item.code == item.code }) {
                items.append(OrderedItem(code: code.code, item: item, orderNumber: code.orderNumber))
            }
        }
        return (Array(items.prefix(Limits.orderItems)), unknown)
    }

    /// A code without a coding system may be of any: the unit's own, LOINC or the region's.
    private func anySystem(_ code: String) -> [(system: String, code: String)] {
        ([""] + RecognitionIndex.loincSystems.sorted() + RecognitionIndex.ownSystems.sorted()).map { ($0, code) }
    }
}
