import ArgumentParser

/// What every verb has: `--json`.
struct OutputOptions: ParsableArguments {
    @Flag(name: .long, help: "Write one line of JSON instead of a table.")
    var json = false
}
