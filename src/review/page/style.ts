const light =
  ':root{--page:#fff;--ink:#1b2029;--muted:#515a69;--frame:#d5dae2;--band:#f3f5f8;--chosen:#e2ebfb;--link:#1d5fbf;--red:#b3261e;--redband:#fdeceb;--amber:#8a5a00;--green:#1e6b2c;--greenband:#e8f6ea;--blue:#1d5fbf}';
const dark =
  ':root{--page:#14171c;--ink:#e8ebf0;--muted:#a9b2c0;--frame:#39414d;--band:#1c2128;--chosen:#22324d;--link:#7fb2f7;--red:#ff9088;--redband:#3b1d1f;--amber:#e8b457;--green:#7fd18c;--greenband:#17301d;--blue:#7fb2f7}';

/** Two columns on a desk, one above the other on a phone; the colours of the reader's choice. */
export const pageStyle = `
${light}
@media (prefers-color-scheme:dark){${dark}}
*{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%}
body{margin:0;display:flex;flex-direction:column;height:100dvh;min-height:560px;background:var(--page);color:var(--ink);font:14px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif}
code,pre,.name,.diff,.where{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace;font-size:13px}
header{padding:16px 20px 8px}
h1{margin:0;color:var(--muted);font-size:14px;font-weight:400}
.headline{margin:0;font-size:20px;line-height:1.3;font-weight:650}
.gates,.notes{list-style:none;margin:8px 0 0;padding:0;max-height:22vh;overflow:auto}
.gates li,.notes li{overflow-wrap:anywhere}
.fail b,.error b{color:var(--red)}
.waived b,.warning>b{color:var(--amber)}
.pass b{color:var(--green)}
.cost{margin:8px 0 0}
.drawing{margin:0 20px;border-top:1px solid var(--frame)}
.drawing summary{padding:6px 0;cursor:pointer}
.drawing figure{margin:0;max-height:56vh;overflow:auto}
.drawing svg{display:block;width:100%;height:auto}
.drawing [data-part]{cursor:pointer}
.controls{display:flex;flex-wrap:wrap;gap:8px;align-items:center;padding:10px 20px;border-bottom:1px solid var(--frame)}
input[type=search],select,button{font:inherit;color:inherit;background:var(--page);border:1px solid var(--frame);border-radius:6px;padding:6px 10px;min-height:36px;max-width:100%}
input[type=search]{flex:1 1 220px;min-width:0}
select{flex:0 1 auto;min-width:0;text-overflow:ellipsis}
button{cursor:pointer}
button:hover{background:var(--band)}
[hidden]{display:none!important}
.toggle{display:inline-flex;gap:6px;align-items:center;min-height:36px}
#count,#part{color:var(--muted)}
#count{margin-left:auto}
main{flex:1;min-height:0;display:grid;grid-template-columns:minmax(320px,2fr) 3fr}
#list{overflow:auto;border-right:1px solid var(--frame);overscroll-behavior:contain}
.inner{position:relative}
.row{position:absolute;left:0;right:0;padding:7px 14px 7px 17px;border-bottom:1px solid var(--frame);cursor:pointer;overflow:hidden;border-left:3px solid transparent}
.row:hover{background:var(--band)}
.row[aria-selected=true]{background:var(--chosen)}
.row.danger{border-left-color:var(--red)}
.row.warning{border-left-color:var(--amber)}
.top,.bottom{display:flex;gap:8px;white-space:nowrap;overflow:hidden}
.top .name{overflow:hidden;text-overflow:ellipsis}
.bottom{color:var(--muted);font-size:12px}
.bottom .part{overflow:hidden;text-overflow:ellipsis;flex:0 1 auto;min-width:40px}
.verb{font-weight:650;flex:none}
.verb.delete,.verb.replace,.danger .verb{color:var(--red)}
.warning .verb{color:var(--amber)}
.verb.create{color:var(--green)}
.verb.update,.verb.move{color:var(--blue)}
.danger .verb.move{color:var(--red)}
.times{flex:none;font-weight:650}
.side{display:flex;flex-direction:column;min-width:0;min-height:0}
#back{display:none;margin:10px 16px 0;align-self:flex-start}
#detail{flex:1;overflow:auto;padding:14px 20px 40px;outline-offset:-2px}
#detail h2{margin:0 0 8px;font-size:16px;line-height:1.4;overflow-wrap:anywhere}
#detail h2 .name{font-size:15px}
.explanation{margin:8px 0;padding:8px 12px;background:var(--band);border-radius:6px;max-width:76ch;overflow-wrap:anywhere}
.explanation code{background:var(--page);padding:1px 4px;border-radius:4px}
.explanation .block{display:block;white-space:pre-wrap;padding:8px 10px;margin:6px 0}
.members{margin:8px 0;padding:0;list-style:none;overflow-wrap:anywhere}
.members li{padding:1px 0}
.where{color:var(--muted);margin-left:6px}
.path{margin:14px 0 0}
.path h3{margin:0 0 4px;font-size:13px;overflow-wrap:anywhere}
.forces{margin-left:8px;color:var(--red);font-weight:400}
.short{margin:0;overflow-wrap:anywhere}
.short del,.short ins,.value,.diff{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace;font-size:13px}
del,ins{text-decoration:none;padding:1px 4px;border-radius:4px}
del,.minus{background:var(--redband);color:var(--red)}
ins,.plus{background:var(--greenband);color:var(--green)}
.value{margin:0;padding:8px 10px;border-radius:6px;white-space:pre-wrap;overflow-wrap:anywhere}
.diff{border:1px solid var(--frame);border-radius:6px;overflow:hidden}
.diff>div{padding:0 10px;white-space:pre-wrap;overflow-wrap:anywhere;min-width:0}
.diff.two{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr)}
.diff.two>div:nth-child(odd){border-right:1px solid var(--frame)}
.none{background:var(--band)}
.quiet{color:var(--muted)}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
#list:focus-visible{outline-offset:-2px}
.drawing [data-part]:focus-visible{outline:none}
@media (max-width:760px){
header{padding:12px 16px 6px}
.headline{font-size:17px}
.drawing{margin:0 16px}
.controls{padding:8px 16px;gap:6px}
select{flex:1 1 40%}
main{display:block;position:relative}
#list{height:100%;border-right:0}
.side{display:none}
.open .side{display:flex;position:fixed;inset:0;background:var(--page);z-index:1}
#back{display:block}
.diff.two{display:block}
.diff.two .none{display:none}
.diff.two .same:nth-child(even){display:none}
}
@media print{
${light}
body,main{display:block;height:auto}
.controls,#back{display:none}
#list{border:0}
}
`;
