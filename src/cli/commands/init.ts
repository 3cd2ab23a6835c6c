import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { loadPlatforms } from '../../model';
import { colors, InputError, say } from '../../output';
import { shown } from '../shown';

export interface InitOptions {
  readonly out: string;
  readonly name?: string;
  readonly project?: string;
  readonly region?: string;
  readonly ci?: 'github' | 'gitlab';
}

/** Where the files of a service go, and what is still to be done there. */
const services = {
  github: {
    folder: '.github/workflows',
    next: 'commit them to the default branch: the comment is written by what is there',
  },
  gitlab: {
    folder: '.gitlab',
    next: "include it from .gitlab-ci.yml: include: [{ local: .gitlab/review.yml }], and give the note's job GITLAB_TOKEN",
  },
} as const;

/** Writes what a project begins with, and leaves every file alone that is there already. */
export function init(options: InitOptions): void {
  const files = [
    ...(existsSync(join(options.out, 'platform.yaml')) ? [] : [['platform.yaml', firstPlatform(options)]]),
    [
      'cdktf.json',
      `${JSON.stringify({ language: 'typescript', app: 'node node_modules/tapline/bin/stacks.js' })}\n`,
    ],
    ['cdk8s.yaml', 'app: node node_modules/tapline/bin/charts.js\noutput: dist\n'],
    ...(options.ci === undefined ? [] : workflows(options.ci)),
  ] as [string, string][];
  for (const [name, text] of files) {
    const file = join(options.out, name);
    if (existsSync(file)) {
      say(`${colors.dim('·')} ${shown(file)} is there already`);
      continue;
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    say(`${colors.green('✔')} ${shown(file)}`);
  }
  say(`\nNext: npx tapline validate -f ${shown(join(options.out, 'platform.yaml'))}`);
  if (options.ci !== undefined) say(`Then ${services[options.ci].next}`);
}

function firstPlatform({ name, project, region, out }: InitOptions): string {
  if (name === undefined || project === undefined || region === undefined) {
    throw new InputError(
      `There is no platform.yaml in ${shown(out)}: --name, --project and --region say what to write into it.`,
    );
  }
  const text = `# yaml-language-server: $schema=./node_modules/tapline/schema/platform.schema.json
version: 1
name: ${JSON.stringify(name)}
google: { project: ${JSON.stringify(project)}, region: ${JSON.stringify(region)} }
airflow:
  main: {}
`;
  // Refuses what cannot be a name, a project or a region, at its line.
  loadPlatforms({ name: 'platform.yaml', text });
  return text;
}

/** The workflows of the review; those of images are for who builds images. */
function workflows(service: 'github' | 'gitlab'): [string, string][] {
  const folder = templatesFolder(service);
  return readdirSync(folder)
    .filter((name) => name.startsWith('review'))
    .map((name) => [
      join(services[service].folder, basename(name)),
      readFileSync(join(folder, name), 'utf8'),
    ]);
}

/** The sources and the bundles lie at different depths below the folder of the package. */
function templatesFolder(service: string): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const found = join(folder, 'templates/ci', service);
    if (existsSync(found)) return found;
    if (folder === dirname(folder)) throw new Error('tapline was installed without its folder templates');
  }
}
