import Effects

extension HL7CharacterSet {
    /// Why bytes cannot be read in a character set, with the field where they stand and what to declare instead.
    ///
    /// The place names segment and field, never what stands there.
    static func undecodable(
        _ bytes: [UInt8], readAs encoding: HL7Encoding, delimiters: HL7Delimiters, offset: Int
    ) -> Failure {
        let isGB = encoding != .gb18030 && (try? HL7Encoding.gb18030.decode(bytes)) != nil
        let field = place(of: offset, in: bytes, delimiters)
        return Failure(
            "hl7.undecodable", "a byte is not \(encoding.tableName)" + (isGB ? "; the text can be GB 18030" : ""),
            place: (field.map { $0 + ", " } ?? "") + "byte \(offset + 1)",
            remedy: isGB
                ? "name GB 18030-2000 in MSH-18, or set the listener's character set to GB18030"
                : "name the character set in MSH-18 in which the text is written, or set the listener's character set")
    }

    /// Segment and field of a byte; `nil` where its line begins like no segment.
    private static func place(of offset: Int, in bytes: [UInt8], _ delimiters: HL7Delimiters) -> String? {
        var sequences: [String: Int] = [:]
        for line in HL7Lines(bytes, ends: HL7Lines.ends(of: bytes)) where line.range.lowerBound <= offset {
            guard line.isSegment(separator: delimiters.field) else { continue }
            let name = String(decoding: bytes[line.range].prefix(3), as: UTF8.self)
            sequences[name, default: 0] += 1
            guard line.range.contains(offset), HL7Segment.isOne(name) else { continue }
            let separators = bytes[line.range.lowerBound..<offset].count { $0 == delimiters.field }
            let sequence = sequences[name, default: 1]
            return name + (sequence > 1 ? "[\(sequence)]" : "") + "-\(separators + (name == "MSH" ? 1 : 0))"
        }
        return nil
    }
}
