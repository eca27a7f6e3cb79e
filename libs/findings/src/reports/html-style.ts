/** The style sheet of the HTML report. Colours keep a contrast of at least 4.5 in both schemes. */
export const htmlStyle = `
:root { color-scheme: light dark; --back: #ffffff; --fore: #1c2430; --soft: #5b6675; --line: #d8dee6; --code: #f3f5f8; --blocker: #8f1239; --error: #b42318; --warning: #8a5a00; --info: #175cd3; --good: #146c2e; }
@media (prefers-color-scheme: dark) { :root { --back: #12161c; --fore: #e6eaf0; --soft: #9aa6b6; --line: #2c3541; --code: #1b212a; --blocker: #ff8fb0; --error: #ff9a8f; --warning: #f0c060; --info: #8cb8ff; --good: #6fd08c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--fore); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", sans-serif; }
main { max-width: 1100px; margin: 0 auto; padding: 24px 16px 64px; }
h1 { font-size: 1.5rem; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.05rem; margin: 32px 0 8px; overflow-wrap: anywhere; }
small, .task, .note { color: var(--soft); font-weight: normal; }
.status { font-size: .8rem; padding: 2px 8px; border: 1px solid currentColor; border-radius: 4px; vertical-align: middle; }
.status.success { color: var(--good); }
.status.partial_success { color: var(--warning); }
.status.failed { color: var(--error); }
.counts { list-style: none; display: flex; flex-wrap: wrap; gap: 8px 24px; padding: 0; }
.counts b { font-size: 1.4rem; }
.blocker { color: var(--blocker); }
.error { color: var(--error); }
.warning { color: var(--warning); }
.info { color: var(--info); }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: 8px; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
th { color: var(--soft); font-weight: 600; }
th:first-child, td:first-child { width: 6rem; overflow-wrap: normal; }
td.severity { font-weight: 600; }
code, pre { font: 13px/1.5 ui-monospace, Menlo, Consolas, monospace; }
pre { margin: 6px 0 0; padding: 8px; background: var(--code); white-space: pre-wrap; overflow-wrap: anywhere; }
.fix { margin: 6px 0 0; color: var(--soft); }
@media print { body { font-size: 11px; } section { break-inside: avoid-page; } }
`;
