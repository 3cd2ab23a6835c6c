// The page of a review in a real browser: it makes no request, runs nothing out of the input, and ten thousand changes
// can be read, searched and filtered by pointer and by keyboard, on a desk and on a phone, by day and by night.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cached, check, hasCommand, main, must, needDebian, root, temporaryFolder } from './support.mjs';

const version = '1.65.1';
/** With a folder as the argument, a picture of each view is left there. */
const [pictures] = process.argv.slice(2);
const size = 10_000;

/** A browser that fetches nothing of its own. */
async function openBrowser() {
  needDebian(['chromium'], () => hasCommand('chromium'));
  const folder = cached(`playwright-core-${version}`, (target) => {
    writeFileSync(join(target, 'package.json'), '{"private":true}');
    must('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', `playwright-core@${version}`], {
      cwd: target,
    });
  });
  const { chromium } = createRequire(join(folder, 'index.js'))('playwright-core');
  return chromium.launch({
    executablePath: must('sh', ['-c', 'command -v chromium']).trim(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Two states of Terraform and of a cluster, written as foreign tools would, that differ in so many places. */
function writeSides(folder, count) {
  for (const side of ['base', 'head']) {
    const after = side === 'head';
    const bucket = {};
    for (let i = 0; i < count / 2; i += 1) {
      if (after && i % 50 === 1) continue;
      bucket[`bucket-${i}`] = {
        name: `bucket-${i}`,
        location: after && i % 20 === 0 ? 'US' : 'EU',
        labels: { n: `${i}${side}` },
      };
    }
    mkdirSync(join(folder, side, 'cdktf.out/stacks/data'), { recursive: true });
    mkdirSync(join(folder, side, 'dist/main'), { recursive: true });
    writeFileSync(
      join(folder, side, 'cdktf.out/stacks/data/cdk.tf.json'),
      JSON.stringify({
        provider: { google: [{ project: 'p' }] },
        resource: { google_storage_bucket: bucket },
      }),
    );
    const hostile = [
      '</script><script>window.hacked=1</script>',
      '<img src=x onerror=window.hacked=1>',
      '"><svg onload=window.hacked=1>',
    ];
    const manifests = Array.from({ length: count / 2 }, (_, i) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `settings-${i}`, namespace: 'main' },
      data: {
        text: `${hostile[i % hostile.length]}\nline two\nline three ${side} ${i}\n${'long '.repeat(30)}`,
      },
    }));
    writeFileSync(
      join(folder, side, 'dist/main/01-settings.k8s.yaml'),
      manifests.map((one) => JSON.stringify(one)).join('\n---\n'),
    );
  }
}

/** A page of its own with a viewport and colours; what it asks for and what it says is written down. */
async function openPage(browser, file, { width, height, scheme = 'light' }) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme });
  const page = await context.newPage();
  const seen = { requests: [], errors: [] };
  page.on('request', (request) => seen.requests.push(request.url()));
  page.on('pageerror', (error) => seen.errors.push(error.message));
  page.on('console', (message) => seen.errors.push(message.text()));
  // From the start of the navigation to the first row on the screen, by the browser's own clock.
  await page.addInitScript(() => {
    const look = () => {
      if (document.querySelector('.row') === null) requestAnimationFrame(look);
      else requestAnimationFrame(() => (window.firstPaintMs = performance.now()));
    };
    requestAnimationFrame(look);
  });
  await page.goto(`file://${file}`);
  await page.waitForFunction('window.firstPaintMs !== undefined');
  return { page, seen, close: () => context.close() };
}

async function picture(page, name) {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}

/** How long something takes until it is on the screen. */
const timed = (page, act) =>
  page.evaluate(
    (source) =>
      new Promise((done) => {
        const started = performance.now();
        new Function(source)();
        requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - started)));
      }),
    act,
  );

