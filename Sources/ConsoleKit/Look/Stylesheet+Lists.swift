extension Stylesheet {
    /// What needs somebody, reasons, work with clocks, what happened.
    static let lists = #"""
        .needs { border-top: 1px solid var(--line); }
        .needs > li { display: grid; grid-template-columns: 5.25rem minmax(0, 1fr) 8.5rem 9rem; gap: 2px 20px;
          align-items: start; padding: 14px 0 14px 18px; border-bottom: 1px solid var(--line); position: relative; }
        .needs > li::before, .worklist > li::before { content: ""; position: absolute; left: 0; top: -1px;
          bottom: -1px; width: 5px; background: currentColor; }
        .needs > .broken::before, .worklist > .broken::before { background: repeating-linear-gradient(135deg,
          currentColor 0 4px, transparent 4px 7px); }
        .needs > .stale::before, .needs > .unknown::before, .worklist > .unknown::before {
          background: repeating-linear-gradient(0deg, currentColor 0 2px, transparent 2px 6px); }
        @media screen and (min-width: 700px) {
          :lang(en) .needs > li { grid-template-columns: 6.5rem minmax(0, 1fr) 8.5rem 9rem; }
        }
        .needs h3, .needs p { color: var(--ink); }
        .needs p { color: var(--ink2); font-size: 0.875rem; }
        .needs .since { font-size: 0.8125rem; color: var(--ink2); }
        .needs .since b { display: block; font-size: 0.9375rem; color: var(--ink); }
        .needs .act { text-align: right; }
        .needs .act .button { width: 100%; }
        .quietly { border: 1px dashed var(--edge); border-radius: 4px; padding: 28px 24px; text-align: center;
          color: var(--ink2); }
        .quietly h2 { color: var(--ink); }
        .reasons > li { display: grid; grid-template-columns: 7rem minmax(0, 1fr) 5.5rem 8.5rem 9rem;
          gap: 2px 20px; padding: 10px 0; border-bottom: 1px solid var(--line); align-items: start; }
        .reasons { border-top: 1px solid var(--line); }
        .reasons p { font-size: 0.875rem; color: var(--ink2); }
        .reasons .n { font-size: 1.0625rem; font-weight: 600; line-height: 1.5; }
        .reasons .act { text-align: right; }
        .reasons .act .button { width: 100%; }
        .worklist > li { display: grid; grid-template-columns: 9.5rem 6.5rem minmax(0, 1fr) 14rem 7.5rem;
          gap: 2px 20px; align-items: start; padding: 14px 0 14px 18px; border-bottom: 1px solid var(--line);
          position: relative; }
        .worklist > li.here { background: var(--accent-tint); }
        .worklist > .plain::before { background: transparent; }
        .worklist .what, .worklist .state, .worklist .urgent { color: var(--ink); }
        .worklist h3 a { color: var(--ink); text-decoration: none; }
        .worklist h3 a:hover { text-decoration: underline; }
        .worklist p { color: var(--ink2); font-size: 0.875rem; }
        .worklist .act .button, .worklist .act button { width: 100%; }
        .worklist .state { padding-top: 1px; }
        .clock { display: block; font-size: 1.1875rem; font-weight: 600; line-height: 1.35; white-space: nowrap;
          color: var(--ink); }
        .over .clock, .clock.over { color: var(--broken); }
        .soon .clock { color: var(--attention); }
        .clock.calm { font-size: 1rem; font-weight: 400; line-height: 1.6; color: var(--ink2); }
        .clock-of { font-size: 0.8125rem; color: var(--ink3); display: block; }
        .urgent small { display: block; }
        .urg { display: inline-block; font-weight: 600; font-size: 0.8125rem; line-height: 1.5; padding: 0 0.55em;
          border: 1px solid var(--edge); border-radius: 3px; color: var(--ink); }
        .urg.emergency { background: var(--ink); border-color: var(--ink); color: var(--surface); }
        .urg.routine { border-color: transparent; padding: 0; font-weight: 400; }
        .timeline { border-left: 2px solid var(--line); margin-left: 7px; }
        .timeline > li { position: relative; padding: 0 0 14px 20px; font-size: 0.875rem; }
        .timeline > li::before { content: ""; position: absolute; left: -6px; top: 0.5em; width: 10px;
          height: 10px; border-radius: 50%; background: var(--surface); border: 2px solid var(--ink3); }
        .timeline > .now::before { background: var(--accent); border-color: var(--accent); }
        .timeline > .ahead { color: var(--ink3); }
        .timeline > .ahead::before { border-style: dashed; }
        .timeline time { display: block; color: var(--ink3); font-size: 0.8125rem; }
        .timeline > li:last-child { padding-bottom: 0; }
        .pairs { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: 4px 14px; font-size: 0.875rem; }
        .pairs dt { color: var(--ink3); }
        .pairs small { margin-left: 8px; }
        .pairs + .scroll, .hide + .cards, .pairs + form { margin-top: 20px; }
        .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(16.5rem, 1fr)); gap: 14px;
          align-items: start; }
        .card { border: 1px solid var(--line); border-radius: 6px; padding: 12px 16px 14px; }
        .card > * + * { margin-top: 6px; }
        .card p, .card details { font-size: 0.875rem; color: var(--ink2); }
        .card details li { margin-top: 4px; }
        .card.done { background: var(--paper); }

        """#
}
