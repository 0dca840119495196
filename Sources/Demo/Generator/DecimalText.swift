/// Numbers as reports write them: fixed decimals that are kept (`0.50`), leading zeros in codes.
enum DecimalText {
    /// A number in decimal digits with leading zeros.
    static func padded(_ number: Int, width: Int) -> String {
        let digits = String(number)
        return digits.utf8.count >= width ? digits : String(repeating: "0", count: width - digits.utf8.count) + digits
    }

    /// A number with exactly so many decimals; what is not finite or is too large becomes zero.
    static func fixed(_ value: Double, decimals: Int) -> String {
        var factor = 1.0
        for _ in 0..<max(0, decimals) { factor *= 10 }
        let scaled = (value * factor).rounded()
        guard scaled.isFinite, scaled.magnitude < 1e15 else { return fixed(0, decimals: decimals) }
        let number = Int(scaled)
        guard decimals > 0 else { return String(number) }
        let digits = padded(Int(number.magnitude), width: decimals + 1)
        return (number < 0 ? "-" : "") + digits.dropLast(decimals) + "." + digits.suffix(decimals)
    }

    /// A limit in its shortest form: `3.5`, `130`.
    static func short(_ value: Double) -> String {
        let text = "\(value)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
