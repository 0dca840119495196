extension Stylesheet {
    /// Head, menu, text and states.
    static let frame = #"""
        .live { display: contents; }
        .top { display: flex; align-items: center; gap: 12px 20px; min-height: 52px; padding: 6px 32px 6px 20px;
          background: var(--surface); border-bottom: 1px solid var(--line); }
        .seal { display: grid; grid-template-columns: 1fr; width: 30px; height: 30px; flex: none;
          border-radius: 4px; text-decoration: none; background: var(--accent); color: var(--accent-ink);
          font-size: 0.75rem; font-weight: 700; line-height: 1.05; place-content: center; justify-items: center; }
        .who-node { line-height: 1.3; }
        .who-node b { display: block; font-size: 0.9375rem; }
        .who-node span { color: var(--ink3); font-size: 0.8125rem; }
        .top .up { margin-left: auto; color: var(--ink2); font-size: 0.8125rem; display: flex; align-items: center;
          gap: 6px 14px; }
        .top .menu { display: none; }
        .langs { font-size: 0.8125rem; white-space: nowrap; }
        .langs b { font-weight: 600; }
        .frame { display: grid; grid-template-columns: 13rem minmax(0, 1fr); align-items: start; }
        .side { padding: 20px 12px 32px; position: sticky; top: 0; font-size: 0.875rem; }
        .side h2 { font-size: 0.8125rem; font-weight: 400; color: var(--ink3); padding: 0 12px; margin: 16px 0 2px;
          }
        .side h2:first-child { margin-top: 0; }
        .side li a { display: flex; justify-content: space-between; gap: 8px; padding: 5px 12px;
          border-radius: 4px; color: var(--ink2); text-decoration: none; }
        .side li a:hover { background: var(--sunken); color: var(--ink); }
        .side li a[aria-current] { background: var(--accent-tint); color: var(--accent); font-weight: 600;
          box-shadow: inset 3px 0 0 var(--accent); }
        .me { margin: 24px 0 0; padding: 14px 12px 0; border-top: 1px solid var(--line); color: var(--ink2);
          font-size: 0.8125rem; }
        .me b { display: block; font-size: 0.875rem; color: var(--ink); }
        .me form { display: flex; gap: 4px; margin: 10px 0; }
        .me button { flex: 1; }
        .page { background: var(--surface); border-left: 1px solid var(--line); padding: 28px 40px 48px;
          min-height: calc(100vh - 53px); min-width: 0; }
        .page > * { max-width: 92rem; }
        .foot { margin-top: 56px; padding-top: 12px; border-top: 1px solid var(--line); color: var(--ink3);
          font-size: 0.8125rem; display: flex; flex-wrap: wrap; gap: 2px 20px; }
        .head { display: flex; flex-wrap: wrap; align-items: flex-end; justify-content: space-between;
          gap: 8px 32px; margin-bottom: 24px; }
        .head > div:first-child { flex: 1 1 30rem; min-width: 0; }
        .eyebrow { color: var(--ink3); font-size: 0.8125rem; }
        h1 { font-size: 1.625rem; line-height: 1.4; font-weight: 600; letter-spacing: 0; text-wrap: balance; }
        h2 { font-size: 1.0625rem; line-height: 1.5; font-weight: 600; }
        h3 { font-size: 0.9375rem; line-height: 1.5; font-weight: 600; }
        .lead { color: var(--ink2); margin-top: 4px; max-width: 56em; text-wrap: pretty; }
        .needs p, .reasons p, .worklist p { text-wrap: pretty; }
        .stamp { color: var(--ink3); font-size: 0.8125rem; white-space: nowrap; }
        section, .block { margin-top: 36px; }
        .block-s { margin-top: 12px; }
        section:first-child, .cols > section:first-child, .cols > .block:first-child { margin-top: 0; }
        * + .live > section:first-child { margin-top: 36px; }
        .bar { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between;
          gap: 4px 24px; margin-bottom: 10px; }
        .note, .age, small { color: var(--ink3); font-size: 0.8125rem; }
        .note { line-height: 1.6; }
        .age { white-space: nowrap; }
        .age.old { color: var(--stale); }
        .scroll + .note, .map + .note { margin-top: 10px; }
        .num { font-variant-numeric: tabular-nums; white-space: nowrap; }
        .cols { display: grid; grid-template-columns: minmax(0, 1fr) 21rem; gap: 36px 44px; margin-top: 36px;
          align-items: start; }
        .cols > * { margin-top: 0; }
        .cols.even { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
        .pairs { margin-top: 12px; }
        .mark { width: 1em; height: 1em; flex: none; display: inline-block; vertical-align: -0.125em;
          fill: currentColor; }
        .cut { fill: none; stroke: var(--surface); stroke-width: 1.8; stroke-linecap: round;
          stroke-linejoin: round; }
        .ring { fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round;
          }
        .st { display: inline-flex; align-items: center; gap: 0.35em; font-weight: 600; white-space: nowrap; }
        .ok { color: var(--ok); }
        .attention { color: var(--attention); }
        .broken { color: var(--broken); }
        .stale { color: var(--stale); }
        .unknown { color: var(--unknown); }
        .st.ok { font-weight: 400; }
        .calm { color: var(--ink2); }
        .chip { display: inline-block; border: 1px solid currentColor; border-radius: 3px; padding: 0 0.4em;
          font-size: 0.8125rem; line-height: 1.5; white-space: nowrap; }
        .chip.plain { color: var(--ink2); border-color: var(--line); }
        .banner { display: flex; gap: 12px; align-items: flex-start; padding: 10px 14px; margin-bottom: 20px;
          border: 1px solid; border-left-width: 6px; border-radius: 2px; }
        .banner .mark { margin-top: 0.3em; font-size: 1.0625rem; }
        .banner p { color: var(--ink); flex: 1; }
        .banner.stale { background: var(--stale-tint); }
        .banner.attention { background: var(--attention-tint); }
        .banner.broken { background: var(--broken-tint); }
        .banner.ok { background: var(--ok-tint); }
        [hidden] { display: none !important; }

        """#
}
