import ConsoleKit
import Effects
import Testing

@Suite("Parts of a page that are sent again") struct LivePartTests {
    private let now = WallTime(milliseconds: 1_796_000_000_000)

    private func page(_ text: String, at now: WallTime) -> HTML {
        let scene = Scene(.chinese, now: now)
        let age = Moment(self.now).age(scene, staleSeconds: 5)
        return "<p>before</p>\(.live("one", "<b>\(text)</b>\(age)"))<p>\(age)</p>\(.live("two", "<i>still</i>"))"
    }

    @Test func `are found in their order, and only between our own marks`() {
        let parts = LivePart.all(in: page("</div><!--one--><div class=\"live\" id=\"live-x\" data-part>", at: now))
        #expect(parts.map(\.id) == ["one", "two"])
        #expect(parts[1].text == "<i>still</i>")
        #expect(parts[0].text.contains("&lt;/div&gt;"))
    }

    @Test func `change with what they say, and not with an age that runs`() {
        let first = LivePart.all(in: page("a", at: now))
        let later = LivePart.all(in: page("a", at: now.advanced(byMilliseconds: 60_000)))
        let other = LivePart.all(in: page("b", at: now))
        #expect(first.map(\.mark) == later.map(\.mark))
        #expect(first[0].text != later[0].text)
        #expect(first[0].mark != other[0].mark && first[1].mark == other[1].mark)
    }

    @Test func `marks come back as they were written, and what is none is none`() {
        let parts = LivePart.all(in: page("a", at: now))
        #expect(LivePart.marks(LivePart.marks(of: parts)) == ["one": parts[0].mark, "two": parts[1].mark])
        for text in ["", "x", "a-b-c", "....", "-", String(repeating: "a-b.", count: 200)] {
            #expect(LivePart.marks(text).isEmpty, "\(text.prefix(10))")
        }
    }
}
