import ArgumentParser
import Console
import Effects
import Foundation
import Testing
import VerbKit
import WorkflowKit
import YilianTestKit

@testable import yilian

@Suite("Chinese on the terminal")
struct ChineseTests {
    /// Every noun and verb, as its words: `["queue", "list"]`.
    private static func verbs() throws -> [[String]] {
        try VerbDescription.program().verbs.map { $0.words.split(separator: " ").dropFirst().map(String.init) }
    }

    /// Every text that the help may show, without its examples.
    private static func texts() throws -> Set<String> {
        let verbs = try VerbDescription.program().verbs
        let texts = verbs.flatMap { verb -> [String?] in
            let arguments = (verb.arguments ?? []).filter(\.shouldDisplay)
            return [verb.abstract, verb.discussion] + arguments.flatMap { [$0.abstract, $0.discussion] }
        }
        return Set(texts.compactMap { $0.map { HelpText($0).prose } }).subtracting([""])
    }

    @Test("every text of every verb stands in the table of words, once, and nothing else does")
    func table() throws {
        let english = HelpWords.all.map(\.english)
        #expect(Set(english).count == english.count)
        #expect(try Self.texts().subtracting(english).sorted() == [], "write them beside the verb")
        #expect(Set(english).subtracting(try Self.texts()).sorted() == [], "no verb says this any more")
        for wording in HelpWords.all where !wording.english.contains("JSON") {
            let isChinese = wording.chinese.unicodeScalars.contains { $0.properties.isIdeographic }
            // Lists of words that are typed are the same in both.
            #expect(isChinese || wording.chinese.contains("、"), "\(wording.english)")
        }
    }

    /// What the argument parser says of a verb's `--help`.
    private static func message(_ verb: [String]) throws -> String {
        do {
            // Its command for help says it when it is run.
            var command = try Yilian.parseAsRoot(verb + ["--help"])
            try command.run()
        } catch {
            return Yilian.fullMessage(for: error)
        }
        throw Failure("test.noHelp", "the parser took --help for a verb's own")
    }

    @Test("the help of every verb is Chinese")
    func help() throws {
        let texts = try Self.texts()
        for verb in try Self.verbs() {
            let help = try ParserAnswer.text(try Self.message(verb), arguments: verb + ["--help"], in: .chinese)
            #expect(help.hasPrefix("概述："), "\(verb)")
            #expect(help.contains("用法：" + (["yilian"] + verb).joined(separator: " ")), "\(verb)")
            #expect(help.contains("--language <zh|en>"), "\(verb)")
            let lines = help.split(separator: "\n").map { $0.drop { $0 == " " } }
            #expect(!lines.contains { texts.contains(String($0)) }, "\(verb)")
            for word in ["OVERVIEW", "USAGE", "OPTIONS", "ARGUMENTS", "SUBCOMMANDS", "(default", "Show "] {
                #expect(!help.contains(word), "\(verb)")
            }
        }
    }

    @Test(
        "the program itself speaks it where the environment asks for it",
        arguments: [[], ["queue"], ["queue", "list"], ["cert", "epoch", "new"], ["simulate"]])
    func environment(_ verb: [String]) async throws {
        let outcome = try await BuiltProgram.run(
            ["LC_ALL=zh_CN.UTF-8", try BuiltProgram.path()] + verb + ["--help"], program: "/usr/bin/env")
        #expect(outcome.status == 0 && outcome.errors.isEmpty)
        let expected = try ParserAnswer.text(try Self.message(verb), arguments: verb, in: .chinese)
        #expect(outcome.output == expected + "\n")
    }

    @Test("the option goes before the environment, at any place before --", arguments: ["zh", "en"])
    func option(_ language: String) async throws {
        let other = language == "zh" ? "en_US.UTF-8" : "zh_CN.UTF-8"
        let outcome = try await BuiltProgram.run(
            ["LC_ALL=\(other)", try BuiltProgram.path(), "queue", "--language", language, "list", "--help"],
            program: "/usr/bin/env")
        #expect(outcome.status == 0)
        #expect(outcome.output.hasPrefix(language == "zh" ? "概述：" : "OVERVIEW: "))
    }

