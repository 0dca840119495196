package import ArgumentParser

/// What every verb has: `--json`.
package struct OutputOptions: ParsableArguments {
    @Flag(name: .long, help: "Write one line of JSON instead of a table.")
    package var json: Bool = false

    package init() {}
}
