import Accounts
import Console
import ConsoleKit
import Effects
import Foundation
import Testing
import YilianTestKit

/// A node, a directory that others wrote (oidc-provider-mock) and a browser (curl), each a process of its own.
///
/// `Scripts/test` names the directory with `YILIAN_SAMPLE_DIRECTORY`; where nobody does, nothing is tried.
@Suite("A directory that others wrote", .serialized)
struct DirectoryRunTests {
    private static let program = ProcessInfo.processInfo.environment["YILIAN_SAMPLE_DIRECTORY"]
        .flatMap { SystemDisk().exists($0) ? $0 : nil }

    private static let person = """
        {"sub": "staff-99-10234", "preferred_username": "Zhang.Shi", "name": "张示例", "groups": ["ops", "others"]}
        """
    private static let stranger = #"{"sub": "staff-99-10235", "preferred_username": "li", "groups": ["others"]}"#

    /// One request of the browser, which keeps its cookies in a file.
    private struct Browser {
        let folder: String
        let console: String
        var jar = "jar"

        struct Answer {
            var status: Int
            var location: String
            var text: String
        }

        func ask(_ address: String, form: String? = nil) async throws -> Answer {
            var arguments = [
                "--silent", "--insecure", "--include", "--max-time", "30", "--cookie", jar, "--cookie-jar", jar,
            ]
            if let form { arguments += ["--data", form] }
            let outcome = try await BuiltProgram.run(arguments + [address], in: folder, program: "/usr/bin/curl")
            try #require(outcome.status == 0, "\(address): \(outcome.errors)")
            let lines = outcome.output.split(whereSeparator: \.isNewline)
            let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
            let location = lines.first { $0.lowercased().hasPrefix("location: ") }?.dropFirst("location: ".count)
            return Answer(
                status: status, location: location?.filter { $0 != "\r" } ?? "", text: outcome.output)
        }

        /// From the sign-in page to the directory, where somebody signs in, and to the address to which it sends back.
        func come(as subject: String) async throws -> String {
            let there = try await ask("https://\(console)/sign-in/directory?back=%2Fme")
            #expect(there.status == 303, "\(there.text)")
            let back = try await ask(there.location, form: "sub=\(subject)")
            #expect(back.location.hasPrefix("https://console.example:8444/sign-in/directory/return?"), "\(back.text)")
            return back.location.replacing("https://console.example:8444", with: "https://\(console)")
        }
    }

    /// A port that nobody has at this moment.
    private func freePort(_ program: String) async throws -> String {
        let python = URL(filePath: program).deletingLastPathComponent().appending(path: "python3").path
        let text = "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])"
        return try await BuiltProgram.run(["-c", text], program: python).output.filter(\.isNumber)
    }

    /// A client that the directory has registered: it takes no other address, and no code without the secret.
    private struct Client: Decodable {
        var id: String
        var secret: String

        enum CodingKeys: String, CodingKey {
            case id = "client_id"
            case secret = "client_secret"
        }
    }

    /// Registers the console at a directory, once that is up.
    private func register(at issuer: String) async throws -> Client {
        let order = #"{"redirect_uris": ["https://console.example:8444/sign-in/directory/return"]}"#
        for _ in 0..<60 {
            let outcome = try await BuiltProgram.run(
                ["--silent", "--json", order, issuer + "/oauth2/clients"], program: "/usr/bin/curl")
            if outcome.status == 0 { return try JSONDecoder().decode(Client.self, from: Data(outcome.output.utf8)) }
            try await SystemTime().sleep(milliseconds: 1_000)
        }
        throw Failure("test.noDirectory", "the directory did not come up")
    }

