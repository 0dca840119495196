import EdgeKit
import FHIR
import Recognition

/// The value of an Observation or of one of its components, in its lexical form.
struct FHIRValue {
    /// The HL7 v2 type that the value would have.
    var type: String
    var text: String
    var coding: Coding?
    var unit: Coding?

    /// The value; `nil` where the element has none.
    init?(_ json: JSONObject) {
        guard let member = Self.members(of: json).first else { return nil }
        let value = member.value
        switch member.name {
        case "valueQuantity":
            let comparator = value["comparator"]?.string ?? ""
            self.init(
                type: comparator.isEmpty ? "NM" : "SN", text: comparator + (value["value"]?.lexical ?? ""),
                unit: FHIRCoding.unit(value))
        case "valueCodeableConcept":
            let coding = FHIRCoding.coding(value)
            // Our own answers put a value of several codes into the text, line by line.
            let isOwn = Self.keptType(json) != nil
            let lines = isOwn ? coding?.text.flatMap { $0.contains("\n") ? $0 : nil } : nil
            self.init(type: "CWE", text: lines ?? coding?.display ?? "", coding: coding)
        case "valueString":
            let text = value.lexical ?? ""
            self.init(type: text.contains("\n") ? "TX" : "ST", text: text)
        case "valueInteger", "valueDecimal", "valueInteger64": self.init(type: "NM", text: value.lexical ?? "")
        case "valueBoolean": self.init(type: "ID", text: value.lexical ?? "")
        case "valueRange":
            self.init(type: "SN", text: Self.range(value) ?? "", unit: Self.unit(ofRange: value))
        case "valueRatio":
            self.init(
                type: "SN", text: Self.quantity(value["numerator"]) + ":" + Self.quantity(value["denominator"]))
        case "valueSampledData": self.init(type: "NA", text: value["data"]?.lexical ?? "")
        case "valueTime": self.init(type: "TM", text: value.lexical ?? "")
        case "valueDateTime":
            let text = FHIRTime.read(json, "valueDateTime") ?? ""
            self.init(type: text.contains("T") || text.count > 10 ? "TS" : "DT", text: text)
        case "valuePeriod":
            let ends = [value["start"]?.lexical ?? "", value["end"]?.lexical ?? ""]
            self.init(type: "DR", text: ends.joined(separator: "/"))
        default: self.init(type: "ST", text: value.lexical ?? JSONPrinter.text(value))
        }
        type = Self.keptType(json) ?? type
        unit = unit ?? Self.keptUnit(json)
    }

    /// The members that are values, `value[x]`; one that is null is none.
    static func members(of json: JSONObject) -> [JSONObject.Member] {
        json.members.filter { $0.name.hasPrefix("value") && $0.value != .null }
    }

    /// Whether the element holds something that would be lost, because it has not the form that FHIR gives it.
    static func isUnreadable(_ json: JSONObject) -> Bool {
        guard let member = members(of: json).first, let value = FHIRValue(json) else { return false }
        guard value.text.isEmpty, value.coding == nil, value.unit == nil else { return false }
        switch member.value {
        case .string(let text): return !text.isEmpty
        case .object(let object): return !object.isEmpty
        case .array(let items): return !items.isEmpty
        case .null, .bool, .number: return true
        }
    }

    /// The type that our own answers keep, which a line without a value has as well.
    static func keptType(_ json: JSONObject) -> String? {
        FHIRExtensions.strings(.object(json), FHIRExtensions.valueType).first
    }

    /// The unit that our own answers keep beside values that are no Quantity.
    static func keptUnit(_ json: JSONObject) -> Coding? {
        FHIRExtensions.strings(.object(json), FHIRExtensions.unit).first.map {
            Coding(codes: [Coding.Code(code: $0)])
        }
    }

    private init(type: String, text: String, coding: Coding? = nil, unit: Coding? = nil) {
        self.type = type
        self.text = text
        self.coding = coding
        self.unit = unit
    }

    /// The unit of a Range, or of a reference range's bounds; `nil` where the two have different ones.
    static func unit(ofRange range: JSONValue) -> Coding? {
        let (low, high) = (FHIRCoding.unit(range["low"]), FHIRCoding.unit(range["high"]))
        guard let low, let high else { return low ?? high }
        return areSame(low, high) ? low : nil
    }

    static func areSame(_ left: Coding, _ right: Coding) -> Bool {
        func names(_ unit: Coding) -> Set<String> {
            Set(unit.codes.flatMap { [$0.code, $0.display] }.filter { !$0.isEmpty })
        }
        return !names(left).isDisjoint(with: names(right))
    }

    /// A Range, or a reference range's bounds: `3.5-5.5`, `>=3.5`, `<=5.5`; with their units where those differ.
    static func range(_ range: JSONValue) -> String? {
        if let low = FHIRCoding.unit(range["low"]), let high = FHIRCoding.unit(range["high"]), !areSame(low, high) {
            return quantity(range["low"]) + "-" + quantity(range["high"])
        }
        let low = range["low"]?["value"]?.lexical
        let high = range["high"]?["value"]?.lexical
        switch (low, high) {
        case (.some(let low), .some(let high)): return low + "-" + high
        case (.some(let low), nil): return ">=" + low
        case (nil, .some(let high)): return "<=" + high
        case (nil, nil): return nil
        }
    }

    private static func quantity(_ quantity: JSONValue?) -> String {
        let number = (quantity?["comparator"]?.string ?? "") + (quantity?["value"]?.lexical ?? "")
        let unit = quantity?["unit"]?.string ?? quantity?["code"]?.string ?? ""
        return unit.isEmpty || unit == "1" ? number : number + " " + unit
    }
}
