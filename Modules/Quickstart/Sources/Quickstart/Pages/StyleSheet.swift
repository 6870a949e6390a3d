/// The one style sheet of the web app: light and dark, from 360 px upward, no script and no font to load.
enum StyleSheet {
    static let path = "/style.css"

    static let text = """
        :root {
          color-scheme: light dark;
          --page: #f6f7f9; --card: #ffffff; --ink: #16181d; --soft: #545b68; --line: #d9dde4;
          --accent: #1f5fd0; --on-accent: #ffffff; --tint: #e8effc; --code: #eef0f4; --lifeline: #c3c9d4;
          --bad: #a3261f; --bad-tint: #fbeceb;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --page: #101217; --card: #181b22; --ink: #eceef2; --soft: #a7aebb; --line: #2e333d;
            --accent: #8ab2ff; --on-accent: #0c1424; --tint: #1d2740; --code: #222731; --lifeline: #454c59;
            --bad: #ff9d94; --bad-tint: #33191a;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0; background: var(--page); color: var(--ink);
          font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
          overflow-wrap: anywhere;
        }
        a { color: var(--accent); text-underline-offset: .15em; }
        header, main, footer { max-width: 52rem; margin: 0 auto; padding: 0 1rem; }
        header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: center; justify-content: space-between;
          padding-top: 1rem; padding-bottom: 1rem; }
        header .brand { font-weight: 650; color: var(--ink); text-decoration: none; letter-spacing: -.01em; }
        nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: center; }
        h1 { font-size: clamp(1.5rem, 5vw, 2.1rem); line-height: 1.2; letter-spacing: -.02em; margin: 0 0 .5rem; }
        h2 { font-size: 1.15rem; margin: 0 0 .75rem; letter-spacing: -.01em; }
        p { margin: 0 0 1rem; max-width: 40rem; } .lead { font-size: 1.1rem; color: var(--soft); } .soft { color: var(--soft); }
        .card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem;
          margin: 0 0 1rem; max-width: none; }
        .card > :last-child { margin-bottom: 0; }
        .card[role=status] { border-color: var(--accent); background: var(--tint); }
        .card.calm { border-color: transparent; background: var(--tint); }
        .card.bad { border-color: var(--bad); background: var(--bad-tint); }
        .after { margin-top: 1rem; } .reference { color: var(--soft); font-size: .875rem; margin-top: 1.5rem; }
        .tag { display: inline-block; border: 1px solid var(--line); border-radius: 1rem; padding: 0 .6rem;
          color: var(--soft); font-size: .8rem; white-space: nowrap; }
        .person { display: flex; flex-wrap: wrap; gap: 1rem 1.25rem; align-items: center; }
        .person > :last-child { flex: 1 1 12rem; min-width: 0; } .person h1 { margin: 0; } .person p { margin: .15rem 0 0; }
        .avatar { position: relative; overflow: hidden; flex: none; width: 4.5rem; height: 4.5rem; border-radius: 50%;
          display: flex; align-items: center; justify-content: center; background: var(--tint); color: var(--accent);
          font-size: 1.5rem; font-weight: 650; letter-spacing: .02em; }
        .avatar img { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: cover; }
        summary { cursor: pointer; width: fit-content; border-radius: .3rem; } summary h2 { display: inline; }
        details[open] > summary:has(h2) { margin-bottom: .75rem; }
        .actions { display: flex; flex-wrap: wrap; gap: .6rem; margin: 1rem 0 0; padding: 0; align-items: center; }
        .actions form { margin: 0; }
        .button, button {
          display: inline-block; font: inherit; font-weight: 600; padding: .55rem 1.1rem; border-radius: .5rem;
          border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent); text-decoration: none;
          cursor: pointer; text-align: center;
        }
        .button.quiet, button.quiet { background: transparent; color: var(--accent); }
        .button:focus-visible, button:focus-visible, a:focus-visible, summary:focus-visible { outline: 3px solid var(--accent);
          outline-offset: 2px; }
        code, pre { font: .9em/1.5 ui-monospace, SFMono-Regular, Menlo, "DejaVu Sans Mono", monospace; }
        code { background: var(--code); border-radius: .3rem; padding: .1em .35em; }
        pre { background: var(--code); border-radius: .5rem; padding: 1rem; margin: 0; white-space: pre-wrap; }
        dl { display: grid; grid-template-columns: minmax(7rem, auto) 1fr; gap: .35rem 1rem; margin: 0; }
        dt { color: var(--soft); } dd { margin: 0; min-width: 0; }
        #sessions { list-style: none; margin: 0; padding: 0; }
        #sessions li { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; justify-content: space-between;
          padding: .75rem 0; border-bottom: 1px solid var(--line); }
        #sessions li:first-child { padding-top: 0; } #sessions:last-child li:last-child { border: 0; padding-bottom: 0; }
        #sessions .soft { font-size: .875rem; }
        #sessions li > div { flex: 1 1 16rem; min-width: 0; } #sessions form { margin: 0; }
        footer { color: var(--soft); font-size: .875rem; padding-top: 1rem; padding-bottom: 2rem; }
        .badge { display: inline-flex; align-items: center; justify-content: center; width: 1.6rem; height: 1.6rem;
          border-radius: 1rem; background: var(--accent); color: var(--on-accent); font-size: .85rem;
          font-weight: 650; flex: none; }

        .diagram { --strip: 26rem; --side: 1.5rem; }
        .diagram .heads { display: grid; grid-template-columns: repeat(4, 1fr); width: var(--strip); position: sticky;
          top: 0; z-index: 1; background: var(--card); padding: .5rem 0; font-weight: 600; font-size: .8rem;
          text-align: center; line-height: 1.25; align-items: end; }
        .diagram .heads span { display: block; max-width: 6.4rem; margin: 0 auto; overflow-wrap: normal; }
        .diagram ol { list-style: none; margin: 0; padding: 0;
          background: repeating-linear-gradient(to right, transparent 0 calc(12.5% - 1px), var(--lifeline)
          calc(12.5% - 1px) calc(12.5% + 1px), transparent calc(12.5% + 1px) 25%) 0 0 / var(--strip) 100% no-repeat; }
        .diagram li { display: grid; grid-template-columns: var(--strip) 1fr; column-gap: var(--side);
          padding: .7rem 0; scroll-margin-top: 3.5rem; }
        .diagram li + li .told::before { content: ""; display: block; border-top: 1px solid var(--line);
          margin-bottom: .7rem; margin-top: -.7rem; }
        .diagram .told { min-width: 0; } .diagram .told p { margin: 0; }
        .diagram li:target .label { text-decoration: underline; text-decoration-color: var(--accent);
          text-decoration-thickness: 2px; text-underline-offset: .25em; }
        .diagram .label { font-weight: 600; line-height: 1.4; }
        .diagram .badge { margin-right: .35rem; } .diagram .route { display: none; }
        .diagram .when, .diagram .route, .diagram summary { color: var(--soft); font-size: .85rem; }
        .diagram .strip { display: grid; grid-template-columns: repeat(4, 1fr); align-items: start; }
        .arrow { height: 1rem; position: relative; margin-top: .9rem; color: var(--soft); font-size: .75rem;
          line-height: 1.2; text-align: center; }
        .arrow .says { position: absolute; bottom: calc(50% + .3rem); left: .3rem; right: .3rem; white-space: nowrap; }
        .arrow.right.span3 .says { right: 50%; } .arrow.left.span3 .says { left: 50%; }
        .arrow.self .says { left: calc(75% + .5rem); right: auto; bottom: auto; top: 0; }
        .arrow::before { content: ""; position: absolute; inset: calc(50% - 1px) 0 auto; border-top: 2px solid var(--accent); }
        .arrow::after { content: ""; position: absolute; top: calc(50% - 6px); border: 6px solid transparent; }
        .arrow.right::after { right: 0; border-left-color: var(--accent); border-right-width: 0; }
        .arrow.left::after { left: 0; border-right-color: var(--accent); border-left-width: 0; }
        .arrow.self::before { inset: 0 25% 0 50%; border: 2px solid var(--accent); border-left: 0;
          border-radius: 0 .5rem .5rem 0; }
        .arrow.self::after { left: 50%; top: calc(100% - 7px); border-right-color: var(--accent); border-left-width: 0; }
        .from1.to2 { grid-column: 1 / 3; } .from2.to3 { grid-column: 2 / 4; }
        .from1.to3 { grid-column: 1 / 4; } .from2.to4 { grid-column: 2 / 5; } .from3.to3 { grid-column: 3 / 4; }
        .span2 { margin-inline: 25%; } .span3 { margin-inline: 16.667%; }
        .diagram dl { font-size: .85rem; margin-top: .35rem; grid-template-columns: 1fr; gap: 0; }
        .diagram dd { margin-bottom: .3rem; }
        .diagram li.ahead .label { color: var(--soft); font-weight: 400; }
        .diagram li.ahead .badge { background: transparent; color: var(--soft); border: 1px solid var(--soft); }
        .diagram li.ahead .arrow::before { border-top-style: dashed; border-color: var(--soft); }
        .diagram li.ahead .arrow.self::before { border-style: dashed; }
        .diagram li.ahead .arrow.right::after { border-left-color: var(--soft); }
        .diagram li.ahead .arrow.left::after { border-right-color: var(--soft); }
        @media (max-width: 52rem) {
          .diagram { --strip: 6.5rem; --side: .75rem; }
          .diagram .heads { position: static; font-size: .75rem; }
          .diagram .heads div { display: flex; justify-content: center; }
          .diagram .heads span { writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap;
            max-width: none; }
          .diagram .route { display: block; } .arrow .says { display: none; } .arrow { margin-top: .25rem; }
          .arrow.self::before { inset: 0 0 0 50%; }
        }
        @media (max-width: 30rem) {
          .card { padding: 1rem; } .diagram .label { font-size: .95rem; }
          dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; }
          .actions, #sessions li { flex-direction: column; align-items: stretch; }
          #sessions li > div { flex: none; } #sessions .tag { align-self: start; }
          .actions form, .button, button { width: 100%; }
        }
        """
}