    @Test(
        "what is wrong with a command line is said in Chinese",
        arguments: [
            (["queue", "list", "--data", "x", "--nonsense"], "错误：没有选项 '--nonsense'"),
            (["queue", "list", "--dota", "x"], "错误：没有选项 '--dota'。是否指 '--data'？"),
            (["queue", "list", "--data"], "错误：'--data <dir>' 缺少值"),
            (["queue", "list", "--data", "x", "y"], "错误：多余的参数 'y'"),
            (["trace", "--data", "x"], "错误：缺少参数 '<entry>'"),
            (["queue", "list", "--data", "x", "--wait", "soon"], "错误：'--wait <seconds>' 不能是 'soon'"),
            (["queeu", "list"], "错误：`yilian` 没有 'queeu'；它有：demo, node,"),
            (["message", "list", "--limit", "0", "--data", "x"], "错误：--limit 至少为 1。"),
            (["node", "status", "--data", "x", "--url", "y"], "错误：--data 与 --url 不能同时写。"),
            (["queue", "list"], "错误：请写明是哪个节点："),
        ])
    func usage(_ arguments: [String], _ words: String) async throws {
        let outcome = try await BuiltProgram.run(arguments + ["--language", "zh"], in: "/tmp")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
        for word in ["Error:", "Usage:", "See '", "Help:"] { #expect(!outcome.errors.contains(word)) }
    }

    @Test("a language that is none is wrong usage")
    func unknownLanguage() async throws {
        let outcome = try await BuiltProgram.run(["queue", "list", "--language", "fr"])
        #expect(outcome.status == 2 && outcome.errors.contains("--language is zh or en, not 'fr'."))
    }

    /// A literal with `x` for what is put into it.
    private static func withoutValues(_ literal: Substring) -> String {
        var (text, depth) = ("", 0)
        var isEscaped = false
        for character in literal {
            if depth > 0 {
                depth += character == "(" ? 1 : character == ")" ? -1 : 0
            } else if isEscaped, character == "(" {
                text.removeLast()
                text += "x"
                depth = 1
            } else {
                text.append(character)
            }
            isEscaped = character == "\\"
        }
        return text
    }

    @Test("every complaint of a verb about its command line has its Chinese")
    func complaints() throws {
        let folder = URL(filePath: BuiltProgram.checkout).appending(path: "Sources")
        var count = 0
        let modules = [
            "yilian", "SimulatorCommands", "VerbKit", "Services/RecognitionVerbs", "Services/IdentityVerbs",
            "Services/ConsultationVerbs", "Services/ReferralVerbs", "Services/AdverseEventsVerbs",
            "Services/DiagnosisVerbs",
            "Services/IndicatorsVerbs",
        ]
        for module in modules {
            let found = FileManager.default.enumerator(atPath: folder.appending(path: module).path)
            for path in (found?.allObjects ?? []).compactMap({ $0 as? String }) where path.hasSuffix(".swift") {
                let text = try String(contentsOf: folder.appending(path: module + "/" + path), encoding: .utf8)
                for part in text.components(separatedBy: "ValidationError(").dropFirst() {
                    let line = part.drop { $0.isWhitespace }.prefix { $0 != "\n" }
                    guard line.first == "\"", let end = line.lastIndex(of: "\"") else { continue }
                    let named = Self.withoutValues(line[line.index(after: line.startIndex)..<end])
                    #expect(UsageWords.chinese(named) != nil, "\(path): \(named)")
                    count += 1
                }
            }
        }
        #expect(count > 20)
    }

    @Test("a failure is told by the catalogue in Chinese, with its own particulars")
    func failure() async throws {
        let arguments = ["region", "check", "/nowhere/region.yaml"]
        let chinese = try await BuiltProgram.run(arguments + ["--language=zh"])
        #expect(chinese.status == 1 && chinese.output.isEmpty)
        let definition = try #require(FailureCatalogue.program["disk.notFound"])
        #expect(chinese.errors.contains(definition.sentence.chinese + "；" + definition.remedy.chinese))
        #expect(chinese.errors.contains("[disk.notFound]") && chinese.errors.contains("/nowhere/region.yaml："))
        #expect(!chinese.errors.contains("there is no such file"), "it says no more than the catalogue")
        let english = try await BuiltProgram.run(arguments + ["--language=en"])
        #expect(!english.errors.unicodeScalars.contains { $0.properties.isIdeographic })
    }

    @Test("a failure that names particulars names them in Chinese, and its remedy too")
    func particulars() async throws {
        let outcome = try await BuiltProgram.run(["node", "status", "--data", "/nowhere", "--language", "zh"])
        #expect(outcome.status == 4)
        #expect(outcome.errors == "/nowhere：没有该数据目录；请更正 --data [console.notReachable]\n")
        let definition = try #require(FailureCatalogue.program["cert.malformedFile"])
        let unknown = Failure(
            "cert.malformedFile", "a sentence that nobody has put into Chinese", remedy: "restore it from a backup")
        let text = FailureText.text(of: unknown, in: .chinese)
        #expect(text.hasPrefix(definition.sentence.chinese + "；请从备份恢复 [cert.malformedFile]"))
        #expect(text.hasSuffix("\n  a sentence that nobody has put into Chinese"))
    }

    @Test("a failure's sentences are found, with what is put into them, and its remedy is its own")
    func sites() {
        let text = """
            throw Failure(
                "a.one", "there are \\(names.map { "\\($0)" }) and " + "more", place: f("x"), remedy: "say \\"no\\"")
            throw Failure("a.two", message)
            throw Failure("a.three", "three" + three, remedy: also)
            """
        #expect(
            FailureSites.sentences(in: text).map { "\($0.code) \($0.text)" } == [
                "a.one there are x and more", "a.one say \"no\"", "a.three threex",
            ])
    }

