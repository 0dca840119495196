import Effects

/// The characters that cut a message into parts, as MSH-1 and MSH-2 declare them.
package struct HL7Delimiters: Equatable, Sendable {
    package var field: UInt8
    package var component: UInt8
    package var repetition: UInt8
    package var escape: UInt8
    package var subcomponent: UInt8
    /// The fifth character of MSH-2, from version 2.7 on; some senders give it earlier (`^~\&#`).
    package var truncation: UInt8?

    /// `|^~\&`, the delimiters that nearly everybody uses.
    package static let usual = HL7Delimiters(
        field: UInt8(ascii: "|"), component: UInt8(ascii: "^"), repetition: UInt8(ascii: "~"),
        escape: UInt8(ascii: "\\"), subcomponent: UInt8(ascii: "&"), truncation: nil)

    /// The delimiters that a message header declares.
    ///
    /// Missing trailing characters of MSH-2 take their usual values.
    ///
    /// - Parameter header: the bytes of the MSH, FHS or BHS segment, from its name on.
    /// - Throws: `hl7.delimiters` where the characters are letters, digits, not ASCII, or not distinct.
    package static func declared(in header: some Collection<UInt8>) throws -> HL7Delimiters {
        let start = Array(header.prefix(16))
        guard start.count >= 5 else { throw unusable("the header ends before MSH-2") }
        var delimiters = HL7Delimiters.usual
        delimiters.field = start[3]
        let characters = Array(start[4...].prefix { $0 != start[3] })
        guard (1...5).contains(characters.count) else { throw unusable("MSH-2 must have 4 characters, or 5") }
        delimiters.component = characters[0]
        if characters.count > 1 { delimiters.repetition = characters[1] }
        if characters.count > 2 { delimiters.escape = characters[2] }
        if characters.count > 3 { delimiters.subcomponent = characters[3] }
        if characters.count > 4 { delimiters.truncation = characters[4] }
        guard Set(delimiters.all).count == delimiters.all.count else {
            throw unusable(
                characters.contains(UInt8(ascii: "\\"))
                    ? "two delimiters are the same"
                    : "the escape character is missing (is a backslash lost on the way?), send ^~\\&")
        }
        guard delimiters.all.allSatisfy(isPossible) else {
            throw unusable("a delimiter is a letter, a digit, a control character or not ASCII")
        }
        return delimiters
    }

    /// Delimiters that let a header be cut into fields where its own are unusable.
    ///
    /// - Parameter field: MSH-1.
    static func standing(in field: UInt8) -> HL7Delimiters {
        var delimiters = usual
        let free = usual.field
        delimiters.field = field
        if delimiters.component == field { delimiters.component = free }
        if delimiters.repetition == field { delimiters.repetition = free }
        if delimiters.escape == field { delimiters.escape = free }
        if delimiters.subcomponent == field { delimiters.subcomponent = free }
        return delimiters
    }

    var all: [UInt8] {
        [field, component, repetition, escape, subcomponent] + (truncation.map { [$0] } ?? [])
    }

    /// The text of MSH-2.
    var encodingCharacters: String {
        String(decoding: all.dropFirst(), as: UTF8.self)
    }

    private static func isPossible(_ byte: UInt8) -> Bool {
        guard byte > 0x20, byte < 0x7F else { return false }
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            return false
        default: return true
        }
    }

    private static func unusable(_ reason: String) -> Failure {
        Failure("hl7.delimiters", "the delimiters of the message are unusable: " + reason, place: "MSH-2")
    }
}
