/// What the decision page needs beside the style of the reports.
enum DecisionPageStyle {
    static let text = """
        .columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 0 2rem; }
        iframe { display: block; width: 100%; height: 36rem; border: 1px solid var(--rule); border-radius: 4px; background: var(--paper); }
        .pages { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; list-style: none; font-size: .9rem; }
        .decision { padding: 1.25rem 1.5rem 1.5rem; background: var(--panel); border-top: 3px solid var(--accent); border-radius: 0 0 4px 4px; }
        .decision h2 { margin-top: 0; }
        fieldset { margin: 0 0 1.1rem; padding: 0; border: 0; }
        legend, .field > span:first-child { display: block; padding: 0; margin-bottom: .35rem; font-weight: 600; }
        .field { display: block; margin: 0 0 1.1rem; }
        .hint { display: block; margin-top: .25rem; color: var(--muted); font-size: .84rem; font-weight: 400; }
        .choice { display: flex; gap: .6rem; align-items: baseline; padding: .3rem 0; }
        input[type=checkbox] { width: 1.15rem; height: 1.15rem; flex: none; accent-color: var(--accent); transform: translateY(.15rem); }
        input[type=text], input[type=password], textarea { width: 100%; max-width: 34rem; padding: .6rem .7rem; border: 1px solid var(--muted);
          border-radius: 4px; background: var(--paper); color: var(--ink); font: inherit; }
        input.digest-entry { max-width: 14rem; font-family: ui-monospace, "SFMono-Regular", "Liberation Mono", monospace; letter-spacing: .08em; color: var(--ink); }
        .challenge { display: inline-block; padding: .1rem .45rem; border: 1px solid var(--rule); border-radius: 4px; background: var(--paper); font-size: 1.05rem; letter-spacing: .08em; }
        .buttons { display: flex; flex-wrap: wrap; gap: .75rem 1rem; align-items: center; margin-top: 1.4rem; }
        button { min-height: 2.9rem; padding: .6rem 1.4rem; border: 2px solid var(--accent); border-radius: 4px; font: inherit; font-weight: 600; cursor: pointer; }
        .approve { background: var(--accent); color: var(--paper); }
        .reject { background: transparent; border-color: var(--bad); color: var(--bad); }
        .complaint { margin: 0 0 1.1rem; padding: .7rem .9rem; border-left: 4px solid var(--bad); background: var(--paper); font-weight: 600; }
        .terms { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1rem; margin: .75rem 0 0; }
        .terms dt { color: var(--muted); } .terms dd { margin: 0; overflow-wrap: anywhere; }
        @media (max-width: 36rem) { .decision { margin: 0 -1rem; padding: 1rem; border-radius: 0; }
          iframe { width: calc(100% + 2rem); margin: 0 -1rem; height: 26rem; border-radius: 0; border-width: 1px 0; }
          .buttons button { width: 100%; } .terms { grid-template-columns: 1fr; gap: .1rem; } .terms dd { margin-bottom: .5rem; } }
        """
}
