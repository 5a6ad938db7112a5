/** The page's style: light and dark as the reader's system is, and plain on paper. */
export const STYLE = `
:root { color-scheme: light dark; --page: #fff; --ink: #1d2327; --soft: #5b6670; --line: #d8dee3; --card: #f5f7f8;
  --good: #2b8a5f; --bad: #c2544b; --warn: #c98a1b; --mute: #9aa5ad; }
@media (prefers-color-scheme: dark) { :root { --page: #15191c; --ink: #e4e9ec; --soft: #9aa6af; --line: #333b41;
  --card: #1e2428; --good: #4fb286; --bad: #e07b72; --warn: #e0ab4c; --mute: #6d7880; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 1.5rem 1.25rem 4rem; background: var(--page); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem; } h3 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
p { margin: .25rem 0 .75rem; } .soft, td.soft { color: var(--soft); } code { font-size: .85em; }
nav { margin: 1rem 0; font-size: .9rem; } nav a { margin-right: .9rem; } a { color: inherit; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .75rem; margin: 1.25rem 0; }
.tile { background: var(--card); border-radius: .5rem; padding: .75rem 1rem; } .tile b { display: block; font-size: 1.5rem; line-height: 1.3; }
.tile span { color: var(--soft); font-size: .9rem; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .92rem; overflow-wrap: break-word; }
th, td { text-align: right; padding: .3rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; font-variant-numeric: tabular-nums; }
th { font-weight: 600; color: var(--soft); white-space: nowrap; } th.text, td.text { text-align: left; } tbody th { color: inherit; font-weight: normal; }
td.picture { min-width: 10rem; width: 35%; vertical-align: middle; }
svg { display: block; width: 100%; } svg.bar { height: .9rem; } svg text { fill: var(--soft); font: 11px system-ui, sans-serif; }
.axis, .break { stroke: var(--mute); fill: none; } .break { stroke-dasharray: 3 3; }
.good { fill: var(--good); } .bad { fill: var(--bad); } .warn { fill: var(--warn); } .mute { fill: var(--mute); }
.legend { font-size: .85rem; color: var(--soft); } .legend span { margin-right: 1rem; }
.legend i { display: inline-block; width: .8em; height: .8em; margin-right: .4em; } i.good { background: var(--good); } i.bad { background: var(--bad); }
i.warn { background: var(--warn); } i.mute { background: var(--mute); }
.sample { border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; margin: .75rem 0; break-inside: avoid; }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 1.25rem; } @media (max-width: 45rem) { .sides { grid-template-columns: 1fr; } }
.paragraph, .turn p { white-space: pre-wrap; } .paragraph { color: var(--soft); font-size: .92rem; }
.turn { margin: 0 0 .6rem; } .turn b { font-size: .8rem; color: var(--soft); font-weight: 600; } .turn p { margin: 0; }
.turn.answers p { border-left: 3px solid var(--good); padding-left: .6rem; }
.leaf { display: flex; gap: .75rem; align-items: center; } .leaf button { font: inherit; padding: .2rem .8rem; }
details { margin: .25rem 0; } summary { cursor: pointer; } ul { margin: .25rem 0; padding-left: 1.25rem; }
.notice { border-left: 4px solid var(--warn); background: var(--card); padding: .5rem .9rem; margin: .75rem 0; }
@media print { :root { --page: #fff; --ink: #000; --soft: #444; --line: #bbb; --card: #fff; --good: #2b8a5f; --bad: #c2544b;
  --warn: #c98a1b; --mute: #9aa5ad; color-scheme: light; } body { max-width: none; padding: 0; font-size: 11px; }
  nav, .leaf { display: none; } .wide { overflow: visible; } table { font-size: 9px; } th, td { padding: 2px 4px; }
  th { white-space: normal; } td.picture { min-width: 6rem; } .tile { border: 1px solid var(--line); } h2, h3 { break-after: avoid; } tr, svg, .tile { break-inside: avoid; }
  .sample:nth-of-type(n+4) { display: none !important; } * { print-color-adjust: exact; } }
`;

/** Shows one sample at a time; without scripts all stand below each other. */
export const LEAFING = `
(function () {
  var samples = Array.prototype.slice.call(document.querySelectorAll('.sample'));
  var bar = document.querySelector('.leaf');
  if (!bar || samples.length < 2) return;
  var at = 0, where = bar.querySelector('output'), buttons = bar.querySelectorAll('button'), all = false;
  function show() {
    samples.forEach(function (sample, index) { sample.hidden = !all && index !== at; });
    where.textContent = (at + 1) + ' of ' + samples.length;
  }
  function turn(by) { at = (at + by + samples.length) % samples.length; show(); }
  buttons[0].onclick = function () { turn(-1); };
  buttons[1].onclick = function () { turn(1); };
  window.onbeforeprint = function () { all = true; show(); };
  window.onafterprint = function () { all = false; show(); };
  bar.hidden = false;
  show();
})();
`;
