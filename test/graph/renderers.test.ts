import { createHash } from 'node:crypto';
import { type GraphFormat, renderGraph, renderHtml, renderMermaid, renderSvg } from '../../src/graph';
import { escapeMermaid } from '../../src/graph/mermaid';
import { attributes, elements, parseXml } from './markup';
import { example, large, parsed, renamed } from './platforms';

const formats: readonly GraphFormat[] = ['mermaid', 'svg', 'html'];
const gitlab = example('gitlab-meltano');
const environments = parsed(large(40, 'environments: { production: { production: true }, staging: {} }'));
const svgElements = ['g', 'path', 'rect', 'style', 'svg', 'text', 'title'];

describe.each(formats)('the picture as %s', (format) => {
  it('is the same twice', async () => {
    expect(await renderGraph(environments, format)).toBe(await renderGraph(environments, format));
  });

  it('shows pipelines, workloads and data by name', async () => {
    const text = (await renderGraph([gitlab], format)).replaceAll('<wbr />', '');
    for (const name of [
      'xactly',
      'edcast',
      'gitlab-airflow',
      'tap-secrets',
      'gitlab-images',
      'n2-standard-4',
    ]) {
      expect(text).toContain(name);
    }
  });

  it('shows all environments', async () => {
    const text = await renderGraph(environments, format);
    expect(text).toContain('northwind-production');
    expect(text).toContain('northwind-staging');
  });

  it('says how many pipelines it has folded', async () => {
    expect(await renderGraph(environments, format)).toContain('40 pipelines');
  });

  it('holds no value of an environment variable', async () => {
    const secretive = renamed(gitlab, 'LocalExecutor', 'hunter2');
    expect(JSON.stringify(secretive)).toContain('hunter2');
    expect(await renderGraph([secretive], format)).not.toContain('hunter2');
  });

  it('holds no user and password of the address of the DAGs', async () => {
    const [platform] = parsed(large(1)).map((one) =>
      renamed(one, '//git.example.com', '//me:hunter2@git.example.com'),
    );
    const text = (await renderGraph([platform!], format)).replaceAll('<wbr />', '');
    expect(text).toContain('git.example.com');
    expect(text).not.toContain('hunter2');
  });

  it('names no address of the web', async () => {
    const text = await renderGraph([gitlab, ...environments], format);
    expect(text.replaceAll('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:|url\(|@import/i);
  });
});

describe('the Mermaid text', () => {
  const lines = renderMermaid(gitlab).split('\n');

  it('is a flowchart from left to right, with the frames nested', () => {
    expect(lines.slice(0, 4)).toEqual([
      'flowchart LR',
      '  subgraph project["Google project gitlab-analysis #40;us-west1#41;"]',
      '    direction LR',
      '    subgraph cluster_platform["GKE cluster gitlab"]',
    ]);
    expect(lines.filter((line) => /^ *end$/.test(line))).toHaveLength(
      lines.filter((line) => line.includes('subgraph ')).length,
    );
  });

  it('has the keys in its identifiers, so that a change reads well', () => {
    expect(lines).toContain('  meltano_gitlab ---->|"reads"| secret_tap_secrets');
    expect(lines).toContain('  meltano_gitlab ---->|"IAM login to airflow-meta"| database_airflow');
    expect(lines).toContain('  pipeline_xactly ==>|"runs in"| meltano_gitlab');
    expect(lines).toContain('  cluster_platform -.->|"nodes and pods"| network');
  });

  it('keeps the same identifiers for the rest when a pipeline is added', () => {
    const before = renderMermaid(...parsed(large(3))).split('\n');
    const after = renderMermaid(...parsed(large(4))).split('\n');
    expect(before.filter((line) => !after.includes(line))).toEqual([]);
    expect(after.length - before.length).toBe(2);
  });
});

describe('a label in Mermaid', () => {
  it.each([
    ['10.40.0.0/20', '10.40.0.0/20'],
    ['- 1. item', '#45; 1#46; item'],
    ['a "b" <c> #d; `e`', 'a #34;b#34; #60;c#62; #35;d#59; #96;e#96;'],
    ['fa:fa-car', 'fa#58;#8203;fa-car'],
    ['$$x$&', '#36;#8203;#36;#8203;x#36;#8203;#38;'],
    ['two\nlines', 'two lines'],
  ])('writes %j as %j', (text, label) => {
    expect(escapeMermaid(text)).toBe(label);
  });
});

describe('the SVG', () => {
  it('is well-formed and made of nothing but shapes, texts and their style', async () => {
    const svg = parseXml(await renderSvg(gitlab));
    expect(elements(svg)).toEqual(svgElements);
    expect(attributes(svg).filter(({ name }) => /^on|href|^src$|^style$/.test(name))).toEqual([]);
  });

  it('has colours for light, for dark and for paper', async () => {
    const svg = await renderSvg(gitlab);
    expect(svg).toContain('@media (prefers-color-scheme:dark)');
    expect(svg).toContain('@media print');
  });

  it('tells in a tooltip where the configuration asks for a thing, and what an edge means', async () => {
    const titles = Array.from(
      parseXml(await renderSvg(gitlab)).getElementsByTagName('title'),
      (title) => title.textContent,
    );
    expect(titles.some((title) => title?.endsWith('\nmeltano.gitlab'))).toBe(true);
    expect(titles.some((title) => title?.endsWith('\ncluster.nodePools.main'))).toBe(true);
    expect(titles).toContain('The Meltano project gitlab may read the secret admin-sdk: service_key.');
  });

  it('has no number that is not one', async () => {
    expect(await renderSvg(...environments)).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe('the page', () => {
  it('is well-formed', async () => {
    const page = parseXml(await renderHtml(environments));
    expect(page.documentElement?.tagName).toBe('html');
  });

  it('allows nothing but its own style, by hash, and runs no script', async () => {
    const text = await renderHtml([gitlab]);
    const page = parseXml(text);
    const style = page.getElementsByTagName('style')[0]?.textContent ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    const policy = attributes(page).find(({ value }) => value.startsWith('default-src'))?.value;
    expect(policy).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
    expect(page.getElementsByTagName('style')).toHaveLength(1);
    expect(elements(page)).not.toContain('script');
    expect(attributes(page).filter(({ name }) => /^on|^src$|^style$/.test(name))).toEqual([]);
  });

  it('lists facts, pools with bounds, databases with version and tier, secrets and pipelines', async () => {
    const text = parseXml(await renderHtml([gitlab])).documentElement?.textContent ?? '';
    for (const fact of [
      'gitlab-analysis',
      'us-west1',
      '1 to 3 nodes',
      'PostgreSQL 18',
      'db-custom-2-7680',
      'airflow_conn, sf_password, sf_user',
      'tap-xactly target-snowflakeby hand',
    ]) {
      expect(text).toContain(fact);
    }
  });

  it('lists every pipeline, also those that the picture folds', async () => {
    const rows = Array.from(
      parseXml(await renderHtml(parsed(large(40)))).getElementsByTagName('tr'),
      (row) => row.textContent ?? '',
    );
    expect(rows.filter((row) => /^(p\d+|ledger)tap-/.test(row))).toHaveLength(41);
  });

  it('has a section for each environment and links that lead there', async () => {
    const page = parseXml(await renderHtml(environments));
    const ids = attributes(page)
      .filter(({ name }) => name === 'id')
      .map(({ value }) => `#${value}`);
    const links = attributes(page)
      .filter(({ name }) => name === 'href')
      .map(({ value }) => value);
    expect(links).toHaveLength(2);
    expect(links).toEqual(ids);
  });

  it('has no navigation where there is one platform only', async () => {
    expect(elements(parseXml(await renderHtml([gitlab])))).not.toContain('nav');
  });
});
