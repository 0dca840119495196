extension Stylesheet {
    /// Buttons, fields and the page of the sign-in.
    static let forms = #"""
        .button, button { display: inline-block; font: inherit; font-size: 0.875rem; line-height: 1.4;
          text-align: center; text-decoration: none; white-space: nowrap; cursor: pointer; padding: 7px 14px;
          min-height: 36px; border-radius: 4px; border: 1px solid var(--edge); background: var(--surface);
          color: var(--ink); transition: background-color 120ms; }
        .button:hover, button:hover { background: var(--sunken); }
        .primary, .primary:hover { background: var(--accent); border-color: var(--accent);
          color: var(--accent-ink); font-weight: 600; }
        .primary:hover { text-decoration: underline; }
        .danger { border-color: var(--broken); color: var(--broken); }
        .small { padding: 3px 10px; min-height: 28px; font-size: 0.8125rem; }
        .quiet { border-color: transparent; background: transparent; color: var(--accent); }
        button[aria-pressed="true"] { background: var(--accent-tint); border-color: var(--accent);
          color: var(--accent); font-weight: 600; }
        .row { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
        label, .label { font-weight: 600; font-size: 0.875rem; display: block; }
        .hint { color: var(--ink3); font-size: 0.8125rem; font-weight: 400; display: block; }
        input, select, textarea { font: inherit; font-size: 0.875rem; line-height: 1.5; color: var(--ink);
          background: var(--surface); border: 1px solid var(--edge); border-radius: 4px; padding: 6px 10px;
          min-height: 36px; width: 100%; }
        textarea { line-height: 1.7; min-height: 6.5rem; resize: vertical; }
        input[type="checkbox"], input[type="radio"] { width: 18px; height: 18px; min-height: 0; margin: 0;
          padding: 0; flex: none; accent-color: var(--accent); }
        .field { margin-top: 16px; max-width: 36rem; }
        .field:first-child { margin-top: 0; }
        .field > label + *, .field > legend + * { margin-top: 4px; }
        .field.wrong { border-left: 4px solid var(--broken); padding-left: 12px; }
        .field.wrong input, .field.wrong textarea, .field.wrong select { border: 2px solid var(--broken); }
        .why-wrong { color: var(--broken); font-weight: 600; font-size: 0.875rem; display: block; }
        .pick { color: var(--ink); display: flex; align-items: flex-start; gap: 8px; font-weight: 400;
          padding: 4px 0; min-height: 32px; }
        .pick input { margin-top: 3px; }
        .picks { display: flex; flex-wrap: wrap; gap: 0 24px; }
        .filter { display: flex; flex-wrap: wrap; align-items: flex-end; gap: 10px 12px; padding: 12px 14px;
          background: var(--paper); border: 1px solid var(--line); border-radius: 4px; }
        .filter > div { flex: 1 1 8.5rem; max-width: 12rem; min-width: 7rem; }
        .filter label { font-weight: 400; font-size: 0.8125rem; color: var(--ink2); }
        .errors { border: 3px solid var(--broken); padding: 14px 18px; margin-bottom: 24px; border-radius: 2px; }
        .errors h2 { display: flex; gap: 8px; align-items: center; color: var(--broken); }
        .errors a { color: var(--broken); font-weight: 600; }
        .errors li { margin-top: 4px; }
        .door { display: grid; grid-template-columns: minmax(0, 26rem) minmax(0, 26rem); gap: 24px 72px;
          justify-content: center; padding: 56px 24px 48px; }
        .door .box { background: var(--surface); border: 1px solid var(--line); border-radius: 6px;
          padding: 28px 32px 32px; }
        .door h1 { font-size: 1.375rem; margin-bottom: 16px; }
        .door .primary { width: 100%; min-height: 44px; font-size: 0.9375rem; margin-top: 20px; }
        .door aside { padding-top: 28px; color: var(--ink2); font-size: 0.875rem; }
        .door aside h2 { color: var(--ink); margin-top: 20px; font-size: 0.9375rem; }
        .door aside h2:first-child { margin-top: 0; }
        .otp { font-size: 1.5rem; letter-spacing: 0.35em; font-family: var(--mono); max-width: 13rem;
          padding: 8px 12px; }
        .confirm { max-width: 44rem !important; }
        .confirm .pairs { padding: 14px 0; border-top: 1px solid var(--line); border-bottom: 1px solid var(--line);
          margin: 16px 0; grid-template-columns: 8rem minmax(0, 1fr); }

        """#
}
