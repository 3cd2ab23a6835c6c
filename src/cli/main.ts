import { Command, CommanderError, Option } from 'commander';
import packageJson from '../../package.json';
import { exitCodeOf, tellFailure, tuneForShortRun } from '../output';
import type { CommentOptions } from './commands/comment';
import type { DoctorOptions } from './commands/doctor';
import type { InitOptions } from './commands/init';
import type { PolicyOptions } from './commands/policy';
import type { ReviewOptions } from './commands/review';

tuneForShortRun();

const file = () =>
  new Option('-f, --file <path>', 'the configuration').default('platform.yaml').env('TAPLINE_CONFIG');
const environment = () => new Option('-e, --environment <name>', 'one environment only (default: all)');
const today = () =>
  new Option('--today <date>', 'the day on which waivers are judged, YYYY-MM-DD (default: today, UTC)');
const json = () => new Option('--json', 'print the result as JSON on stdout');

const program = new Command('tapline')
  .description('A data platform on Google Cloud from one typed configuration.')
  .version(packageJson.version)
  .showHelpAfterError('Run tapline --help for the commands and their options.')
  .exitOverride();

// Each command is loaded when it is called: validate must not pay for what synth needs.
program
  .command('init')
  .description('write what a project begins with; what is there already stays as it is')
  .option('--name <name>', 'the name of the platform')
  .option('--project <id>', 'the project at Google')
  .option('--region <region>', 'the region')
  .addOption(
    new Option('--ci <service>', 'the workflows of the review too: github or gitlab').choices([
      'github',
      'gitlab',
    ]),
  )
  .option('-o, --out <folder>', 'where to write', '.')
  .action(async (options: InitOptions) => {
    const { init } = await import('./commands/init.js');
    init(options);
  });

program
  .command('validate')
  .description('check the configuration and tell every problem in it')
  .addOption(file())
  .addOption(environment())
  .addOption(json())
  .action(async (options: { file: string; environment?: string; json?: true }) => {
    const { validate } = await import('./commands/validate.js');
    validate(options);
  });

program
  .command('synth')
  .description('write Terraform JSON to cdktf.out and Kubernetes manifests to dist')
  .addOption(file())
  .addOption(environment())
  .option('-o, --out <folder>', 'where cdktf.out and dist go (default: the folder of the file)')
  .addOption(json())
  .addOption(today())
  .option('--check', 'write nothing; exit with 3 where the files are not what would be written')
  .action(
    async (options: {
      file: string;
      environment?: string;
      out?: string;
      json?: true;
      today?: string;
      check?: true;
    }) => {
      const { synth } = await import('./commands/synth.js');
      synth(options);
    },
  );

program
  .command('doctor')
  .description(
    'look whether programs, credentials and clusters have what the platform needs; changes nothing',
  )
  .addOption(file())
  .addOption(environment())
  .option('--cluster <name>', 'one cluster only (default: all)')
  .option('--context <name>', 'the context of kubectl (default: the one that gcloud makes for the cluster)')
  .addOption(json())
  .action(async (options: DoctorOptions) => {
    const { doctor } = await import('./commands/doctor.js');
    doctor(options);
  });

program
  .command('policy')
  .description('judge the output by the rules of the policy, without writing anything')
  .addOption(
    new Option('-f, --file <path>', 'the configuration (default: platform.yaml)').env('TAPLINE_CONFIG'),
  )
  .addOption(environment())
  .option('--dir <folder>', 'an output folder to judge: Terraform JSON and manifests of any origin')
  .addOption(
    new Option('--format <format>', 'text, sarif or json').choices(['text', 'sarif', 'json']).default('text'),
  )
  .addOption(today())
  .action(async (options: PolicyOptions) => {
    const { policy } = await import('./commands/policy.js');
    await policy(options);
  });

