import Effects
import Testing

@Suite("Classes of failures")
struct FailureClassTests {
    @Test("every area in which the program makes failures has one")
    func areas() {
        var unknown: Set<String> = []
        for file in Repository.swiftFiles where file.path.hasPrefix("Sources/") {
            // Its last part closes what the first one opens: the scanner of these tests knows no regular expressions.
            for match in file.text.matches(of: /Failure\(\s*"([a-zA-Z]+\.[a-zA-Z]+)"[^)]?/) {
                let code = Failure.Code(rawValue: String(match.output.1))
                if !FailureClass.knowsArea(of: code) { unknown.insert(code.rawValue) }
            }
        }
        #expect(unknown.sorted() == [])
    }
}
