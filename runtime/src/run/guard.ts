import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, constants, openSync, renameSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Problem } from '../problem';
import { openPipe, type Pipe } from './pipes';

/** The named pipe that a run holds open as long as it lives; its folder is beside it. */
export const aliveName = 'alive';

/**
 * Makes named pipes when asked, and notices by the end of its input that whoever asked is gone: then it ends the process
 * groups that it was told of, and removes the folder.
 */
const script = `
trap '' TERM INT HUP QUIT PIPE
cd "$1" || exit 1
groups=' '
pipes() { if said=$(mkfifo -m 600 -- "$@" 2>&1); then echo ok; else echo "$said" | head -n 1; fi; }
pipes ${aliveName}.new
while read -r what rest; do
  case $what in
    pipes) pipes $rest ;;
    watch) groups="$groups$rest " ;;
    forget) groups="\${groups%% $rest *} \${groups#* $rest }" ;;
  esac
done
for one in $groups; do kill -s KILL -- "-$one"; done 2> /dev/null
cd / && rm -rf -- "$1"
`;

/**
 * A small shell beside the run that outlives it by a moment: whatever ends the run, also SIGKILL, no plugin and no secret
 * stays behind.
 */
export class Guard {
  private readonly waiting: ((said: string) => void)[] = [];
  private readonly ready: Promise<void>;
  private alive: number | undefined;
  private count = 0;

  private constructor(
    private readonly shell: ChildProcess,
    private readonly folder: string,
  ) {
    const gone = (why: string): void => {
      for (const take of this.waiting.splice(0)) take(why);
    };
    shell.once('error', (error) => {
      gone(error.message);
    });
    shell.once('exit', () => {
      gone('its shell has ended');
    });
    // It may be gone when it is told something.
    shell.stdin?.on('error', () => undefined);
    if (shell.stdout) {
      createInterface({ input: shell.stdout }).on('line', (said) => this.waiting.shift()?.(said));
    }
    this.ready = this.answer().then(() => {
      const file = `${folder}/${aliveName}`;
      this.alive = openSync(`${file}.new`, constants.O_RDONLY | constants.O_NONBLOCK);
      // It is there only when it is held: another run looks at it.
      renameSync(`${file}.new`, file);
    });
    // Told where the pipes are asked for.
    this.ready.catch(() => undefined);
  }

  /** Starts it for a folder, which it removes in the end. */
  static start(folder: string, path: string | undefined): Guard {
    const shell = spawn('/bin/sh', ['-c', script, 'tapline-guard', folder], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { PATH: [path, '/usr/bin', '/bin'].filter(Boolean).join(':') },
      detached: true,
    });
    return new Guard(shell, folder);
  }

  /** Makes pipes whose ends can be handed to children, so that what one writes the other reads without us between. */
  async pipes(count: number): Promise<Pipe[]> {
    await this.ready;
    const names = Array.from({ length: count }, () => `pipe-${(this.count += 1)}`);
    this.tell(`pipes ${names.join(' ')}`);
    await this.answer();
    return names.map((name) => openPipe(`${this.folder}/${name}`));
  }

  /** The process group of this id is to be ended when the run is gone. */
  watch(group: number): void {
    this.tell(`watch ${group}`);
  }

  /** Nothing of that group is left. */
  forget(group: number): void {
    this.tell(`forget ${group}`);
  }

  /** Ends it, and with it what it knows of. */
  async close(): Promise<void> {
    const ended = new Promise((done) => this.shell.once('exit', done));
    this.shell.stdin?.end();
    if (this.shell.exitCode === null && this.shell.signalCode === null) await ended;
    if (this.alive !== undefined) closeSync(this.alive);
  }

  private tell(what: string): void {
    this.shell.stdin?.write(`${what}\n`);
  }

  private async answer(): Promise<void> {
    const said = await new Promise<string>((done) => this.waiting.push(done));
    if (said !== 'ok') throw new Problem(`no pipe could be made with mkfifo in ${this.folder}: ${said}`);
  }
}