    /// Runs both, and a browser's work between them.
    ///
    /// - Parameter secret: what the node has for the client's secret.
    private func run(
        secret: (String) -> String = { $0 }, _ body: (TrialRegion, Browser) async throws -> Void
    ) async throws {
        let program = try #require(Self.program)
        let port = try await freePort(program)
        let issuer = "http://127.0.0.1:\(port)"
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        // Started with no signal blocked: it would not hear that it is to end.
        let directory = try ChildProcess(
            executable: program,
            arguments: [
                "--port", port, "--require-nonce", "--require-registration", "--user-claims", Self.person,
                "--user-claims", Self.stranger,
            ])
        let result: Result<Void, any Error>
        do {
            let client = try await register(at: issuer)
            try await write(issuer, client.id, secret(client.secret), region)
            let (_, ended) = try await region.running("shi") { addresses in
                try await body(region, Browser(folder: region.folder, console: try #require(addresses.console)))
            }
            #expect(ended.status == 0, "\(ended.errors)")
            for word in ["张示例", "staff-99", client.secret] {
                #expect(!ended.errors.contains(word), "neither who came nor a secret stands in the log")
            }
            result = .success(())
        } catch { result = .failure(error) }
        try await directory.end(withinMilliseconds: 5_000)
        try result.get()
    }

    /// A console of the city, with the directory.
    private func write(_ issuer: String, _ client: String, _ secret: String, _ region: TrialRegion) async throws {
        let disk = SystemDisk()
        try disk.write(secret + "\n", to: region.data("shi") + "/directory.secret", mode: 0o600)
        try disk.write(
            try disk.readText(region.folder + "/shi.yaml") + """
                console:
                  listen: 127.0.0.1:0
                  name: console.example:8444
                  directory:
                    issuer: \(issuer)
                    plainLoopback: true
                    client: \(client)
                    secretFile: directory.secret
                    roles: {ops: operator}

                """, to: region.folder + "/shi.yaml")
        let checked = try await region.yilian("config", "check", "shi.yaml", "--files")
        #expect(checked.status == 0, "\(checked.errors)")
    }

    @Test("signs somebody in, once for each departure, with the roles of the groups", .enabled(if: program != nil))
    func signIn() async throws {
        try await run { region, browser in
            let page = try await browser.ask("https://\(browser.console)/sign-in")
            #expect(page.text.contains("用医院账号登录"))
            let back = try await browser.come(as: "staff-99-10234")
            let arrived = try await browser.ask(back)
            #expect(arrived.status == 303 && arrived.location == "/me", "\(arrived.text)")
            let own = try await browser.ask("https://\(browser.console)/me")
            #expect(own.status == 200 && own.text.contains("张示例"))
            #expect(try await browser.ask("https://\(browser.console)/links").status == 200)
            #expect(try await browser.ask("https://\(browser.console)/accounts").status == 403)
            let again = try await browser.ask(back)
            #expect(again.status == 403 && again.text.contains("directory.departure"))
            let foreign = try await Browser(folder: region.folder, console: browser.console, jar: "third")
                .come(as: "staff-99-10234")
            let other = Browser(folder: region.folder, console: browser.console, jar: "other")
            let lured = try await other.ask(foreign)
            #expect(lured.status == 403 && lured.text.contains("directory.departure"), "another browser's return")
            let nobody = try await other.ask(try await other.come(as: "staff-99-10235"))
            #expect(nobody.status == 403 && nobody.text.contains("directory.noRole"), "\(nobody.text)")
            let listed = try await region.yilian("account", "list", "--json", "--data", region.data("shi"))
            let accounts = try JSONDecoder().decode([AccountEndpoints.Info].self, from: Data(listed.output.utf8))
            let account = try #require(accounts.first)
            #expect(accounts.count == 1 && account.name == "zhang.shi" && account.roles == [.operator])
            #expect(account.directory?.hasPrefix("http://127.0.0.1:") == true && !account.hasDevice)
        }
    }

    @Test("keeps out whom the node has disabled, and local accounts sign in beside it", .enabled(if: program != nil))
    func disabled() async throws {
        try await run { region, browser in
            let made = try await region.yilian(
                "account", "create", "zhou", "--person", "周示例", "--role", "operator", "--json", "--data",
                region.data("shi"))
            let opening = try JSONDecoder().decode(AccountEndpoints.Opening.self, from: Data(made.output.utf8))
            let first = try await browser.ask(try await browser.come(as: "staff-99-10234"))
            #expect(first.status == 303)
            let kept = try await region.yilian("account", "disable", "zhang.shi", "--data", region.data("shi"))
            #expect(kept.status == 0, "\(kept.errors)")
            let refused = try await region.yilian("account", "reset", "zhang.shi", "--data", region.data("shi"))
            #expect(refused.status == 1 && refused.errors.contains("[account.directory]"), "\(refused.errors)")
            let out = Browser(folder: region.folder, console: browser.console, jar: "out")
            let answer = try await out.ask(try await out.come(as: "staff-99-10234"))
            #expect(answer.status == 403 && answer.text.contains("directory.disabled"), "\(answer.text)")
            let page = try await out.ask("https://\(out.console)/sign-in")
            let token = page.text.components(separatedBy: "name=\"token\" value=\"").dropFirst().first?
                .prefix { $0 != "\"" }
            let form = "token=\(token ?? "")&user=zhou&pass=\(opening.password)"
            let local = try await out.ask("https://\(out.console)/sign-in", form: form)
            #expect(local.status == 303 && local.location == "/sign-in/password", "\(local.text)")
        }
    }

    @Test("takes no code of a console with another secret", .enabled(if: program != nil))
    func otherSecret() async throws {
        try await run(secret: { $0 + "x" }) { _, browser in
            let answer = try await browser.ask(try await browser.come(as: "staff-99-10234"))
            #expect(answer.status == 500 && answer.text.contains("directory.client"), "\(answer.text)")
            #expect(try await browser.ask("https://\(browser.console)/me").location.hasPrefix("/sign-in"))
        }
    }
}
