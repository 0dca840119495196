extension Stylesheet {
    /// Tables, figures, tiles and charts.
    static let tables = #"""
        .facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(10rem, 1fr)); gap: 0 28px; }
        .facts > div { border-top: 1px solid var(--line); padding: 10px 0 14px; }
        .facts dt { color: var(--ink2); font-size: 0.8125rem; }
        .facts dd { font-size: 1.25rem; font-weight: 600; line-height: 1.45; }
        .facts dd small { font-weight: 400; color: var(--ink2); }
        .facts dd.age { font-size: 0.8125rem; font-weight: 400; line-height: 1.5; white-space: normal; }
        .tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(6.75rem, 1fr)); gap: 6px; }
        .tiles + .map { margin-top: 20px; }
        :lang(en) .tiles { grid-template-columns: repeat(auto-fill, minmax(9.75rem, 1fr)); }
        .tile { display: block; height: 100%; min-height: 52px; padding: 5px 9px 6px;
          border: 1px solid var(--line); border-radius: 4px; background: var(--surface); color: var(--ink);
          text-decoration: none; line-height: 1.45; font-size: 0.875rem; }
        .tile:hover { border-color: var(--accent); }
        .tile span { display: flex; align-items: center; gap: 4px; font-size: 0.8125rem; color: var(--ink3);
          white-space: nowrap; }
        .tile .mark { font-size: 0.75rem; }
        .tile.ok .mark { color: var(--ok); }
        .tile.attention, .tile.broken, .tile.stale, .tile.unknown { border-color: currentColor; border-width: 2px;
          padding: 4px 8px 5px; }
        .tile.attention { color: var(--attention); background: var(--attention-tint); }
        .tile.broken { color: var(--broken); background: var(--broken-tint); }
        .tile.stale { color: var(--stale); background: var(--stale-tint); }
        .tile.unknown { color: var(--unknown); background: var(--unknown-tint); border-style: dashed; }
        .tile.broken { background-image: repeating-linear-gradient(135deg, transparent 0 7px, rgba(173, 31, 23,
          0.09) 7px 9px); }
        .tile.stale { border-style: dotted; }
        .tile.attention b, .tile.broken b, .tile.stale b, .tile.unknown b { color: var(--ink); }
        .tile.attention span, .tile.broken span, .tile.stale span, .tile.unknown span { color: inherit;
          font-weight: 600; }
        .tile b { font-weight: 400; }
        .tile.attention b, .tile.broken b { font-weight: 600; }
        .map { display: grid; grid-template-columns: repeat(6, minmax(0, 1fr)); gap: 12px; }
        .county { margin-top: 0; border: 1px solid var(--line); border-radius: 6px; background: var(--paper);
          padding: 10px 12px 12px; }
        .county header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 10px; margin-bottom: 8px; }
        .county header h3 a { color: var(--ink); text-decoration: none; }
        .county header .st { font-size: 0.8125rem; }
        .county header .note { margin-left: auto; }
        .span4 { grid-column: span 4; }
        .span3 { grid-column: span 3; }
        .span2 { grid-column: span 2; }
        details > summary { cursor: pointer; padding: 8px 0; }
        .scroll { position: relative; }
        .filter + .scroll { margin-top: 12px; }
        h2 + .scroll { margin-top: 6px; }
        .cols .field { max-width: 46rem; }
        table { width: 100%; border-collapse: collapse; font-size: 0.875rem; line-height: 1.6; }
        caption { text-align: left; color: var(--ink2); font-size: 0.8125rem; padding-bottom: 6px; }
        th, td { text-align: left; vertical-align: top; padding: 8px 12px 8px 0;
          border-bottom: 1px solid var(--line); }
        th:first-child, td:first-child { padding-left: 8px; }
        th:last-child, td:last-child { padding-right: 8px; }
        thead th { position: sticky; top: 0; z-index: 2; background: var(--surface); font-weight: 400;
          font-size: 0.8125rem; color: var(--ink2); white-space: nowrap; border-bottom: 1px solid var(--edge);
          padding-top: 6px; padding-bottom: 6px; }
        thead th a { color: inherit; text-decoration: none; }
        thead th[aria-sort] a { color: var(--ink); font-weight: 600; }
        tbody th { font-weight: 600; }
        tbody tr:hover { background: var(--paper); }
        tbody tr.here { background: var(--accent-tint); box-shadow: inset 3px 0 0 var(--accent); }
        .n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
        th.n, td.n { padding-left: 12px; }
        td small, tbody th small { display: block; font-weight: 400; line-height: 1.55; }
        .pager { display: flex; flex-wrap: wrap; gap: 8px 16px; justify-content: space-between;
          align-items: center; margin-top: 12px; font-size: 0.875rem; color: var(--ink2); }
        .gauge { margin: 5px 0 3px; width: 100%; height: 6px; border-radius: 3px; overflow: hidden;
          background: var(--sunken); }
        .gauge rect { fill: var(--accent); }
        .gauge.broken rect { fill: var(--broken); }
        .gauge.attention rect { fill: var(--attention); }
        .gauge.ok rect { fill: var(--ok); }
        .gauge.unknown rect { fill: var(--unknown); }
        .chart { max-width: 44rem; width: 100%; height: auto; overflow: visible; }
        .chart text { fill: var(--ink2); font-size: 12px; font-family: var(--sans);
          font-variant-numeric: tabular-nums; }
        .chart .axis { stroke: var(--edge); stroke-width: 1; }
        .chart .rule { stroke: var(--line); stroke-width: 1; }
        .chart .bar-fill { fill: var(--accent); }
        .chart .bar-soft { fill: url(#hatch); stroke: var(--accent); stroke-width: 1; }
        .hatch-line { stroke: var(--accent); stroke-width: 1.5; }
        .watermark { position: fixed; left: 0; top: 0; width: 100%; height: 100%; pointer-events: none;
          z-index: 20; }
        .watermark text { fill: var(--ink); fill-opacity: 0.055; font-size: 15px; font-family: var(--sans); }

        """#
}
