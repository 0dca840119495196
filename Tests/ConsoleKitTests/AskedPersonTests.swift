import ConsoleKit
import Effects
import ServiceKit
import Testing

@Suite("The person whom somebody asks for") struct AskedPersonTests {
    private static let number = "999999196804129172"

    private static func visit(
        _ form: [String: String] = [:], memory: VisitMemory = VisitMemory(), practitioner: String? = "dr-li"
    ) -> PageVisit {
        PageVisit(
            request: PageRequest(.post, "/x", form: FormData(form)),
            visitor: Visitor(account: "li", name: "李示例", roles: [.doctor], practitioner: practitioner, unit: "u1"),
            scene: PartTests.scenes[0], node: NodeFace(id: "n", name: "n", tier: "county", release: "1"),
            asker: EndpointAsker([]), memory: memory, translating: { text, _ in text })
    }

    private static let whole = [
        "number": number, "purpose": "treatment", "consent": "C-1", "order": "O-1", "practitioner": "dr-x",
        "unit": "u9",
    ]

    @Test func `a question is asked in the visitor's own name, whatever the form says`() throws {
        let question = try PersonForm(Self.visit(Self.whole)).question()
        #expect(question.practitioner == "dr-li" && question.unit == "u1" && question.identifier == Self.number)
        #expect(question.consent == "C-1" && question.order == "O-1" && question.breakGlassReason == nil)
        #expect(throws: Failure("page.noPractitioner", "")) {
            try PersonForm(Self.visit(Self.whole, practitioner: nil)).question()
        }
    }

    @Test(arguments: [
        (["number": "999999196804129173"], "number"), (["number": ""], "number"),
        (["consent": "", "order": ""], "consent"),
    ]) func `what cannot be asked is refused where it is wrong`(_ more: [String: String], _ field: String) {
        let errors = PersonForm(Self.visit(Self.whole.merging(more) { $1 })).errors
        #expect(errors.items.map(\.field) == [field])
    }

    @Test func `a reason is enough for an emergency, an order for treatment`() {
        let emergency = ["consent": "", "order": "", "reason": "昏迷", "purpose": "emergency"]
        for more in [[:], ["consent": ""], ["order": ""], emergency] {
            #expect(PersonForm(Self.visit(Self.whole.merging(more) { $1 })).errors.isEmpty, "\(more)")
        }
    }

    @Test func `a number comes back in no form, and is whole on no page`() throws {
        let visit = Self.visit(Self.whole)
        let fields = PersonForm(visit).fields + PersonForm(visit, takesAnyNumber: true).fields
        #expect(!fields.contains { $0.value.contains("999999") } && fields.allSatisfy { $0.autocomplete == "off" })
        let strip = visit.strip(of: try PersonForm(visit).question()).text
        #expect(strip.contains("999999 ******** 9172") && !strip.contains(Self.number))
        #expect(NumberField.masked(IdentifierInfo(type: "PPN", authority: "CN", value: "E1234")) == "*****")
        #expect(NumberField.masked(IdentifierInfo(type: "MR", authority: "h", value: "4711")) == "4711")
    }

    @Test func `the next person takes everything away that was kept of the last`() throws {
        let memory = VisitMemory()
        let visit = Self.visit(Self.whole, memory: memory)
        #expect(!visit.hasAsked)
        #expect(throws: Failure("page.nobodyAsked", "")) { try visit.asked() }
        let first = try visit.keep(asked: try PersonForm(visit).question())
        for item in [("a", "血常规"), ("b", "心电图"), ("a", "血常规")] {
            try visit.keep(opened: OpenedItem(entry: item.0, label: item.1), of: first)
        }
        #expect(try visit.opened(of: try visit.asked()).map(\.entry) == ["a", "b"])
        try memory.keep("notice", "x")
        // Somebody else's session asks in nobody's name but its own.
        let other = PageVisit(
            request: visit.request, visitor: Visitor(account: "w", name: "w", roles: [.doctor], practitioner: "dr-w"),
            scene: visit.scene, node: visit.node, asker: visit.asker, memory: memory, translating: { text, _ in text })
        #expect(try other.asked().question.practitioner == "dr-w")
        let second = try visit.keep(asked: first.question)
        #expect(try visit.opened(of: second).isEmpty && memory["notice"] == "x")
        // What comes late of the one before is nobody else's.
        try visit.keep(opened: OpenedItem(entry: "c", label: "CT"), of: first)
        #expect(try visit.opened(of: try visit.asked()).isEmpty)
    }

    @Test func `a form that is taken once can be sent again where nothing came of it`() async throws {
        let memory = VisitMemory()
        let (first, second) = (try Self.visit(memory: memory).once(), try Self.visit(memory: memory).once())
        #expect(first != second)
        let visit = Self.visit(first, memory: memory)
        await #expect(throws: Failure("test.away", "")) {
            try await visit.once { throw Failure("test.away", "the node is away") }
        }
        #expect(try await visit.once { 1 } == 1)
        await #expect(throws: Failure("page.sentTwice", "")) { try await visit.once { 2 } }
        #expect(try await Self.visit(second, memory: memory).once { 3 } == 3)
    }

    @Test func `a form is taken of the person alone who stood on its page`() throws {
        let memory = VisitMemory()
        let first = try Self.visit(memory: memory).keep(asked: try PersonForm(Self.visit(Self.whole)).question())
        #expect(try Self.visit(first.hidden, memory: memory).askedAsShown() == first)
        let second = try Self.visit(memory: memory).keep(asked: first.question)
        #expect(first.hidden != second.hidden && second.hidden.values.allSatisfy { $0.utf8.count < 3 })
        for form in [first.hidden, [:]] {
            #expect(throws: Failure("page.otherPerson", "")) { try Self.visit(form, memory: memory).askedAsShown() }
        }
    }
}
