/// One segment of a message.
package struct HL7Segment: Sendable {
    /// Three letters or digits: `PID`, `OBX`, `ZXX`.
    package let name: String
    /// The how manieth segment of this name it is in its message, from 1.
    package let sequence: Int
    let span: HL7Span

    /// The segment as it stands in the message.
    package var raw: String { span.raw }

    /// A field by its HL7 number, from 1.
    ///
    /// In MSH, FHS and BHS, field 1 is the field separator itself.
    package func field(_ number: Int) -> HL7Field {
        let separator = span.delimiters.field
        guard number >= 1 else { return HL7Field(span: span.part(span.range.upperBound..<span.range.upperBound)) }
        guard isHeader else { return HL7Field(span: span.piece(number, separator)) }
        if number == 1 {
            let start = min(span.range.lowerBound + 3, span.range.upperBound)
            return HL7Field(span: span.part(start..<min(start + 1, span.range.upperBound)))
        }
        return HL7Field(span: span.piece(number - 1, separator))
    }

    /// The numbers of the fields that hold anything, from 1.
    package var filledFields: [Int] {
        var numbers: [Int] = []
        var number = isHeader ? 1 : 0
        var length = 0
        for byte in span.bytes[span.range] {
            if byte == span.delimiters.field {
                if number > 0, length > 0 { numbers.append(number) }
                number += 1
                length = 0
            } else {
                length += 1
            }
        }
        if number > 0, length > 0 { numbers.append(number) }
        return numbers
    }

    private var isHeader: Bool { name == "MSH" || name == "FHS" || name == "BHS" }
}
