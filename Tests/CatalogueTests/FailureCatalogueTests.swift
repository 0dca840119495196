import Console
import Edge
import Effects
import NodeRuntime
import Testing

@testable import yilian

@Suite("The catalogue of failures")
struct FailureCatalogueTests {
    private let areas = Set(FailureLists.codes.map { String($0.prefix { $0 != "." }) })

    @Test("has every code that stands in the sources")
    func complete() {
        #expect(SourceCodes.files.count > 500)
        #expect(SourceCodes.used(areas: areas).subtracting(FailureLists.codes).sorted() == [])
    }

    @Test("has no code that the sources do not use")
    func used() {
        #expect(FailureLists.codes.subtracting(SourceCodes.used(areas: areas)).sorted() == [])
        let unused = SourceCodes.others.values.joined().filter { code in
            !SourceCodes.files.values.contains { $0.contains("\"\(code)\"") }
        }
        #expect(unused == [], "take them out of the list of what is no code")
    }

    @Test("defines each code once")
    func once() {
        let repeated = Dictionary(grouping: FailureLists.definitions, by: \.code).filter { $0.value.count > 1 }
        #expect(repeated.keys.map(\.rawValue).sorted() == [])
    }

    @Test("has a list for every file that declares one")
    func lists() {
        let paths = SourceCodes.listFiles.map { $0.split(separator: "/") }
        let declaring = Set(paths.map { $0.prefix($0.first == "Services" ? 2 : 1).joined(separator: "/") })
        #expect(declaring == Set(FailureLists.all.map(\.folder)))
    }

    @Test("a part of the program knows what the parts below it and its services know")
    func parts() {
        for definition in FailureCatalogue.node.definitions {
            #expect(FailureCatalogue.program[definition.code] == definition)
        }
        #expect(FailureCatalogue.program.class(of: "consultation.tooLate") == .tooLate)
        #expect(FailureCatalogue.console.class(of: "console.noSuchRoute") == .absent)
        let apart = ["YilianTestKit", "LoadDriver", "Services/RecognitionDriver"]
        let shipped = FailureLists.all.filter { !apart.contains($0.folder) }
        for definition in shipped.flatMap(\.definitions) {
            #expect(FailureCatalogue.program[definition.code] == definition)
        }
    }

    @Test("a code that nobody defined is the operator's to look at")
    func unknown() {
        #expect(FailureCatalogue.program["nobody.knows"] == nil)
        #expect(FailureCatalogue.program.class(of: "nobody.knows") == .broken)
        #expect(FailureCatalogue.program.class(of: "access.ofANewerNode") == .broken)
        #expect(FailureCatalogue.edge.chineseText(of: "nobody.knows").hasSuffix("。"))
    }

    @Test("speaks English and Chinese, in short sentences without an end")
    func words() {
        for definition in FailureLists.definitions {
            for wording in [definition.sentence, definition.remedy] {
                #expect(!wording.english.contains { !$0.isASCII && $0 != "…" }, "\(definition.code)")
                #expect(wording.chinese.unicodeScalars.contains { $0.properties.isIdeographic }, "\(definition.code)")
                #expect((1...120).contains(wording.english.count), "\(definition.code)")
                #expect((1...60).contains(wording.chinese.count), "\(definition.code)")
                for text in [wording.english, wording.chinese] {
                    #expect(text.last.map { !".。;；!！".contains($0) } == true, "\(definition.code)")
                }
            }
        }
    }
}
