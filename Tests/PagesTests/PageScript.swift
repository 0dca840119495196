/// The commands of a page as one script for bash: every fence that says `sh`, in order, as it is written.
///
/// A fence whose label names a file, such as `yaml region.yaml`, is that file: it is written before the commands that
/// follow it. A command that ends with another code than 0 stops the script; 3, done but something needs a look, is noted.
struct PageScript {
    /// The first word of a command that cannot be run here, and why.
    struct Exception: Sendable {
        var word: String
        var reason: String
    }

    /// What no test can run: it needs a daemon and a registry, or runs this test.
    static let exceptions = [
        Exception(word: "docker", reason: "there is no daemon; Compose/image does the same with buildah"),
        Exception(word: "podman", reason: "there is no registry; Compose/image does the same with buildah"),
        Exception(word: "docker-compose", reason: "there is no daemon and no registry"),
        Exception(word: "Scripts/test", reason: "it runs this test"),
    ]

    private(set) var text: String
    /// The commands that are left out.
    private(set) var omitted: [String] = []
    /// How many fences are run.
    private(set) var fences = 0

    /// - Parameter before: what is done before a fence, by the fence's number among those that are run, from 0.
    init(_ page: Page, exceptions: [Exception] = Self.exceptions, before: [Int: String] = [:]) {
        text = Self.prelude
        for fence in page.fences {
            if let name = fence.fileName {
                text += "cat >'\(name)' <<'END-OF-FILE'\n" + fence.lines.joined(separator: "\n") + "\nEND-OF-FILE\n"
            }
            guard fence.language == "sh" else { continue }
            if let preparation = before[fences] { text += preparation + "\n" }
            fences += 1
            text += "line=\(fence.line)\n"
            for command in Self.commands(of: fence) {
                let word = command.split(separator: " ").first.map(String.init) ?? ""
                if exceptions.contains(where: { $0.word == word }) {
                    omitted.append(command)
                } else {
                    text += command + "\n"
                }
            }
            text += "echo 'RUN \(fence.line)'\n"
        }
        text += "echo 'END OF THE PAGE'\n"
    }

    /// Lines that a backslash continues belong together.
    private static func commands(of fence: Page.Fence) -> [String] {
        var found: [String] = []
        var isContinued = false
        for line in fence.lines {
            if isContinued { found[found.count - 1] += "\n" + line } else { found.append(line) }
            isContinued = line.hasSuffix("\\")
        }
        return found
    }

    private static let prelude = #"""
        set -uo pipefail
        shopt -s expand_aliases
        line=0
        ended() {
            if [ "$1" -eq 3 ]; then echo "DEGRADED $2"; return; fi
            echo "FAILED with exit code $1 in the block of line $line: $2"
            exit 1
        }
        trap 'ended $? "$BASH_COMMAND"' ERR
        trap 'trap - ERR; kill $(jobs -p) 2>/dev/null || true' EXIT

        """#
}
