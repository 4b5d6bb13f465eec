import { raw } from 'hono/html';

/** The whole look, inline: the page loads nothing from anywhere. */
export const styles = raw(`
:root { color-scheme: light dark; --ink: #1a2233; --soft: #61708a; --line: #e2e7ef; --paper: #fff; --ground: #f4f6fa;
  --accent: #4f46e5; --good: #12805c; --good-bg: #e3f6ee; --bad: #b42335; --bad-bg: #fdebec; --wait: #92610a; --wait-bg: #fdf3dc; --calm-bg: #eceff5; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaf2; --soft: #94a2ba; --line: #2c3547; --paper: #171e2b; --ground: #0f141d;
  --accent: #8b93ff; --good: #5fd3a5; --good-bg: #12352a; --bad: #ff8b98; --bad-bg: #3c1820; --wait: #f0c264; --wait-bg: #372a0d; --calm-bg: #232c3c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
a { color: var(--accent); text-decoration: none; } a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
header { background: var(--paper); border-bottom: 1px solid var(--line); }
.bar, main { max-width: 1120px; margin: 0 auto; padding: 0 24px; }
.bar { display: flex; align-items: baseline; gap: 12px; padding-top: 18px; }
.bar h1 { font-size: 18px; margin: 0; } .bar p { margin: 0; color: var(--soft); font-size: 13px; }
nav { display: flex; gap: 4px; max-width: 1120px; margin: 8px auto 0; padding: 0 18px; overflow-x: auto; }
nav a { padding: 8px 10px; color: var(--soft); border-bottom: 2px solid transparent; white-space: nowrap; }
nav a[aria-current] { color: var(--ink); border-color: var(--accent); font-weight: 600; }
nav b { font-weight: 500; font-size: 12px; background: var(--calm-bg); border-radius: 99px; padding: 1px 7px; margin-left: 4px; }
main { padding-top: 24px; padding-bottom: 64px; }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 14px 18px; margin-bottom: 12px; }
.row { display: flex; gap: 12px; align-items: center; flex-wrap: wrap; } .grow { flex: 1; min-width: 260px; } .lead { width: 150px; }
.amount { font-size: 18px; font-weight: 650; font-variant-numeric: tabular-nums; }
.soft { color: var(--soft); font-size: 13px; } .mono { font: 12.5px ui-monospace, 'SF Mono', Menlo, monospace; overflow-wrap: anywhere; }
.tag { font-size: 12px; font-weight: 600; border-radius: 99px; padding: 2px 10px; background: var(--calm-bg); color: var(--soft); white-space: nowrap; }
.good { background: var(--good-bg); color: var(--good); } .bad { background: var(--bad-bg); color: var(--bad); } .wait { background: var(--wait-bg); color: var(--wait); }
form { display: inline; margin: 0; } .actions { display: flex; gap: 6px; flex-wrap: wrap; }
button { font: inherit; font-size: 13px; padding: 5px 12px; border-radius: 7px; border: 1px solid var(--line); background: var(--paper); color: var(--ink); cursor: pointer; }
button:hover { border-color: var(--accent); } button.main { background: var(--accent); border-color: var(--accent); color: #fff; font-weight: 600; }
@media (prefers-color-scheme: dark) { button.main { color: #10131c; } }
.empty { text-align: center; color: var(--soft); padding: 56px 0; }
table { width: 100%; border-collapse: collapse; font-size: 13px; } td, th { text-align: left; padding: 5px 10px 5px 0; vertical-align: top; } th { color: var(--soft); font-weight: 500; }
iframe { width: 100%; height: 640px; border: 1px solid var(--line); border-radius: 8px; background: #fff; }
pre { white-space: pre-wrap; margin: 0; font: 13px ui-monospace, Menlo, monospace; }
.files { display: flex; gap: 8px; flex-wrap: wrap; margin: 10px 0; } .files a { border: 1px solid var(--line); border-radius: 7px; padding: 6px 10px; font-size: 13px; }
.mail { color: inherit; display: block; } .mail:hover { text-decoration: none; border-color: var(--accent); }
.bubble { max-width: 560px; background: var(--calm-bg); border-radius: 14px; padding: 10px 14px; margin-top: 8px; white-space: pre-wrap; }
.narrow { max-width: 440px; margin: 64px auto; text-align: center; } .narrow .actions { justify-content: center; margin-top: 18px; }
summary { cursor: pointer; }
`);
