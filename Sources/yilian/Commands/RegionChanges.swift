import ArgumentParser
import Console
import Effects
import VerbKit

/// The verb `yilian region changes`.
struct RegionChanges: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "changes",
        abstract: "Say what the configuration in force changed, and what the one that waits will change.",
        discussion: """
            Against the version before it that lies at the node.

            Example: yilian region changes --data /var/lib/yilian/pingding
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let info = try await node.talk { try await $0.ask(RegionEndpoints.changes) }
        guard !output.json else { return try Terminal.json(info) }
        if let next = info.next {
            Terminal.say(
                Wording("version {1}, which waits, against {2}:", "等待生效的第 {1} 版，与第 {2} 版相比："), "\(next.to)",
                "\(next.from)")
            Self.show(next)
        }
        if let last = info.last {
            Terminal.say(
                Wording("version {1}, which is in force, against {2}:", "生效中的第 {1} 版，与第 {2} 版相比："), "\(last.to)",
                "\(last.from)")
            Self.show(last)
        } else {
            Terminal.say(Wording("no earlier version lies at this node", "本节点没有更早的版本"))
        }
    }

    private static func show(_ step: RegionChangesInfo.Step) {
        for change in step.changes {
            Terminal.line(
                [change.kind, change.subject + (change.detail.isEmpty ? "" : ":"), change.detail]
                    .filter { !$0.isEmpty }.joined(separator: " "))
        }
    }
}
