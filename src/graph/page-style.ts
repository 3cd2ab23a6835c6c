import { neutrals } from './palette';

const { page, ink, muted, frame, grounds } = neutrals;

function variables(shade: 'light' | 'dark'): string {
  return `:root{--page:${page[shade]};--ink:${ink[shade]};--muted:${muted[shade]};--frame:${frame[shade]};--ground:${grounds[0][shade]};--band:${grounds[1][shade]}}`;
}

/** The page around the drawing: one column of text width for tables, the whole width for the picture. */
export const pageStyle = `
${variables('light')}
@media (prefers-color-scheme:dark){${variables('dark')}}
*{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%;scroll-behavior:smooth}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif}
header,main{max-width:1480px;margin:0 auto;padding:0 clamp(16px,3vw,40px)}
header{padding-top:32px}
.over{margin:0;color:var(--muted);font-size:14px}
h1{margin:0;font-size:32px;line-height:1.2;letter-spacing:-.01em;overflow-wrap:anywhere}
h2.environment{display:flex;align-items:center;gap:10px;margin:0 0 16px;font-size:24px;line-height:1.25;overflow-wrap:anywhere}
h3{margin:32px 0 8px;font-size:17px;line-height:1.3}
.count{color:var(--muted);font-weight:400;margin-left:4px}
.badge{padding:2px 10px;border:1px solid var(--frame);border-radius:999px;color:var(--muted);font-size:13px;font-weight:400}
nav{display:flex;flex-wrap:wrap;gap:8px;margin-top:16px}
nav a{padding:6px 14px;border:1px solid var(--frame);border-radius:999px;color:var(--ink);text-decoration:none;overflow-wrap:anywhere}
nav a:hover{background:var(--band)}
a:focus-visible,figure:focus-visible{outline:2px solid var(--ink);outline-offset:2px}
section{padding:24px 0 40px}
section+section{border-top:1px solid var(--frame)}
.facts{display:grid;grid-template-columns:repeat(4,1fr);gap:16px 24px;margin:0 0 24px}
dt{color:var(--muted);font-size:13px}
dd{margin:0;font-weight:600;overflow-wrap:anywhere}
figure{margin:0;overflow-x:auto}
figure svg{display:block;width:100%;height:auto}
.scroll{overflow-x:auto}
table{width:100%;border-collapse:collapse;font-size:14px}
th,td{padding:8px 16px 8px 0;border-bottom:1px solid var(--frame);text-align:left;vertical-align:top;overflow-wrap:break-word}
thead th{color:var(--muted);font-size:13px;font-weight:400;white-space:nowrap}
tbody th{font-weight:600}
@media (max-width:640px){
header{padding-top:24px}
h1{font-size:26px}
.facts{grid-template-columns:1fr 1fr;gap:12px 16px}
figure{margin:0 -16px;padding:0 16px}
thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
table,tbody{display:block}
tr{display:block;padding:10px 0;border-bottom:1px solid var(--frame)}
th,td{display:block;padding:1px 0;border:0}
td{display:grid;grid-template-columns:116px minmax(0,1fr);gap:12px;overflow-wrap:anywhere}
td::before{content:attr(data-column);color:var(--muted);font-size:13px}
}
@media print{
${variables('light')}
@page{size:A4 landscape;margin:12mm}
body{font-size:10pt}
header,main{max-width:none;padding:0}
nav{display:none}
figure,.scroll{overflow:visible}
figure svg{max-height:132mm}
section+section{break-before:page;border:0}
tr{break-inside:avoid}
h3{break-after:avoid}
}`;
