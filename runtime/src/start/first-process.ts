import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** The number of the system call `prctl`. */
const prctl: Readonly<Record<string, number>> = { x64: 157, arm64: 167 };

/**
 * Adopts whoever loses its parent (PR_SET_CHILD_SUBREAPER), starts the command, passes signals on to it, waits for
 * everyone that ends, and ends as the command did.
 */
const script = `
use strict;
my ($prctl, @command) = @ARGV;
my ($main, @early);
for my $name (qw(TERM INT HUP QUIT USR1 USR2)) {
  $SIG{$name} = sub { if ($main) { kill $name, $main } else { push @early, $name } };
}
syscall($prctl, 36, 1, 0, 0, 0);
$main = fork() // exit 71;
if ($main == 0) { $SIG{$_} = 'DEFAULT' for keys %SIG; exec { $command[0] } @command; exit 127 }
kill $_, $main for @early;
while (1) {
  my $ended = wait();
  last if $ended < 0 && $!{ECHILD};
  exit(($? & 127) ? 128 + ($? & 127) : $? >> 8) if $ended == $main;
}
exit 71;
`;

/**
 * Whether this is the first process of a container, which has to wait for every orphan that ends there; Node waits for its
 * own children alone. Then the program is started under a few lines of Perl, which every Debian has. An image that starts
 * with an init (`tini`) needs none of this.
 *
 * @param otherwise what to do where there is no such helper
 */
export function startedUnderReaper(otherwise: () => void): boolean {
  const number = prctl[process.arch];
  if (process.pid !== 1 || number === undefined) return false;
  const own = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const reaper = spawn('perl', ['-e', script, String(number), ...own], { stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const) {
    process.on(signal, () => reaper.kill(signal));
  }
  reaper.once('error', otherwise);
  reaper.once('exit', (code, signal) => {
    process.exit(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
  });
  return true;
}
