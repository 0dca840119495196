/// One report of a message, as somebody reads it who knows nothing of this program.
struct ForeignReport: Sendable {
    var service: String
    var lines: [ForeignLine] = []
    /// What a report may hold besides: answers to questions of the order.
    var others: [ForeignLine] = []
    /// Notes, conclusions and whatever else is free text.
    var texts: [String] = []
    var isVoid = false
    var patients: [ForeignPatient] = []
}

/// One result: what has to come out at the other end as it went in.
struct ForeignLine: Sendable {
    /// OBX-2 or the FHIR element.
    var type = ""
    /// The name or code of what was examined; any of them will do.
    var names: [String] = []
    /// The value; where it is coded, any of its texts will do.
    var values: [String] = [""]
    /// Any of them will do; empty where there is none.
    var units: [String] = []
    var range = ""
    var flags: [String] = []
    /// The value is a document and not text.
    var isDocument = false
    /// It was taken back: that it was there may be shown, its value as one that counts never.
    var isWithdrawn = false

    /// What of `self` is different in a line that came out.
    func differences(_ found: ForeignLine) -> [String] {
        var all: [String] = []
        if !isWithdrawn, Set(values).isDisjoint(with: found.values) {
            all.append("value \(values) became \(found.values)")
        }
        if let unit = units.first, !found.units.contains(unit) { all.append("unit \(units) became \(found.units)") }
        if units.isEmpty, !found.units.isEmpty { all.append("a unit came from nowhere: \(found.units)") }
        if range != found.range { all.append("range \(range) became \(found.range)") }
        if flags != found.flags { all.append("flags \(flags) became \(found.flags)") }
        if !names.isEmpty, Set(names).isDisjoint(with: found.names) {
            all.append("\(names) is called \(found.names)")
        }
        return all.map { "\(type) \(names.first ?? ""): \($0)" }
    }
}

/// An identifier under which a message names its patient.
struct ForeignPatient: Hashable, Sendable {
    var value: String
    var authority: String
    var type: String
}
