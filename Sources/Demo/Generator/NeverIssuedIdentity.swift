/// Identity numbers that no person can have, and that pass every check of form.
///
/// GB 11643-1999 begins a number with the six digits of a division. `999999` is none: no province-level code is 99. The
/// identity numbers of foreigners' residence cards begin with 9 too, but carry a province-level code in the next two
/// digits, and again 99 is none. So nobody has been or will be given such a number, while its date exists and its check
/// digit (ISO 7064, MOD 11-2) is right.
package enum NeverIssuedIdentity {
    /// The division prefix of every generated number.
    package static let division = "999999"

    /// Sequence numbers from here to 999 belong to the persons of `Nodes/demo/messages`; no generated day uses them.
    package static let firstReserved = 900

    /// The number for a birth date and a sequence number (odd for men, even for women).
    ///
    /// - Parameters:
    ///   - birthDate: eight digits, `YYYYMMDD`.
    ///   - sequence: 0 … 999; other values are taken modulo 1000.
    package static func number(birthDate: String, sequence: Int) -> String {
        let body = division + birthDate + DecimalText.padded(((sequence % 1000) + 1000) % 1000, width: 3)
        return body + checkDigit(of: body)
    }

    /// The check digit of the first seventeen characters.
    package static func checkDigit(of body: String) -> String {
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let digits = Array("10X98765432")
        var sum = 0
        for (weight, byte) in zip(weights, body.utf8) {
            sum += weight * (Int(byte) - 48)
        }
        return String(digits[((sum % 11) + 11) % 11])
    }
}