async function largePage(browser, file) {
  const { page, seen, close } = await openPage(browser, file, { width: 1280, height: 800 });
  const firstPaint = await page.evaluate('window.firstPaintMs');
  check(
    `${size} changes: the first paint is after ${Math.round(firstPaint)} ms, at most 1000`,
    firstPaint <= 1000,
  );
  const rows = await page.locator('.row').count();
  check(`${rows} of its rows are in the document`, rows > 5 && rows < 60);
  const total = await page.locator('#count').textContent();
  check(`it counts them all: ${total}`, /^\d{4,5} in \d+ rows$/.test(total));
  const filters = {
    'a search':
      "const s=document.getElementById('search');s.value='settings-4999';s.dispatchEvent(new Event('input'))",
    'a second search':
      "const s=document.getElementById('search');s.value='bucket-77';s.dispatchEvent(new Event('input'))",
    'an action':
      "document.getElementById('reset').click();const s=document.getElementById('action');s.value='delete';s.dispatchEvent(new Event('change'))",
    'a kind':
      "document.getElementById('reset').click();const s=document.getElementById('kind');s.value='ConfigMap';s.dispatchEvent(new Event('change'))",
    'each on its own': "document.getElementById('reset').click();document.getElementById('grouped').click()",
  };
  for (const [name, act] of Object.entries(filters)) {
    const ms = await timed(page, act);
    const count = await page.locator('#count').textContent();
    check(`filtered by ${name} after ${Math.round(ms)} ms, at most 1000: ${count}`, ms <= 1000);
  }
  const ms = await timed(page, "document.getElementById('list').scrollTop=1e9");
  const end = await page.locator('.row').last().getAttribute('aria-posinset');
  check(`scrolled to its end after ${Math.round(ms)} ms, row ${end}`, ms <= 1000 && Number(end) > 5000);
  check('it makes no request but for itself', seen.requests.length === 1, seen.requests.join('\n'));
  check('nothing of the input was run', (await page.evaluate('window.hacked')) === undefined);
  check('the browser has nothing to complain of', seen.errors.length === 0, seen.errors.join('\n'));
  await close();
}

async function keyboard(browser, file) {
  const { page, close } = await openPage(browser, file, { width: 1280, height: 800 });
  const chosen = () => page.locator('.row[aria-selected=true]').getAttribute('aria-posinset');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  check('j goes down the list', (await chosen()) === '3');
  await page.keyboard.press('k');
  check('k goes up', (await chosen()) === '2');
  await page.keyboard.press('End');
  const last = Number(await chosen());
  check(
    `End goes to the last row, ${last}`,
    last > 100 && (await page.locator(`#row-${last - 1}`).isVisible()),
  );
  await page.keyboard.press('Home');
  await page.keyboard.press('PageDown');
  check('PageDown goes a screen further', Number(await chosen()) > 4);
  await page.keyboard.press('/');
  await page.keyboard.type('settings-12');
  check(
    '/ leads to the search, and typing filters',
    /^\d+ of \d+/.test(await page.locator('#count').textContent()),
  );
  check(
    'what is found first is shown',
    (await page.locator('#detail h2').textContent()).includes('settings-12'),
  );
  await page.keyboard.press('Escape');
  check('Escape takes the filter away', !/ of /.test(await page.locator('#count').textContent()));
  await page.keyboard.press('Enter');
  check('Enter leads to the details', await page.evaluate("document.activeElement.id === 'detail'"));
  await close();
}

async function values(browser, file) {
  const { page, close } = await openPage(browser, file, { width: 1280, height: 800 });
  await page.fill('#search', 'settings-7');
  const text = () => page.locator('#detail').textContent();
  check(
    'markup in a value is text',
    (await text()).includes('onerror=window.hacked=1') || (await text()).includes('window.hacked=1'),
  );
  check('long values stand side by side', (await page.locator('.diff.two').count()) === 1);
  await picture(page, 'side-by-side');
  await page.click('text=Show values inline');
  check('and inline where that is wanted', (await page.locator('.diff:not(.two) .minus').count()) > 0);
  await picture(page, 'inline');
  await close();
}

