import ArgumentParser
import Effects
import Foundation
import MessageCorpus
import Testing
import YilianTestKit

@testable import yilian

/// Extreme values in every argument and option of every verb, against a running node.
///
/// The verbs run in a process of their own, one after the other: a trap ends it, and the test says in which. What they
/// are called and take is asked of the program, so a new verb or option is bent without a line here.
@Suite("Extreme arguments of every verb", .serialized)
struct ExtremeArgumentTests {
    /// What goes on until it is stopped, or makes another program of this one.
    private static let endless: Set<String> = ["yilian node start", "yilian demo", "yilian simulate"]

    @Test("each is an answer, a refusal or wrong usage, and the node is as it was")
    func verbs() async throws {
        try await AttackedNode.attacked { node in
            let trail = Trail(ProcessInfo.processInfo.processIdentifier)
            try trail.begin(node.names)
            await #expect(processExitsWith: .success) {
                let trail = Trail(getppid())
                do {
                    try await ExtremeArgumentTests.tryAll(try trail.names(), trail)
                } catch {
                    Issue.record("\(error)")
                }
            }
            trail.expectEnded()
        }
    }

    private static func tryAll(_ names: AttackedNode.Names, _ trail: Trail) async throws {
        // Nobody answers a question on standard input, and nobody reads what the verbs write.
        let nothing = open("/dev/null", O_RDWR)
        guard chdir(names.folder) == 0, dup2(nothing, 0) == 0, dup2(nothing, 1) == 1 else {
            throw Failure("test.folder", "the region's folder cannot be entered", place: names.folder)
        }
        let verbs = try VerbDescription.program().verbs.filter { ($0.subcommands ?? []).isEmpty }
        var (tries, answered, honest) = (0, 0, 0)
        for verb in verbs where !endless.contains(verb.words) {
            let line = CommandLineForm(verb, names)
            for (index, argument) in [(nil, nil)] + line.variants() {
                let arguments = line.arguments(bending: index, to: argument)
                trail.note(arguments.joined(separator: " "))
                switch await outcome(of: arguments) {
                case .done, .degraded:
                    answered += 1
                    if argument == nil { honest += 1 }
                case .failed, .wrongUsage, .notReachable: break
                }
                tries += 1
            }
        }
        // What these take is looked at before they begin.
        for verb in verbs where endless.contains(verb.words) {
            let line = CommandLineForm(verb, names)
            for (index, argument) in line.variants() {
                let arguments = line.arguments(bending: index, to: argument)
                trail.note(arguments.joined(separator: " "))
                _ = try? Yilian.parseAsRoot(arguments)
            }
        }
        #expect(tries > 300, "\(tries) tries")
        #expect(answered > tries / 20, "\(answered) of \(tries) got past the checks")
        #expect(
            honest > verbs.count / 2,
            "\(honest) of \(verbs.count) verbs answer an honest line: the others are bent in vain")
        trail.note(nil)
    }

    private static func outcome(of arguments: [String]) async -> yilian.ExitStatus {
        do {
            var command = try Yilian.parseAsRoot(arguments)
            if var running = command as? any AsyncParsableCommand {
                try await running.run()
            } else {
                try command.run()
            }
            return .done
        } catch {
            return yilian.ExitStatus(of: error)
        }
    }
}

/// A verb with a value for each of its options, of which one at a time is bent.
private struct CommandLineForm {
    private let words: [String]
    private let arguments: [VerbDescription.Argument]
    private let names: AttackedNode.Names

    init(_ verb: VerbDescription, _ names: AttackedNode.Names) {
        words = verb.words.split(separator: " ").dropFirst().map(String.init)
        arguments = verb.shownArguments
        self.names = names
    }

    /// Which of the arguments, and what is written there.
    func variants() -> [(Int?, String?)] {
        arguments.indices.filter { arguments[$0].kind != "flag" && isBent(arguments[$0]) }.flatMap { index in
            ExtremeForms.some(
                of: words(for: arguments[index]), atMost: ExtremeForms.tries(3),
                from: words.joined().utf8.count + index
            ).map { (index, $0) }
        }
    }

