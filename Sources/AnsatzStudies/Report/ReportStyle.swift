extension ReportPage {
  /// How pages look; on paper they are light.
  static let style = """
    :root { --ink: #1b1f24; --soft: #5c656e; --line: #d8dde3; --tint: #f4f6f8; --paper: #ffffff; }
    @media screen and (prefers-color-scheme: dark) {
    :root { --ink: #e6e8eb; --soft: #a3adb7; --line: #333a42; --tint: #1e2328; --paper: #15181c; }
    }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--paper); color: var(--ink);
    font: 16px/1.5 ui-sans-serif, system-ui, "DejaVu Sans", sans-serif; }
    main { max-width: 64rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
    h1 { font-size: 1.7rem; line-height: 1.25; margin: 0; overflow-wrap: anywhere; }
    h2 { font-size: 1.15rem; margin: 2.2rem 0 0.6rem; break-after: avoid; }
    p { margin: 0.4rem 0; overflow-wrap: anywhere; }
    .subtitle { color: var(--soft); }
    .tiles { display: flex; flex-wrap: wrap; gap: 0.75rem; margin-top: 1.25rem; }
    .tile { border: 1px solid var(--line); border-radius: 0.5rem; background: var(--tint);
    padding: 0.6rem 0.9rem; min-width: 9rem; break-inside: avoid; }
    .tile .name { display: block; color: var(--soft); font-size: 0.85rem; }
    .tile .value { font-size: 1.2rem; font-weight: 600; }
    ul { margin: 0.4rem 0; padding-left: 1.2rem; }
    li { margin: 0.2rem 0; }
    .wide { overflow-x: auto; }
    table { border-collapse: collapse; font-size: 0.92rem; font-variant-numeric: tabular-nums; }
    th, td { padding: 0.3rem 0.9rem 0.3rem 0; text-align: left; vertical-align: top;
    border-bottom: 1px solid var(--line); }
    th { font-weight: 600; }
    thead th, .facts th { color: var(--soft); white-space: nowrap; }
    .facts td { overflow-wrap: anywhere; }
    tr { break-inside: avoid; }
    .pictures { display: flex; flex-wrap: wrap; gap: 1rem 1.5rem; align-items: flex-start; }
    figure { margin: 0; max-width: 100%; break-inside: avoid; }
    figure { overflow-x: auto; }
    figure svg { display: block; max-width: 100%; height: auto; min-width: var(--least, 0); }
    figcaption { color: var(--soft); font-size: 0.88rem; max-width: 36rem; }
    pre { background: var(--tint); border: 1px solid var(--line); border-radius: 0.5rem;
    padding: 0.75rem 0.9rem; margin: 0.5rem 0; overflow-x: auto; white-space: pre-wrap;
    overflow-wrap: anywhere; font: 0.9rem/1.45 ui-monospace, "DejaVu Sans Mono", monospace; }
    @media (max-width: 30rem) {
    main { padding: 1.25rem 0.75rem 3rem; }
    th, td { padding-right: 0.4rem; overflow-wrap: break-word; }
    table { font-size: 0.78rem; }
    thead th, .facts th { white-space: normal; }
    }
    @media print {
    main { max-width: none; padding: 0; }
    body { font-size: 11pt; }
    }
    """
}