async function phone(browser, file) {
  for (const scheme of ['light', 'dark']) {
    const { page, seen, close } = await openPage(browser, file, { width: 390, height: 844, scheme });
    const wide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
    check(`on a phone nothing is wider than the screen (${scheme})`, !(await page.evaluate(wide)));
    await picture(page, `phone-list-${scheme}`);
    await page.locator('.row').nth(1).click();
    check('a row opens over the list', await page.locator('#detail h2').isVisible());
    check('and is not wider than the screen', !(await page.evaluate(wide)));
    await picture(page, `phone-detail-${scheme}`);
    await page.click('#back');
    check('the way back leads to the list', !(await page.locator('#detail').isVisible()));
    const [ground, ink] = await page.evaluate(() => {
      const style = getComputedStyle(document.body);
      return [style.backgroundColor, style.color].map((colour) =>
        colour.match(/\d+/g).reduce((sum, part) => sum + Number(part), 0),
      );
    });
    check(`it is ${scheme} where that is wanted`, scheme === 'dark' ? ground < ink : ground > ink);
    check('the browser has nothing to complain of', seen.errors.length === 0, seen.errors.join('\n'));
    await close();
  }
}

/** A platform of ours, with the picture in which what changes is marked. */
async function drawing(browser, folder) {
  const tapline = join(root, 'bin/tapline.js');
  const example = join(root, 'examples/gitlab-data');
  must('cp', ['-r', example, join(folder, 'head-project')]);
  must('rm', ['-rf', join(folder, 'head-project/cdktf.out'), join(folder, 'head-project/dist')]);
  const file = join(folder, 'head-project/platform.yaml');
  must(process.execPath, [tapline, 'synth', '--file', file, '--out', join(folder, 'before')]);
  const text = readFileSync(file, 'utf8');
  const changed = text
    .replaceAll(/machineType: [\w-]+/g, 'machineType: n2-highcpu-16')
    .replaceAll(/tier: [\w-]+/g, 'tier: db-custom-8-30720')
    .replaceAll(/(schedule: ")\d+/g, '$159');
  check('the example is changed', changed !== text);
  writeFileSync(file, changed);
  must(process.execPath, [tapline, 'synth', '--file', file]);
  const page = join(folder, 'platform.html');
  must(process.execPath, [
    tapline,
    'review',
    '--file',
    file,
    '--base',
    join(folder, 'before'),
    '--head',
    join(folder, 'head-project'),
    '--out',
    page,
  ]);
  for (const scheme of ['light', 'dark']) {
    const { page: view, seen, close } = await openPage(browser, page, { width: 1440, height: 1000, scheme });
    await view.click('.drawing summary');
    const parts = await view.locator('[data-part]').count();
    check(`${parts} parts of the picture are marked (${scheme})`, parts > 2);
    await picture(view, `drawing-${scheme}`);
    await view.locator('[data-part]').first().focus();
    await view.keyboard.press('Enter');
    check(
      'a part that is chosen filters the list',
      /^\d+ of \d+/.test(await view.locator('#count').textContent()),
    );
    await picture(view, `drawing-chosen-${scheme}`);
    check('it makes no request but for itself', seen.requests.length === 1, seen.requests.join('\n'));
    check('the browser has nothing to complain of', seen.errors.length === 0, seen.errors.join('\n'));
    await close();
  }
}

await main('review-page', async () => {
  const tapline = join(root, 'bin/tapline.js');
  if (!existsSync(tapline)) must('npm', ['run', 'build'], { cwd: root });
  const folder = temporaryFolder('review-page');
  writeSides(folder, size);
  const file = join(folder, 'review.html');
  must(process.execPath, [
    tapline,
    'review',
    '--base',
    join(folder, 'base'),
    '--head',
    join(folder, 'head'),
    '--out',
    file,
  ]);
  const browser = await openBrowser();
  try {
    await largePage(browser, file);
    await keyboard(browser, file);
    await values(browser, file);
    await phone(browser, file);
    await drawing(browser, folder);
  } finally {
    await browser.close();
  }
});
