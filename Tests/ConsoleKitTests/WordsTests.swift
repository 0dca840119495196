import ConsoleKit
import Effects
import Testing

@Suite("Words, numbers and times of pages") struct WordsTests {
    private let chinese = Words(.chinese)
    private let english = Words(.english)

    @Test(
        arguments: [
            (0, "0 秒", "0 s"), (59, "59 秒", "59 s"), (60, "1 分", "1 min"), (65, "1 分 5 秒", "1 min 5 s"),
            (3_600, "1 小时", "1 h"), (8_040, "2 小时 14 分", "2 h 14 min"), (3_605, "1 小时", "1 h"),
            (90_000, "1 天 1 小时", "1 d 1 h"), (-5, "0 秒", "0 s"),
        ] as [(Int64, String, String)])
    func `a length of time has its two largest units`(_ seconds: Int64, _ chinese: String, _ english: String) {
        #expect(self.chinese.span(seconds: seconds) == chinese)
        #expect(self.english.span(seconds: seconds) == english)
    }

    @Test func `numbers stand in groups of three`() {
        #expect(chinese.grouped(1_284) == "1,284" && chinese.grouped(-1_000_000) == "-1,000,000")
        #expect(chinese.grouped(999) == "999" && chinese.grouped(0) == "0")
        #expect(english.count(1, "entry", "entries", "条") == "1 entry")
        #expect(english.count(2, "entry", "entries", "条") == "2 entries")
        #expect(chinese.count(2, "entry", "entries", "条") == "2 条")
        #expect(
            chinese.bytes(999) == "999 B" && chinese.bytes(2_345) == "2.3 KB" && chinese.bytes(5_000_000) == "5.0 MB")
    }

    @Test func `a moment stands in China's time, and an age beside it goes on`() throws {
        let time = WallTime(milliseconds: 1_796_020_328_000)
        let scene = Scene(.chinese, now: time.advanced(byMilliseconds: 8_040_000))
        let moment = Moment(time)
        #expect(moment.clock.hasSuffix(":08") && moment.machine.hasSuffix("+08:00"))
        #expect(moment.short(seenFrom: time) == moment.minute)
        #expect(moment.short(seenFrom: time.advanced(byMilliseconds: 86_400_000)) == moment.full)
        let age = moment.age(scene, staleSeconds: 30).text
        #expect(age.contains("2 小时 14 分前") && age.contains("class=\"age old\"") && age.contains("data-age=\"30\""))
        #expect(moment.age(scene).text.contains("class=\"age\""))
    }

    @Test func `a clock counts down, and up behind its end`() {
        let now = WallTime(milliseconds: 1_796_020_328_000)
        let scene = Scene(.chinese, now: now)
        let english = Scene(.english, now: now)
        let ahead = Moment(now.advanced(byMilliseconds: 108_000))
        let behind = Moment(now.advanced(byMilliseconds: -65_000))
        #expect(ahead.countdown(scene, name: "a").text.contains("还剩 1 分 48 秒"))
        #expect(ahead.countdown(english, name: "a").text.contains("1 min 48 s left"))
        #expect(behind.countdown(scene, name: "a").text.contains("已超 1 分 5 秒"))
        #expect(behind.countdown(english, name: "a").text.contains("class=\"clock over\""))
    }

    @Test func `a look is what the cookie says, and Chinese where nobody says anything`() {
        #expect(Look(cookie: nil) == Look())
        #expect(Look(cookie: nil, accepting: "en-GB,en;q=0.9,zh;q=0.8").language == .english)
        #expect(Look(cookie: nil, accepting: "fr,en").language == .chinese)
        #expect(Look(cookie: "zh.dark.off", accepting: "en") == Look(language: .chinese, theme: .dark, hasKeys: false))
        for text in ["", "xx.yy.zz", "en\"><script>", "....", String(repeating: "a.", count: 1_000)] {
            let look = Look(cookie: text)
            #expect(Look(cookie: look.cookie) == look)
        }
    }
}