    /// Which node is meant is read alike for every verb.
    private func isBent(_ argument: VerbDescription.Argument) -> Bool {
        let isOfAll = argument.names?.contains { ["data", "url", "token-file", "ca"].contains($0.name) } ?? false
        return !isOfAll || words == ["node", "status"]
    }

    /// Paths that lead out of the region's folder are none of them, nor is a wait for what does not come.
    private func words(for argument: VerbDescription.Argument) -> [String] {
        let isWait = argument.names?.contains { $0.name == "wait" } ?? false
        return ExtremeForms.words.filter { word in
            !word.contains("..") && !word.hasPrefix("/") && !(isWait && Int(word).map { $0 > 0 } ?? false)
        }
    }

    func arguments(bending bent: Int?, to value: String?) -> [String] {
        var line = words
        for (index, argument) in arguments.enumerated() where argument.kind != "flag" {
            let name = argument.names?.first { $0.kind == "long" }
            let isWanted = !argument.isOptional || index == bent || Self.usual.contains(name?.name ?? "")
            // Who is asked about stands there once; what excludes it, only where it is bent.
            if name?.name == "citizen-id", bent.map({ arguments[$0].names?.first?.name == "identifier" }) ?? false {
                continue
            }
            guard isWanted || (argument.kind == "positional" && !argument.isRepeating) else { continue }
            let text = index == bent ? value ?? "" : honest(name?.name ?? argument.valueName ?? "")
            line += name.map { ["\($0.text)=\(text)"] } ?? [text]
        }
        return line
    }

    private static let usual: Set<String> = ["data", "citizen-id", "consent", "order"]

    private func honest(_ name: String) -> String {
        let known: [String: String] = [
            "data": "data/shi", "citizen-id": AttackedNode.person, "consent": "C-1", "order": "O-1",
            "practitioner": "dr-li",
            "entry": names.entry, "request": names.request, "match": names.match, "item": names.reportItem,
            "code": names.reportItem, "codes": names.reportItem, "statement": names.statement, "expert": "ecg-chen",
            "kind": "ecg", "type": "MR", "identifier": "R-1", "node": "shi", "neighbour": "diaodu", "for": "diaodu",
            "author": "diaodu", "authority": "auth", "folder": "auth", "config": "shi.yaml", "region": "testland",
            "path": "result.hl7", "file": "region.yaml", "also": "MR|shi-yy|R-1", "from": "MR|shi-yy|R-1",
            "evidence": "document", "inventory": "shi-beds", "lot": "L-1", "units": "1-5", "referral": names.referral,
            "root": "auth/region.pub", "grade": "up", "id": names.adverse, "message": "HOSTILE-1", "name": "赵试七",
            "out": "out",
        ]
        return known[name] ?? "x"
    }
}

/// What the attack does at the moment, in a file beside which lies what it attacks: a process that has died cannot say
/// it.
private struct Trail: Sendable {
    private let path: String

    init(_ process: Int32) {
        path = FileManager.default.temporaryDirectory.path + "/yilian-arguments-\(process)"
    }

    func begin(_ names: AttackedNode.Names) throws {
        try JSONEncoder().encode(names).write(to: URL(fileURLWithPath: path + ".names"))
    }

    func names() throws -> AttackedNode.Names {
        try JSONDecoder().decode(
            AttackedNode.Names.self, from: try Data(contentsOf: URL(fileURLWithPath: path + ".names")))
    }

    /// - Parameter what: nil at the end.
    func note(_ what: String?) {
        try? (what ?? "").write(toFile: path, atomically: false, encoding: .utf8)
    }

    func expectEnded() {
        let last = (try? String(contentsOfFile: path, encoding: .utf8)) ?? "it had not begun"
        if !last.isEmpty { Issue.record("the process ended at: yilian \(last.prefix(4_000))") }
        for name in [path, path + ".names"] { try? FileManager.default.removeItem(atPath: name) }
    }
}