    @Test("every sentence of every failure has its Chinese")
    func failures() throws {
        let folder = URL(filePath: BuiltProgram.checkout).appending(path: "Sources")
        // Who reads these runs benchmarks and tests.
        let apart = ["LoadDriver/", "RecognitionDriver/", "TestKit/"]
        var (count, missing) = (0, [String]())
        let found = FileManager.default.enumerator(atPath: folder.path)
        for path in (found?.allObjects ?? []).compactMap({ $0 as? String }).sorted()
        where path.hasSuffix(".swift") && !apart.contains(where: { path.contains($0) }) {
            let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
            for sentence in FailureSites.sentences(in: text) {
                guard let definition = FailureCatalogue.program[Failure.Code(rawValue: sentence.code)] else { continue }
                count += 1
                guard FailureWords.chinese(sentence.text, by: definition) == nil else { continue }
                missing.append("\(path): \(sentence.code): \(sentence.text)")
            }
        }
        #expect(count > 700)
        #expect(missing == [], "write them beside the code, as its particulars")
    }

    @Test("every sentence that the workflow kit says of a case has its Chinese, whichever the workflow")
    func cases() throws {
        let folder = URL(filePath: BuiltProgram.checkout).appending(path: "Sources/Services/WorkflowKit")
        let words = CaseFault.Words(noun: "x", one: "x", it: "业务单", showVerb: "x", listVerb: "x")
        let faults = Dictionary(uniqueKeysWithValues: CaseFault.allCases.map { ("fault.\($0)", $0) })
        var (count, missing) = (0, [String]())
        let found = FileManager.default.enumerator(atPath: folder.path)
        for path in (found?.allObjects ?? []).compactMap({ $0 as? String }) where path.hasSuffix(".swift") {
            let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
            let sites = text.replacing(/failure\x28\s*\.(\w+),/) { "Failure(\"fault.\($0.1)\"," }
            for sentence in FailureSites.sentences(in: sites) {
                guard let fault = faults[sentence.code] else { continue }
                count += 1
                let definition = words.definition(of: fault, code: "x.x")
                let said = definition.particulars + [definition.sentence, definition.remedy]
                if !said.contains(where: { Template($0.english).values(in: sentence.text[...]) != nil }) {
                    missing.append("\(path): \(sentence.code): \(sentence.text)")
                }
            }
        }
        #expect(count > 50 && missing == [])
    }

