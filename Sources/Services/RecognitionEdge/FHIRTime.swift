import Effects
import FHIR

/// Times of messages: kept in the form in which they came, written in FHIR's.
enum FHIRTime {
    /// A time element as the message wrote it: our own lexical extension before the element itself.
    static func read(_ json: JSONObject, _ name: String) -> String? {
        FHIRExtensions.strings(json["_" + name], FHIRExtensions.lexical).first ?? json[name]?.string?.nonEmpty
    }

    /// `effectiveDateTime`, `effectiveInstant`, or the start of `effectivePeriod`.
    static func observed(_ json: JSONObject) -> String? {
        read(json, "effectiveDateTime") ?? read(json, "effectiveInstant")
            ?? json["effectivePeriod"]?["start"]?.string?.nonEmpty ?? json["effectivePeriod"]?["end"]?.string?.nonEmpty
    }

    /// Writes a time into `json`: FHIR's form where there is one, the message's form beside it where they differ.
    ///
    /// - Parameters:
    ///   - name: the element.
    ///   - offsetMinutes: the zone of times that name none.
    ///   - needsTime: whether a date alone will not do (`instant`).
    static func write(
        _ text: String?, to json: inout JSONObject, _ name: String, offsetMinutes: Int, needsTime: Bool = false
    ) {
        guard let text else { return }
        var converted = dateTime(text, offsetMinutes: offsetMinutes)
        if needsTime, converted?.contains("T") == false { converted = nil }
        if let converted { json[name] = .string(converted) }
        if converted != text {
            json["_" + name] = ["extension": [FHIRExtensions.text(FHIRExtensions.lexical, text)]]
        }
    }

    /// FHIR's dateTime for an HL7 time (`YYYY[MM[DD[HHMM[SS[.S]]]]][+ZZZZ]`) or a FHIR one.
    ///
    /// - Returns: `nil` where the date does not exist.
    static func dateTime(_ text: String, offsetMinutes: Int) -> String? {
        if text.dropFirst(4).first == "-" || text.contains("T") { return isFHIR(text) ? text : nil }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        var rest = text.dropFirst(digits.count)
        var fraction = ""
        if rest.first == "." {
            fraction = String(rest.dropFirst().prefix { $0.isASCII && $0.isNumber })
            rest = rest.dropFirst(fraction.count + 1)
        }
        guard let zone = zone(rest, offsetMinutes: offsetMinutes) else { return nil }
        let parts = Parts(digits)
        switch digits.count {
        case 4: return parts.year > 0 ? String(digits) : nil
        case 6: return parts.isValid ? "\(digits.prefix(4))-\(digits.suffix(2))" : nil
        case 8, 10: return parts.date
        case 12, 14:
            guard let date = parts.date else { return nil }
            let seconds = fraction.isEmpty ? "" : "." + fraction
            return date + "T" + parts.time + seconds + zone
        default: return nil
        }
    }

    private struct Parts {
        var year = 0
        var month = 1
        var day = 1
        var hour = 0
        var minute = 0
        var second = 0

        init(_ digits: Substring) {
            let text = Array(digits)
            func number(_ range: Range<Int>) -> Int? {
                range.upperBound <= text.count ? Int(String(text[range])) : nil
            }
            year = number(0..<4) ?? 0
            month = number(4..<6) ?? 1
            day = number(6..<8) ?? 1
            hour = number(8..<10) ?? 0
            minute = number(10..<12) ?? 0
            second = number(12..<14) ?? 0
        }

        var civil: CivilDateTime? {
            CivilDateTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        }
        var isValid: Bool { civil != nil }
        var date: String? { civil?.date }
        var time: String { FHIRTime.two(hour) + ":" + FHIRTime.two(minute) + ":" + FHIRTime.two(second) }
    }

    private static func zone(_ text: Substring, offsetMinutes: Int) -> String? {
        if text.isEmpty {
            let offset = abs(offsetMinutes)
            return (offsetMinutes < 0 ? "-" : "+") + two(offset / 60) + ":" + two(offset % 60)
        }
        guard text.count == 5, let sign = text.first, sign == "+" || sign == "-",
            text.dropFirst().allSatisfy({ $0.isASCII && $0.isNumber })
        else { return nil }
        return "\(sign)\(text.dropFirst().prefix(2)):\(text.suffix(2))"
    }

    /// Whether a text is a FHIR dateTime of an existing day.
    private static func isFHIR(_ text: String) -> Bool {
        let halves = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
        let numbers = halves[0].split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...3).contains(numbers.count), numbers.allSatisfy({ $0 != nil }),
            halves[0].count == [4, 7, 10][numbers.count - 1]
        else { return false }
        let parts = numbers.compactMap { $0 } + [1, 1]
        guard CivilDateTime(year: parts[0], month: parts[1], day: parts[2]) != nil else { return false }
        guard halves.count > 1 else { return true }
        return numbers.count == 3 && halves[1].count >= 8
            && (halves[1].hasSuffix("Z") || halves[1].contains("+") || halves[1].contains("-"))
    }

    fileprivate static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
