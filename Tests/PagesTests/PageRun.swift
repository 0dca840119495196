import Effects
import Foundation
import YilianTestKit

/// Runs the commands of a page in an empty folder, in namespaces of its own where the system allows that: with its own
/// network, its own processes, and copies of `/etc`, `/usr/local` and `/var/lib` that are dropped at the end.
struct PageRun {
    var output: String
    var status: Int32
    var isIsolated: Bool
    var script: PageScript

    /// Commands that change the system; left out where nothing keeps their changes from staying.
    private static let changing = ["Scripts/install", "systemd-sysusers", "systemctl", "journalctl", "install"].map {
        PageScript.Exception(word: $0, reason: "it would change this machine")
    }

    /// - Parameter files: paths of the repository that lie in the folder when the commands begin.
    init(_ page: Page, files: [String], before: [Int: String] = [:]) async throws {
        let disk = SystemDisk()
        let folder = "/tmp/yilian-page-" + SystemRandom().identifier(at: SystemTime().wallTime).suffix(8).lowercased()
        try disk.createDirectory(folder + "/page", mode: 0o755)
        defer { try? disk.remove(folder) }
        isIsolated = try await Self.canIsolate()
        let exceptions = PageScript.exceptions + (isIsolated ? [] : Self.changing)
        script = PageScript(page, exceptions: exceptions, before: before)
        try disk.write(script.text, to: folder + "/commands")
        try disk.write(Self.inside, to: folder + "/inside")
        let names = files.map { "'\(BuiltProgram.checkout)/\($0)'" }.joined(separator: " ")
        let isolation = isIsolated ? "unshare --mount --pid --net --fork --kill-child --mount-proc" : "env"
        let command = """
            set -e
            for file in \(names); do cp -a "$file" '\(folder)/page/'; done
            mkdir '\(folder)/bin' && ln -s "$YILIAN_PROGRAM" '\(folder)/bin/yilian'
            exec \(isolation) timeout --kill-after=10 900 bash '\(folder)/inside' '\(folder)' '\(isIsolated)' 2>&1
            """
        let program = try BuiltProgram.path()
        let outcome = try await BuiltProgram.run(
            ["-c", "export YILIAN_PROGRAM='\(program)'; " + command], program: "/bin/bash")
        (output, status) = (outcome.output, outcome.status)
    }

    /// The yilian commands that ended with exit code 3.
    var degraded: [String] {
        output.split(separator: "\n").filter { $0.hasPrefix("DEGRADED ") }.map { String($0.dropFirst(9)) }
    }

    static func canIsolate() async throws -> Bool {
        let trial = """
            unshare --mount --pid --net --fork --mount-proc bash -ec 'ip link set lo up
            mount -t tmpfs none /mnt && mkdir /mnt/u /mnt/w && mount -t overlay -o lowerdir=/etc,upperdir=/mnt/u,workdir=/mnt/w none /etc
            command -v systemctl systemd-sysusers'
            """
        return try await BuiltProgram.run(["-c", trial], program: "/bin/bash").status == 0
    }

    private static let inside = #"""
        set -euo pipefail
        folder=$1
        if [ "$2" = true ]; then
            ip link set lo up
            mkdir "$folder/layers"
            mount -t tmpfs none "$folder/layers"
            for place in /etc /usr/local /var/lib; do
                mkdir -p "$folder/layers$place/upper" "$folder/layers$place/work"
                mount -t overlay -o "lowerdir=$place,upperdir=$folder/layers$place/upper,workdir=$folder/layers$place/work" \
                    none "$place"
            done
        fi
        # Last: what a page installs is what it runs from then on.
        export PATH="$PATH:$folder/bin" SYSTEMD_OFFLINE=1 SYSTEMD_PAGER=cat
        unset YILIAN_DATA
        cd "$folder/page"
        status=0
        bash "$folder/commands" </dev/null || status=$?
        exit "$status"
        """#
}
