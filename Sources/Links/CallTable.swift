/// Values by call number.
///
/// Numbers of calls under way lie close together, so that nearly every one has a place of its own; those that do not
/// lie in a dictionary beside it. A peer that chooses its numbers otherwise only makes its own calls slower.
struct CallTable<Value> {
    private var numbers: [UInt64] = Array(repeating: 0, count: Self.places)
    private var values: [Value?] = Array(repeating: nil, count: Self.places)
    private var others: [UInt64: Value] = [:]
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    /// Number 0 belongs to no call.
    subscript(_ number: UInt64) -> Value? {
        get {
            let place = Self.place(of: number)
            if numbers[place] == number { return values[place] }
            return others.isEmpty ? nil : others[number]
        }
        set {
            if let newValue { insert(newValue, number) } else { _ = removeValue(forKey: number) }
        }
    }

    @discardableResult
    mutating func removeValue(forKey number: UInt64) -> Value? {
        let place = Self.place(of: number)
        if number != 0, numbers[place] == number {
            count -= 1
            numbers[place] = 0
            return values[place].take()
        }
        guard !others.isEmpty, let value = others.removeValue(forKey: number) else { return nil }
        count -= 1
        return value
    }

    /// The numbers whose values satisfy a condition, in their order.
    func numbers(where isWanted: (Value) -> Bool) -> [UInt64] {
        var found: [UInt64] = []
        forEach { number, value in
            if isWanted(value) { found.append(number) }
        }
        return found.sorted()
    }

    func forEach(_ body: (UInt64, Value) -> Void) {
        for (place, number) in numbers.enumerated() where number != 0 {
            if let value = values[place] { body(number, value) }
        }
        for (number, value) in others { body(number, value) }
    }

    private mutating func insert(_ value: Value, _ number: UInt64) {
        guard number != 0 else { return }
        let place = Self.place(of: number)
        if numbers[place] == number {
            values[place] = value
        } else if numbers[place] == 0, others.isEmpty || others[number] == nil {
            numbers[place] = number
            values[place] = value
            count += 1
        } else if others.updateValue(value, forKey: number) == nil {
            count += 1
        }
    }

    private static func place(of number: UInt64) -> Int { Int(number % UInt64(places)) }

    private static var places: Int { 1_024 }
}

extension CallTable: Sendable where Value: Sendable {}
