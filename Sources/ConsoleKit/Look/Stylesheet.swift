/// The one sheet of all pages; docs/console.md says what its rules are for.
///
/// It keeps to what Chromium 86 knows, the browser of many hospital desktops: no nesting, no `:has`, no `:is`, no `@layer`.
enum Stylesheet {
    static let text = tokens + frame + forms + lists + tables + widths + print
}
