import AsyncHTTPClient
import Console
import Effects
import Foundation
import MessageCorpus
import NIOCore
import Testing
import YilianTestKit

/// Extreme values in every parameter and every field of every page that a node serves, behind each of its doors.
@Suite("Extreme pages", .serialized)
struct ExtremePageTests {
    @Test("each is an answer or a refusal, and the node is as it was")
    func pages() async throws {
        try await AttackedNode.attacked { node in
            let client = try ExtremeClient(node)
            defer { client.close() }
            let document = try OpenAPIReader(try await client.document())
            let pages = HonestPage.all(node.names)
            let asked = Set(pages.filter { $0.door == .operators }.map { "\($0.method) \($0.path)" })
            #expect(document.operations == asked, "what is described is what is bent")
            var (tries, taken, unanswered, before) = (0, 0, 0, "")
            for (number, page) in pages.enumerated() {
                let honest = try await client.answer(to: page)
                #expect(honest.status != 500, "\(page.method) \(page.path), as it should be asked")
                if page.door == .operators {
                    let problems = try document.problems(with: honest, of: page)
                    #expect(problems == [], "\(page.method) \(page.path), as it should be asked")
                    try Answers.keep(honest.kept(of: page), as: "operator-\(number).json")
                }
                let all = Self.variants(of: page)
                for bent in ExtremeForms.some(of: all, atMost: ExtremeForms.tries(30), from: number) {
                    let answer: PageAnswer
                    do { answer = try await client.answer(to: bent.page) } catch {
                        Issue.record("\(page.method) \(page.path), \(bent.place), after \(before): \(error)")
                        unanswered += 1
                        guard unanswered < 3 else { throw Failure("test.unanswered", "the node answers no more") }
                        continue
                    }
                    #expect(answer.status != 500, "\(page.method) \(page.path), \(bent.place)")
                    if page.door == .operators {
                        let problems = try document.problems(with: answer, of: bent.page)
                        #expect(problems == [], "\(page.method) \(page.path), \(bent.place)")
                    }
                    tries += 1
                    if answer.status < 300 { taken += 1 }
                    before = "\(bent.place) (\(answer.status))"
                }
            }
            #expect(tries > 800, "\(tries) tries")
            #expect(taken > tries / 20, "\(taken) of \(tries) were taken: the others never got past a check")
        }
    }

    /// The operators' pages stand in their own document, which ``pages()`` compares.
    @Test("every page of the health listener is among what is bent")
    func routes() throws {
        let names = AttackedNode.Names(
            folder: "", entry: "e", reportItem: "i", match: "m", request: "r", referral: "f", adverse: "a",
            diagnosis: "d", statement: "s")
        let known = Set(
            HonestPage.all(names).filter { $0.door == .health }.map { "\($0.method.lowercased()) \($0.path)" })
        var found: Set<String> = []
        let folder = BuiltProgram.checkout + "/Sources/Console"
        let files = try #require(FileManager.default.enumerator(atPath: folder))
        for case let path as String in files where path.hasSuffix(".swift") {
            for match in try SystemDisk().readText(folder + "/" + path).matches(
                of: #/router\.(get|post|put|delete|patch)\("([^"]+)"/#)
            {
                found.insert("\(match.1) \(match.2)")
            }
        }
        #expect(found.subtracting(known) == [], "pages without an honest one")
        #expect(known.subtracting(found) == [], "pages that are no more")
    }

    private static func variants(of page: HonestPage) -> [(place: String, page: HonestPage)] {
        var all: [(place: String, page: HonestPage)] = []
        for index in page.query.indices {
            for word in ExtremeForms.words {
                var bent = page
                bent.query[index].value = word
                all.append(("\(page.query[index].name)=\(word.prefix(24))", bent))
            }
            var without = page
            without.query.remove(at: index)
            all.append(("without \(page.query[index].name)", without))
        }
        for word in ExtremeForms.words where page.query.isEmpty && page.method == "GET" {
            var bent = page
            bent.query = [("limit", word), (word, word)]
            all.append(("?\(word.prefix(24))", bent))
            bent.query = []
            bent.path += "/" + word
            all.append(("/\(word.prefix(24))", bent))
        }
        for variant in ExtremeJSON.variants(of: Array(page.body.utf8)) {
            var bent = page
            bent.body = variant.text
            all.append((variant.place, bent))
        }
        for word in ExtremeForms.words where page.method != "GET" {
            var bent = page
            bent.body = word
            all.append(("body \(word.prefix(24))", bent))
        }
        return all
    }
}

/// Asks a node for pages, as an operator, a hospital's system or whoever watches its health.
private struct ExtremeClient {
    private let client: HTTPClient
    private let node: AttackedNode
    private let bases: [HonestPage.Door: String]

    init(_ node: AttackedNode) throws {
        self.node = node
        var configuration = HTTPClient.Configuration()
        configuration.tlsConfiguration = .makeClientConfiguration()
        configuration.tlsConfiguration?.certificateVerification = .none
        configuration.timeout = .init(connect: .seconds(60), read: .seconds(60))
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let socket = Self.encoded(node.addresses.socket)
        bases = [
            .operators: "http+unix://\(socket)/v1/", .health: "http://\(node.addresses.health)/",
            .hospitals: "https://\(node.addresses.https ?? "")/",
        ]
    }

    func close() { try? client.syncShutdown() }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "-._~")))
            ?? ""
    }

    /// The description of the operator's interface.
    func document() async throws -> [UInt8] {
        let request = HTTPClientRequest(url: (bases[.operators] ?? "") + "openapi.json")
        let response = try await client.execute(request, timeout: .seconds(60))
        let bytes = Array(try await response.body.collect(upTo: 4 << 20).readableBytesView)
        try Answers.keep(bytes, as: "openapi.json")
        return bytes
    }

    /// - Throws: where nobody answers.
    func answer(to page: HonestPage) async throws -> PageAnswer {
        let path = page.path.split(separator: "/", omittingEmptySubsequences: false).map { Self.encoded(String($0)) }
            .joined(separator: "/")
        let query = page.query.map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }.joined(separator: "&")
        var request = HTTPClientRequest(url: (bases[page.door] ?? "") + path + (query.isEmpty ? "" : "?" + query))
        if page.method != "GET" {
            request.method = .init(rawValue: page.method)
            request.body = .bytes(ByteBuffer(string: page.body))
            request.headers.add(name: "content-type", value: page.type)
            if page.method != "POST" { request.headers.add(name: "if-match", value: "W/\"1\"") }
        }
        if page.door == .hospitals {
            request.headers.add(name: "authorization", value: "Bearer \(AttackedNode.token)")
        }
        let response = try await client.execute(request, timeout: .seconds(60))
        let type = response.headers.first(name: "content-type") ?? ""
        var body = ByteBuffer()
        if type.hasPrefix("text/event-stream") {
            // Events have no end: whoever has the first of them goes.
            for try await piece in response.body {
                body = piece
                break
            }
        } else {
            body = try await response.body.collect(upTo: 96 << 20)
        }
        return PageAnswer(status: response.status.code, contentType: type, body: Array(body.readableBytesView))
    }
}
