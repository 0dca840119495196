import Console
import Effects
import Testing

@Suite("What a command line says beside the verb's own arguments")
struct InvocationTests {
    private func invocation(_ arguments: [String], _ environment: [String: String] = [:]) -> Invocation {
        Invocation(arguments) { environment[$0] }
    }

    @Test(
        "the environment names the language",
        arguments: [
            ([:], Language.english), (["LANG": "zh_CN.UTF-8"], .chinese), (["LANG": "de_DE.UTF-8"], .english),
            (["LC_ALL": "C", "LANG": "zh_CN.UTF-8"], .english), (["LC_ALL": "", "LANG": "zh_TW"], .chinese),
            (["LC_MESSAGES": "ZH", "LANG": "en"], .chinese),
        ])
    func environment(_ environment: [String: String], _ language: Language) {
        #expect(invocation([], environment).language == language)
    }

    @Test("an option names it before the environment, and is not the verb's")
    func option() {
        for words in [["--language", "zh"], ["--language=zh"]] {
            let found = invocation(["queue"] + words + ["list", "--json"], ["LANG": "en"])
            #expect(found.language == .chinese && found.isJSON)
            #expect(found.arguments == ["queue", "list", "--json"])
        }
        #expect(invocation(["--language", "fr"]).unknownLanguage == "fr")
        #expect(invocation(["--language"]).unknownLanguage == "")
    }

    @Test("after -- everything is the verb's")
    func end() {
        let found = invocation(["import", "--", "--language", "--json"])
        #expect(found.language == .english && !found.isJSON && found.unknownLanguage == nil)
        #expect(found.arguments == ["import", "--", "--language", "--json"])
    }
}
