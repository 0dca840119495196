extension Stylesheet {
    /// From wide screens down to phones.
    static let widths = #"""
        @media screen and (min-width: 1900px) {
          .page > * { max-width: 108rem; }
          .page { padding-left: 56px; padding-right: 56px; }
          .cols:not(.even) { grid-template-columns: minmax(0, 1fr) 26rem; }
        }
        @media screen and (max-width: 1099px) {
          .frame { grid-template-columns: minmax(0, 1fr); }
          .top { padding: 6px 16px; }
          .top .menu { display: inline-block; }
          .side { display: none; position: static; background: var(--surface);
            border-bottom: 1px solid var(--edge); columns: 2; }
          .side:target { display: block; }
          .side h2 { break-after: avoid; }
          .side ul { break-inside: avoid; }
          .me { break-inside: avoid; }
          .page { border-left: 0; padding: 24px 24px 40px; }
          .cols, .cols.even { grid-template-columns: minmax(0, 1fr); }
          .scroll { overflow-x: auto; }
          .scroll { background: linear-gradient(90deg, var(--surface) 30%,
            transparent) 0 0 / 28px 100% local no-repeat, linear-gradient(270deg, var(--surface) 30%,
            transparent) 100% 0 / 28px 100% local no-repeat, linear-gradient(90deg, var(--edge),
            transparent) 0 0 / 7px 100% scroll no-repeat, linear-gradient(270deg, var(--edge),
            transparent) 100% 0 / 7px 100% scroll no-repeat; }
          .scroll thead th { background: transparent; }
          .scroll table { min-width: 46rem; }
          .scroll thead th { position: static; }
          .map .county { grid-column: span 3; }
          .worklist > li { grid-template-columns: 9.5rem minmax(0, 1fr) 8rem; }
          .worklist .urgent { grid-column: 1; grid-row: 2; }
          .worklist .urgent small { display: inline; margin-left: 8px; }
          .worklist .what { grid-column: 2; grid-row: 1; }
          .worklist .state { grid-column: 2; grid-row: 2; }
          .worklist .act { grid-column: 3; grid-row: 1 / span 2; }
          .needs > li, :lang(en) .needs > li { grid-template-columns: 6.5rem minmax(0, 1fr) 9rem; }
          .needs .since { grid-column: 2; }
          .needs .act { grid-column: 3; grid-row: 1 / span 2; }
          .reasons > li { grid-template-columns: 7rem minmax(0, 1fr) 5.5rem; }
          .reasons .since, .reasons .act { grid-column: 2; text-align: left; }
          .reasons .act .button { width: auto; }
          .door { grid-template-columns: minmax(0, 30rem); }
        }
        @media screen and (max-width: 699px) {
          body { font-size: 1rem; }
          h1 { font-size: 1.375rem; }
          .top { gap: 10px; padding: 8px 16px; flex-wrap: wrap; }
          .top .who-node { flex: 1; min-width: 0; }
          .top .who-node b { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
          .top .up { order: 5; flex-basis: 100%; margin: 0; border-top: 1px solid var(--line); padding-top: 6px; }
          .side { columns: 1; }
          .side li a { padding: 10px 12px; }
          .page { padding: 20px 16px 40px; }
          .head { margin-bottom: 18px; }
          .stamp, .st, .num, .age { white-space: normal; }
          .button, button { min-height: 44px; padding: 10px 16px; font-size: 0.9375rem; }
          .small { min-height: 36px; padding: 7px 12px; }
          input, select, textarea { font-size: 1rem; min-height: 44px; }
          .filter > div { flex: 1 1 100%; max-width: none; }
          .facts { grid-template-columns: 1fr 1fr; gap: 0 20px; }
          .needs > li, :lang(en) .needs > li { grid-template-columns: minmax(0, 1fr) auto;
            padding: 14px 0 16px 16px; }
          .needs .st { grid-column: 1; grid-row: 1; }
          .needs .since { grid-column: 2; grid-row: 1; text-align: right; }
          .needs .since b { display: inline; font-size: 0.8125rem; }
          .needs .since br { display: none; }
          .needs .since .age { display: none; }
          .needs .body, .needs .act { grid-column: 1 / -1; grid-row: auto; }
          .needs .act { margin-top: 8px; }
          .worklist > li { grid-template-columns: minmax(0, 1fr) auto; padding: 16px 0 18px 16px; }
          .worklist .time { grid-column: 1; grid-row: 1; }
          .worklist .urgent { grid-column: 2; grid-row: 1; text-align: right; }
          .worklist .urgent small { display: block; margin: 2px 0 0; }
          .worklist h3 { margin-top: 6px; }
          .worklist .state { margin-top: 4px; }
          .worklist .what, .worklist .state, .worklist .act { grid-column: 1 / -1; grid-row: auto; }
          .worklist .act { margin-top: 8px; }
          .clock { font-size: 1.375rem; white-space: normal; }
          .reasons > li { grid-template-columns: minmax(0, 1fr) auto; }
          .reasons .since, .reasons .act, .reasons .body { grid-column: 1 / -1; }
          .reasons .n { grid-column: 2; grid-row: 1; }
          .map { display: block; }
          .map .county { margin-bottom: 12px; }
          .door { padding: 16px; }
          .door .box { padding: 20px 18px 24px; }
        }
        @media (prefers-reduced-motion: reduce) {
          * { transition: none !important; scroll-behavior: auto !important; }
        }
        @media (forced-colors: active) {
          .gauge rect { forced-color-adjust: none; }
          .tile, .button, button { border-color: ButtonText; }
        }

        """#
}
