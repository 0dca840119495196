import Effects
import FHIR
import Testing

@Suite("JSON")
struct JSONTests {
    @Test(arguments: [("{“a”:1}", "curly quote"), ("{\"a\"：1}", "full-width"), ("[1，2]", "full-width"), ("{a:1}", nil)])
    func marksOfAnInputMethodAreCalledByTheirName(text: String, word: String?) {
        let failure = #expect(throws: Failure("json.syntax", "")) { try JSONParser.parse(text) }
        #expect(word.map { failure?.remedy?.contains($0) == true } ?? (failure?.remedy == nil))
    }

    @Test(arguments: [#"{"a":"x\u0000y"}"#, #"{"x\u0000y":1}"#, #"["\u0000"]"#])
    func aZeroByteStandsInNoText(text: String) throws {
        #expect(throws: Failure("json.syntax", "")) { try JSONParser.parse(text) }
        let resource = Array(#"{"resourceType":"DiagnosticReport","effectiveDateTime":"a\u0000b"}"#.utf8)
        #expect(throws: Failure("json.syntax", "")) { try FHIRResource.parse(resource) }
        _ = try JSONParser.parse(Array(text.utf8), limits: JSONLimits(takesZeroBytes: true))
        #expect(try JSONParser.parse(#""\\u0000""#).string == #"\u0000"#)
    }

    @Test(arguments: [
        "0", "-0", "0.50", "1E3", "1e-7", "-12.340", "100000000000000000000000000000", "1.0E+05",
    ])
    func numbersKeepTheirLexicalForm(number: String) throws {
        let text = "{\"value\":\(number)}"
        let value = try JSONParser.parse(text)
        #expect(value["value"]?.lexical == number)
        #expect(JSONPrinter.text(value) == text)
    }

    @Test(arguments: ["0065.88", ".5", "5.", "+1", "1,5", "1e", "--1", "0x10", "NaN", "1 ", ""])
    func whatIsNoNumberIsNone(text: String) {
        #expect(JSONNumber(lexical: text) == nil)
    }

    @Test func aNumberWhereATextStandsIsReadAsItIsWritten() throws {
        let text =
            #"{"code":{"coding":[{"code":7.10,"display":true},{"code":"A"}]},"name":[{"given":[1,"b"]}],"#
            + #""valueQuantity":{"value":0.50,"unit":1},"note":[{"text":1E3}],"active":true,"empty":null}"#
        let read = try JSONParser.parse(text).withTexts
        #expect(
            JSONPrinter.text(read) == #"{"code":{"coding":[{"code":"7.10","display":"true"},{"code":"A"}]},"#
                + #""name":[{"given":["1","b"]}],"valueQuantity":{"value":0.50,"unit":"1"},"note":[{"text":"1E3"}],"#
                + #""active":true,"empty":null}"#)
        let plain = try JSONParser.parse(#"{"a":[{"value":1,"code":"x"}]}"#)
        #expect(plain.withTexts == plain)
    }

    @Test func membersKeepTheirOrder() throws {
        let text = #"{"z":1,"a":[true,false,null],"m":{"y":"","b":{}},"e":[]}"#
        #expect(JSONPrinter.text(try JSONParser.parse(text)) == text)
    }

    @Test func prettyTextIsTheSameValue() throws {
        let value = try JSONParser.parse(#"{"a":[1,{"b":"c"}],"d":{},"e":[]}"#)
        #expect(try JSONParser.parse(JSONPrinter.text(value, isPretty: true)) == value)
        #expect(JSONPrinter.text(value, isPretty: true).hasPrefix("{\n  \"a\": [\n    1,"))
    }

    @Test func stringsAndTheirEscapesSurvive() throws {
        let value = try JSONParser.parse(#""\"\\\/\b\f\n\r\t\u5f20\u4e09 \ud83d\ude00 张三""#)
        #expect(value.string == "\"\\/\u{8}\u{c}\n\r\t张三 😀 张三")
        #expect(try JSONParser.parse(JSONPrinter.text(value)) == value)
        // All but the zero byte, which is in no text that the region keeps.
        let all: JSONValue = .string(String(String.UnicodeScalarView((1..<0x80).compactMap { UnicodeScalar($0) })))
        #expect(try JSONParser.parse(JSONPrinter.text(all)) == all)
    }

    @Test(arguments: [
        ("", 1, 1), ("{", 1, 2), ("[1,]", 1, 4), ("{\"a\" 1}", 1, 6), ("{\"a\":1,}", 1, 8), ("[1] 2", 1, 5),
        ("\n\n  tru", 3, 3), ("[01]", 1, 2), ("\"a", 1, 3), ("\"\\x\"", 1, 4), ("\"\\ud83d\"", 1, 8),
        ("\"\\u12\"", 1, 6), ("\"\\u0000\"", 1, 8), ("{\"a\":1,\"a\":2}", 1, 11), ("[\"张\" x]", 1, 6), ("'a'", 1, 1),
        ("{a:1}", 1, 2),
    ])
    func mistakesAreNamedWithLineAndColumn(text: String, line: Int, column: Int) {
        let failure = #expect(throws: Failure.self) { try JSONParser.parse(text) }
        #expect(failure?.code == "json.syntax")
        #expect(failure?.place == "line \(line), column \(column)")
    }

    @Test func textThatIsNotUTF8IsRefused() {
        #expect(throws: Failure("json.notUTF8", "")) { try JSONParser.parse([0x22, 0xD5, 0xC5, 0x22]) }
    }

    @Test func depthSizeAndCountAreBounded() throws {
        let deep = Array(String(repeating: "[", count: 1_000_000).utf8)
        #expect(throws: Failure("json.tooDeep", "")) { try JSONParser.parse(deep) }
        let limits = JSONLimits(textBytes: 20, nestingDepth: 3, valueCount: 4)
        #expect(throws: Never.self) { try JSONParser.parse(Array("[[1,2]]".utf8), limits: limits) }
        #expect(throws: Failure("json.tooDeep", "")) { try JSONParser.parse(Array("[[[1]]]".utf8), limits: limits) }
        #expect(throws: Failure("json.tooMany", "")) { try JSONParser.parse(Array("[1,2,3,4]".utf8), limits: limits) }
        #expect(throws: Failure("json.tooLong", "")) {
            try JSONParser.parse(Array("[                      ]".utf8), limits: limits)
        }
    }

    @Test func aTextCutAnywhereIsRefusedButNeverTraps() {
        let bytes = Array(#"{"a":[1.5,"x\u5f20",{"b":null}],"c":true}"#.utf8)
        for length in 0..<bytes.count {
            #expect(throws: Failure.self) { try JSONParser.parse(Array(bytes.prefix(length))) }
        }
    }
}
