import Effects

extension HL7Message {
    /// Refuses a message in which a line of a text seems to have been taken for a segment.
    ///
    /// Where a text has line ends that end segments too, nobody can tell the two apart in general. What shows it: a name
    /// that HL7 does not have; or a text behind which its segment stops, and a segment after it that has not its form.
    ///
    /// - Parameter hasReturns: whether the message has any CR; else a line end of a text ends a segment.
    /// - Throws: `hl7.lineEnds`.
    static func checkTexts(_ segments: [HL7Segment], hasReturns: Bool) throws {
        for segment in segments where !HL7Segment.isOne(segment.name) { throw noSegment(segment) }
        let tellStatus = segments.contains { $0.name == "OBX" && !$0.field(11).isEmpty }
        for (text, next) in zip(segments, segments.dropFirst()) where text.endsInText {
            guard next.hasItsForm else { throw noSegment(next) }
            if !hasReturns, tellStatus, text.name == "OBX", next.name == "OBX", !next.goesOn(behind: text) {
                throw noSegment(next)
            }
        }
    }

    private static func noSegment(_ segment: HL7Segment) -> Failure {
        // A name that HL7 does not have may be anything that somebody wrote.
        let place = HL7Segment.isOne(segment.name) ? "\(segment.name)[\(segment.sequence)]" : "behind a text"
        return Failure(
            "hl7.lineEnds", "a line that begins like a segment seems to be one of a text", place: place,
            remedy: "end segments in CR and write line ends within texts as \\.br\\")
    }
}

extension HL7Segment {
    /// Whether nothing stands behind the text that the segment holds.
    fileprivate var endsInText: Bool {
        switch name {
        case "OBX": filledFields.last == 5 && ["TX", "FT", "ST", ""].contains(field(2).raw)
        case "NTE": filledFields.last == 3
        default: false
        }
    }

    /// Whether the segment has what every one of its name has that follows a result.
    fileprivate var hasItsForm: Bool {
        let number = field(1).raw
        let isCounted = number.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        switch name {
        case "OBX":
            let isTyped = field(2).raw.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
            let isOneLine = !field(3).raw.utf8.contains { $0 == 0x0A || $0 == 0x0D }
            return isCounted && isTyped && !field(3).isEmpty && isOneLine
        case "OBR": return isCounted && !(field(4).isEmpty && field(2).isEmpty && field(3).isEmpty)
        case "ORC": return number.utf8.count <= 2
        case "ADD", "DSC", "CTI", "CTD", "ROL", "PRT", "TQ1", "FT1": return true
        default: return name.hasPrefix("Z") || isCounted
        }
    }

    /// Whether a line of results is numbered as the next one behind another.
    fileprivate func goesOn(behind other: HL7Segment) -> Bool {
        guard let number = Int(field(1).raw), let last = Int(other.field(1).raw) else { return true }
        return number == last + 1
    }
}
