/// Which inventory somebody asks about.
package struct StockOrder: Codable, Sendable, Equatable {
    package var inventory: String

    package init(inventory: String) { self.inventory = inventory }
}

/// Which holds are listed; what is not given narrows nothing.
package struct HoldsOrder: Codable, Sendable, Equatable {
    package var inventory: String?
    package var limit: UInt32?

    package init(inventory: String? = nil, limit: UInt32? = nil) {
        self.inventory = inventory
        self.limit = limit
    }
}

/// One hold by its id.
package struct HoldOrder: Codable, Sendable, Equatable {
    package var id: String

    package init(id: String) { self.id = id }
}

/// What somebody wants to hold or wishes for.
package struct HoldRequest: Codable, Sendable, Equatable {
    package var inventory: String
    package var lot: String?
    /// That of an earlier try whose answer was lost.
    package var id: String?
    /// A node to which the owner has allotted units.
    package var at: String?
    /// The end of a wish.
    package var until: String?
    /// The id of the case for which it is.
    package var reference: String?
    package var practitioner: String
    package var unit: String?

    package init(
        inventory: String, lot: String? = nil, id: String? = nil, at: String? = nil, until: String? = nil,
        reference: String? = nil, practitioner: String, unit: String? = nil
    ) {
        self.inventory = inventory
        self.lot = lot
        self.id = id
        self.at = at
        self.until = until
        self.reference = reference
        self.practitioner = practitioner
        self.unit = unit
    }
}

/// What somebody does about a hold.
package struct HoldAction: Codable, Sendable, Equatable {
    package var hold: String
    package var practitioner: String
    package var unit: String?

    package init(hold: String, practitioner: String, unit: String? = nil) {
        self.hold = hold
        self.practitioner = practitioner
        self.unit = unit
    }
}

/// A wish that was left.
package struct WishInfo: Codable, Sendable, Equatable {
    package var hold: String
}

/// What somebody does about units of a lot.
package struct UnitsOrder: Codable, Sendable, Equatable {
    package var inventory: String
    package var lot: String
    /// Such as `1-20`.
    package var units: String
    package var starts: String?
    package var ends: String?
    package var label: String?
    /// To whom they are allotted.
    package var to: String?
    package var practitioner: String

    package init(
        inventory: String, lot: String, units: String, starts: String? = nil, ends: String? = nil,
        label: String? = nil, to: String? = nil, practitioner: String
    ) {
        self.inventory = inventory
        self.lot = lot
        self.units = units
        self.starts = starts
        self.ends = ends
        self.label = label
        self.to = to
        self.practitioner = practitioner
    }
}

/// What was written about units.
package struct UnitsInfo: Codable, Sendable, Equatable {
    package var inventory: String
    package var lot: String
    package var units: String
    package var entry: String
}