    @Test("every particular names in Chinese what it names in English")
    func places() {
        for definition in FailureCatalogue.program.definitions {
            for wording in definition.particulars {
                let places = [wording.english, wording.chinese].map { text in
                    text.matches(of: /\{[0-9]\}/).map { String($0.output) }.sorted()
                }
                #expect(places[0] == places[1], "\(definition.code): \(wording.english)")
                #expect(wording.chinese.unicodeScalars.contains { $0.properties.isIdeographic })
            }
        }
    }

    @Test(
        "sentences about a node are Chinese, and a line of another form stays as it is",
        arguments: [
            ("nothing waits", "没有等待的"), ("! no link to the parent 'shi': dialling", "! 与上级 'shi' 没有链路：正在拨号"),
            (
                "no link: waiting before the next attempt; last time: the peer ended the connection",
                "没有链路：等待下一次尝试；上次：对方结束了连接"
            ),
            (
                "not reached since 08:00: TLS failed [no connection], tried again at 09:00; full since 08:30, more stays at its source",
                "自 08:00 起无法到达：TLS 失败 [no connection]，将于 09:00 再试；自 08:30 起已满，后来的留在来源处"
            ),
            ("! the clock of 'shi' differs by 7 s", "! 'shi' 的时钟相差 7 秒"), ("张三 nothing waits", "张三 nothing waits"),
            ("nothing waits\nnothing waits", "nothing waits\nnothing waits"),
        ])
    func sentences(_ english: String, _ chinese: String) {
        #expect(StatusWords.shown(english, in: .chinese) == chinese)
        #expect(StatusWords.shown(english, in: .english) == english)
    }

    @Test("every sentence of the table is one that the program or a node says")
    func sentencesInUse() throws {
        let folder = URL(filePath: BuiltProgram.checkout).appending(path: "Sources")
        var text = ""
        let modules = [
            "yilian", "VerbKit", "Console", "Links", "TLSTransport", "Couriers", "DestinationClients",
            "Services/Destinations",
        ]
        for module in modules {
            let found = FileManager.default.enumerator(atPath: folder.appending(path: module).path)
            for path in (found?.allObjects ?? []).compactMap({ $0 as? String })
            where path.hasSuffix(".swift") && !path.contains("Words") {
                text += try String(contentsOf: folder.appending(path: module + "/" + path), encoding: .utf8)
            }
        }
        for wording in StatusWords.concerns + StatusWords.reasons + StatusWords.lists {
            let pieces = wording.english.split(separator: /\{[0-9]\}/).map {
                $0.trimmingCharacters(in: CharacterSet(charactersIn: " ':"))
            }
            let longest = try #require(pieces.max { $0.count < $1.count })
            // One that only joins two others is nobody's own.
            guard !longest.isEmpty else { continue }
            // A long sentence may be put together from several literals.
            #expect(text.contains(longest.prefix(30)), "\(wording.english)")
        }
    }

    @Test("every reason for which a link ends has its Chinese")
    func endings() throws {
        let folder = URL(filePath: BuiltProgram.checkout).appending(path: "Sources")
        var count = 0
        for module in ["Links", "TLSTransport"] {
            let found = FileManager.default.enumerator(atPath: folder.appending(path: module).path)
            for path in (found?.allObjects ?? []).compactMap({ $0 as? String }) where path.hasSuffix(".swift") {
                let text = try String(contentsOf: folder.appending(path: module + "/" + path), encoding: .utf8)
                for match in text.matches(of: /LinkEnding\x28\s*\.\w+,\s*\x22([^\x22]*)\x22/) {
                    // What is put in is a name or a number.
                    let sentence = String(match.1).replacing(/\\\x28.*?\x29+/, with: "x")
                    count += 1
                    #expect(sentence == "x" || StatusWords.shown(sentence, in: .chinese) != sentence, "\(sentence)")
                }
            }
        }
        #expect(count > 20)
    }

    @Test("titles and states of tables are Chinese, and what was filled in stays as it is")
    func tables() {
        var table = TextTable(columns: ["NODE", "STATE", ">SIZE"], language: .chinese)
        table.add("up", "up", "7 B")
        #expect(table.text == "节点  状态  大小\nup    连通   7 B")
        var sheet = TextTable(columns: ["", ""], language: .chinese)
        sheet.add("node", "node")
        #expect(sheet.text == "节点  node")
    }
}
