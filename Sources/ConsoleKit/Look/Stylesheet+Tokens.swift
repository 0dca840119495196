extension Stylesheet {
    /// The colours, sizes and the ground on which everything stands; see docs/console.md.
    static let tokens = #"""
        :root { color-scheme: light; --paper: #f4f6f6; --surface: #ffffff; --sunken: #eaeeee; --line: #d5dcdc;
          --edge: #7d8a8b; --ink: #172022; --ink2: #435054; --ink3: #5a676b; --accent: #0b5a6f;
          --accent-ink: #ffffff; --accent-tint: #e3f0f3; --focus: #0b57d0; --ok: #1a6a3a; --ok-tint: #e6f3ea;
          --attention: #7d4b00; --attention-tint: #fcf0d8; --broken: #ad1f17; --broken-tint: #fdeae7;
          --stale: #65408f; --stale-tint: #f1eaf8; --unknown: #526067; --unknown-tint: #e9edef; --sans: "Segoe UI",
          -apple-system, "Helvetica Neue", "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei UI",
          "Microsoft YaHei", "Source Han Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "WenQuanYi Micro Hei",
          sans-serif; --mono: ui-monospace, "Cascadia Mono", Consolas, "SFMono-Regular", "Noto Sans Mono CJK SC",
          "DejaVu Sans Mono", monospace; }
        @media (prefers-color-scheme: dark) {
          :root:not([data-theme="light"]) { color-scheme: dark; --paper: #0f1517; --surface: #161d20;
            --sunken: #0b1012; --line: #2b363a; --edge: #74848a; --ink: #e3e9e9; --ink2: #b4c0c2; --ink3: #96a4a8;
            --accent: #74c7da; --accent-ink: #04222a; --accent-tint: #12323a; --focus: #8fb8ff; --ok: #74d09a;
            --ok-tint: #13301f; --attention: #efb955; --attention-tint: #352708; --broken: #ff8d83;
            --broken-tint: #3d1714; --stale: #c6a8f0; --stale-tint: #2b1f3c; --unknown: #a7b4ba;
            --unknown-tint: #222b2f; }
        }
        :root[data-theme="dark"] { color-scheme: dark; --paper: #0f1517; --surface: #161d20; --sunken: #0b1012;
          --line: #2b363a; --edge: #74848a; --ink: #e3e9e9; --ink2: #b4c0c2; --ink3: #96a4a8; --accent: #74c7da;
          --accent-ink: #04222a; --accent-tint: #12323a; --focus: #8fb8ff; --ok: #74d09a; --ok-tint: #13301f;
          --attention: #efb955; --attention-tint: #352708; --broken: #ff8d83; --broken-tint: #3d1714;
          --stale: #c6a8f0; --stale-tint: #2b1f3c; --unknown: #a7b4ba; --unknown-tint: #222b2f; }
        *, *::before, *::after { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; scroll-padding-top: 4rem; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 0.9375rem/1.65 var(--sans);
          font-variant-numeric: tabular-nums; overflow-wrap: break-word; line-break: strict; }
        h1, h2, h3, p, ul, ol, dl, dd, figure, fieldset { margin: 0; padding: 0; }
        ul, ol { list-style: none; }
        fieldset { border: 0; min-width: 0; }
        legend { padding: 0; }
        a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 0.2em; }
        a:hover { text-decoration-thickness: 2px; }
        strong, b { font-weight: 600; }
        code, kbd, .code { font-family: var(--mono); font-size: 0.8125rem; overflow-wrap: anywhere; }
        kbd { border: 1px solid var(--edge); border-radius: 3px; padding: 0 0.35em; }
        svg { display: block; }
        :focus { outline: 3px solid var(--focus); outline-offset: 2px; }
        :focus:not(:focus-visible) { outline: 0; }
        .skip { position: absolute; left: 8px; top: -60px; z-index: 30; background: var(--surface);
          padding: 8px 16px; border: 1px solid var(--edge); }
        .skip:focus { top: 8px; }
        .hide { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip: rect(0 0 0 0);
          white-space: nowrap; }
        .marks { position: absolute; width: 0; height: 0; overflow: hidden; }

        """#
}
