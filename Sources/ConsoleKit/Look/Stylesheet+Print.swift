extension Stylesheet {
    /// Paper.
    static let print = #"""
        @page { size: A4; margin: 16mm 15mm 18mm; @bottom-center { content: counter(page) " / " counter(pages);
          font-size: 9pt; } }
        @media print {
          :root, :root[data-theme="dark"], :root:not([data-theme="light"]) { color-scheme: light; --paper: #fff;
            --surface: #fff; --sunken: #eee; --line: #bbb; --edge: #666; --ink: #000; --ink2: #222; --ink3: #444;
            --accent: #0b4a5c; --accent-ink: #fff; --accent-tint: #fff; --ok: #000; --attention: #000;
            --broken: #000; --stale: #000; --unknown: #000; --ok-tint: #fff; --attention-tint: #fff;
            --broken-tint: #fff; --stale-tint: #fff; --unknown-tint: #fff; }
          body { font-size: 10.5pt; background: #fff; }
          .side, form, .button, .pager, .act, .skip, .top .menu, .langs, .me { display: none !important; }
          .frame { display: block; }
          .page { border: 0; padding: 0; min-height: 0; }
          .top { padding: 0 0 6px; min-height: 0; border-bottom: 1px solid #000; }
          .chart { max-height: 60mm; }
          .cols, .cols.even { display: block; }
          .cols > * { margin-top: 18px; }
          .worklist > li { grid-template-columns: 7.5rem 5rem minmax(0, 1fr) 9.5rem; }
          .needs > li { grid-template-columns: 4.5rem minmax(0, 1fr) 7.5rem; }
          .reasons > li { grid-template-columns: 6rem minmax(0, 1fr) 4.5rem 7rem; }
          .urg.emergency { background: none; color: #000; border: 2px solid #000; }
          .seal { border: 1px solid #000; color: #000; }
          .worklist .num, .worklist .st { white-space: normal; }
          .clock { font-size: 11pt; }
          h1 { font-size: 15pt; }
          h2 { font-size: 12pt; }
          section, .block { margin-top: 16px; }
          table { font-size: 9.5pt; }
          thead { display: table-header-group; }
          thead th { position: static; }
          tr, figure, .card, .needs > li, .worklist > li { break-inside: avoid; }
          h2, h3 { break-after: avoid; }
          a { color: inherit; text-decoration: none; }
          .gauge rect { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
          details > * { display: block !important; }
          details::details-content { content-visibility: visible; block-size: auto; }
        }

        """#
}