program
  .command('review')
  .description(
    'tell what a change really does; without options, what the working tree changes since it left the main branch',
  )
  .addOption(
    new Option('-f, --file <path>', 'the configuration (default: platform.yaml)').env('TAPLINE_CONFIG'),
  )
  .addOption(environment())
  .option('--base <folder>', 'the output before the change')
  .option('--base-ref <revision>', 'the revision before it (default: where the branch left the main branch)')
  .option('--head <folder>', 'the output after the change (default: that of the working tree)')
  .option('--head-ref <revision>', 'the revision after it')
  .option('--plan <files...>', 'plans of the head, as terraform show -json prints them')
  .addOption(
    new Option('--format <format>', 'text, markdown, html or json (default: text, or as --out ends)').choices(
      ['text', 'markdown', 'html', 'json'],
    ),
  )
  .option('-o, --out <files...>', 'files to write: .txt, .md, .html, .json (default: stdout)')
  .option('--prices <file>', 'a table of prices in the place of ours')
  .option(
    '--gate <names...>',
    'demands that fail the run with 3: no-destroy-of-data, no-broadening, cost-ceiling=DOLLARS, policy',
  )
  .addOption(today())
  .option('--detailed-exitcode', 'exit with 2 where something changes')
  .action(async (options: ReviewOptions) => {
    const { review } = await import('./commands/review.js');
    await review(options);
  });

program
  .command('comment')
  .description('write a review under its pull request: one comment, changed only where it says something new')
  .requiredOption('--review <file>', 'the review, as tapline review --format json wrote it')
  .addOption(
    new Option('--forge <forge>', 'github or gitlab (default: whose job this is)').choices([
      'github',
      'gitlab',
    ]),
  )
  .option('--repository <name>', 'the repository or project (default: that of the job)')
  .option('--pull-request <number>', 'the pull or merge request (default: that of the job)')
  .option('--commit <sha>', 'the commit that was reviewed (default: that of the job)')
  .option('--api-url <url>', 'where the API is (default: that of the job)')
  .option('--key <name>', 'tells several reviews of one pull request apart', 'main')
  .option('--link <url>', 'where the page is (default: the run of the job)')
  .action(async (options: CommentOptions) => {
    const { comment } = await import('./commands/comment.js');
    await comment(options);
  });

program
  .command('graph')
  .description('draw the platform')
  .addOption(file())
  .addOption(environment())
  .addOption(
    new Option('--format <format>', 'mermaid, svg or html')
      .choices(['mermaid', 'svg', 'html'])
      .default('mermaid'),
  )
  .option('-o, --out <file>', 'the file to write (default: stdout)')
  .action(
    async (options: {
      file: string;
      environment?: string;
      format: 'mermaid' | 'svg' | 'html';
      out?: string;
    }) => {
      const { graph } = await import('./commands/graph.js');
      await graph(options);
    },
  );

const images = program
  .command('images')
  .description('list, lock and check the images that the platform runs, by their digests in images.lock');

images
  .command('list')
  .description('print every image, and its digest where images.lock has one')
  .addOption(file())
  .addOption(environment())
  .addOption(json())
  .action(async (options: { file: string; environment?: string; json?: true }) => {
    const { imagesList } = await import('./commands/images-list.js');
    imagesList(options);
  });

images
  .command('lock')
  .description('ask the registries for the digest of every image, and write them to images.lock')
  .addOption(file())
  .option('--keep', 'leave the digests that are there, and ask only for what is missing')
  .addOption(json())
  .action(async (options: { file: string; keep?: true; json?: true }) => {
    const { imagesLock } = await import('./commands/images-lock.js');
    await imagesLock(options);
  });

images
  .command('check')
  .description('tell what is missing in images.lock, or has moved; exit code 3 where anything is')
  .addOption(file())
  .option('--offline', 'ask no registry')
  .addOption(json())
  .action(async (options: { file: string; offline?: true; json?: true }) => {
    const { imagesCheck } = await import('./commands/images-check.js');
    await imagesCheck(options);
  });

program
  .command('secrets')
  .description('Kubernetes Secrets that people fill in by hand')
  .command('template')
  .description('print them with places to fill in, which Kubernetes refuses until they are')
  .addOption(file())
  .addOption(environment())
  .action(async (options: { file: string; environment?: string }) => {
    const { secretsTemplate } = await import('./commands/secrets-template.js');
    secretsTemplate(options);
  });

program.parseAsync().catch((error: unknown) => {
  // Commander has already written its own messages.
  if (!(error instanceof CommanderError)) tellFailure(error);
  process.exitCode = exitCodeOf(error);
});
