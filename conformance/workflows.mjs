// The workflows for GitHub as actionlint reads them: keys, expressions, contexts, permissions and event names.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goProgram } from './go-program.mjs';
import { check, filesBelow, main, must, root, run, temporaryFolder } from './support.mjs';

const version = 'v1.7.7';

await main('workflows', () => {
  const actionlint = goProgram('actionlint', version, 'github.com/rhysd/actionlint/cmd/actionlint');
  const templates = join(root, 'templates/ci/github');
  const folder = temporaryFolder('workflows');
  mkdirSync(join(folder, '.github/workflows'), { recursive: true });
  must('git', ['init', '--quiet'], { cwd: folder });
  const names = filesBelow(templates);
  for (const name of names) {
    const text = readFileSync(join(templates, name), 'utf8');
    writeFileSync(join(folder, '.github/workflows', name), text);
  }
  for (const name of names) {
    const { status, said } = run(actionlint, ['-no-color', join('.github/workflows', name)], { cwd: folder });
    check(`${name} is right for actionlint ${version}`, status === 0, said);
  }
  // It is only worth as much as it finds.
  const broken = join(folder, '.github/workflows/broken.yml');
  const [first = ''] = names;
  writeFileSync(
    broken,
    readFileSync(join(templates, first), 'utf8').replace(/runs-on:.*/, 'runs-on: ${{ github.evnt }}'),
  );
  const { status } = run(actionlint, ['-no-color', broken], { cwd: folder });
  check('a misspelt context is found', status !== 0);
});
